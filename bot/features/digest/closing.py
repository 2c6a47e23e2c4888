"""Closing a quarter or a year below its digest: a goal is carried over, perhaps with another target, or let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.common.goals import amount_in, find, goal_of, readings_on
from bot.features.digest import closing_view as view
from bot.features.digest import view as digest_view
from bot.features.digest.buttons import (
    AnyClose,
    CloseGoal,
    CloseInYear,
    ClosingPage,
    ClosingYearPage,
    TargetAsked,
    Verb,
)
from bot.features.digest.letter import included_digests, owner_title
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan.guided_view import reply_here
from bot.telegram.callback import BadButton
from bot.telegram.feature import Feature, OnAnswer, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.closing import Closed, carry_over, let_go, period_to_close
from core.actions.digest import read_digest
from core.actions.farewell import ended_within
from core.errors import InvalidPlan, InvalidValue
from core.goals.model import Kind, Level
from core.goals.periods import Period, period_of
from core.goals.progress import adds_up
from core.group.permissions import Act
from core.records import record


async def _turn_page(turn: Turn, button: ClosingPage) -> None:
    """Shows another page of the goals."""
    shown = _Shown.tapped(turn, button.quarter, is_year=False)
    await turn.edit(*await _digest(turn, shown, _answers(turn), page=button.page))


async def _turn_page_of_year(turn: Turn, button: ClosingYearPage) -> None:
    shown = _Shown.tapped(turn, button.year, is_year=True)
    await turn.edit(*await _digest(turn, shown, _answers(turn), page=button.page))


async def _close(turn: Turn, button: AnyClose) -> None:
    """Handles a button below a quarter's or a year's digest. It names the final state, so it may be tapped twice, and
    weeks later."""
    reading, node = find(await readings_on(turn), button.node)
    try:
        if button.verb is Verb.CHANGE:
            await _ask_target(turn, button, period_to_close(reading.tree, node, button.start, turn.today))
            return
        if button.verb is Verb.CARRY_OVER:
            left = await _left(turn, button)
            done = await carry_over(turn.store, turn.actor, button.node, button.start, turn.now, left)
        else:
            done = await let_go(turn.store, turn.actor, button.node, button.start, turn.now)
        await _show(turn, done, button)
    except InvalidPlan as error:
        await turn.answer(view.refused(error.faults[0], node.level, turn.words), alert=True)


async def _left(turn: Turn, button: AnyClose) -> Decimal | None:
    """The amount that is still missing from a target for this one period, to be carried over; None for a goal that
    begins again each period."""
    reading, node = find(await readings_on(turn), button.node)
    if node.kind in (Kind.KPI, Kind.VISION) or not adds_up(reading.tree, node):
        return None
    ended = period_of(node.level, button.start).end
    reading, node = find(await readings_on(turn, ended), button.node)
    standing = reading.standing(node)
    if standing.target is None:
        return None
    left = standing.target - (standing.value or 0)
    return left if 0 < left < standing.target else None


async def _target_said(turn: Turn, asked: TargetAsked) -> None:
    """Carries the goal over with its new target, and updates the digest."""
    readings = await readings_on(turn)
    goal, (_, node) = goal_of(readings, asked.node), find(readings, asked.node)
    try:
        target = amount_in(turn, goal)
    except InvalidValue:
        if turn.is_private and await clearly_logs(turn):
            await log.free_text(turn)
            return
        raise
    try:
        done = await carry_over(turn.store, turn.actor, asked.node, asked.quarter, turn.now, target)
    except InvalidPlan as error:
        await turn.reply(view.refused(error.faults[0], node.level, turn.words))
        return
    await turn.remember(None)
    await turn.reply(view.carried_over(done, turn.words))
    if asked.message:
        answers = {**asked.answers, asked.node: Verb.CARRY_OVER}
        digest = _Shown.holding(asked.quarter, asked.message, is_year=bool(asked.is_year))
        shown = await _digest(turn, digest, answers, node_id=asked.node)
        await turn.rewrite(asked.message, *shown, is_picture=asked.picture)


async def _ask_target(turn: Turn, button: AnyClose, period: Period) -> None:
    _, node = find(await readings_on(turn), button.node)
    if node.target is None:
        await turn.answer(view.no_target(turn.words), alert=True)
        return
    message_id = turn.message.message_id if turn.message else 0
    is_year = isinstance(button, CloseInYear) or None
    await turn.remember(TargetAsked(node.id, period.start, message_id, turn.is_picture, _answers(turn), is_year))
    await turn.answer()
    question = view.ask_target(node, period, turn.words)
    await turn.reply(question if turn.is_private else f"{question}\n{reply_here(turn.words)}")


async def _show(turn: Turn, done: Closed, button: AnyClose) -> None:
    """Answers with the goal's new state, and updates the digest."""
    said = view.carried_over if button.verb is Verb.CARRY_OVER else view.let_go
    await turn.answer(said(done, turn.words))
    answers = {**_answers(turn), done.node.id: button.verb}
    shown = _Shown.tapped(turn, done.period.start, is_year=isinstance(button, CloseInYear))
    await turn.edit(*await _digest(turn, shown, answers, node_id=done.node.id))


@record
class _Shown:
    """A digest in the chat: its period, and Telegram's id of the message."""

    level: Level
    period: Period
    message_id: int

    @classmethod
    def holding(cls, on: date, message_id: int, *, is_year: bool) -> _Shown:
        """The digest of the year or quarter that contains a day."""
        level = Level.YEARLY if is_year else Level.QUARTERLY
        return cls(level, period_of(level, on), message_id)

    @classmethod
    def tapped(cls, turn: Turn, on: date, *, is_year: bool) -> _Shown:
        """The digest below which a button was tapped."""
        return cls.holding(on, turn.message.message_id if turn.message else 0, is_year=is_year)


async def _digest(
    turn: Turn, digest: _Shown, answers: Mapping[int, Verb], *, page: int = 0, node_id: int | None = None
) -> tuple[str, Keyboard]:
    """A digest's current contents, at a given page or at the page of a goal."""
    level, period = digest.level, digest.period
    if period.start > turn.today:
        raise BadButton
    figures = await read_digest(turn.store, turn.actor, level, period, turn.today)
    if node_id is not None:
        page = view.page_of(figures, node_id)
    ended = await ended_within(turn.store, turn.actor, period, turn.today)
    shorter = await included_digests(turn.services, turn.owner, level, digest.message_id)
    shown = digest_view.ShownBeside(owner_title(turn.owner), page=page, answers=answers, ended=ended, shorter=shorter)
    return digest_view.digest(figures, turn.words, shown)


def _answers(turn: Turn) -> dict[int, Verb]:
    """The answers that the tapped message shows: in a goal's row, the button tapped before is missing."""
    rows: dict[int, set[Verb]] = {}
    offered: list[AnyClose] = [*turn.offered(CloseGoal), *turn.offered(CloseInYear)]
    for button in offered:
        rows.setdefault(button.node, set()).add(button.verb)
    return {
        node_id: answer
        for node_id, verbs in rows.items()
        for answer in (Verb.CARRY_OVER, Verb.LET_GO)
        if answer not in verbs
    }


FEATURE = Feature(
    taps=(
        OnTap(ClosingPage, _turn_page, Act.SEE),
        OnTap(ClosingYearPage, _turn_page_of_year, Act.SEE),
        OnTap(CloseGoal, _close, Act.EDIT_TREE),
        OnTap(CloseInYear, _close, Act.EDIT_TREE),
    ),
    answers=(OnAnswer(TargetAsked, _target_said, Act.EDIT_TREE),),
)
