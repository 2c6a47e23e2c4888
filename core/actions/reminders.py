"""A person's reminders: adding, changing and leaving them; what a change of zone or quiet hours does to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.caps import CAPS, Caps
from core.errors import CapReached, NotFound
from core.model import ALL_WEEK, Level, Owner, OwnerType
from core.ports.store import Store, Transaction
from core.reminders import BY_DEFAULT, DIGEST_OF_LEVEL, PROMPTS, MessageKind, Reminder, message_for
from core.schedule import Due, Schedule, dues_from, next_due, out_of_quiet
from core.tree import Tree

T = TypeVar("T")

_TURNED_OFF = "reminders were turned off"


def next_due_of(reminder: Reminder, owner: Owner, now: datetime) -> datetime | None:
    """When a reminder is due next; None while it is paused, or its owner cannot be reached or has no chat."""
    due = _next_of(reminder, owner, now)
    return None if due is None else due.at


def _next_of(reminder: Reminder, owner: Owner, now: datetime) -> Due | None:
    if reminder.paused or owner.unreachable_since is not None or owner.type is OwnerType.LOCAL:
        return None
    return next_due(reminder.schedule, ZoneInfo(owner.timezone), now, owner.quiet)


def reschedule(tx: Transaction, owner: Owner, now: datetime, before: Owner | None = None) -> None:
    """Works out anew when each of an owner's reminders is due: their zone or quiet hours changed. `before`: the owner
    with those that were; what a traveller's clock jumps over is due at once."""
    coming = {found: _moved(found, owner, now, before) for found in tx.reminders.of_owner(owner.id)}
    # What is overdue, after an outage, is still to be asked; but not what rests.
    tx.reminders.advance(
        {
            found.id: due
            for found, due in _not_made_yet(tx, owner, coming, now).items()
            if due is None or found.next_due is None or found.next_due > now
        }
    )


def _moved(reminder: Reminder, owner: Owner, now: datetime, before: Owner | None) -> Due | None:
    """When it is due next: what was about to come counts for its day, though that day's hour is past in another zone;
    unless it would be of no use there any more, as the day itself is past."""
    due = _next_of(reminder, owner, now)
    # Where the zone was a guess until now, nobody has travelled.
    if due is None or reminder.next_due is None or before is None or not before.zone_chosen:
        return due
    here, there = ZoneInfo(owner.timezone), ZoneInfo(before.timezone)
    coming = next_due(reminder.schedule, there, now, before.quiet)
    if coming is None:
        return due
    day = coming.slot.astimezone(there).date()
    on_its_day = next(dues_from(reminder.schedule, here, day, owner.quiet), None)
    if on_its_day is None or on_its_day.at >= due.at:
        return due
    useful = message_for(reminder, owner, on_its_day).useful_until > out_of_quiet(now, here, owner.quiet)
    return on_its_day if useful else due


def _not_made_yet(
    tx: Transaction, owner: Owner, coming: Mapping[Reminder, Due | None], now: datetime
) -> dict[Reminder, datetime | None]:
    """When each is due that has not made its message yet: who meets an hour again (flying west), or moves a digest to
    later on its day, gets it once, and is not told of another."""
    keys = {found: message_for(found, owner, due).key for found, due in coming.items() if due is not None}
    known = tx.outbox.known(list(keys.values())) if keys else set()
    zone = ZoneInfo(owner.timezone)
    later = {
        found: next_due(found.schedule, zone, max(due.at, now), owner.quiet) if keys[found] in known else due
        for found, due in coming.items()
        if due is not None
    }
    return {found: due.at if (due := later.get(found)) is not None else None for found in coming}


async def list_reminders(store: Store, chat_id: int) -> list[Reminder]:
    """All reminders of a chat, check-ins and digests, in the order of their making."""

    def work(tx: Transaction) -> list[Reminder]:
        owner = tx.owners.by_chat(chat_id)
        return tx.reminders.of_owner(owner.id) if owner else []

    return await store.read(work)


@dataclass(frozen=True, slots=True)
class Added:
    """A check-in as it stands now. `was`: the schedule of the one that was there and became it; None if it is new.
    `instead`: that was the one by default, at another time."""

    reminder: Reminder
    was: Schedule | None = None
    instead: bool = False


