"""The way of an outbox message to Telegram: claim, commit, send, mark (DESIGN.md §4, "Once, and not twice").

A claim holds for the length of its lease. Who dies before the mark leaves the message to be claimed again, so it is
sent at least once; and twice only if Telegram took it and the mark was never made.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.actions.access import check_everywhere, enter
from core.actions.owners import forget_topic, move_chat, shut_out
from core.actions.publish import published_by, tell_ended
from core.asking.delivery import (
    CUT,
    MOST_DOUBTS,
    Delivered,
    DeliveryOutcome,
    Failed,
    GivenBack,
    Moved,
    NotNeeded,
    Rejected,
    ShutOut,
    pause_after,
)
from core.asking.reminders import Message, MessageKind, NewMessage, round_up_of, useful_until
from core.asking.schedule import out_of_quiet
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than a message takes to be worded and sent, with a wait for its turn."""
REPEATED_WITHIN = timedelta(days=2)
"""How long it is remembered what requests with a key have done."""
KEPT = timedelta(days=60)
"""How long a settled message is remembered: buttons of its prompt work until then."""
PRUNED_AT_ONCE = 2000
"""Messages that are forgotten in one transaction: nobody's check-off waits long behind it."""

GIVEN_BACK = "was given back by a process that ended before its turn"
SNOOZED = "put off"
STALE = "was of no use any more when it could be sent"
LOST = "was on its way too often without a word of what became of it; it may have arrived"
NOWHERE = "the group moved to a chat that has trees of its own"


async def claim(store: Store, actor: Actor, now: datetime, limit: int) -> list[Message]:
    """Takes messages that are due, at most so many. Those of no use any more are dropped, not given, and fill no place;
    those that fall into quiet hours, which may have been set since they were planned, wait for their end.

    A claim that ran out is a doubt: a message that takes its sender down with it is not sent for ever.
    """
    check_everywhere(actor, Act.OPERATE)

    def work(tx: Transaction) -> tuple[list[Message], list[Message], bool]:
        claimed = tx.outbox.claim(now, now + LEASE, limit)
        owners = tx.owners.by_ids({message.owner_id for message in claimed}) if claimed else {}
        to_send, stale, lost = list[Message](), list[Message](), list[Message]()
        for message in claimed:
            at = _out_of_quiet(message, owners.get(message.owner_id), now)
            if message.useful_until <= at:
                stale.append(message)
            elif message.doubts >= MOST_DOUBTS:
                lost.append(message)
            elif at > now:
                tx.outbox.put_off(message, at)
            else:
                to_send.append(message)
        tx.outbox.over(stale, STALE, now)
        tx.outbox.over(lost, LOST, now, dead=True)
        return to_send, lost, bool(claimed)

    while True:
        to_send, lost, claimed = await store.write(work)
        for message in lost:
            _log_dead(message, LOST)
        if to_send or not claimed:
            return to_send


async def something_waits(store: Store, actor: Actor, now: datetime) -> bool:
    """Whether a message is due: by an index, without a lock."""
    check_everywhere(actor, Act.OPERATE)
    due = await store.read(lambda tx: tx.outbox.next_due())
    return due is not None and due <= now


async def settle(
    store: Store, actor: Actor, message: Message, outcome: DeliveryOutcome, now: datetime, chance: float
) -> bool:
    """Marks what became of a claimed message; whether it is dead now. `chance` (0 to 1) spreads the next tries of those
    that fail together."""
    check_everywhere(actor, Act.OPERATE)
    dead = await store.write(lambda tx: _settle(tx, message, outcome, now, chance))
    if dead is not None:
        _log_dead(message, dead)
    return dead is not None


async def prune(store: Store, actor: Actor, now: datetime) -> int:
    """Forgets messages that were settled long ago; gives how many. What requests with a key have done is forgotten
    too, once nobody repeats them."""
    check_everywhere(actor, Act.OPERATE)
    await store.write(lambda tx: tx.requests.prune(now - REPEATED_WITHIN))
    removed, batch = 0, PRUNED_AT_ONCE
    while batch == PRUNED_AT_ONCE:
        batch = await store.write(lambda tx: tx.outbox.prune(now - KEPT, PRUNED_AT_ONCE))
        removed += batch
    return removed


def _out_of_quiet(message: Message, owner: Owner | None, at: datetime) -> datetime:
    """The instant, or the end of the quiet hours that it falls into, unless it was asked for within them."""
    if message.at_any_hour or owner is None or owner.quiet is None:
        return at
    try:
        zone = ZoneInfo(owner.timezone)
    except ZoneInfoNotFoundError:
        return at  # it cannot be worded either, and says so when that is tried
    return out_of_quiet(at, zone, owner.quiet)


def _log_dead(message: Message, reason: str) -> None:
    logger.error("message %s to chat %s is dead: %s", message.id, message.chat_id, reason)


