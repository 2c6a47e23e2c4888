"""A chat's reminders: adding, changing, pausing and deleting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TypeVar

from core.actions.access import enter
from core.actions.promises import promised
from core.actions.reminder_rows import add, at_or_below, drop_unasked, of_kind, refuse_default, reminder_of, save
from core.actions.rescheduling import next_due_of
from core.asking.reminders import BY_DEFAULT, DIGEST_OF_LEVEL, MessageKind, Reminder
from core.asking.schedule import Schedule
from core.caps import CAPS, Caps
from core.errors import CapReached, InvalidSetting
from core.goals.model import Level, Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

T = TypeVar("T")
SELDOM = frozenset({2, 6})
"""Wednesday and Sunday: the days for people who want to be asked less often."""


async def list_promised(store: Store, actor: Actor, now: datetime) -> list[Reminder]:
    """All reminders of the actor's chat in the order of creation, each with the time when it really asks next (see
    `promised`). Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> list[Reminder]:
        owner = enter(tx, actor, Act.SEE).owner
        return promised(tx, owner, tx.reminders.of_owner(owner.id), now)

    return await store.read(work)


@record
class Added:
    """A check-in after adding. `was` is its earlier schedule (None: it is new). `instead`: it was the default check-in,
    which was moved to this time; `beside` are the others for the same branch."""

    reminder: Reminder
    was: Schedule | None = None
    instead: bool = False
    beside: tuple[Reminder, ...] = ()


async def add_check_in(
    store: Store, actor: Actor, schedule: Schedule, now: datetime, node_id: int | None = None, caps: Caps = CAPS
) -> Added:
    """Adds a reminder for a chat's check-in: of all of the day's leaves, or of one branch.

    The untouched default check-in gives way to the first one that is asked for all leaves; each later one stands beside
    the others. If there is one for the same time and branch, the weekdays are added to it; a paused one resumes with
    the new weekdays alone. So the order in which reminders are added does not matter.

    Raises `CapReached` for one too many, `NotFound` for a node that is not this chat's, `InvalidSetting` for a branch
    with nothing due on those days.
    """

    def work(tx: Transaction, owner: Owner) -> Added:
        if node_id is not None:
            at_or_below(tx, owner, node_id)
        mine = of_kind(tx, owner, MessageKind.CHECK_IN)
        alike = [known for known in mine if known.node_id == node_id]
        added = _changed_alike(tx, owner, alike, schedule, now)
        if added is None:
            if len(mine) >= caps.reminders:
                raise CapReached("reminders_full", count=len(mine))
            added = Added(add(tx, owner, Reminder(0, owner.id, MessageKind.CHECK_IN, schedule, node_id), now))
        beside = tuple(one for one in alike if one.id != added.reminder.id and not one.paused)
        return replace(added, reminder=_kept_promise(tx, owner, added.reminder, now), beside=beside)

    return await _on_owner(store, actor, work)


def _changed_alike(
    tx: Transaction, owner: Owner, alike: Sequence[Reminder], schedule: Schedule, now: datetime
) -> Added | None:
    """The existing check-in of the same branch that changes instead of adding a new one; None if a new one is added."""
    for known in alike:
        if known.by_default:
            given = replace(known, schedule=schedule, paused=False, by_default=False)
            return Added(save(tx, owner, given, now), known.schedule, instead=known.schedule != schedule)
        if known.schedule.at == schedule.at:
            weekdays = schedule.weekdays | (frozenset() if known.paused else known.schedule.weekdays)
            united = replace(known, schedule=replace(schedule, weekdays=weekdays), paused=False)
            return Added(save(tx, owner, united, now), known.schedule)
    return None


def _kept_promise(tx: Transaction, owner: Owner, reminder: Reminder, now: datetime) -> Reminder:
    """The reminder with when it asks next; raises `InvalidSetting` if its branch is never due then."""
    [asks] = promised(tx, owner, [reminder], now)
    if reminder.node_id is not None and reminder.next_due is not None and asks.next_due is None:
        raise InvalidSetting("never_asked")
    return asks


