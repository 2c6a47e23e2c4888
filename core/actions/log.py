"""Logging, amending, skipping and taking back: each is one transaction from the entry to the vision (DESIGN.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from core.actions.access import chat_of, enter
from core.actions.check_off import OpenCheckOff, Path
from core.actions.logged import CheckOff, EntryChange, How, Log, Outcome
from core.actions.read import today_of
from core.caps import CAPS, Caps
from core.errors import (
    CapReached,
    DateRefused,
    EntryGone,
    FarOutside,
    InvalidValue,
    NotALeaf,
    NotFound,
    NothingToUndo,
    Refused,
    ValueNeeded,
)
from core.goals.model import Aggregate, Entry, Measure
from core.goals.progress import contribution
from core.goals.tree import Tree
from core.group.permissions import Act, Actor, check, roles_of
from core.planning.rules import LONGEST_NOTE
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.sources import former_key, is_from

FAR = 10
"""A number so many times as large as any before is asked back once."""
MANY = 20
"""So many entries of one goal on one day are no habit any more."""


async def log(store: Store, actor: Actor, wanted: Log, now: datetime, caps: Caps = CAPS) -> CheckOff:
    """Logs one fact as the actor's and rolls it up.

    Raises `NotFound` for a node that is not in the actor's chat, `NotALeaf`, `ValueNeeded`, `InvalidValue`,
    `DateRefused` for a date ahead of the owner's today or outside the leaf's active range, and `CapReached` for a day
    that is full, and `FarOutside` for a number that is not sure. The same `source_key` again changes nothing.

    In a group: an *each* node stands for the actor's own leaf below it; on a leaf that all share, numbers add up, and
    nobody touches what others logged. `Refused` for somebody who did not join, for another's leaf, and for a skip of a
    shared leaf by anyone but an admin.
    """
    return await store.write(lambda tx: _log(tx, actor, wanted, now, caps))


async def log_all(
    store: Store, actor: Actor, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Logs several facts in one transaction, all or nothing. Raises as `log` does."""

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        return [_log(tx, actor, item, now, caps) for item in wanted]

    return await store.write(work)