async def add_check_in(
    store: Store,
    chat_id: int,
    schedule: Schedule,
    now: datetime,
    node_id: int | None = None,
    caps: Caps = CAPS,
) -> Added:
    """Adds a reminder for a chat's check-in: of all of the day's leaves, or of one branch.

    One that is there already, for the same time and branch, gets the weekdays added; if it was paused, it goes on with
    the new ones alone. Who has none but the one by default, and wants to be asked every day at another time, most
    probably means instead. Raises `CapReached` for one too many, `NotFound` for a node that is not this chat's.
    """

    def work(tx: Transaction, owner: Owner) -> Added:
        if node_id is not None:
            _at_or_below(tx, owner, node_id)
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        for found in mine:
            if (found.schedule.at, found.node_id) == (schedule.at, node_id):
                weekdays = schedule.weekdays | (frozenset() if found.paused else found.schedule.weekdays)
                united = replace(found, schedule=replace(schedule, weekdays=weekdays), paused=False, by_default=False)
                return Added(_save(tx, owner, united, now), found.schedule)
        if (
            node_id is None
            and schedule.weekdays == ALL_WEEK
            and [r.by_default and not r.paused for r in mine] == [True]
        ):
            [found] = mine
            moved = replace(found, schedule=schedule, by_default=False)
            return Added(_save(tx, owner, moved, now), found.schedule, instead=True)
        if len(mine) >= caps.reminders:
            raise CapReached("reminders_full", count=len(mine))
        return Added(_add(tx, owner, MessageKind.CHECK_IN, schedule, now, node_id))

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
    """Changes a reminder's schedule, pauses it or takes it up again; raises `NotFound`. With the last check-in that is
    not paused go the prompts that wait."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        found = _mine(tx, owner, reminder_id)
        changed = replace(
            found,
            schedule=schedule or found.schedule,
            paused=found.paused if paused is None else paused,
            by_default=False,
        )
        saved = _save(tx, owner, changed, now)
        _drop_unasked(tx, owner, now)
        return saved

    return await _on_owner(store, chat_id, work)


async def set_round(store: Store, chat_id: int, at: time, now: datetime) -> Reminder:
    """Sets when a group's round comes. Where it has several a day, the first one moves."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        for found in tx.reminders.of_owner(owner.id):
            if found.kind is MessageKind.CHECK_IN and found.node_id is None:
                moved = replace(found, schedule=replace(found.schedule, at=at), paused=False, by_default=False)
                return _save(tx, owner, moved, now)
        return _add(tx, owner, MessageKind.CHECK_IN, Schedule(at), now)

    return await _on_owner(store, chat_id, work)


async def delete_reminder(store: Store, chat_id: int, reminder_id: int, now: datetime) -> Reminder:
    """Deletes a reminder and gives what it was; raises `NotFound`. With the last check-in that is not paused go the
    prompts that wait."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        found = _mine(tx, owner, reminder_id)
        tx.reminders.remove([found.id])
        _drop_unasked(tx, owner, now)
        return found

    return await _on_owner(store, chat_id, work)


async def turn_check_ins_off(store: Store, chat_id: int, now: datetime) -> int:
    """Pauses all check-ins of a chat and drops the prompts that wait (a snooze, a nudge); gives how many it paused."""

    def work(tx: Transaction, owner: Owner) -> int:
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        going = [found for found in mine if not found.paused]
        for found in going:
            _save(tx, owner, replace(found, paused=True), now)
        if not mine:
            _refuse_default(tx, owner, MessageKind.CHECK_IN, now)
        _drop_unasked(tx, owner, now)
        return len(going)

    return await _on_owner(store, chat_id, work)


async def turn_branch_off(store: Store, chat_id: int, node_id: int, now: datetime) -> list[Reminder]:
    """Pauses the check-ins of a branch alone (a node, or one below it); gives them as they were. Raises `NotFound`."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        branch = _at_or_below(tx, owner, node_id)
        mine = [found for found in _of_kind(tx, owner, MessageKind.CHECK_IN) if found.node_id in branch]
        for found in mine:
            _save(tx, owner, replace(found, paused=True), now)
        _drop_unasked(tx, owner, now)
        return mine

    return await _on_owner(store, chat_id, work)


