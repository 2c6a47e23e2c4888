"""A person's reminders: adding, changing and leaving them; what a change of zone or quiet hours does to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.caps import CAPS, Caps
from core.errors import CapReached, NotFound
from core.model import Level, Owner, OwnerType
from core.ports import Store, Transaction
from core.reminders import (
    DIGEST_OF_LEVEL,
    FIRST_CHECK_IN,
    PROMPTS,
    QUARTERLY,
    WEEKLY,
    MessageKind,
    Reminder,
)
from core.schedule import Schedule, next_due

T = TypeVar("T")

_TURNED_OFF = "reminders were turned off"


def next_due_of(reminder: Reminder, owner: Owner, now: datetime) -> datetime | None:
    """When a reminder is due next; None while it is paused, or its owner cannot be reached or has no chat."""
    if reminder.paused or owner.unreachable_since is not None or owner.type is OwnerType.LOCAL:
        return None
    due = next_due(reminder.schedule, ZoneInfo(owner.timezone), now, owner.quiet)
    return None if due is None else due.at


def reschedule(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Works out anew when each of an owner's reminders is due: their zone or quiet hours changed."""
    moved = {found: next_due_of(found, owner, now) for found in tx.reminders.of_owner(owner.id)}
    # What is overdue, after an outage, is still to be asked; but not what rests.
    tx.reminders.advance(
        {found.id: due for found, due in moved.items() if due is None or found.next_due is None or found.next_due > now}
    )


async def list_reminders(store: Store, chat_id: int) -> list[Reminder]:
    """All reminders of a chat, check-ins and digests, in the order of their making."""

    def work(tx: Transaction) -> list[Reminder]:
        owner = tx.owners.by_chat(chat_id)
        return tx.reminders.of_owner(owner.id) if owner else []

    return await store.read(work)


async def add_check_in(
    store: Store,
    chat_id: int,
    schedule: Schedule,
    now: datetime,
    node_id: int | None = None,
    caps: Caps = CAPS,
) -> tuple[Reminder, bool]:
    """(a reminder for a chat's check-in, whether it is new): of all of the day's leaves, or of one branch.

    One that is there already, for the same time and branch, gets the new weekdays and is no longer paused. Raises
    `CapReached` for one too many, `NotFound` for a node that is not this chat's.
    """

    def work(tx: Transaction, owner: Owner) -> tuple[Reminder, bool]:
        if node_id is not None:
            _refuse_others_nodes(tx, owner, node_id)
        mine = [found for found in tx.reminders.of_owner(owner.id) if found.kind is MessageKind.CHECK_IN]
        for found in mine:
            if (found.schedule.at, found.node_id) == (schedule.at, node_id):
                return _save(tx, owner, replace(found, schedule=schedule, paused=False), now), False
        if len(mine) >= caps.reminders:
            raise CapReached(f"There are {len(mine)} reminders already: delete one first, with /remind.")
        return _add(tx, owner, MessageKind.CHECK_IN, schedule, now, node_id), True

    return await _on_owner(store, chat_id, work)


async def change_reminder(
    store: Store,
    chat_id: int,
    reminder_id: int,
    now: datetime,
    *,
    schedule: Schedule | None = None,
    paused: bool | None = None,
) -> Reminder:
    """Changes a reminder's schedule, pauses it or takes it up again; raises `NotFound`."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        found = _mine(tx, owner, reminder_id)
        changed = replace(found, schedule=schedule or found.schedule, paused=found.paused if paused is None else paused)
        return _save(tx, owner, changed, now)

    return await _on_owner(store, chat_id, work)


async def set_round(store: Store, chat_id: int, at: time, now: datetime) -> Reminder:
    """Sets when a group's round comes. Where it has several a day, the first one moves."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        for found in tx.reminders.of_owner(owner.id):
            if found.kind is MessageKind.CHECK_IN and found.node_id is None:
                moved = replace(found, schedule=replace(found.schedule, at=at), paused=False)
                return _save(tx, owner, moved, now)
        return _add(tx, owner, MessageKind.CHECK_IN, Schedule(at), now)

    return await _on_owner(store, chat_id, work)