async def amend(
    store: Store, actor: Actor, source_prefix: str, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Replaces what the actor's message logged (the entries whose source begins with the prefix) by what it says now.

    All or nothing, in one transaction. An amendment that was made already (its own source key is there) changes
    nothing. With nothing wanted, the message's entries are taken back.
    """

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        if any(item.source_key and _is_logged(tx, actor, item.source_key) for item in wanted):
            return [_log(tx, actor, item, now, caps) for item in wanted]
        # Another member may have chosen a goal for the message: what they logged is theirs.
        told = [entry for entry in tx.entries.by_message(source_prefix) if _is_by(entry, actor)]
        if not told and _is_logged(tx, actor, f"{source_prefix}{actor.user_id or 0}:0"):
            raise EntryGone("entry_gone")
        done = [_open(tx, actor, entry, now).take_back(entry) for entry in told]
        return [_log(tx, actor, item, now, caps) for item in wanted] or done

    return await store.write(work)


async def undo(
    store: Store, actor: Actor, now: datetime, *, entry_id: int | None = None, source_key: str | None = None
) -> CheckOff:
    """Takes back an entry of the actor's in their chat: a given one, or the newest. What it had replaced comes back.

    The same `source_key` again takes nothing back and says the same, so that an "/undo" that arrives twice takes back
    one entry, not two. Raises `NothingToUndo`; in a group, where it takes a member, `Refused`.
    """

    def work(tx: Transaction) -> CheckOff:
        owner = enter(tx, actor, Act.LOG).owner
        if source_key is not None and (before := tx.entries.taken_back_by(source_key)):
            gone, _ = before
            return _open(tx, actor, gone, now).unchanged(Outcome.UNDONE, gone)
        newest = tx.entries.of_owner_latest(owner.id, actor.user_id, 1 if entry_id is None else 50)
        entry = next((entry for entry in newest if entry_id in (None, entry.id)), None)
        if entry is None:
            raise NothingToUndo("nothing_to_undo")
        return _open(tx, actor, entry, now).take_back(entry, source_key)

    return await store.write(work)


async def change_entry(
    store: Store, actor: Actor, entry_id: int, change: EntryChange, now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Makes an entry of the actor's say something else; a new entry stands for it. Moved to another day, it is logged
    there first and taken back here second, and both are told.

    Raises `NotFound` for an entry that is not in the actor's chat or was taken back, and what `log` raises.
    """

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        if change.source_key is not None and (known := tx.entries.by_source(change.source_key)):
            return [_open(tx, actor, known[0], now).unchanged(Outcome.REPEATED, known[0])]
        entry = _own_entry(tx, actor, entry_id)
        how = How.SKIP if change.skipped else How.ADD
        note = entry.note if change.note is None else change.note
        wanted = Log(entry.node_id, change.on or entry.on, how, change.value, note, change.source_key)
        if wanted.on != entry.on:
            undone = _open(tx, actor, entry, now).take_back(entry)
            return [_log(tx, actor, wanted, now, caps), undone]
        return [_changed(tx, actor, entry, wanted, now)]

    return await store.write(work)


async def take_back_entry(
    store: Store, actor: Actor, entry_id: int, now: datetime, source_key: str | None = None
) -> CheckOff:
    """Takes one entry of the actor's back. What it had replaced comes back.

    The same `source_key` again changes nothing. Raises `NotFound` for an entry that is not in the actor's chat or was
    taken back, `Refused` for somebody else's.
    """

    def work(tx: Transaction) -> CheckOff:
        enter(tx, actor, Act.LOG)
        if source_key is not None and (before := tx.entries.taken_back_by(source_key)):
            return _open(tx, actor, before[0], now).unchanged(Outcome.UNDONE, before[0])
        entry = _own_entry(tx, actor, entry_id)
        return _open(tx, actor, entry, now).take_back(entry, source_key)

    return await store.write(work)


def _own_entry(tx: Transaction, actor: Actor, entry_id: int) -> Entry:
    found = tx.entries.of_chat(chat_of(actor), entry_id)
    if found is None or found[1]:
        raise NotFound("log_gone")
    entry, _ = found
    is_private = actor.user_id == actor.chat_id
    if entry.author_id != actor.user_id and not (is_private and entry.author_id is None):
        raise Refused("anothers")
    return entry


def _changed(tx: Transaction, actor: Actor, entry: Entry, wanted: Log, now: datetime) -> CheckOff:
    """The entry of a day changed on that very day: the others of the day stay as they are."""
    path = Path.read(tx, chat_of(actor), entry.node_id, actor.user_id, entry.on, now)
    _check_author(path, actor, wanted)
    value = _value(path, wanted)
    open_ = OpenCheckOff.begin(tx, path, entry.on, now)
    if open_ is None:
        return _changed(tx, actor, entry, wanted, now)
    if path.is_shared and value == 0 and path.tree.measure(path.leaf) is Measure.CHECK:
        return open_.take_back(entry)
    skipped = wanted.how is How.SKIP
    new = NewEntry(path.leaf.id, entry.on, value, skipped, wanted.note, actor.user_id, wanted.source_key)
    _refuse_less_than_nothing(path, [kept for kept in open_.with_entry(new, [entry]) if kept.on == entry.on])
    return open_.write(new, [entry])


def _is_logged(tx: Transaction, actor: Actor, source_key: str) -> bool:
    """Whether something was logged under a key, void or not. A former key does not name its author."""
    if tx.entries.by_source(source_key):
        return True
    former = tx.entries.by_source(former_key(source_key))
    return former is not None and _is_by(former[0], actor)


def _is_by(entry: Entry, actor: Actor) -> bool:
    return entry.author_id in (None, actor.user_id)


def _log(tx: Transaction, actor: Actor, wanted: Log, now: datetime, caps: Caps) -> CheckOff:
    path = Path.read(tx, chat_of(actor), wanted.node_id, actor.user_id, wanted.on, now)
    _check_author(path, actor, wanted)
    _check_leaf(tx, path)
    _check_date(path, wanted.on, today_of(path.vision.owner, now))
    value = _value(path, wanted)
    open_ = OpenCheckOff.begin(tx, path, wanted.on, now)
    if open_ is None:
        return _log(tx, actor, wanted, now, caps)
    if wanted.source_key is not None:
        for entry in open_.before.entries:
            if is_from(entry, wanted.source_key, actor.user_id):
                return open_.repeated(entry)
    own = [entry for entry in open_.day if not path.is_shared or entry.author_id == actor.user_id]
    if path.is_shared and value == 0 and path.tree.measure(path.leaf) is Measure.CHECK:
        return _untick(open_, own)
    replaced = _replaced(path, wanted, value, own)
    if replaced is None:
        return open_.unchanged(Outcome.UNCHANGED)
    if _is_note_alone(path, wanted):
        value = replaced[0].value
    elif not wanted.sure and value is not None:
        _ask_back(open_, value)
    _refuse_full_day(open_, caps)
    skipped = wanted.how is How.SKIP
    note = _note(wanted, replaced)
    new = NewEntry(path.leaf.id, wanted.on, value, skipped, note, actor.user_id, wanted.source_key)
    _refuse_less_than_nothing(path, [kept for kept in open_.with_entry(new, replaced) if kept.on == wanted.on])
    return open_.write(new, replaced)


def _open(tx: Transaction, actor: Actor, entry: Entry, now: datetime) -> OpenCheckOff:
    """The check-off of an entry that is there, its vision locked."""
    path = Path.read(tx, chat_of(actor), entry.node_id, None, entry.on, now)
    return OpenCheckOff.begin(tx, path, entry.on, now) or _open(tx, actor, entry, now)


def _check_author(path: Path, actor: Actor, wanted: Log) -> None:
    """Raises `Refused` unless the actor may log this: in a private chat the person themselves, in a group a member for
    themselves. Asked of what the path holds, so that it costs no statement."""
    vision, leaf = path.vision, path.leaf
    roles = roles_of(actor, vision.owner, joined=vision.member_id is not None)
    is_everyones = path.is_shared and not path.is_ones_own and leaf.each is None
    check(Act.SKIP_SHARED if is_everyones and wanted.how is How.SKIP else Act.LOG, roles)
    # A leaf that is nobody's any more was somebody's.
    if path.is_ones_own and (leaf.member_id is None or leaf.member_id != vision.member_id):
        check(Act.LOG_FOR_ANOTHER, roles)


def _check_leaf(tx: Transaction, path: Path) -> None:
    if not path.tree.is_leaf(path.leaf):
        whole = tx.trees.vision(path.vision.id)
        below = Tree(whole.nodes) if whole else path.tree
        leaves = [leaf.id for leaf in below.leaves(below.nodes[path.leaf.id])]
        raise NotALeaf("not_a_leaf", title=path.leaf.title, leaves=leaves)


def _check_date(path: Path, on: date, today: date) -> None:
    if on > today:
        raise DateRefused("day_ahead", on=on, limit=today)
    active = path.tree.active(path.leaf)
    if on < active.start:
        raise DateRefused("day_before_start", on=on, limit=active.start)
    if on > active.end:
        raise DateRefused("day_after_end", on=on, limit=active.end)


def _value(path: Path, wanted: Log) -> Decimal | None:
    if wanted.how is How.SKIP:
        return None
    title = path.tree.called(path.leaf)
    if path.tree.measure(path.leaf) is Measure.NUMBER:
        if wanted.value is None and not _is_note_alone(path, wanted):
            raise ValueNeeded("value_needed", title=title, unit=path.leaf.unit)
        return wanted.value
    if wanted.value is None:
        return Decimal(1)
    if wanted.value not in (0, 1):
        raise InvalidValue("takes_no_number", title=title)
    return wanted.value


def _untick(open_: OpenCheckOff, own: Sequence[Entry]) -> CheckOff:
    """Takes one's own tick of a shared leaf back, and says nothing of the day instead: a word that it is not done would
    stand against the ticks of others."""
    ticks = [entry for entry in own if not entry.skipped]
    return open_.remove(ticks) if ticks else open_.unchanged(Outcome.UNCHANGED)


def _replaced(path: Path, wanted: Log, value: Decimal | None, day: Sequence[Entry]) -> Sequence[Entry] | None:
    """The entries, of those of the day, that the new one stands for; None when it says only what is there already."""
    if wanted.how is How.SKIP:
        return None if day and day[-1].skipped else []
    if path.tree.measure(path.leaf) is Measure.CHECK:
        return None if _ticked(day) == value and wanted.note is None else day
    if _is_note_alone(path, wanted):
        return _noted(path, day)
    if wanted.how is How.REACH:
        return None if value is not None and contribution(Measure.NUMBER, day) >= value else day
    if wanted.how is How.SET:
        is_same = [entry.value for entry in day] == [value] and wanted.note is None
        return None if is_same else day
    return [entry for entry in day if entry.skipped]


def _note(wanted: Log, replaced: Sequence[Entry]) -> str | None:
    """The note of a new entry: a tick that is told again keeps what was noted before."""
    before = [entry.note for entry in replaced if entry.note and not entry.skipped]
    if wanted.how is not How.ADD or wanted.note is None or wanted.note in before:
        return wanted.note
    joined = "; ".join([*before, wanted.note])
    return joined if len(joined) <= LONGEST_NOTE else wanted.note


def _is_note_alone(path: Path, wanted: Log) -> bool:
    """Whether something is said of a number's day, and no number."""
    is_number = path.tree.measure(path.leaf) is Measure.NUMBER
    return is_number and wanted.how is How.ADD and wanted.value is None and wanted.note is not None


def _noted(path: Path, day: Sequence[Entry]) -> Sequence[Entry]:
    """The entry of a number's day that a note belongs to: the last. Raises `ValueNeeded` if there is none."""
    told = [entry for entry in day if entry.value is not None]
    if not told:
        raise ValueNeeded("value_needed", title=path.tree.called(path.leaf), unit=path.leaf.unit)
    return told[-1:]


def _ask_back(open_: OpenCheckOff, value: Decimal) -> None:
    """Raises `FarOutside` for a number that is more than ten times the target and all that was logged before."""
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
    """What the latest word on a check's day says: 1 for done, 0 for not done, skipped or nothing."""
    if not day or day[-1].skipped:
        return Decimal(0)
    told = [entry.value for entry in day if entry.value is not None]
    return told[-1] if told else Decimal(0)


def _refuse_full_day(open_: OpenCheckOff, caps: Caps) -> None:
    """Counts the whole day only when this leaf alone has MANY entries; the usual check-off saves a query."""
    if len(open_.day) < min(MANY, caps.entries_a_day):
        return
    on = open_.on
    there = open_.tx.entries.full_days(open_.path.vision.id, caps.entries_a_day, on, on).get(on)
    if there is not None:
        raise CapReached("day_full", on=on, count=there)


def _refuse_less_than_nothing(path: Path, day: Sequence[Entry]) -> None:
    """A correction downwards is fine (`run -2`), but a day that adds up to less than nothing is a slip."""
    tree, leaf = path.tree, path.leaf
    if tree.aggregate(leaf) is Aggregate.SUM and contribution(tree.measure(leaf), day) < 0:
        raise InvalidValue("day_below_zero", title=tree.called(leaf))