async def turn_check_ins_on(store: Store, chat_id: int, now: datetime, node_id: int | None = None) -> list[Reminder]:
    """Takes all check-ins of a chat up again, or those of a branch alone; gives them, none if there are none. Raises
    `NotFound` for a node that is not this chat's."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        if node_id is not None:
            branch = _at_or_below(tx, owner, node_id)
            mine = [found for found in mine if found.node_id in branch]
        return [_save(tx, owner, replace(found, paused=False), now) if found.paused else found for found in mine]

    return await _on_owner(store, chat_id, work)


async def set_digest(store: Store, chat_id: int, level: Level, schedule: Schedule | None, now: datetime) -> None:
    """Sets when the digest of a level (weekly, monthly, quarterly) comes; None turns it off."""
    kind = DIGEST_OF_LEVEL[level]

    def work(tx: Transaction, owner: Owner) -> None:
        mine = _of_kind(tx, owner, kind)
        for found in mine:
            changed = replace(found, schedule=schedule or found.schedule, paused=schedule is None, by_default=False)
            _save(tx, owner, changed, now)
        if not mine and schedule is not None:
            _add(tx, owner, kind, schedule, now)
        elif not mine:
            _refuse_default(tx, owner, kind, now)

    await _on_owner(store, chat_id, work)


async def set_up_first(store: Store, chat_id: int, now: datetime) -> Reminder | None:
    """After the first plan of a chat: a check-in in the evening, a weekly and a quarterly digest, but for those
    that were set or turned off before. Gives the check-in, None if it was; nothing happens a second time."""

    def work(tx: Transaction, owner: Owner) -> Reminder | None:
        if owner.defaults_given or owner.type is OwnerType.LOCAL:
            return None
        tx.owners.save(replace(owner, defaults_given=True))
        chosen = {found.kind for found in tx.reminders.of_owner(owner.id)}
        given = {
            kind: _add(tx, owner, kind, schedule, now, by_default=True)
            for kind, schedule in BY_DEFAULT.items()
            if kind not in chosen
        }
        return given.get(MessageKind.CHECK_IN)

    return await _on_owner(store, chat_id, work)


def take_over(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime) -> bool:
    """Makes an owner's reminders those that a document names (their ids and due times do not matter); gives whether
    anything changed. What is there already stays as it is, so that its buttons go on working."""
    changed = not owner.defaults_given
    if changed:
        owner = replace(owner, defaults_given=True)
        tx.owners.save(owner)
    missing = Counter(replace(reminder, id=0, owner_id=owner.id, next_due=None) for reminder in wanted)
    gone = []
    for found in tx.reminders.of_owner(owner.id):
        said = replace(found, id=0, next_due=None, by_default=False)
        if missing[said]:
            missing[said] -= 1
        else:
            gone.append(found.id)
    tx.reminders.remove(gone)
    new = list(missing.elements())
    for reminder in new:
        tx.reminders.add(replace(reminder, next_due=next_due_of(reminder, owner, now)), now)
    _drop_unasked(tx, owner, now)
    return changed or bool(gone or new)


async def _on_owner(store: Store, chat_id: int, work: Callable[[Transaction, Owner], T]) -> T:
    def on_owner(tx: Transaction) -> T:
        owner = tx.owners.by_chat(chat_id, lock=True)
        if owner is None:
            raise NotFound("chat_unknown", chat_id=chat_id)
        return work(tx, owner)

    return await store.write(on_owner)


def _mine(tx: Transaction, owner: Owner, reminder_id: int) -> Reminder:
    for found in tx.reminders.of_owner(owner.id):
        if found.id == reminder_id:
            return found
    raise NotFound("reminder_gone")


def _at_or_below(tx: Transaction, owner: Owner, node_id: int) -> set[int]:
    """The ids of a branch's nodes; raises `NotFound` for a node that is not this chat's."""
    for vision in tx.trees.visions_of(owner.id):
        if any(node.id == node_id for node in vision.nodes):
            tree = Tree(vision.nodes)
            return {node.id for _, node in tree.walk(tree.nodes[node_id])}
    raise NotFound("goal_gone")


def _of_kind(tx: Transaction, owner: Owner, kind: MessageKind) -> list[Reminder]:
    return [found for found in tx.reminders.of_owner(owner.id) if found.kind is kind]


def _refuse_default(tx: Transaction, owner: Owner, kind: MessageKind, now: datetime) -> None:
    """Who turns off what comes with the first plan before there is one keeps it, paused: it is theirs to take up."""
    if not owner.defaults_given and kind in BY_DEFAULT:
        paused = Reminder(0, owner.id, kind, BY_DEFAULT[kind], paused=True)
        tx.reminders.add(paused, now)


def _drop_unasked(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Where no check-in goes on, no prompt is to come back either."""
    if all(found.paused for found in _of_kind(tx, owner, MessageKind.CHECK_IN)):
        tx.outbox.drop_open(owner.id, _TURNED_OFF, now, PROMPTS)


def _add(
    tx: Transaction,
    owner: Owner,
    kind: MessageKind,
    schedule: Schedule,
    now: datetime,
    node_id: int | None = None,
    *,
    by_default: bool = False,
) -> Reminder:
    new = Reminder(0, owner.id, kind, schedule, node_id, by_default=by_default)
    return tx.reminders.add(replace(new, next_due=next_due_of(new, owner, now)), now)


def _save(tx: Transaction, owner: Owner, reminder: Reminder, now: datetime) -> Reminder:
    due = _not_made_yet(tx, owner, {reminder: _next_of(reminder, owner, now)}, now)
    saved = replace(reminder, next_due=due[reminder])
    tx.reminders.save(saved)
    return saved
