"""Due messages, claimed in one transaction: to be sent, dropped, given up or put off."""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.asking.delivery import MOST_DOUBTS
from core.asking.reminders import DRAWN, Message
from core.asking.schedule import out_of_quiet
from core.asking.wave import Wave
from core.goals.model import Owner
from core.ports.store import Transaction
from core.records import record

LEASE = timedelta(minutes=2)
"""Longer than rendering and sending a message takes, with the wait for its turn."""
STALE = "was of no use any more when it could be sent"
LOST = "was on its way too often without a word of what became of it; it may have arrived"


@record
class Claimed:
    """The claimed messages to be sent, those given up, and how many digests were put off. `any`: something was due.
    `wave`: the wave after this claim."""

    to_send: list[Message]
    lost: list[Message]
    put_off: int
    any: bool
    wave: Wave | None


def claim_due(tx: Transaction, now: datetime, limit: int, wave: Wave | None) -> Claimed:
    """Claims at most `limit` messages; see `core.actions.deliver.claim`. Its only effects are in the transaction, so it
    may run again."""
    claimed = tx.outbox.claim(now, now + LEASE, limit)
    wave = copy(wave)
    owners = tx.owners.by_ids({message.owner_id for message in claimed}) if claimed else {}
    to_send, stale, lost = list[Message](), list[Message](), list[Message]()
    put_off = 0
    for message in claimed:
        at = awake_at(message, owners.get(message.owner_id), now)
        if message.useful_until <= at:
            stale.append(message)
        elif message.doubts >= MOST_DOUBTS:
            lost.append(message)
        elif at > now:
            tx.outbox.put_off(message, at)
        else:
            taken = wave.take(message) if wave and message.kind in DRAWN else message
            if isinstance(taken, Message):
                to_send.append(taken)
            else:
                tx.outbox.put_off(message, taken)
                put_off += 1
    tx.outbox.mark_over(stale, STALE, now)
    tx.outbox.mark_over(lost, LOST, now, dead=True)
    return Claimed(to_send, lost, put_off, bool(claimed), wave)


def call_early(tx: Transaction, now: datetime, limit: int, wave: Wave) -> tuple[list[Message], list[Message]]:
    """Claims at most `limit` of the digests that wait for their place in a wave, the next first. Returns separately
    those that are put off to the end of quiet hours, and leaves them waiting."""
    assert wave.last is not None
    called = tx.outbox.call_digests(wave.last, now + LEASE, limit, wave.asleep)
    owners = tx.owners.by_ids({message.owner_id for message in called}) if called else {}
    to_send, asleep = list[Message](), list[Message]()
    for message in called:
        at = awake_at(message, owners.get(message.owner_id), now)
        if at > now:
            tx.outbox.put_off(message, at)
            asleep.append(message)
        else:
            to_send.append(message)
    return to_send, asleep


def awake_at(message: Message, owner: Owner | None, at: datetime) -> datetime:
    """The instant or, if it falls into quiet hours, their end, unless the message was asked for within them."""
    if message.at_any_hour or owner is None or owner.quiet is None:
        return at
    try:
        zone = ZoneInfo(owner.timezone)
    except ZoneInfoNotFoundError:
        return at  # it cannot be worded either, which is reported when that is tried
    return out_of_quiet(at, zone, owner.quiet)