async def change_reminder(
    store: Store,
    actor: Actor,
    reminder_id: int,
    now: datetime,
    *,
    schedule: Schedule | None = None,
    paused: bool | None = None,
) -> Reminder:
    """Changes a reminder's schedule, pauses it or resumes it; raises `NotFound`, and `InvalidSetting` for a branch with
    nothing due on the new days. Pausing the last active check-in drops waiting prompts."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        reminder = reminder_of(tx, owner, reminder_id)
        changed = replace(
            reminder,
            schedule=schedule or reminder.schedule,
            paused=reminder.paused if paused is None else paused,
            by_default=False,
        )
        saved = save(tx, owner, changed, now)
        drop_unasked(tx, owner, now)
        return _kept_promise(tx, owner, saved, now) if schedule else promised(tx, owner, [saved], now)[0]

    return await _on_owner(store, actor, work)


async def set_round(store: Store, actor: Actor, at: time, now: datetime) -> Reminder:
    """Sets when a group's round comes. If there are several a day, the first one moves."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        for reminder in tx.reminders.of_owner(owner.id):
            if reminder.kind is MessageKind.CHECK_IN and reminder.node_id is None:
                moved = replace(reminder, schedule=replace(reminder.schedule, at=at), paused=False, by_default=False)
                return save(tx, owner, moved, now)
        return add(tx, owner, Reminder(0, owner.id, MessageKind.CHECK_IN, Schedule(at)), now)

    return await _on_owner(store, actor, work)


async def delete_reminder(store: Store, actor: Actor, reminder_id: int, now: datetime) -> Reminder:
    """Deletes a reminder and returns it; raises `NotFound`. Deleting the last active check-in drops waiting prompts."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        reminder = reminder_of(tx, owner, reminder_id)
        tx.reminders.remove([reminder.id])
        drop_unasked(tx, owner, now)
        return reminder

    return await _on_owner(store, actor, work)


async def turn_check_ins_off(store: Store, actor: Actor, now: datetime) -> int:
    """Pauses all check-ins of a chat and drops waiting prompts (a snooze, a nudge); returns how many."""

    def work(tx: Transaction, owner: Owner) -> int:
        mine = of_kind(tx, owner, MessageKind.CHECK_IN)
        going = [reminder for reminder in mine if not reminder.paused]
        for reminder in going:
            save(tx, owner, replace(reminder, paused=True), now)
        if not mine:
            refuse_default(tx, owner, MessageKind.CHECK_IN, now)
        drop_unasked(tx, owner, now)
        return len(going)

    return await _on_owner(store, actor, work)


async def ask_less(store: Store, actor: Actor, now: datetime) -> frozenset[int]:
    """Limits each check-in of a chat to the `SELDOM` days (or to its first day, if it has none of these); returns the
    days that are left."""

    def work(tx: Transaction, owner: Owner) -> frozenset[int]:
        left = frozenset[int]()
        for reminder in of_kind(tx, owner, MessageKind.CHECK_IN):
            days = reminder.schedule.weekdays & SELDOM or frozenset(sorted(reminder.schedule.weekdays)[:1])
            changed = replace(reminder, schedule=replace(reminder.schedule, weekdays=days), by_default=False)
            save(tx, owner, changed, now)
            left |= days
        return left

    return await _on_owner(store, actor, work)


async def turn_branch_off(store: Store, actor: Actor, node_id: int, now: datetime) -> list[Reminder]:
    """Pauses the check-ins of one branch (a node, or one below it); returns them as they were. Raises `NotFound`."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        branch = at_or_below(tx, owner, node_id)
        mine = [reminder for reminder in of_kind(tx, owner, MessageKind.CHECK_IN) if reminder.node_id in branch]
        for reminder in mine:
            save(tx, owner, replace(reminder, paused=True), now)
        drop_unasked(tx, owner, now)
        return mine

    return await _on_owner(store, actor, work)


