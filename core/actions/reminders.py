"""A chat's reminders: adding, changing, pausing and deleting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TypeVar

from core.actions.access import enter
from core.actions.rescheduling import next_due_of, next_of, without_repeats
from core.asking.reminders import BY_DEFAULT, DIGEST_OF_LEVEL, PROMPTS, MessageKind, Reminder
from core.asking.schedule import Schedule
from core.caps import CAPS, Caps
from core.errors import CapReached, NotFound
from core.goals.model import Level, Owner, OwnerType
from core.goals.terms import ALL_WEEK
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction

T = TypeVar("T")

_TURNED_OFF = "reminders were turned off"


async def list_reminders(store: Store, actor: Actor) -> list[Reminder]:
    """All reminders of the actor's chat, check-ins and digests, in the order of their making; raises `NotFound` and
    `Refused`."""
    return await store.read(lambda tx: tx.reminders.of_owner(enter(tx, actor, Act.SEE).owner.id))


@dataclass(frozen=True, slots=True)
class Added:
    """A check-in as it stands now. `was` is the schedule it had before; None if it is new. `instead` is True if it was
    the default check-in, now moved to another time."""

    reminder: Reminder
    was: Schedule | None = None
    instead: bool = False


async def add_check_in(
    store: Store,
    actor: Actor,
    schedule: Schedule,
    now: datetime,
    node_id: int | None = None,
    caps: Caps = CAPS,
) -> Added:
    """Adds a reminder for a chat's check-in: of all of the day's leaves, or of one branch.

    If there is one for the same time and branch, it gets the weekdays added; a paused one goes on with the new weekdays
    alone. If the default check-in is the only one, asking for every day at another time moves it: that is most probably
    what is meant. Raises `CapReached` for one too many, `NotFound` for a node that is not this chat's.
    """

    def work(tx: Transaction, owner: Owner) -> Added:
        if node_id is not None:
            _at_or_below(tx, owner, node_id)
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        for known in mine:
            if (known.schedule.at, known.node_id) == (schedule.at, node_id):
                weekdays = schedule.weekdays | (frozenset() if known.paused else known.schedule.weekdays)
                united = replace(known, schedule=replace(schedule, weekdays=weekdays), paused=False, by_default=False)
                return Added(_save(tx, owner, united, now), known.schedule)
        if (
            node_id is None
            and schedule.weekdays == ALL_WEEK
            and [r.by_default and not r.paused for r in mine] == [True]
        ):
            [default] = mine
            moved = replace(default, schedule=schedule, by_default=False)
            return Added(_save(tx, owner, moved, now), default.schedule, instead=True)
        if len(mine) >= caps.reminders:
            raise CapReached("reminders_full", count=len(mine))
        return Added(_add(tx, owner, Reminder(0, owner.id, MessageKind.CHECK_IN, schedule, node_id), now))

    return await _on_owner(store, actor, work)


async def change_reminder(
    store: Store,
    actor: Actor,
    reminder_id: int,
    now: datetime,
    *,
    schedule: Schedule | None = None,
    paused: bool | None = None,
) -> Reminder:
    """Changes a reminder's schedule, pauses it or takes it up again; raises `NotFound`. Pausing the last active
    check-in drops the prompts that wait."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        reminder = _mine(tx, owner, reminder_id)
        changed = replace(
            reminder,
            schedule=schedule or reminder.schedule,
            paused=reminder.paused if paused is None else paused,
            by_default=False,
        )
        saved = _save(tx, owner, changed, now)
        _drop_unasked(tx, owner, now)
        return saved

    return await _on_owner(store, actor, work)


