"""Taps on a group's round, and replies to it. A tap counts for the person who taps, on the round's own day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import TypeVar

from bot.common.goals import amount_in, goal_of, readings_on
from bot.common.names import name_of
from bot.features.group.buddy import confirm_day
from bot.features.log.buttons import AmountAsked
from bot.features.log.choose import total_said
from bot.features.log.handler import words_in_reply
from bot.features.log.sentences import counted_before, settled
from bot.features.log.view import headline
from bot.features.round import view
from bot.features.round.buttons import (
    Confirm,
    RoundAllDone,
    RoundAnswer,
    RoundDone,
    RoundOtherTotal,
    RoundReachTotal,
    RoundSkip,
)
from bot.telegram.callback import BadButton, Callback
from bot.telegram.feature import Feature, OnTap
from bot.telegram.turn import Turn
from core.actions.day.circle import read_circle
from core.actions.day.round import read_own_parts
from core.actions.log import log, log_all
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.members import read_member
from core.actions.sent import read_sent
from core.asking.reminders import Message, MessageKind
from core.errors import InvalidValue, Refused
from core.goals.model import OwnerType
from core.group.round import MemberPart, MemberState, RoundAsk, narrowed
from language.meanings import Meaning
from language.parsing.line import KnownGoal
from language.tokens import phrase

B = TypeVar("B", bound=Callback)


def _on_tap(kind: type[B], handler: Callable[[Turn, B], Awaitable[None]]) -> OnTap[B]:
    """The handler of taps on a round. It has no act, since the buttons are for various people. A person who has not
    joined is told so in the background, so that many taps do not wait for Telegram."""

    async def handle(turn: Turn, button: B) -> None:
        try:
            await handler(turn, button)
        except Refused as error:
            if error.code != "join_first":
                raise
            turn.answer_aside(view.tap_join_first(turn.words), alert=True)

    return OnTap(kind, handle, None)


async def _log_tap(turn: Turn, button: RoundAnswer, how: How, value: Decimal | None) -> None:
    """Logs a button's action for the person who tapped."""
    asked = await _round(turn, button)
    if asked is None:
        turn.answer_aside(view.too_old(turn.words), alert=True)
        return
    wanted = Log(button.node, button.on, how, value, None, turn.tap_key)
    done = await log(turn.store, turn.actor, wanted, turn.now, turn.caps)
    turn.answer_aside(_toast(turn, done, how, value))


def _toast(turn: Turn, done: CheckOff, how: How, value: Decimal | None) -> str:
    if done.outcome is LogOutcome.REPEATED:
        return counted_before(turn.words)
    if done.outcome is LogOutcome.UNCHANGED and how is How.REACH and value is not None:
        return view.has_as_much(done.tree.called(done.leaf), value, turn.words)
    return headline(done, turn.words)


async def _all_done(turn: Turn, button: RoundAllDone) -> None:
    """Ticks what is open for the person who tapped, and sets their usual amounts. Shared goals are left out."""
    asked = await _round(turn, button)
    if asked is None:
        turn.answer_aside(view.too_old(turn.words), alert=True)
        return
    await read_member(turn.store, turn.actor)
    turn.answer_aside(await _all_of(turn, asked, turn.tap_key))


async def _all_of(turn: Turn, asked: Message, key: str) -> str:
    parts = await read_own_parts(turn.store, turn.actor, asked)
    ready = [(part.node.id, value) for part in parts if (value := part.at_once) is not None]
    wanted = [Log(node, asked.on, How.REACH, value, None, f"{key}:{node}") for node, value in ready]
    await log_all(turn.store, turn.actor, wanted, turn.now, turn.caps)
    rest = [part.node.title for part in parts if part.at_once is None]
    return settled(len(wanted), rest, turn.words, skipped=False)


async def _other(turn: Turn, button: RoundOtherTotal) -> None:
    """Asks for an amount, to be answered by a reply, which the bot sees in any group."""
    asked, on = await _round(turn, button), button.on
    if asked is None:
        turn.answer_aside(view.too_old(turn.words), alert=True)
        return
    member = await read_member(turn.store, turn.actor)
    goal = goal_of(await readings_on(turn, on), button.node)
    await turn.remember(AmountAsked(button.node, on, asked.id))
    await turn.answer()
    day = turn.words.t("today") if on == turn.today else turn.words.t("on {day}", day=turn.words.date(on))
    await turn.reply(view.how_much(name_of(member, turn.words), goal.title, goal.unit, day, turn.words))


async def _confirm(turn: Turn, button: Confirm) -> None:
    """Handles a buddy's confirmation."""
    await _round(turn, button)
    await confirm_day(turn, button.member, button.on)


