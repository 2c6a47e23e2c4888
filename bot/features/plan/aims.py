"""A plan from one sentence: proposes a tree, which buttons and words change until it is planted."""

from __future__ import annotations

from dataclasses import replace

from bot.common.first_reminder import first_reminder
from bot.features.log import handler as log
from bot.features.log.clear import is_aside, names_a_goal
from bot.features.plan import aim_view as view
from bot.features.plan import guided_view, steps, templates
from bot.features.plan import view as plan_view
from bot.features.plan.aim_buttons import AimAsked, ChangeAim, ChangePart, DropAim, PlantAim, ProposalPart
from bot.features.plan.leaving import leavable
from bot.features.plan.template_buttons import TemplateAsked
from bot.telegram.feature import PLAN, PRIVATE, Feature, HelpLine, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions.plant import plant
from core.actions.propose import propose
from core.errors import InvalidPlan
from core.group.permissions import Act
from core.planning.generate import Aim, Proposal
from language.aims import named, titles
from language.parsing import goal_lines
from language.parsing.aims import Heard, apart, changed, understood
from language.parsing.draft import Draft
from language.parsing.errors import NoSuchDay
from language.templates import wanted

SOON = 31
"""Days within which an open aim needs no questions."""
_NUMBERS = (ProposalPart.AMOUNT, ProposalPart.DONE, ProposalPart.NOW)


async def begin_with(turn: Turn, sentence: str, *, guided: bool = False) -> None:
    """Handles a wish in one sentence: proposes a tree or, for what cannot be counted, asks the questions that lead to a
    plan. In a `guided` conversation a template is only offered. Raises `InvalidPlan`."""
    if len(several := apart(sentence, turn.hearing)) > 1:
        await turn.reply(view.one_by_one(several, turn.words))
        return
    heard = heard_of(turn, AimAsked(sentence))
    template = wanted(sentence) if heard.is_open and not guided else None
    if not heard.aim.goal and heard.aim.counts_ticks:
        await turn.reply(view.what_will_you_do(sentence, turn.words))
    elif template is not None:
        await templates.for_sentence(turn, template, heard)
    elif heard.is_open and not _is_soon(turn, heard):
        await steps.ask(turn, _draft(heard.aim))
    else:
        await show(turn, AimAsked(sentence, part=ProposalPart.NOW if heard.needs_now else ProposalPart.NONE))


def _draft(aim: Aim) -> Draft:
    """A draft with the known parts of an aim."""
    return Draft("goals" if aim.ends_on else "until", aim.title, aim.ends_on)


def heard_of(turn: Turn, asked: AimAsked) -> Heard:
    """The words so far, understood. Raises `NoSuchDay`."""
    heard = understood(asked.sentence, asked.said, turn.hearing)
    return replace(heard, aim=named(heard.aim, turn.words)) if heard.aim.goal or heard.aim.unit else heard


def _is_soon(turn: Turn, heard: Heard) -> bool:
    ends = heard.aim.ends_on
    return ends is not None and (ends - turn.today).days < SOON


async def show(turn: Turn, asked: AimAsked, *, above: str = "") -> None:
    """Remembers the proposal, and shows it or its open question. Raises `InvalidPlan` without remembering anything."""
    heard = heard_of(turn, asked)
    w = turn.words
    if asked.part is ProposalPart.NONE and heard.needs_end:
        asked = replace(asked, part=ProposalPart.UNTIL)
    if asked.part is ProposalPart.NONE:
        text, keyboard = view.proposal(await proposed(turn, heard), heard, w)
    else:
        text, keyboard = view.asked(asked.part, heard, turn.today, w)
    await turn.remember(asked)
    await steps.show_question(turn, text, keyboard, above=above)


async def proposed(turn: Turn, heard: Heard) -> Proposal:
    """The proposed tree. Raises `InvalidPlan`."""
    return await propose(turn.store, turn.actor, heard.aim, titles(heard.aim, turn.words), turn.now)


async def _answered(turn: Turn, asked: AimAsked) -> None:
    """Handles words while a proposal is open: a change, a yes, or a log of an existing goal."""
    text = " ".join(turn.args.split())
    said = _in_part(asked.part, text)
    if asked.part is ProposalPart.NONE and goal_lines.is_agreed(text, turn.lexicon):
        await _plant(turn, asked)
    elif await _is_log(turn, asked, said):
        await log.free_text(turn)
        await turn.reply(guided_view.still_open(turn.words), silent=True)
    elif _changed(turn, asked, said) is not None:
        await _take(turn, asked, said)
    elif asked.part in _NUMBERS:
        await turn.reply(*view.number_needed(text, heard_of(turn, asked), turn.words))
    else:
        await show(turn, asked, above=view.not_understood(turn.words))