async def set_round(store: Store, actor: Actor, at: time, now: datetime) -> Reminder:
    """Sets when a group's round comes. If there are several a day, the first one moves."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        for reminder in tx.reminders.of_owner(owner.id):
            if reminder.kind is MessageKind.CHECK_IN and reminder.node_id is None:
                moved = replace(reminder, schedule=replace(reminder.schedule, at=at), paused=False, by_default=False)
                return _save(tx, owner, moved, now)
        return _add(tx, owner, Reminder(0, owner.id, MessageKind.CHECK_IN, Schedule(at)), now)

    return await _on_owner(store, actor, work)


async def delete_reminder(store: Store, actor: Actor, reminder_id: int, now: datetime) -> Reminder:
    """Deletes a reminder and returns what it was; raises `NotFound`. Deleting the last active check-in drops the
    prompts that wait."""

    def work(tx: Transaction, owner: Owner) -> Reminder:
        reminder = _mine(tx, owner, reminder_id)
        tx.reminders.remove([reminder.id])
        _drop_unasked(tx, owner, now)
        return reminder

    return await _on_owner(store, actor, work)


async def turn_check_ins_off(store: Store, actor: Actor, now: datetime) -> int:
    """Pauses all check-ins of a chat and drops the prompts that wait (a snooze, a nudge); returns how many."""

    def work(tx: Transaction, owner: Owner) -> int:
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        going = [reminder for reminder in mine if not reminder.paused]
        for reminder in going:
            _save(tx, owner, replace(reminder, paused=True), now)
        if not mine:
            _refuse_default(tx, owner, MessageKind.CHECK_IN, now)
        _drop_unasked(tx, owner, now)
        return len(going)

    return await _on_owner(store, actor, work)


async def turn_branch_off(store: Store, actor: Actor, node_id: int, now: datetime) -> list[Reminder]:
    """Pauses the check-ins of one branch (a node, or one below it); returns them as they were. Raises `NotFound`."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        branch = _at_or_below(tx, owner, node_id)
        mine = [reminder for reminder in _of_kind(tx, owner, MessageKind.CHECK_IN) if reminder.node_id in branch]
        for reminder in mine:
            _save(tx, owner, replace(reminder, paused=True), now)
        _drop_unasked(tx, owner, now)
        return mine

    return await _on_owner(store, actor, work)


async def turn_check_ins_on(store: Store, actor: Actor, now: datetime, node_id: int | None = None) -> list[Reminder]:
    """Takes up all check-ins of a chat again, or those of one branch, and returns them. Raises `NotFound` for a node
    that is not this chat's."""

    def work(tx: Transaction, owner: Owner) -> list[Reminder]:
        mine = _of_kind(tx, owner, MessageKind.CHECK_IN)
        if node_id is not None:
            branch = _at_or_below(tx, owner, node_id)
            mine = [reminder for reminder in mine if reminder.node_id in branch]
        return [
            _save(tx, owner, replace(reminder, paused=False), now) if reminder.paused else reminder for reminder in mine
        ]

    return await _on_owner(store, actor, work)


async def set_digest(store: Store, actor: Actor, level: Level, schedule: Schedule | None, now: datetime) -> None:
    """Sets when the digest of a level (weekly, monthly, quarterly) comes; None turns it off."""
    kind = DIGEST_OF_LEVEL[level]

    def work(tx: Transaction, owner: Owner) -> None:
        mine = _of_kind(tx, owner, kind)
        for reminder in mine:
            changed = replace(
                reminder, schedule=schedule or reminder.schedule, paused=schedule is None, by_default=False
            )
            _save(tx, owner, changed, now)
        if not mine and schedule is not None:
            _add(tx, owner, Reminder(0, owner.id, kind, schedule), now)
        elif not mine:
            _refuse_default(tx, owner, kind, now)

    await _on_owner(store, actor, work)


