"""Closing a quarter below its digest: a goal is carried over, perhaps with another target, or let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.common.goals import amount_in, find, goal_of, readings_on
from bot.features.digest import closing_view as view
from bot.features.digest import view as digest_view
from bot.features.digest.buttons import CloseGoal, ClosingPage, TargetAsked, Verb
from bot.features.digest.letter import whose_title
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan.guided_view import reply_here
from bot.telegram.callback import BadButton
from bot.telegram.feature import Feature, OnAnswer, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.closing import Closed, carry_over, let_go, quarter_to_close
from core.actions.digest import read_digest
from core.actions.farewell import ended_within
from core.errors import InvalidPlan, InvalidValue
from core.goals.model import Kind, Level
from core.goals.periods import period_of
from core.goals.reading import adds_up
from core.group.permissions import Act


async def _turn_page(turn: Turn, button: ClosingPage) -> None:
    """Shows another page of the goals."""
    await turn.edit(*await _digest(turn, button.quarter, _answers(turn), page=button.page))


async def _close(turn: Turn, button: CloseGoal) -> None:
    """A button below a quarterly digest. It says what is to be so, and may be tapped twice, and weeks later."""
    try:
        if button.verb is Verb.CHANGE:
            await _ask_target(turn, button.node, button.quarter)
            return
        if button.verb is Verb.CARRY_OVER:
            left = await _left(turn, button)
            done = await carry_over(turn.store, turn.actor, button.node, button.quarter, turn.now, left)
        else:
            done = await let_go(turn.store, turn.actor, button.node, button.quarter, turn.now)
        await _show(turn, done, button.verb)
    except InvalidPlan as error:
        await turn.answer(view.refused(error.faults[0], turn.words), alert=True)


async def _left(turn: Turn, button: CloseGoal) -> Decimal | None:
    """What a target of this one quarter still lacks, which is carried over; None for what begins anew anyway."""
    quarter = period_of(Level.QUARTERLY, button.quarter)
    reading, node = find(await readings_on(turn, quarter.end), button.node)
    standing = reading.standing(node)
    if node.kind in (Kind.KPI, Kind.VISION) or not adds_up(reading.tree, node) or standing.target is None:
        return None
    left = standing.target - (standing.value or 0)
    return left if 0 < left < standing.target else None


async def _target_said(turn: Turn, asked: TargetAsked) -> None:
    """The new target: the goal goes on with it, and the digest shows that."""
    node_id, quarter = asked.node, asked.quarter
    try:
        goal = goal_of(await readings_on(turn), node_id)
        target = amount_in(turn, goal)
    except InvalidValue:
        if turn.is_private and await clearly_logs(turn):
            await log.free_text(turn)
            return
        raise
    try:
        done = await carry_over(turn.store, turn.actor, node_id, quarter, turn.now, target)
    except InvalidPlan as error:
        await turn.reply(view.refused(error.faults[0], turn.words))
        return
    await turn.remember(None)
    await turn.reply(view.carried_over(done, turn.words))
    if asked.message:
        answers = {**asked.answers, node_id: Verb.CARRY_OVER}
        shown = await _digest(turn, quarter, answers, node_id=node_id)
        await turn.rewrite(asked.message, *shown, is_picture=asked.picture)


async def _ask_target(turn: Turn, node_id: int, quarter_start: date) -> None:
    reading, node = find(await readings_on(turn), node_id)
    quarter = quarter_to_close(reading.tree, node, quarter_start, turn.today)
    if node.target is None:
        await turn.answer(view.no_target(turn.words), alert=True)
        return
    message_id = turn.message.message_id if turn.message else 0
    await turn.remember(TargetAsked(node_id, quarter.start, message_id, turn.is_picture, _answers(turn)))
    await turn.answer()
    question = view.ask_target(node, quarter, turn.words)
    await turn.reply(question if turn.is_private else f"{question}\n{reply_here(turn.words)}")


async def _show(turn: Turn, done: Closed, answer: Verb) -> None:
    """Says what became of the goal, and shows it in place."""
    said = view.carried_over if answer is Verb.CARRY_OVER else view.let_go
    await turn.answer(said(done, turn.words))
    answers = {**_answers(turn), done.node.id: answer}
    await turn.edit(*await _digest(turn, done.quarter.start, answers, node_id=done.node.id))


async def _digest(
    turn: Turn, quarter_start: date, answers: Mapping[int, Verb], *, page: int = 0, node_id: int | None = None
) -> tuple[str, Keyboard]:
    """The digest of a quarter as it reads now, at a page or at the page of a goal."""
    quarter = period_of(Level.QUARTERLY, quarter_start)
    if quarter.start > turn.today:
        raise BadButton
    found = await read_digest(turn.store, turn.actor, Level.QUARTERLY, quarter, turn.today)
    if node_id is not None:
        page = view.page_of(found, node_id)
    ended = await ended_within(turn.store, turn.actor, quarter, turn.today)
    shown = digest_view.Shown(whose_title(turn.owner), page=page, answers=answers, ended=ended)
    return digest_view.digest(found, turn.words, shown)


def _answers(turn: Turn) -> dict[int, Verb]:
    """What the tapped message shows as answered: a goal's row lacks the button that was tapped before."""
    rows: dict[int, set[Verb]] = {}
    for button in turn.offered(CloseGoal):
        rows.setdefault(button.node, set()).add(button.verb)
    return {
        node_id: answer
        for node_id, verbs in rows.items()
        for answer in (Verb.CARRY_OVER, Verb.LET_GO)
        if answer not in verbs
    }


FEATURE = Feature(
    taps=(OnTap(ClosingPage, _turn_page, Act.SEE), OnTap(CloseGoal, _close, Act.EDIT_TREE)),
    answers=(OnAnswer(TargetAsked, _target_said, Act.EDIT_TREE),),
)
