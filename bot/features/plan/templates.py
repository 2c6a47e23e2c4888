"""Plan templates: chosen by name, from a list, or because a sentence fits one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.common.first_reminder import first_reminder
from bot.features.log import handler as log
from bot.features.log.clear import is_aside
from bot.features.plan import aim_view, guided_view
from bot.features.plan import template_view as view
from bot.features.plan import view as plan_view
from bot.features.plan.leaving import leavable
from bot.features.plan.steps import later_end, show_question
from bot.features.plan.template_buttons import (
    AnswerTemplate,
    ChangePlan,
    ChangeTemplate,
    PlantTemplate,
    ShowTemplates,
    TemplateAsked,
    UseTemplate,
)
from bot.telegram.feature import Feature, OnAnswer, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.plant import plant
from core.group.permissions import Act
from core.planning.plan import PlanNode
from core.planning.rules import check
from language.i18n import Words
from language.parsing import goal_lines
from language.parsing.aims import Heard
from language.parsing.aims.text import capital
from language.parsing.edits.draft_words import DraftEdit, DraftPart, edited, read_edit
from language.parsing.template_answers import answers_of
from language.template_plans import plan_of
from language.templates import Answers, Template, by_name, templates

_PARTS = {
    ChangePlan.TITLE: DraftPart.TITLE,
    ChangePlan.NUMBER: DraftPart.ASK,
    ChangePlan.DAYS: DraftPart.ASK,
    ChangePlan.ADD: DraftPart.ADD,
    ChangePlan.DROP: DraftPart.DROP,
}
"""The kind of change, by question."""


async def by_word(turn: Turn, name: str) -> None:
    """`/plan template marathon`; shows the list without a name or for an unknown one."""
    template = by_name(name) if name else None
    if template is not None:
        await begin(turn, template)
        return
    text, keyboard = view.listed(turn.words)
    await turn.reply(f"{view.no_such_plan(name, turn.words)}\n\n{text}" if name else text, keyboard)


async def begin(turn: Turn, template: Template, *answers: str) -> None:
    """Asks the first unanswered question of a template."""
    await _show(turn, TemplateAsked(template.key, "\n".join(answers)))


async def for_sentence(turn: Turn, template: Template, heard: Heard) -> None:
    """Begins a template that fits a sentence, with the answers that the sentence gives."""
    answers: list[str] = []
    for asked in template.asks:
        said = _said_in(asked, template, heard)
        if said is None:
            break
        answers.append(said)
    await begin(turn, template, *answers)


def _said_in(asked: str, template: Template, heard: Heard) -> str | None:
    """The answer that a sentence gives to a template's question."""
    if asked == "until":
        return None if heard.aim.ends_on is None else heard.aim.ends_on.isoformat()
    if asked != "what":
        return None
    known = [word for word in heard.aim.title.split() if word.casefold().strip(",.!") in template.words]
    return capital(known[0].strip(",.!")) if known else None


async def goes_on(turn: Turn) -> bool:
    """Shows the open question again; False if there is none."""
    asked = await turn.recall()
    if not isinstance(asked, TemplateAsked) or asked.key not in templates():
        return False
    await _show(turn, asked, above=guided_view.goes_on(turn.words))
    return True


async def _show(turn: Turn, asked: TemplateAsked, *, above: str = "") -> None:
    """Asks the next question, or shows the tree. Raises `InvalidPlan` without remembering anything new."""
    template, w = templates()[asked.key], turn.words
    is_whole = len(asked.said) >= len(template.asks)
    if not is_whole:
        text, keyboard = view.question(template, template.asks[len(asked.said)], turn.today, w)
    elif asked.part is ChangePlan.UNTIL:
        text, keyboard = view.question(template, "until", turn.today, w)
    else:
        text, keyboard = _tree(_plan(turn, asked), template, asked, w)
    await turn.remember(asked)
    await show_question(turn, text, keyboard, above=above)


def _answers(turn: Turn, asked: TemplateAsked) -> Answers | None:
    return answers_of(templates()[asked.key], asked.said, turn.hearing)


def _tree(plan: PlanNode, template: Template, asked: TemplateAsked, w: Words) -> tuple[str, Keyboard]:
    """The whole tree, or the open question about it."""
    match asked.part:
        case None:
            return view.preview(plan, w, dated="until" in template.asks)
        case ChangePlan.GOALS:
            return view.goals(plan, w)
        case ChangePlan.GOAL:
            return view.goal(plan, asked.place, w)
        case _:
            return view.change(plan, asked.place, asked.part, w)


def _plan(turn: Turn, asked: TemplateAsked) -> PlanNode:
    """The tree with its changes. Raises `InvalidPlan`."""
    template = templates()[asked.key]
    plan = plan_of(template, _answers(turn, asked) or Answers(), turn.today, turn.owner.week_start, turn.words)
    for line in asked.changes:
        plan = edited(plan, DraftEdit.read(line), turn.hearing)
    check(plan, turn.caps)
    return plan


async def _take(turn: Turn, asked: TemplateAsked, said: str) -> None:
    """Takes one more answer; asks again if it is none."""
    template = templates()[asked.key]
    if len(asked.said) >= len(template.asks):
        lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
        await (_change_all(turn, asked, lines) if len(lines) > 1 else _change(turn, asked, " ".join(lines)))
        return
    longer = TemplateAsked(asked.key, "\n".join([*asked.said, " ".join(said.split())]))
    if _answers(turn, longer) is None:
        await _show(turn, asked, above=view.not_read(template.asks[len(asked.said)], turn.words))
    else:
        await _show(turn, longer)


