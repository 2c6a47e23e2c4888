"""Plans that are there to be taken: by name, from a list, or where a sentence seems to want one."""

from __future__ import annotations

from bot.common.first_reminder import first_reminder
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan import guided_view
from bot.features.plan import template_view as view
from bot.features.plan import view as plan_view
from bot.features.plan.template_buttons import AnswerTemplate, PlantTemplate, ShowTemplates, TemplateAsked, UseTemplate
from bot.telegram.feature import Feature, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions.plant import plant
from core.group.permissions import Act
from core.planning.plan import PlanNode
from language.parsing import goal_lines
from language.parsing.aims import Heard
from language.parsing.aims.text import capital
from language.parsing.template_answers import answers_of
from language.template_plans import plan_of
from language.templates import Answers, Template, by_name, templates


async def by_word(turn: Turn, name: str) -> None:
    """`/plan template marathon`; without a name, or with one that no plan has, the list."""
    template = by_name(name) if name else None
    if template is not None:
        await begin(turn, template)
        return
    text, keyboard = view.listed(turn.words)
    await turn.reply(f"{view.no_such_plan(name, turn.words)}\n\n{text}" if name else text, keyboard)


async def begin(turn: Turn, template: Template, *answers: str) -> None:
    """The first question of a plan that is not answered yet."""
    await _show(turn, TemplateAsked(template.key, "\n".join(answers)))


async def for_sentence(turn: Turn, template: Template, heard: Heard) -> None:
    """A plan for what a sentence wants, with what the sentence said already."""
    answers: list[str] = []
    for asked in template.asks:
        said = _said_in(asked, template, heard)
        if said is None:
            break
        answers.append(said)
    await begin(turn, template, *answers)


def _said_in(asked: str, template: Template, heard: Heard) -> str | None:
    """The answer to a question of a template that a sentence gives."""
    if asked == "until":
        return None if heard.aim.ends_on is None else heard.aim.ends_on.isoformat()
    if asked != "what":
        return None
    known = [word for word in heard.aim.title.split() if word.casefold().strip(",.!") in template.words]
    return capital(known[0].strip(",.!")) if known else None


async def goes_on(turn: Turn) -> bool:
    """Shows the question that is open again; False if there is none."""
    asked = await turn.recall()
    if not isinstance(asked, TemplateAsked) or asked.key not in templates():
        return False
    await _show(turn, asked, above=guided_view.goes_on(turn.words))
    return True


async def _show(turn: Turn, asked: TemplateAsked, *, above: str = "") -> None:
    """The next question, or the tree. Raises `InvalidPlan`, and then remembers nothing new."""
    template, w = templates()[asked.key], turn.words
    answers = _answers(turn, asked) or Answers()
    if len(asked.said) < len(template.asks):
        text, keyboard = view.question(template, template.asks[len(asked.said)], turn.today, w)
        if not turn.is_private:
            text = f"{text}\n{guided_view.reply_here(w)}"
    else:
        text, keyboard = view.preview(_plan(turn, template, answers), w)
    await turn.remember(asked)
    text = f"{above}\n\n{text}" if above else text
    is_tap = turn.query is not None and not turn.answered
    await (turn.edit if is_tap else turn.reply)(text, keyboard)


def _answers(turn: Turn, asked: TemplateAsked) -> Answers | None:
    return answers_of(
        templates()[asked.key], asked.said, turn.today, turn.lexicon, decimal_comma=turn.words.decimal_comma
    )


def _plan(turn: Turn, template: Template, answers: Answers) -> PlanNode:
    return plan_of(template, answers, turn.today, turn.owner.week_start, turn.words)


async def _take(turn: Turn, asked: TemplateAsked, said: str) -> None:
    """One more answer, or the question again if it is none."""
    template = templates()[asked.key]
    if len(asked.said) >= len(template.asks):
        await _show(turn, asked)
        return
    longer = TemplateAsked(asked.key, "\n".join([*asked.said, " ".join(said.split())]))
    if _answers(turn, longer) is None:
        await _show(turn, asked, above=view.not_read(template.asks[len(asked.said)], turn.words))
    else:
        await _show(turn, longer)


async def _answered(turn: Turn, asked: TemplateAsked) -> None:
    """Words while a plan is being filled in: an answer, a yes, or a log of a goal that is there already."""
    is_whole = len(asked.said) >= len(templates()[asked.key].asks) if asked.key in templates() else True
    if is_whole and goal_lines.is_agreed(turn.args, turn.lexicon):
        await _plant(turn, asked)
    elif is_whole and turn.is_private and await clearly_logs(turn):
        await log.free_text(turn)
        await turn.reply(guided_view.still_open(turn.words), silent=True)
    else:
        await _take(turn, asked, turn.args)


async def _plant(turn: Turn, asked: TemplateAsked) -> None:
    plan = _plan(turn, templates()[asked.key], _answers(turn, asked) or Answers())
    planted = await plant(turn.store, turn.actor, [plan], turn.today, turn.now, turn.caps)
    await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    await turn.edit(*plan_view.planted(planted, turn.words, below=first))


async def _open(turn: Turn) -> TemplateAsked | None:
    asked = await turn.recall()
    if isinstance(asked, TemplateAsked) and asked.key in templates():
        return asked
    await turn.answer(guided_view.over(turn.words), alert=True)
    return None


async def _list_tapped(turn: Turn, _: ShowTemplates) -> None:
    await turn.answer()
    await turn.reply(*view.listed(turn.words))


async def _use_tapped(turn: Turn, button: UseTemplate) -> None:
    template = templates().get(button.key)
    if template is None:
        await turn.answer(guided_view.over(turn.words), alert=True)
        return
    await turn.answer()
    await begin(turn, template)


async def _answer_tapped(turn: Turn, button: AnswerTemplate) -> None:
    if asked := await _open(turn):
        await _take(turn, asked, button.said)


async def _plant_tapped(turn: Turn, _: PlantTemplate) -> None:
    asked = await _open(turn)
    if asked and len(asked.said) >= len(templates()[asked.key].asks):
        await _plant(turn, asked)


FEATURE = Feature(
    taps=(
        OnTap(ShowTemplates, _list_tapped, Act.EDIT_TREE),
        OnTap(UseTemplate, _use_tapped, Act.EDIT_TREE),
        OnTap(AnswerTemplate, _answer_tapped, Act.EDIT_TREE),
        OnTap(PlantTemplate, _plant_tapped, Act.EDIT_TREE),
    ),
    answers=(OnAnswer(TemplateAsked, _answered, Act.EDIT_TREE),),
)
