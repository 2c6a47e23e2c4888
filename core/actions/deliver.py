"""The delivery of outbox messages: claim, commit, send, mark (design.md §4, "Once, and not twice").

A claim holds for the length of its lease. If the process dies before the mark, the message is claimed again: so it is
sent at least once, and twice only if Telegram had accepted it by then.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.access import check_everywhere, enter
from core.actions.claimed import LOST, awake_at, call_early, claim_due
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
from core.asking.reminders import Message, MessageKind, NewMessage, picture_of, round_up_of, useful_until
from core.asking.schedule import out_of_quiet
from core.asking.wave import Wave
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

logger = logging.getLogger(__name__)

MOST_ROUNDS = 100
"""The most transactions of one claim. If a hundred thousand digests are due at once, it puts off a few thousand and
takes whatever else is due."""
REPEATED_WITHIN = timedelta(days=2)
"""How long the results of API requests with a key are kept."""
KEPT = timedelta(days=60)
"""How long a settled message is kept; the buttons of a prompt work until then."""
PRUNED_AT_ONCE = 2000
"""Messages deleted per transaction, so that no check-off waits long."""

GIVEN_BACK = "was given back by a process that ended before its turn"
SNOOZED = "put off"
NOWHERE = "the group moved to a chat that has trees of its own"


async def claim(store: Store, actor: Actor, now: datetime, limit: int, wave: Wave | None = None) -> list[Message]:
    """Claims due messages, at most `limit`. Messages that are of no use any more are dropped and do not count towards
    the limit. Messages that fall into quiet hours, which may have been set since they were planned, wait for the end of
    these.

    No more digests are claimed than the wave has room for: the others wait for their place in it, behind everything
    else that is due, or go without their picture if that would be late. If the wave moves faster than planned, the
    next ones are claimed early. Each claim that ran out counts as a doubt, so that a message that crashes its sender is
    given up in the end.
    """
    check_everywhere(actor, Act.OPERATE)
    taken: list[Message] = []
    for _ in range(MOST_ROUNDS):
        left = limit - len(taken)
        claimed = await store.write(lambda tx, left=left: claim_due(tx, now, left, wave))  # type: ignore[misc]
        for message in claimed.lost:
            _log_dead(message, LOST)
        if wave is not None and claimed.wave is not None:
            wave.become(claimed.wave)
        taken += claimed.to_send
        if not claimed.any or len(taken) == limit or (taken and not claimed.put_off):
            break
    return taken if wave is None else [*taken, *await _called(store, now, limit - len(taken), wave)]


async def _called(store: Store, now: datetime, limit: int, wave: Wave) -> list[Message]:
    """Digests that are claimed before their time, at most `limit`."""
    taken: list[Message] = []
    while wave.is_open(now) and len(taken) < limit:
        room = wave.room = min(limit - len(taken), wave.room)
        called, asleep = await store.write(lambda tx, room=room: call_early(tx, now, room, wave))  # type: ignore[misc]
        wave.called(len(called), {message.id for message in asleep})
        taken += called
    return taken


async def something_waits(store: Store, actor: Actor, now: datetime) -> bool:
    """Whether a message is due: by an index, without a lock."""
    check_everywhere(actor, Act.OPERATE)
    due = await store.read(lambda tx: tx.outbox.next_due())
    return due is not None and due <= now


async def settle(
    store: Store, actor: Actor, message: Message, outcome: DeliveryOutcome, now: datetime, chance: float
) -> bool:
    """Records the outcome of a claimed message; returns whether it is dead now. `chance` (0 to 1) spreads the retries
    of messages that fail together."""
    check_everywhere(actor, Act.OPERATE)
    dead = await store.write(lambda tx: _settle(tx, message, outcome, now, chance))
    if dead is not None:
        _log_dead(message, dead)
    return dead is not None


async def prune(store: Store, actor: Actor, now: datetime) -> int:
    """Deletes messages that were settled long ago; returns how many. Also deletes the results of API requests that are
    too old to be repeated."""
    check_everywhere(actor, Act.OPERATE)
    await store.write(lambda tx: tx.requests.prune(now - REPEATED_WITHIN))
    removed, batch = 0, PRUNED_AT_ONCE
    while batch == PRUNED_AT_ONCE:
        batch = await store.write(lambda tx: tx.outbox.prune(now - KEPT, PRUNED_AT_ONCE))
        removed += batch
    return removed


def _log_dead(message: Message, reason: str) -> None:
    logger.error("message %s to chat %s is dead: %s", message.id, message.chat_id, reason)


def _settle(tx: Transaction, message: Message, outcome: DeliveryOutcome, now: datetime, chance: float) -> str | None:
    """Records the outcome; returns why the message is dead, if it is."""
    if message.kind is MessageKind.UNPUBLISHED and not isinstance(outcome, Failed | Moved):
        tx.publications.remove(message.nodes)
    match outcome:
        case Delivered():
            _delivered(tx, message, outcome, now)
        case GivenBack():
            tx.outbox.retry(message, now, GIVEN_BACK, message.doubts)
        case NotNeeded():
            tx.outbox.mark_over([message], outcome.reason, now)
        case Failed():
            return _try_again(tx, message, outcome, now, chance)
        case Rejected():
            tx.outbox.mark_over([message], outcome.reason, now, dead=True)
            return outcome.reason
        case ShutOut():
            _shut_out(tx, message, outcome, now)
        case Moved():
            _moved(tx, message, outcome, now)
    return None


def _delivered(tx: Transaction, message: Message, outcome: Delivered, now: datetime) -> None:
    tx.outbox.mark_sent(message, outcome.message_id, now)
    if outcome.topic_gone and message.thread_id is not None:
        forget_topic(tx, message.owner_id, message.thread_id)
    if outcome.owes_picture:
        tx.outbox.add([picture_of(message, now)], now)
    if message.kind is MessageKind.CHECK_IN and message.after is None:
        tx.owners.count_asked(message.owner_id, message.on)
        _plan_what_follows(tx, message, now)


def _shut_out(tx: Transaction, message: Message, outcome: ShutOut, now: datetime) -> None:
    tx.outbox.mark_over([message], outcome.reason, now)
    if published := published_by(tx, message):
        tell_ended(tx, published, now)  # the group itself can be reached as before
    else:
        shut_out(tx, message.chat_id, outcome.reason, now)


def _moved(tx: Transaction, message: Message, outcome: Moved, now: datetime) -> None:
    if move_chat(tx, message.chat_id, outcome.chat_id, now):
        tx.outbox.retry(message, now, f"the group is chat {outcome.chat_id} now", message.doubts)
    else:
        tx.outbox.mark_over([message], NOWHERE, now)
        shut_out(tx, message.chat_id, NOWHERE, now)


def _try_again(tx: Transaction, message: Message, outcome: Failed, now: datetime, chance: float) -> str | None:
    doubts = message.doubts + (CUT if outcome.doubtful else 0)
    at = now + (outcome.wait or pause_after(message.attempt, chance))
    at = awake_at(message, tx.owners.by_id(message.owner_id), at)
    if doubts >= MOST_DOUBTS:
        reason = f"{outcome.reason}; it may have arrived"
    elif at >= message.useful_until:
        reason = f"{outcome.reason}; no try is left while it is of use"
    else:
        tx.outbox.retry(message, at, outcome.reason, doubts)
        return None
    tx.outbox.mark_over([message], reason, now, dead=True)
    return reason


def _plan_what_follows(tx: Transaction, message: Message, now: datetime) -> None:
    """Plans what follows a check-in: the round-up of a group's round, or a second prompt for a person."""
    owner = tx.owners.by_chat(message.chat_id)
    if owner is not None and owner.type is OwnerType.GROUP:
        tx.outbox.add([round_up_of(message, max(message.useful_until, now))], now)
        tx.living.change_earlier(message)  # earlier rounds of the day may give way to it
    elif owner is not None and owner.nudge_after is not None:
        _plan_nudge(tx, owner, owner.nudge_after, message, now)


def _plan_nudge(tx: Transaction, owner: Owner, after: timedelta, message: Message, now: datetime) -> None:
    """Plans a second prompt some hours after the first. Whether anything is still open is checked when it is due."""
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


@record
class Snoozed:
    """A prompt (by its outbox id) to ask again at an instant. `soon`: within the hour. `source_key` identifies the
    tap."""

    message_id: int
    until: datetime
    source_key: str
    soon: bool = False


async def snooze(store: Store, actor: Actor, wanted: Snoozed, now: datetime) -> NewMessage | None:
    """Asks a prompt's question again at the wanted time, in place of any repetition that was planned.

    Quiet hours put it off, unless it is to come soon: somebody who asks for that during quiet hours is awake. None if
    the actor's chat has no such prompt (any more), or if this tap was handled before.
    """

    def work(tx: Transaction) -> NewMessage | None:
        owner = enter(tx, actor, Act.LOG).owner
        prompt = tx.outbox.by_id(wanted.message_id, owner.chat_id)
        key = f"snooze:{wanted.source_key}"
        if prompt is None or tx.outbox.existing_keys([key]):
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