def _settle(tx: Transaction, message: Message, outcome: DeliveryOutcome, now: datetime, chance: float) -> str | None:
    """Marks it; if it is dead now, says why."""
    if message.kind is MessageKind.UNPUBLISHED and not isinstance(outcome, Failed | Moved):
        tx.publications.remove(message.nodes)
    match outcome:
        case Delivered():
            _delivered(tx, message, outcome, now)
        case GivenBack():
            tx.outbox.again(message, now, GIVEN_BACK, message.doubts)
        case NotNeeded():
            tx.outbox.over([message], outcome.reason, now)
        case Failed():
            return _try_again(tx, message, outcome, now, chance)
        case Rejected():
            tx.outbox.over([message], outcome.reason, now, dead=True)
            return outcome.reason
        case ShutOut():
            tx.outbox.over([message], outcome.reason, now)
            if published := published_by(tx, message):
                tell_ended(tx, published, now)  # the group itself can be reached as before
            else:
                shut_out(tx, message.chat_id, outcome.reason, now)
        case Moved():
            _moved(tx, message, outcome, now)
    return None


def _delivered(tx: Transaction, message: Message, outcome: Delivered, now: datetime) -> None:
    tx.outbox.sent(message, outcome.message_id, now)
    if outcome.topic_gone and message.thread_id is not None:
        forget_topic(tx, message.owner_id, message.thread_id)
    if message.kind is MessageKind.CHECK_IN and message.after is None:
        tx.owners.asked(message.owner_id, message.on)
        _plan_what_follows(tx, message, now)


def _moved(tx: Transaction, message: Message, outcome: Moved, now: datetime) -> None:
    if move_chat(tx, message.chat_id, outcome.chat_id, now):
        tx.outbox.again(message, now, f"the group is chat {outcome.chat_id} now", message.doubts)
    else:
        tx.outbox.over([message], NOWHERE, now)
        shut_out(tx, message.chat_id, NOWHERE, now)


def _try_again(tx: Transaction, message: Message, outcome: Failed, now: datetime, chance: float) -> str | None:
    doubts = message.doubts + (CUT if outcome.doubtful else 0)
    at = now + (outcome.wait or pause_after(message.attempt, chance))
    at = _out_of_quiet(message, tx.owners.by_id(message.owner_id), at)
    if doubts >= MOST_DOUBTS:
        reason = f"{outcome.reason}; it may have arrived"
    elif at >= message.useful_until:
        reason = f"{outcome.reason}; no try is left while it is of use"
    else:
        tx.outbox.again(message, at, outcome.reason, doubts)
        return None
    tx.outbox.over([message], reason, now, dead=True)
    return reason


def _plan_what_follows(tx: Transaction, message: Message, now: datetime) -> None:
    """What a check-in brings: a group's round ends with a round-up, a person may be asked again."""
    owner = tx.owners.by_chat(message.chat_id)
    if owner is not None and owner.type is OwnerType.GROUP:
        tx.outbox.add([round_up_of(message, max(message.useful_until, now))], now)
        tx.living.change_earlier(message)  # earlier rounds of the day may give way to it
    elif owner is not None and owner.nudge_after is not None:
        _plan_nudge(tx, owner, owner.nudge_after, message, now)


def _plan_nudge(tx: Transaction, owner: Owner, after: timedelta, message: Message, now: datetime) -> None:
    """A second prompt some hours after the first; whether anything is open is seen then."""
    zone = ZoneInfo(owner.timezone)
    due = out_of_quiet(now + after, zone, owner.quiet)
    useful = useful_until(message.on, due, zone, owner.day_start)
    if due > message.useful_until:
        return  # the day is over by then
    nudge = NewMessage(
        f"nudge:{message.chat_id}:{message.on.isoformat()}:{message.id}",
        MessageKind.NUDGE,
        message.owner_id,
        message.chat_id,
        message.on,
        due,
        useful,
        message.nodes,
        after=message.id,
        thread_id=message.thread_id,
    )
    tx.outbox.add([nudge], now)


@dataclass(frozen=True, slots=True)
class Snooze:
    """A prompt (by the outbox's id) that is to be asked again at an instant. `soon`: it is meant to come within the
    hour. `source_key` is what makes the tap the same tap."""

    message_id: int
    until: datetime
    source_key: str
    soon: bool = False


async def snooze(store: Store, actor: Actor, wanted: Snooze, now: datetime) -> NewMessage | None:
    """Asks a prompt's question once more, instead of whenever it would have come back. Quiet hours put it off, unless
    it is to come soon: somebody who asks for that in quiet hours is awake.

    None if there is no such prompt in the actor's chat (any more), or if the same tap was there before: that changes
    nothing.
    """

    def work(tx: Transaction) -> NewMessage | None:
        owner = enter(tx, actor, Act.LOG).owner
        prompt = tx.outbox.by_id(wanted.message_id, owner.chat_id)
        key = f"snooze:{wanted.source_key}"
        if prompt is None or tx.outbox.known([key]):
            return None
        zone = ZoneInfo(owner.timezone)
        awake = wanted.soon and out_of_quiet(now, zone, owner.quiet) > now
        due = wanted.until if awake else out_of_quiet(wanted.until, zone, owner.quiet)
        again = NewMessage(
            key,
            MessageKind.CHECK_IN,
            owner.id,
            owner.chat_id,
            prompt.on,
            due,
            useful_until(prompt.on, due, zone, owner.day_start),
            prompt.nodes,
            after=prompt.id,
            thread_id=prompt.thread_id,
            at_any_hour=awake,
        )
        tx.outbox.drop_after(prompt, SNOOZED, now)
        tx.outbox.add([again], now)
        tx.living.change_one(prompt.id)  # its buttons may put it off once more
        return again

    return await store.write(work)
