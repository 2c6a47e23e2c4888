"""The checks of a log, and its effect on its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.actions.check_off import OpenCheckOff
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.path import Path
from core.caps import Caps
from core.errors import CapReached, DateRefused, FarOutside, InvalidValue, NotALeaf, ValueNeeded
from core.goals.model import Aggregate, Entry, Measure
from core.goals.progress import contribution
from core.goals.tree import Tree
from core.group.permissions import Act, Actor, check, roles_of
from core.planning.rules import LONGEST_NOTE
from core.ports.entries import NewEntry
from core.ports.store import Transaction
from core.records import record
from core.sources import is_from, is_key_beside, is_written_beside

FAR = 10
"""A number this many times as large as any before has to be confirmed."""
FAR_FROM_WAY = 2
MANY = 20
"""More entries of one goal on one day are unusual."""


def check_author(path: Path, actor: Actor, wanted: Log) -> None:
    """Raises `Refused` unless the actor may log this: in a private chat the person themselves, in a group a member for
    themselves. The path holds all that this needs, so it costs no statement."""
    vision, leaf = path.vision, path.leaf
    roles = roles_of(actor, vision.owner, joined=vision.member_id is not None)
    is_everyones = path.is_shared and not path.is_ones_own and leaf.each is None
    check(Act.SKIP_SHARED if is_everyones and wanted.how is How.SKIP else Act.LOG, roles)
    # A leaf without a member belonged to somebody who was forgotten.
    if path.is_ones_own and (leaf.member_id is None or leaf.member_id != vision.member_id):
        check(Act.LOG_FOR_ANOTHER, roles)


def check_leaf(tx: Transaction, path: Path) -> None:
    if not path.tree.is_leaf(path.leaf):
        whole = tx.trees.vision(path.vision.id)
        below = Tree(whole.nodes) if whole else path.tree
        leaves = [leaf.id for leaf in below.leaves(below.nodes[path.leaf.id])]
        raise NotALeaf("not_a_leaf", title=path.leaf.title, leaves=leaves)


def check_date(path: Path, on: date, today: date) -> None:
    if on > today:
        raise DateRefused("day_ahead", on=on, limit=today)
    active = path.tree.active(path.leaf)
    if on < active.start:
        raise DateRefused("day_before_start", on=on, limit=active.start)
    if on > active.end:
        raise DateRefused("day_after_end", on=on, limit=active.end)


def value_of(path: Path, wanted: Log) -> Decimal | None:
    if wanted.how is How.SKIP:
        return None
    title = path.tree.called(path.leaf)
    if path.tree.measure(path.leaf) is Measure.NUMBER:
        if wanted.value is None and not is_note_alone(path, wanted):
            raise ValueNeeded("value_needed", title=title, unit=path.leaf.unit)
        return wanted.value
    if wanted.value is None:
        return Decimal(1)
    if wanted.value not in (0, 1):
        raise InvalidValue("takes_no_number", title=title)
    return wanted.value


def replaced_by(path: Path, wanted: Log, value: Decimal | None, day: Sequence[Entry]) -> Sequence[Entry] | None:
    """The day's entries that the new one replaces; None if it says nothing new."""
    if wanted.how is How.SKIP:
        return None if _is_skipped(day) else []
    if path.tree.measure(path.leaf) is Measure.CHECK:
        return None if _ticked(day) == value and wanted.note is None else day
    return _replaced_by_number(path, wanted, value, day)


def _replaced_by_number(path: Path, wanted: Log, value: Decimal | None, day: Sequence[Entry]) -> Sequence[Entry] | None:
    if is_note_alone(path, wanted):
        return _noted(path, day)
    if wanted.how is How.REACH:
        return None if _is_reached(value, day) else day
    if wanted.how is How.SET:
        return None if _is_set(wanted, value, day) else day
    return [entry for entry in day if entry.skipped]


def _is_skipped(day: Sequence[Entry]) -> bool:
    return bool(day) and day[-1].skipped


def _is_reached(value: Decimal | None, day: Sequence[Entry]) -> bool:
    """Whether a day has reached a number. Zero is news on a day without an entry."""
    is_said = value != 0 or any(entry.value is not None for entry in day)
    return is_said and value is not None and contribution(Measure.NUMBER, day) >= value


def _is_set(wanted: Log, value: Decimal | None, day: Sequence[Entry]) -> bool:
    return wanted.note is None and [entry.value for entry in day] == [value]


def note_of(wanted: Log, replaced: Sequence[Entry]) -> str | None:
    """The note of a new entry. A repeated tick keeps the earlier note, except a private one that the group could read
    now."""
    if wanted.how is not How.ADD or wanted.note is None:
        return wanted.note
    before = _noted_before(wanted.source_key, replaced)
    if wanted.note in before:
        return wanted.note
    joined = "; ".join([*before, wanted.note])
    return joined if len(joined) <= LONGEST_NOTE else wanted.note


def _noted_before(source_key: str | None, replaced: Sequence[Entry]) -> list[str]:
    is_beside = source_key is None or is_key_beside(source_key)
    kept = [entry for entry in replaced if is_beside or not is_written_beside(entry)]
    return [entry.note for entry in kept if entry.note and not entry.skipped]


def is_note_alone(path: Path, wanted: Log) -> bool:
    """Whether a log adds only a note to a number's day. For a limit it may mean one more, so the amount is asked
    for."""
    is_number = path.tree.measure(path.leaf) is Measure.NUMBER and not path.leaf.is_limit
    return is_number and wanted.how is How.ADD and wanted.value is None and wanted.note is not None