async def _is_log(turn: Turn, asked: AimAsked, said: str) -> bool:
    """Whether words are a log, or name a goal without changing the proposal; never while a part of it is asked for."""
    if not turn.is_private or asked.part is not ProposalPart.NONE:
        return False
    return await is_aside(turn) or (_changed(turn, asked, said) is None and await names_a_goal(turn))


async def _back(turn: Turn, asked: AimAsked) -> bool:
    """Goes back from the question for a part to the proposal; False if there is none yet."""
    heard = heard_of(turn, asked)
    if asked.part is ProposalPart.NONE or heard.needs_now or heard.needs_end:
        return False
    await show(turn, replace(asked, part=ProposalPart.NONE))
    return True


def _in_part(part: ProposalPart, text: str) -> str:
    """An answer as the change that it means: a bare number may be the amount already done, or a percentage."""
    is_number = text.replace(",", "").replace(".", "").replace(" ", "").rstrip("%").isdecimal()
    if part is ProposalPart.DONE and is_number:
        return f"already {text}"
    if part is ProposalPart.RAMP and is_number:
        return f"{text.rstrip('%')}% more each week"
    return text


def _changed(turn: Turn, asked: AimAsked, said: str) -> Heard | None:
    try:
        return changed(heard_of(turn, asked), said, turn.hearing)
    except NoSuchDay:
        return None


async def _take(turn: Turn, asked: AimAsked, said: str) -> None:
    """Applies one more change. Raises `InvalidPlan` for one that makes no sense; then the proposal stays."""
    stays = asked.part is ProposalPart.DAYS and turn.query is not None
    changes = "\n".join([*asked.said, said])
    await show(turn, AimAsked(asked.sentence, changes, ProposalPart.DAYS if stays else ProposalPart.NONE))


async def _plant(turn: Turn, asked: AimAsked) -> None:
    proposal = await proposed(turn, heard_of(turn, asked))
    planted = await plant(turn.store, turn.actor, [proposal.plan], turn.today, turn.now, turn.caps)
    await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    await turn.edit(*plan_view.planted(planted, turn.today, turn.words, below=first))


async def _open(turn: Turn) -> AimAsked | None:
    """The open proposal; without one, tells the person that the button is outdated."""
    asked = await turn.recall()
    if isinstance(asked, AimAsked):
        return asked
    await turn.answer(guided_view.over(turn.words), alert=True)
    return None


async def _plant_tapped(turn: Turn, _: PlantAim) -> None:
    if asked := await _open(turn):
        await _plant(turn, asked)


async def _part_tapped(turn: Turn, button: ChangePart) -> None:
    if asked := await _open(turn):
        await show(turn, replace(asked, part=button.part))


async def _change_tapped(turn: Turn, button: ChangeAim) -> None:
    asked = await _open(turn)
    if asked and _changed(turn, asked, button.said) is not None:
        await _take(turn, asked, button.said)


async def _dropped(turn: Turn, _: DropAim) -> None:
    if isinstance(await turn.recall(), AimAsked | TemplateAsked):
        await turn.remember(None)
        await turn.edit(plan_view.cancelled(True, turn.words))
    else:
        await turn.answer(guided_view.over(turn.words), alert=True)


async def goes_on(turn: Turn) -> bool:
    """Shows the open proposal again; False if there is none."""
    asked = await turn.recall()
    if not isinstance(asked, AimAsked):
        return False
    try:
        await show(turn, asked, above=view.goes_on(turn.words))
    except InvalidPlan:  # its date has passed since
        return False
    return True


FEATURE = Feature(
    taps=(
        OnTap(PlantAim, _plant_tapped, Act.EDIT_TREE),
        OnTap(ChangePart, _part_tapped, Act.EDIT_TREE),
        OnTap(ChangeAim, _change_tapped, Act.EDIT_TREE),
        OnTap(DropAim, _dropped, Act.EDIT_TREE),
    ),
    answers=(OnAnswer(AimAsked, leavable(_answered, _back), Act.EDIT_TREE),),
    help=(
        HelpLine(
            PLAN, "<code>/plan read 24 books in 2027</code> – one sentence, and I propose the tree", {PRIVATE: 20}
        ),
    ),
)