async def set_up_first(store: Store, actor: Actor, now: datetime) -> Reminder | None:
    """Sets up the default reminders after a chat's first plan: a check-in in the evening, a weekly and a quarterly
    digest, except those that were set or turned off before. Returns the check-in if it was set up. Happens once."""

    def work(tx: Transaction, owner: Owner) -> Reminder | None:
        if owner.defaults_given or owner.type is OwnerType.LOCAL:
            return None
        tx.owners.save(replace(owner, defaults_given=True))
        chosen = {reminder.kind for reminder in tx.reminders.of_owner(owner.id)}
        given = {
            kind: _add(tx, owner, Reminder(0, owner.id, kind, schedule, by_default=True), now)
            for kind, schedule in BY_DEFAULT.items()
            if kind not in chosen
        }
        return given.get(MessageKind.CHECK_IN)

    return await _on_owner(store, actor, work, Act.EDIT_TREE)


def take_over(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime) -> bool:
    """Replaces an owner's reminders by those of a document (whose ids and due times do not matter); returns whether
    anything changed. A reminder that is in both stays as it is, so that its buttons go on working."""
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
    _drop_unasked(tx, owner, now)
    return changed or bool(gone or new)


def add_missing(tx: Transaction, owner: Owner, wanted: Sequence[Reminder], now: datetime, caps: Caps) -> int:
    """Adds the check-ins that are not there yet, as many as fit, and returns how many: what another app asked stands
    beside what is asked here."""
    there = _of_kind(tx, owner, MessageKind.CHECK_IN)
    known = {(reminder.node_id, reminder.schedule) for reminder in there}
    new = [reminder for reminder in wanted if (reminder.node_id, reminder.schedule) not in known]
    new = new[: max(caps.reminders - len(there), 0)]
    for reminder in new:
        _add(tx, owner, replace(reminder, owner_id=owner.id), now)
    return len(new)


async def _on_owner(store: Store, actor: Actor, work: Callable[[Transaction, Owner], T], act: Act = Act.SETTINGS) -> T:
    """Works on the reminders of the actor's chat, whose owner is locked. Raises `NotFound` and `Refused`."""
    return await store.write(lambda tx: work(tx, enter(tx, actor, act, lock=True).owner))


def _mine(tx: Transaction, owner: Owner, reminder_id: int) -> Reminder:
    for reminder in tx.reminders.of_owner(owner.id):
        if reminder.id == reminder_id:
            return reminder
    raise NotFound("reminder_gone")


def _at_or_below(tx: Transaction, owner: Owner, node_id: int) -> set[int]:
    """The ids of a branch's nodes; raises `NotFound` for a node that is not this chat's."""
    for vision in tx.trees.visions_of(owner.id):
        if any(node.id == node_id for node in vision.nodes):
            tree = Tree(vision.nodes)
            return {node.id for _, node in tree.walk(tree.nodes[node_id])}
    raise NotFound("goal_gone")


def _of_kind(tx: Transaction, owner: Owner, kind: MessageKind) -> list[Reminder]:
    return [reminder for reminder in tx.reminders.of_owner(owner.id) if reminder.kind is kind]


def _refuse_default(tx: Transaction, owner: Owner, kind: MessageKind, now: datetime) -> None:
    """Someone who turns off a default reminder before the first plan keeps it, paused, to take it up later."""
    if not owner.defaults_given and kind in BY_DEFAULT:
        paused = Reminder(0, owner.id, kind, BY_DEFAULT[kind], paused=True)
        tx.reminders.add(paused, now)


def _drop_unasked(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Without an active check-in, no prompt should come back either."""
    if all(reminder.paused for reminder in _of_kind(tx, owner, MessageKind.CHECK_IN)):
        tx.outbox.drop_open(owner.id, _TURNED_OFF, now, PROMPTS)


def _add(tx: Transaction, owner: Owner, new: Reminder, now: datetime) -> Reminder:
    return tx.reminders.add(replace(new, next_due=next_due_of(new, owner, now)), now)


def _save(tx: Transaction, owner: Owner, reminder: Reminder, now: datetime) -> Reminder:
    due = without_repeats(tx, owner, {reminder: next_of(reminder, owner, now)}, now)
    saved = replace(reminder, next_due=due[reminder])
    tx.reminders.save(saved)
    return saved
