"""Taps, answers and edits about an outline that was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.common.goals import readings_on
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan import aim_view, aims, outline_view, outlines
from bot.features.plan.aim_buttons import AimAsked
from bot.features.plan.outline_buttons import (
    ApplyPlan,
    LeavePlan,
    LeftGoals,
    NumberMeaning,
    NumberMeans,
    NumbersMean,
    PutBelow,
    SameGoal,
    VisionAsked,
)
from bot.telegram.feature import Feature, Listener, OnAnswer, OnEdit, OnTap
from bot.telegram.turn import Turn
from core.actions.plan_parts import patience
from core.actions.replant import outlook, was_planted_by
from core.errors import InvalidPlan
from core.goals.model import Kind, Level
from core.group.permissions import Act
from core.planning.outline import print_line
from core.planning.outline.parts import has_lines, may_be_first_part
from core.planning.plan import PlanNode
from core.planning.rules import LONGEST_TITLE
from core.ports.plan_messages import PlanMessage, Stage
from language.meanings import Meaning
from language.parsing.corrections import corrected
from language.parsing.numbered import Numbered
from language.tokens import phrase, shortened

_CORRECTED_WITHIN = timedelta(hours=12)
_ANSWERED_WITHIN = timedelta(minutes=10)
"""How long a "yes" or "no" is about the plan; later it may be about anything."""
_YES = (Meaning.YES, Meaning.AGREED, Meaning.OK)


async def _number_means(turn: Turn, button: NumberMeans) -> None:
    message = await _asked(turn, button.message)
    if message is not None:
        asked = outlines.questions(turn, message, outlines.read(turn, message.text))
        chosen = [one for one in asked if (one.line, one.mark) == (button.line, button.mark)]
        await _answer(turn, message, chosen, button.meant)


async def _numbers_mean(turn: Turn, button: NumbersMean) -> None:
    message = await _asked(turn, button.message)
    if message is not None:
        asked = outlines.questions(turn, message, outlines.read(turn, message.text))
        await _answer(turn, message, asked, button.meant)


async def _answer(turn: Turn, message: PlanMessage, chosen: list[Numbered], meant: NumberMeaning) -> None:
    """Rewrites the lines as they are meant, and goes on."""
    lines = {one.line: one.as_target if meant is NumberMeaning.TARGET else one.as_name for one in chosen}
    await turn.answer()
    await outlines.go_on(turn, replace(message, lines={**message.lines, **lines}))


async def _same_goal(turn: Turn, button: SameGoal) -> None:
    message = await _asked(turn, button.message)
    if message is not None:
        await turn.answer()
        await outlines.go_on(turn, replace(message, renames={**message.renames, button.node: bool(button.is_same)}))


async def _apply(turn: Turn, button: ApplyPlan) -> None:
    message = await _asked(turn, button.message)
    if message is None:
        return
    plans = outlines.read(turn, message.text)
    wish = outlines.wish_of(turn, message, plans, end_left=button.left is LeftGoals.END)
    looks = await outlook(turn.store, turn.actor, wish, turn.today)
    if outlines.mark_of(message, looks) != button.mark:
        # The tree has changed since, so the new preview is shown first.
        await turn.answer(outline_view.stale(turn.words))
        await outlines.show_or_plant(turn, message, plans)
        return
    await turn.answer()
    await outlines.plant_now(turn, message, wish)


async def _leave(turn: Turn, button: LeavePlan) -> None:
    message = await _asked(turn, button.message)
    if message is not None:
        await outlines.keep(turn, replace(message, stage=Stage.DROPPED))
        await turn.edit(outline_view.left_alone(turn.words))


async def _put_below(turn: Turn, button: PutBelow) -> None:
    message = await _asked(turn, button.message, Stage.LOOSE)
    trees = {reading.tree.vision.id: reading.tree.vision for reading in await readings_on(turn)}
    if message is None or button.vision not in trees:
        await turn.answer(outline_view.stale(turn.words), alert=True)
        return
    await turn.answer()
    await turn.remember(None)
    await _below(turn, message, trees[button.vision].title)


async def _below(turn: Turn, message: PlanMessage, title: str) -> None:
    """Plants lines below the vision of a title."""
    first = print_line(PlanNode(title, Kind.VISION, Level.VISION))
    lines = "\n".join(f"  {line}" for line in message.text.split("\n"))
    # With `planted`, no other goal of that tree counts as left out.
    await outlines.go_on(turn, replace(message, parts={message.message_id: f"{first}\n{lines}"}, planted=first))


async def _vision_said(turn: Turn, asked: VisionAsked) -> None:
    """Takes the place for lines without a vision."""
    message = await outlines.known(turn, asked.message)
    if message is None or message.stage is not Stage.LOOSE or await clearly_logs(turn):
        await log.free_text(turn)
        return
    await turn.remember(None)
    await _below(turn, message, shortened(turn.args, LONGEST_TITLE))


async def _asked(turn: Turn, message_id: int, stage: Stage = Stage.ASKED) -> PlanMessage | None:
    """The plan of a button; None if it no longer waits for an answer, of which the person is told."""
    message = await outlines.known(turn, message_id)
    if message is None or message.stage is not stage:
        await turn.answer(outline_view.stale(turn.words), alert=True)
        return None
    return message


def _is_yes_or_no(turn: Turn) -> bool:
    return turn.is_private and turn.lexicon.means(phrase(turn.text), *_YES, Meaning.NO)


async def _yes_or_no(turn: Turn) -> None:
    """Takes a "yes" or "no" to the question about the last plan: whether numbers are targets, or whether to apply
    it."""
    message = await outlines.latest(turn)
    is_yes = turn.lexicon.means(phrase(turn.text), *_YES)
    if message is None or not await _is_answered(turn, message, is_yes=is_yes):
        await log.free_text(turn)
        return
    plans = outlines.read(turn, message.text)
    if asked := outlines.questions(turn, message, plans):
        await _answer(turn, message, asked, NumberMeaning.TARGET if is_yes else NumberMeaning.NAME)
    elif is_yes:
        await outlines.plant_now(turn, message, outlines.wish_of(turn, message, plans))
    else:
        await outlines.keep(turn, replace(message, stage=Stage.DROPPED))
        await turn.reply(outline_view.left_alone(turn.words))


async def _is_answered(turn: Turn, message: PlanMessage, *, is_yes: bool) -> bool:
    """Whether a "yes" or "no" is about the last plan. A "yes" that already planted it counts again: the process may
    have died before it could answer."""
    if message.stage is Stage.ASKED and turn.now - message.at <= _ANSWERED_WITHIN:
        return True
    return is_yes and await was_planted_by(turn.store, turn.actor, turn.source_key())


def _may_be_of_an_outline(turn: Turn) -> bool:
    """Whether plain words contain a line with a level letter, which no check-off has."""
    is_heard = turn.is_private or turn.replies_to_us
    return is_heard and bool(turn.text) and not turn.text.startswith("/") and has_lines(turn.text)


async def _lines_said(turn: Turn) -> None:
    """Handles outline lines without /plan: the rest of a long outline, corrected lines, a whole outline, or goals
    without a vision."""
    message = await outlines.latest(turn)
    if message is not None and _is_rest(turn, message):
        parts = {**message.parts, outlines.new_message(turn, "", Stage.LOOSE).message_id: turn.text}
        await outlines.go_on(turn, replace(message, parts=parts, lines={}))
    elif message is not None and (mended := _mended(turn, message)) is not None:
        await outlines.go_on(turn, mended)
    else:
        await _new_outline(turn)


def _is_rest(turn: Turn, message: PlanMessage) -> bool:
    """Whether a text is the second part of a plan whose first part fills a message."""
    is_open = message.stage in (Stage.WAITING, Stage.ASKED, Stage.PLANTED, Stage.FAULTY)
    first = message.parts.get(message.message_id, "")
    return is_open and may_be_first_part(first) and turn.now - message.at <= patience(turn.owner)


def _mended(turn: Turn, message: PlanMessage) -> PlanMessage | None:
    """A faulty plan with its wrong lines replaced by those that were sent; None if they are no corrections."""
    if message.stage not in (Stage.FAULTY, Stage.WAITING) or turn.now - message.at > _CORRECTED_WITHIN:
        return None
    try:
        outlines.read(turn, message.text)
    except InvalidPlan as error:
        lines = corrected(message.text, error.faults, turn.text)
        return None if lines is None else replace(message, lines={**message.lines, **lines}, at=turn.now)
    return None


async def _new_outline(turn: Turn) -> None:
    """Handles an outline without the command; lines without a vision are kept until their place is known."""
    try:
        outlines.read(turn, turn.text)
    except InvalidPlan as error:
        if any(fault.code == "no_vision" for fault in error.faults):
            if isinstance(asked := await turn.recall(), AimAsked):
                await aims.show(turn, asked, above=aim_view.more_goals(turn.words))
                return
            message = outlines.new_message(turn, turn.text, Stage.LOOSE)
            await outlines.keep(turn, message)
            visions = [(one.tree.vision.id, one.tree.vision.title) for one in await readings_on(turn)]
            await turn.remember(VisionAsked(message.message_id))
            await turn.reply(*outline_view.loose(message, visions, turn.words))
            return
    await outlines.take(turn, turn.text)


async def _is_of_a_plan(turn: Turn) -> bool:
    """Whether an edited message may hold a plan, a part of one, or corrected lines."""
    return _may_be_of_an_outline(turn) if not turn.is_private else await _mends(turn) or await _known_here(turn)


async def _known_here(turn: Turn) -> bool:
    return await outlines.known(turn, turn.message.message_id if turn.message else 0) is not None


async def _mends(turn: Turn) -> bool:
    """Whether the words are corrected lines of the last plan."""
    message = await outlines.latest(turn) if _may_be_of_an_outline(turn) else None
    return message is not None and _mended(turn, message) is not None


async def _edited_words(turn: Turn) -> None:
    """Handles other edited words; in a group they are talk."""
    if await _known_here(turn):
        await edited(turn)
    elif await _mends(turn):
        await _lines_said(turn)


async def edited(turn: Turn) -> None:
    """Handles an edited message with a plan: the new text replaces the old one."""
    message_id = turn.message.message_id if turn.message else 0
    message = await outlines.known(turn, message_id)
    text, behind = outlines.text_of(turn)
    if message is None:
        await outlines.take(turn, text, behind)
        return
    parts = {**message.parts, message_id: text}
    await outlines.go_on(turn, replace(message, parts=parts, lines={}, renames={}, at=turn.now), behind=behind)


FEATURE = Feature(
    answers=(OnAnswer(VisionAsked, _vision_said, Act.EDIT_TREE),),
    listeners=(
        Listener(-30, _may_be_of_an_outline, _lines_said, Act.EDIT_TREE, gives_way=lambda asked: asked.takes_lines),
        Listener(60, _is_yes_or_no, _yes_or_no, Act.EDIT_TREE),
    ),
    edits=(OnEdit(_is_of_a_plan, _edited_words, Act.EDIT_TREE),),
    taps=(
        OnTap(NumberMeans, _number_means, Act.EDIT_TREE),
        OnTap(NumbersMean, _numbers_mean, Act.EDIT_TREE),
        OnTap(SameGoal, _same_goal, Act.EDIT_TREE),
        OnTap(ApplyPlan, _apply, Act.EDIT_TREE),
        OnTap(LeavePlan, _leave, Act.EDIT_TREE),
        OnTap(PutBelow, _put_below, Act.EDIT_TREE),
    ),
)