async def turn_check_ins_on(store: Store, actor: Actor, now: datetime, node_id: int | None = None) -> list[Reminder]:
    """Resumes all check-ins of a chat, or those of one branch, and returns them. Raises `NotFound` for a node that is
    not this chat's."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        mine = of_kind(tx, owner, MessageKind.CHECK_IN)
        if node_id is not None:
            branch = at_or_below(tx, owner, node_id)
            mine = [reminder for reminder in mine if reminder.node_id in branch]
        return [
            save(tx, owner, replace(reminder, paused=False), now) if reminder.paused else reminder for reminder in mine
        ]

    return await _on_owner(store, actor, work)


async def set_digest(store: Store, actor: Actor, level: Level, schedule: Schedule | None, now: datetime) -> None:
    """Sets when the digest of a level (weekly to yearly) comes; None turns it off."""
    kind = DIGEST_OF_LEVEL[level]

    def work(tx: Transaction, owner: Owner) -> None:
        mine = of_kind(tx, owner, kind)
        for reminder in mine:
            changed = replace(
                reminder, schedule=schedule or reminder.schedule, paused=schedule is None, by_default=False
            )
            save(tx, owner, changed, now)
        if not mine and schedule is not None:
            add(tx, owner, Reminder(0, owner.id, kind, schedule), now)
        elif not mine:
            refuse_default(tx, owner, kind, now)

    await _on_owner(store, actor, work)


async def set_up_first(store: Store, actor: Actor, now: datetime) -> Reminder | None:
    """Sets up the default reminders after a chat's first plan: a check-in in the evening, and a weekly, a quarterly and
    a yearly digest, except those that were set or turned off before. Returns the check-in if it was set up. Happens
    once per chat."""

    def work(tx: Transaction, owner: Owner) -> Reminder | None:
        if owner.defaults_given or owner.type is OwnerType.LOCAL:
            return None
        tx.owners.save(replace(owner, defaults_given=True))
        chosen = {reminder.kind for reminder in tx.reminders.of_owner(owner.id)}
        given = {
            kind: add(tx, owner, Reminder(0, owner.id, kind, schedule, by_default=True), now)
            for kind, schedule in BY_DEFAULT.items()
            if kind not in chosen
        }
        return given.get(MessageKind.CHECK_IN)

    return await _on_owner(store, actor, work, Act.EDIT_TREE)


def take_over(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime) -> bool:
    """Replaces an owner's reminders by those of a document (whose ids and due times do not matter); returns whether
    anything changed. A reminder that is in both stays as it is, so that its buttons keep working."""
    changed = not owner.defaults_given
    if changed:
        owner = replace(owner, defaults_given=True)
        tx.owners.save(owner)
    missing = Counter(replace(reminder, id=0, owner_id=owner.id, next_due=None) for reminder in wanted)
    gone = []
    for reminder in tx.reminders.of_owner(owner.id):
        said = replace(reminder, id=0, next_due=None, by_default=False)
        if missing[said]:
            missing[said] -= 1
        else:
            gone.append(reminder.id)
    tx.reminders.remove(gone)
    new = list(missing.elements())
    for reminder in new:
        tx.reminders.add(replace(reminder, next_due=next_due_of(reminder, owner, now)), now)
    drop_unasked(tx, owner, now)
    return changed or bool(gone or new)


def add_missing(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime, caps: Caps) -> int:
    """Adds another app's check-ins beside the existing ones, as many as fit, and returns how many were added."""
    there = of_kind(tx, owner, MessageKind.CHECK_IN)
    known = {(reminder.node_id, reminder.schedule) for reminder in there}
    new = [reminder for reminder in wanted if (reminder.node_id, reminder.schedule) not in known]
    new = new[: max(caps.reminders - len(there), 0)]
    for reminder in new:
        add(tx, owner, replace(reminder, owner_id=owner.id), now)
    return len(new)


async def _on_owner(store: Store, actor: Actor, work: Callable[[Transaction, Owner], T], act: Act = Act.SETTINGS) -> T:
    """Works on the reminders of the actor's chat, whose owner is locked. Raises `NotFound` and `Refused`."""
    return await store.write(lambda tx: work(tx, enter(tx, actor, act, lock=True).owner))