async def delete_reminder(store: Store, chat_id: int, reminder_id: int) -> Reminder:
    """Deletes a reminder and gives what it was; raises `NotFound`."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        found = _mine(tx, owner, reminder_id)
        tx.reminders.remove([found.id])
        return found

    return await _on_owner(store, chat_id, work)


async def turn_check_ins_off(store: Store, chat_id: int, now: datetime) -> int:
    """Pauses all check-ins of a chat and drops the prompts that wait (a snooze, a nudge); gives how many it paused."""

    def work(tx: Transaction, owner: Owner) -> int:
        going = [r for r in tx.reminders.of_owner(owner.id) if r.kind is MessageKind.CHECK_IN and not r.paused]
        for found in going:
            _save(tx, owner, replace(found, paused=True), now)
        tx.outbox.drop_open(owner.id, _TURNED_OFF, now, PROMPTS)
        return len(going)

    return await _on_owner(store, chat_id, work)


async def turn_check_ins_on(store: Store, chat_id: int, now: datetime) -> list[Reminder]:
    """Takes all check-ins of a chat up again; gives them, none if there are none."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        mine = [found for found in tx.reminders.of_owner(owner.id) if found.kind is MessageKind.CHECK_IN]
        return [_save(tx, owner, replace(found, paused=False), now) if found.paused else found for found in mine]

    return await _on_owner(store, chat_id, work)


async def set_digest(store: Store, chat_id: int, level: Level, schedule: Schedule | None, now: datetime) -> None:
    """Sets when the digest of a level (weekly, monthly, quarterly) comes; None turns it off."""
    kind = DIGEST_OF_LEVEL[level]

    def work(tx: Transaction, owner: Owner) -> None:
        mine = [found for found in tx.reminders.of_owner(owner.id) if found.kind is kind]
        for found in mine:
            _save(tx, owner, replace(found, schedule=schedule or found.schedule, paused=schedule is None), now)
        if not mine and schedule is not None:
            _add(tx, owner, kind, schedule, now)

    await _on_owner(store, chat_id, work)


async def set_up_first(store: Store, chat_id: int, now: datetime) -> Reminder | None:
    """After the first plan of a chat: a check-in in the evening, a weekly and a quarterly digest. Gives the check-in;
    None, and nothing happens, if reminders were set up before (and perhaps deleted since)."""

    def work(tx: Transaction, owner: Owner) -> Reminder | None:
        if owner.has_reminders or owner.type is OwnerType.LOCAL:
            return None
        _add(tx, owner, MessageKind.WEEKLY_DIGEST, WEEKLY, now)
        _add(tx, owner, MessageKind.QUARTERLY_DIGEST, QUARTERLY, now)
        return _add(tx, owner, MessageKind.CHECK_IN, FIRST_CHECK_IN, now)

    return await _on_owner(store, chat_id, work)


def take_over(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime) -> bool:
    """Makes an owner's reminders those that a document names (their ids and due times do not matter); gives whether
    anything changed. What is there already stays as it is, so that its buttons go on working."""
    changed = not owner.has_reminders
    if changed:
        owner = replace(owner, has_reminders=True)
        tx.owners.save(owner)
    missing = Counter(replace(reminder, id=0, owner_id=owner.id, next_due=None) for reminder in wanted)
    gone = []
    for found in tx.reminders.of_owner(owner.id):
        said = replace(found, id=0, next_due=None)
        if missing[said]:
            missing[said] -= 1
        else:
            gone.append(found.id)
    tx.reminders.remove(gone)
    new = list(missing.elements())
    for reminder in new:
        tx.reminders.add(replace(reminder, next_due=next_due_of(reminder, owner, now)), now)
    return changed or bool(gone or new)


async def _on_owner(store: Store, chat_id: int, work: Callable[[Transaction, Owner], T]) -> T:
    def on_owner(tx: Transaction) -> T:
        owner = tx.owners.by_chat(chat_id, lock=True)
        if owner is None:
            raise NotFound(f"There is no chat {chat_id} here.")
        return work(tx, owner)

    return await store.write(on_owner)


def _mine(tx: Transaction, owner: Owner, reminder_id: int) -> Reminder:
    for found in tx.reminders.of_owner(owner.id):
        if found.id == reminder_id:
            return found
    raise NotFound("That reminder is not here (any more).")


def _refuse_others_nodes(tx: Transaction, owner: Owner, node_id: int) -> None:
    if all(node.id != node_id for vision in tx.trees.visions_of(owner.id) for node in vision.nodes):
        raise NotFound("That goal is not here (any more).")


def _add(
    tx: Transaction, owner: Owner, kind: MessageKind, schedule: Schedule, now: datetime, node_id: int | None = None
) -> Reminder:
    new = Reminder(0, owner.id, kind, schedule, node_id)
    if not owner.has_reminders:
        tx.owners.save(replace(owner, has_reminders=True))
    return tx.reminders.add(replace(new, next_due=next_due_of(new, owner, now)), now)


def _save(tx: Transaction, owner: Owner, reminder: Reminder, now: datetime) -> Reminder:
    saved = replace(reminder, next_due=next_due_of(reminder, owner, now))
    tx.reminders.save(saved)
    return saved