async def _change(turn: Turn, asked: TemplateAsked, said: str) -> None:
    """Changes the tree as the words say: the part that is asked for, or the goal that they name. Raises `InvalidPlan`,
    `NoSuchDay` or `Unclear` for an impossible change; then nothing changes."""
    whole = replace(asked, at=None, part=None)
    until = _until(turn, asked, said)
    if until is not None:
        await _show(turn, replace(whole, answers="\n".join(until)))
        return
    if asked.part is ChangePlan.UNTIL:
        await _show(turn, asked, above=view.not_read("until", turn.words))
        return
    if part := _PARTS.get(asked.part or ChangePlan.NOTHING):
        edit: DraftEdit | None = DraftEdit(asked.place, part, said)
    else:
        edit = read_edit(said, _plan(turn, asked), turn.hearing)
    if edit is None:
        await _show(turn, whole, above=aim_view.not_understood(turn.words))
    elif edit.part is DraftPart.OPEN:
        await _show(turn, replace(asked, at=edit.at, part=ChangePlan.GOAL))
    else:
        stays = asked.part is ChangePlan.DAYS and turn.query is not None
        edits = "\n".join([*asked.changes, str(edit)])
        await _show(turn, replace(asked if stays else whole, edits=edits))


async def _change_all(turn: Turn, asked: TemplateAsked, lines: Sequence[str]) -> None:
    """Changes the tree by each line; not at all if one of them changes nothing. Raises like `_change`."""
    changed = replace(asked, at=None, part=None)
    for line in lines:
        edit = read_edit(line, _plan(turn, changed), turn.hearing)
        if edit is None or edit.part is DraftPart.OPEN:
            await _show(turn, replace(asked, at=None, part=None), above=aim_view.not_understood(turn.words))
            return
        changed = replace(changed, edits="\n".join([*changed.changes, str(edit)]))
    await _show(turn, changed)


def _until(turn: Turn, asked: TemplateAsked, said: str) -> list[str] | None:
    """The answers with a new last day, if the words say one and the plan asks for it."""
    template = templates()[asked.key]
    is_asked = asked.part in (None, ChangePlan.UNTIL) and "until" in template.asks
    if not is_asked or (asked.part is None and later_end(turn, said) is None):
        return None
    at = template.asks.index("until")
    answers = [*asked.said[:at], said, *asked.said[at + 1 :]]
    return None if _answers(turn, replace(asked, answers="\n".join(answers))) is None else answers


async def _answered(turn: Turn, asked: TemplateAsked) -> None:
    """Handles words while a template is being filled in: an answer, a yes, or a log of an existing goal."""
    is_whole = len(asked.said) >= len(templates()[asked.key].asks) if asked.key in templates() else True
    is_open = is_whole and asked.part in (None, ChangePlan.GOALS, ChangePlan.GOAL)
    if is_open and goal_lines.is_agreed(turn.args, turn.lexicon):
        await _plant(turn, asked)
    elif is_open and turn.is_private and await is_aside(turn):
        await log.free_text(turn)
        await turn.reply(guided_view.still_open(turn.words), silent=True)
    else:
        await _take(turn, asked, turn.args)


async def _back(turn: Turn, asked: TemplateAsked) -> bool:
    """Goes back from the question for a part to the tree, or to the previous question; False at the first."""
    if asked.key not in templates() or not (asked.part or asked.said):
        return False
    await _show(turn, TemplateAsked(asked.key, "\n".join(asked.said if asked.part else asked.said[:-1]), asked.edits))
    return True


async def _plant(turn: Turn, asked: TemplateAsked) -> None:
    planted = await plant(turn.store, turn.actor, [_plan(turn, asked)], turn.today, turn.now, turn.caps)
    await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    await turn.edit(*plan_view.planted(planted, turn.today, turn.words, below=first))


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


async def _part_tapped(turn: Turn, button: ChangeTemplate) -> None:
    asked = await _open(turn)
    if asked is None or len(asked.said) < len(templates()[asked.key].asks):
        return
    at = min(button.at, sum(1 for _ in _plan(turn, asked).walk()) - 1)
    if button.part is ChangePlan.DROP:
        await _change(turn, replace(asked, at=at, part=button.part), "")
    else:
        part = None if button.part is ChangePlan.NOTHING else button.part
        await _show(turn, replace(asked, at=at, part=part))


async def _plant_tapped(turn: Turn, _: PlantTemplate) -> None:
    asked = await _open(turn)
    if asked and len(asked.said) >= len(templates()[asked.key].asks):
        await _plant(turn, asked)


FEATURE = Feature(
    taps=(
        OnTap(ShowTemplates, _list_tapped, Act.EDIT_TREE),
        OnTap(UseTemplate, _use_tapped, Act.EDIT_TREE),
        OnTap(AnswerTemplate, _answer_tapped, Act.EDIT_TREE),
        OnTap(ChangeTemplate, _part_tapped, Act.EDIT_TREE),
        OnTap(PlantTemplate, _plant_tapped, Act.EDIT_TREE),
    ),
    answers=(OnAnswer(TemplateAsked, leavable(_answered, _back), Act.EDIT_TREE),),
)