def _noted(path: Path, day: Sequence[Entry]) -> Sequence[Entry]:
    """The day's last entry, to which a note on a number belongs. Raises `ValueNeeded` if there is none."""
    values = [entry for entry in day if entry.value is not None]
    if not values:
        raise ValueNeeded("value_needed", title=path.tree.called(path.leaf), unit=path.leaf.unit)
    return values[-1:]


def ask_back(open_: OpenCheckOff, value: Decimal) -> None:
    """Raises `FarOutside` for a number that is more than ten times the target and everything logged before. On the way
    from one value to another (86 → 78 kg) it does so for less than half or more than twice both ends, such as 8.4."""
    leaf = open_.path.leaf
    if leaf.baseline is not None and leaf.target is not None:
        _ask_back_far_from_way(open_, value, *sorted((leaf.baseline, leaf.target)))
    else:
        _ask_back_far_outside(open_, value)


def _ask_back_far_from_way(open_: OpenCheckOff, value: Decimal, low: Decimal, high: Decimal) -> None:
    if low >= 0 and not low / FAR_FROM_WAY <= value <= high * FAR_FROM_WAY:
        title = open_.path.tree.called(open_.path.leaf)
        raise FarOutside("far_from_way", title=title, value=value, low=low, high=high)


def _ask_back_far_outside(open_: OpenCheckOff, value: Decimal) -> None:
    leaf = open_.path.leaf
    logged = [entry.value for entry in open_.before.entries if entry.value]
    usual = max([leaf.target or Decimal(0), *logged])
    if value <= usual * FAR:
        return
    ever = open_.tx.entries.of_leaf(leaf.id, date.min, date.max)
    usual = max([usual, *(entry.value for entry in ever if entry.value)])
    if 0 < usual * FAR < value:
        raise FarOutside("far_outside", title=open_.path.tree.called(leaf), value=value, usual=usual)


def _ticked(day: Sequence[Entry]) -> Decimal:
    """The state of a check's day by its latest entry: 1 for done, 0 for not done, skipped or nothing."""
    if _is_skipped(day):
        return Decimal(0)
    values = [entry.value for entry in day if entry.value is not None]
    return values[-1] if values else Decimal(0)


def refuse_full_day(open_: OpenCheckOff, caps: Caps) -> None:
    """Raises `CapReached` for a full day. The whole day is counted only if this leaf alone has MANY entries, which
    saves the usual check-off a query."""
    if len(open_.day) < min(MANY, caps.entries_a_day):
        return
    on = open_.on
    there = open_.tx.entries.full_days(open_.path.vision.id, caps.entries_a_day, on, on).get(on)
    if there is not None:
        raise CapReached("day_full", on=on, count=there)


def refuse_less_than_nothing(path: Path, after: Sequence[Entry], on: date) -> None:
    """Refuses a day that adds up to less than zero, which is a slip; a correction downwards is fine (`run -2`). `after`
    are the entries of the period as they will be."""
    tree, leaf = path.tree, path.leaf
    if tree.aggregate(leaf) is not Aggregate.SUM:
        return
    if contribution(tree.measure(leaf), (entry for entry in after if entry.on == on)) < 0:
        raise InvalidValue("day_below_zero", title=tree.called(leaf))


@record
class Decided:
    """An entry to write, those that it replaces, and the entries of its period as they will be."""

    new: NewEntry
    replaced: Sequence[Entry]
    after: Sequence[Entry]


def decide(open_: OpenCheckOff, actor: Actor, wanted: Log, value: Decimal | None, caps: Caps) -> Decided | CheckOff:
    """The entry that a log writes; a finished check-off if it writes none. Raises as `core.actions.log.log` does."""
    path = open_.path
    repeated = _repeated(open_, actor, wanted.source_key)
    if repeated is not None:
        return repeated
    own = open_.day_of(actor.user_id)
    if path.is_shared and value == 0 and path.tree.measure(path.leaf) is Measure.CHECK:
        return _untick(open_, own)
    replaced = replaced_by(path, wanted, value, own)
    if replaced is None:
        return open_.unchanged(LogOutcome.UNCHANGED)
    if is_note_alone(path, wanted):
        value = replaced[0].value
    elif not wanted.sure and value is not None:
        ask_back(open_, value)
    refuse_full_day(open_, caps)
    skipped = wanted.how is How.SKIP
    note = note_of(wanted, replaced)
    new = NewEntry(path.leaf.id, wanted.on, value, skipped, note, actor.user_id, wanted.source_key)
    after = open_.with_entry(new, replaced)
    refuse_less_than_nothing(path, after, wanted.on)
    return Decided(new, replaced, after)


def _repeated(open_: OpenCheckOff, actor: Actor, source_key: str | None) -> CheckOff | None:
    """The result of a message that was logged already."""
    if source_key is None:
        return None
    before = (entry for entry in open_.before.entries if is_from(entry, source_key, actor.user_id))
    entry = next(before, None)
    return None if entry is None else open_.repeated(entry)


def _untick(open_: OpenCheckOff, own: Sequence[Entry]) -> CheckOff:
    """Takes the actor's own tick of a shared leaf back without an entry in its place: an entry for "not done" would
    contradict the ticks of others."""
    ticks = [entry for entry in own if not entry.skipped]
    return open_.remove(ticks) if ticks else open_.unchanged(LogOutcome.UNCHANGED)