async def _round(turn: Turn, button: RoundAnswer | RoundAllDone | Confirm) -> Message | None:
    """The round of a button; None if it is no longer stored. Raises `BadButton` for a day that is not the round's."""
    asked = await read_sent(turn.store, turn.actor, button.round)
    is_other = asked and (asked.on != button.on or asked.kind is not MessageKind.CHECK_IN)
    if turn.owner.type is not OwnerType.GROUP or is_other:
        raise BadButton
    return asked


async def replied(turn: Turn) -> None:
    """Handles a reply to a round: a bare number is the day's total of the sender's open number goal; other words are
    read as usual, about its day. Words that are no log are talk among people."""
    asked = turn.prompt
    if asked is None or turn.user_id is None:
        return
    said = phrase(turn.text)
    if turn.lexicon.means(said, Meaning.ALL_DONE, Meaning.DONE):
        await turn.reply(await _all_of(turn, asked, turn.source_key()))
    elif turn.lexicon.means(said, Meaning.NONE, Meaning.NOTHING):
        await _log_none(turn, asked)
    elif totals := await _meant(turn, asked):
        await total_said(turn, asked.on, totals)
    else:
        await words_in_reply(turn, await _number_asked(turn, asked))


async def _number_asked(turn: Turn, asked: Message) -> KnownGoal | None:
    """The sender's only open number goal, which an amount with further words means."""
    circle = await read_circle(turn.store, turn.actor, asked.on)
    asks = narrowed(circle.round, circle.readings, asked.nodes).asks
    numbers = [one for one in asks if _is_asked(one, turn.user_id) and one.is_open and _is_open(one, turn.user_id)]
    return goal_of(circle.readings, numbers[0].node.id) if len(numbers) == 1 else None


async def _log_none(turn: Turn, asked: Message) -> None:
    """Handles "none today", which means the sender's open limit; asks if other goals are open as well. Without a limit
    it does nothing."""
    parts = await read_own_parts(turn.store, turn.actor, asked)
    limits = [part for part in parts if part.node.is_limit and not part.is_check]
    if not limits:
        return
    if len(limits) < len(parts):
        await turn.reply(*view.none_of_what(limits, asked, turn.words))
        return
    wanted = [
        Log(part.node.id, asked.on, How.REACH, Decimal(0), None, turn.source_key(at)) for at, part in enumerate(limits)
    ]
    done = await log_all(turn.store, turn.actor, wanted, turn.now, turn.caps)
    await turn.reply("\n".join(headline(one, turn.words) for one in done))


async def _meant(turn: Turn, asked: Message) -> list[tuple[KnownGoal, Decimal]]:
    """The number goals that a bare number may answer: the sender's open ones or, without any, all of theirs."""
    circle = await read_circle(turn.store, turn.actor, asked.on)
    mine: list[tuple[KnownGoal, Decimal]] = []
    still_open: list[tuple[KnownGoal, Decimal]] = []
    for ask in narrowed(circle.round, circle.readings, asked.nodes).asks:
        goal = goal_of(circle.readings, ask.node.id)
        total = _total(turn, goal) if _is_asked(ask, turn.user_id) else None
        if total is not None:
            mine.append((goal, total))
            still_open += [(goal, total)] if ask.is_open and _is_open(ask, turn.user_id) else []
    return still_open or mine


def _is_asked(ask: RoundAsk, user_id: int | None) -> bool:
    """Whether an ask is for a number from the user: their own part, or a shared goal."""
    return not ask.is_check and (ask.is_shared or _own(ask, user_id) is not None)


def _is_open(ask: RoundAsk, user_id: int | None) -> bool:
    own = _own(ask, user_id)
    return ask.is_shared or (own is not None and own.state is MemberState.OPEN)


def _own(ask: RoundAsk, user_id: int | None) -> MemberPart | None:
    return next((part for part in ask.parts if part.member.user_id == user_id), None)


def _total(turn: Turn, goal: KnownGoal) -> Decimal | None:
    """The message as an amount of the goal; None if it is none."""
    try:
        return amount_in(turn, goal)
    except InvalidValue:
        return None


FEATURE = Feature(
    taps=(
        _on_tap(RoundDone, lambda turn, button: _log_tap(turn, button, How.SET, Decimal(1))),
        _on_tap(RoundSkip, lambda turn, button: _log_tap(turn, button, How.SKIP, None)),
        _on_tap(RoundAllDone, _all_done),
        _on_tap(RoundReachTotal, lambda turn, button: _log_tap(turn, button, How.REACH, button.total)),
        _on_tap(RoundOtherTotal, _other),
        _on_tap(Confirm, _confirm),
    )
)
