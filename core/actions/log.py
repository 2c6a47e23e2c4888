"""Logging, amending, skipping and taking back: each is one transaction from the entry to the vision (DESIGN.md §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from core.actions.cache import rebuild_vision, tree_of
from core.actions.read import today_of
from core.caps import CAPS, Caps
from core.check_off import Change, Touch, roll_up, spans, touches
from core.errors import CapReached, DateRefused, EntryGone, InvalidValue, NotALeaf, NotFound, NothingToUndo, ValueNeeded
from core.model import Aggregate, Entry, Measure, Node
from core.ports import NewEntry, Store, Transaction, Vision
from core.progress import Cell, contribution, leaf_cell, status_of
from core.reading import Standing
from core.streaks import Run, extend, run_of, streak_on
from core.tree import Tree

MANY = 20
"""So many entries of one goal on one day are no habit any more."""


class How(Enum):
    """What a log does to its day: add to it, set the day's value, or skip the period."""

    ADD = "add"
    SET = "set"
    SKIP = "skip"


class Outcome(Enum):
    """What became of it. UNCHANGED: it said what was there already; REPEATED: this very message was logged before, and
    nothing is written; the steps say what it did then."""

    LOGGED = "logged"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Log:
    """What someone wants logged. `value` None is a tick (a check) or a skip; a tick is done once a day, so ADD and SET
    are the same for it, and SET with 0 takes a day's tick away. `source_key` is unique to the message or tap
    (`chat:message:part`)."""

    node_id: int
    on: date
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One node on the way up, before and after. `standing` is as of the owner's today where `period` holds it."""

    before: int
    standing: Standing
    touched: bool


@dataclass(frozen=True, slots=True)
class CheckOff:
    """What a log did, all the way up: `steps` begin with the leaf and end with the vision.

    A step's period is the one that the entry's date touches; its standing is as of `on`'s day if that period is past.
    """

    outcome: Outcome
    tree: Tree
    leaf: Node
    on: date
    today: date
    entry: Entry | None
    steps: tuple[Step, ...]

    @property
    def streak_current(self) -> int:
        """The leaf's streak today."""
        streak = self.steps[0].standing.streak
        return streak.current if streak else 0


async def log(store: Store, chat_id: int, wanted: Log, now: datetime, caps: Caps = CAPS) -> CheckOff:
    """Logs one fact and rolls it up.

    Raises `NotFound` for a node that is not this chat's, `NotALeaf`, `ValueNeeded`, `InvalidValue`, and `DateRefused`
    for a date ahead of the owner's today or outside the leaf's active range, and `CapReached` for a day that is full.
    The same `source_key` again changes nothing.
    """
    return await store.write(lambda tx: _log(tx, chat_id, wanted, now, caps))


async def amend(
    store: Store, chat_id: int, source_prefix: str, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Replaces what a message logged (the entries whose source begins with the prefix) by what it says now.

    All or nothing, in one transaction. An amendment that was made already (its own source key is there) changes
    nothing. With nothing wanted, the message's entries are taken back.
    """

    def work(tx: Transaction) -> list[CheckOff]:
        if any(item.source_key and tx.entries.by_source(item.source_key) for item in wanted):
            return [_log(tx, chat_id, item, now, caps) for item in wanted]
        told = tx.entries.by_message(source_prefix)
        if not told and tx.entries.by_source(f"{source_prefix}0"):
            raise EntryGone
        done = [_take_back(tx, chat_id, entry, now) for entry in told]
        return [_log(tx, chat_id, item, now, caps) for item in wanted] or done

    return await store.write(work)


async def undo(
    store: Store,
    chat_id: int,
    author_id: int | None,
    now: datetime,
    *,
    entry_id: int | None = None,
    update_id: int | None = None,
) -> CheckOff:
    """Takes back an entry: a given one, or the author's newest in this chat. What it had replaced comes back.

    With `update_id` the update is marked as handled in the same transaction, so that the same "/undo" told twice takes
    back one entry, not two. Raises `NothingToUndo`.
    """

    def work(tx: Transaction) -> CheckOff:
        owner = tx.owners.by_chat(chat_id)
        if owner is None:
            raise NothingToUndo("There is nothing to undo yet.")
        newest = tx.entries.of_owner_latest(owner.id, author_id, 1 if entry_id is None else 50)
        found = [entry for entry in newest if entry_id is None or entry.id == entry_id]
        if not found:
            raise NothingToUndo("There is nothing to undo.")
        if update_id is not None:
            tx.inbox.handled([update_id], now)
        return _take_back(tx, chat_id, found[0], now)

    return await store.write(work)


def _fresh_path(tx: Transaction, chat_id: int, node_id: int) -> tuple[Vision, Tree, Node]:
    """The path of a node in a cache that is not stale. Not locked yet: that is for `_before`."""
    vision = tx.trees.path(chat_id, node_id)
    if vision is not None and vision.stale:
        rebuild_vision(tx, vision.id)
        vision = tx.trees.path(chat_id, node_id)
    if vision is None:
        raise NotFound("That goal is not here (any more).")
    tree = tree_of(vision)
    return vision, tree, tree.nodes[node_id]


def _log(tx: Transaction, chat_id: int, wanted: Log, now: datetime, caps: Caps) -> CheckOff:
    vision, tree, leaf = _fresh_path(tx, chat_id, wanted.node_id)
    today = today_of(vision.owner, now)
    if not tree.is_leaf(leaf):
        whole = tx.trees.vision(vision.id)
        below = Tree(whole.nodes) if whole else tree
        raise NotALeaf(leaf.title, [found.id for found in below.leaves(below.nodes[leaf.id])])
    _check_date(tree, leaf, wanted.on, today)
    value = _value(tree, leaf, wanted)
    before = _before(tx, vision, tree, leaf, wanted.on)
    if before is None:
        return _log(tx, chat_id, wanted, now, caps)
    mine = [
        entry for entry in before.entries if entry.source_key == wanted.source_key and wanted.source_key is not None
    ]
    if mine:
        return _repeated(tx, tree, leaf, today, before, mine[0])
    replaced = _replaced(tree, leaf, wanted, value, before.entries)
    if replaced is None:
        return _untouched(tx, tree, leaf, wanted.on, today, before, None, Outcome.UNCHANGED)
    _refuse_full_day(tx, vision.id, wanted.on, before, caps)
    new = NewEntry(
        leaf.id,
        wanted.on,
        value,
        skipped=wanted.how is How.SKIP,
        note=wanted.note,
        author_id=wanted.author_id,
        source_key=wanted.source_key,
    )
    gone_ids = {gone.id for gone in replaced}
    after = [kept for kept in before.entries if kept.id not in gone_ids]
    after.append(_to_come(new, now, before.entries))
    after.sort(key=lambda kept: (kept.on, kept.id))
    _refuse_less_than_nothing(tree, leaf, [kept for kept in after if kept.on == wanted.on])
    rolled = _roll_up(tx, tree, leaf, wanted.on, before, after)
    entry = tx.check_offs.write(vision.id, new, now, rolled.cells, rolled.runs)
    if entry is None:  # logged before and taken back since: the message still counts as told
        return _untouched(tx, tree, leaf, wanted.on, today, before, None, Outcome.REPEATED)
    if replaced:
        tx.entries.void([gone.id for gone in replaced], now, replaced_by=entry.id)
    return _done(tx, tree, leaf, wanted.on, today, before, rolled, entry, Outcome.LOGGED)


def _to_come(new: NewEntry, now: datetime, before: Sequence[Entry]) -> Entry:
    """An entry as it will stand behind those that are there, with an id that is not its own yet."""
    last = max((entry.id for entry in before), default=0)
    return Entry(last + 1, new.node_id, new.on, new.value, new.skipped, new.note, new.author_id, new.source_key, now)


def _check_date(tree: Tree, leaf: Node, on: date, today: date) -> None:
    if on > today:
        raise DateRefused(on, "future", today)
    active = tree.active(leaf)
    if on < active.start:
        raise DateRefused(on, "before_start", active.start)
    if on > active.end:
        raise DateRefused(on, "after_end", active.end)


def _refuse_less_than_nothing(tree: Tree, leaf: Node, day: Sequence[Entry]) -> None:
    """A correction downwards is fine (`run -2`), but a day that adds up to less than nothing is a slip."""
    if (leaf.aggregate or Aggregate.SUM) is Aggregate.SUM and contribution(tree.measure(leaf), day) < 0:
        raise InvalidValue(f"“{leaf.title}” would stand below zero that day: log a smaller correction.")


def _refuse_full_day(tx: Transaction, vision_id: int, on: date, before: _Before, caps: Caps) -> None:
    """A check-off is kept from asking: only where the leaf alone has many entries that day are all of it counted."""
    if sum(entry.on == on for entry in before.entries) < min(MANY, caps.entries_a_day):
        return
    if (there := tx.entries.full_days(vision_id, caps.entries_a_day, on, on).get(on)) is not None:
        raise CapReached(f"There are {there:,} entries for {on}, and no more fit in a day: log the rest as one number.")


def _value(tree: Tree, leaf: Node, wanted: Log) -> Decimal | None:
    if wanted.how is How.SKIP:
        return None
    if tree.measure(leaf) is Measure.NUMBER:
        if wanted.value is None:
            raise ValueNeeded(leaf.title, leaf.unit)
        return wanted.value
    if wanted.value is None:
        return Decimal(1)
    if wanted.value not in (0, 1):
        raise InvalidValue(f"“{leaf.title}” is done or not done: it takes no number.")
    return wanted.value


def _replaced(
    tree: Tree, leaf: Node, wanted: Log, value: Decimal | None, before: Sequence[Entry]
) -> list[Entry] | None:
    """The entries of the day that the new one stands for; None when it says only what is there already."""
    day = [entry for entry in before if entry.on == wanted.on]
    if wanted.how is How.SKIP:
        return None if day and day[-1].skipped else []
    if tree.measure(leaf) is Measure.CHECK:
        told = [entry.value for entry in day if entry.value is not None and not day[-1].skipped]
        return None if (told[-1] if told else Decimal(0)) == value else day
    if wanted.how is How.SET:
        values = [entry.value for entry in day]
        return None if values == [value] and wanted.note is None else day
    return [entry for entry in day if entry.skipped]


def _take_back(tx: Transaction, chat_id: int, entry: Entry, now: datetime) -> CheckOff:
    vision, tree, leaf = _fresh_path(tx, chat_id, entry.node_id)
    today = today_of(vision.owner, now)
    before = _before(tx, vision, tree, leaf, entry.on)
    if before is None:
        return _take_back(tx, chat_id, entry, now)
    tx.entries.void([entry.id], now)
    tx.entries.restore_replaced_by(entry.id)
    period = before.touched[0].period
    after = tx.entries.of_leaf(leaf.id, period.start, period.end)
    rolled = _roll_up(tx, tree, leaf, entry.on, before, after)
    if rolled.cells or rolled.runs:
        tx.cache.write(rolled.cells, rolled.runs)
    return _done(tx, tree, leaf, entry.on, today, before, rolled, entry, Outcome.UNDONE)


@dataclass(frozen=True, slots=True)
class _Before:
    """What a change of a leaf on a date starts from: the nodes that it touches and those above, as they are stored."""

    touched: list[Touch]
    above: list[Touch]
    entries: Sequence[Entry]
    cells: Mapping[int, Cell]
    sums: Mapping[int, tuple[int, int]]
    run: Run


@dataclass(frozen=True, slots=True)
class _Rolled:
    """What comes of a change, and the rows of it that are to be written."""

    changes: list[Change]
    run: Run
    cells: list[tuple[int, date, Cell]]
    runs: Mapping[int, Run]


def _before(tx: Transaction, vision: Vision, tree: Tree, leaf: Node, on: date) -> _Before | None:
    """Locks the vision and reads what a change starts from; None if the tree was changed before it was locked, which
    cannot happen again."""
    touched = touches(tree, leaf, on)
    above = _untouched_above(tree, leaf, on, touched)
    wanted = [(touch.node.id, touch.period.start) for touch in (*touched, *above)]
    summed = spans(tree, touched)
    if not tx.trees.lock(vision):
        return None
    return _Before(touched, above, *tx.check_offs.read(leaf.id, touched[0].period, wanted, summed))


def _roll_up(tx: Transaction, tree: Tree, leaf: Node, on: date, before: _Before, after: Sequence[Entry]) -> _Rolled:
    """Rolls a leaf's changed entries of one period up to the vision."""
    changes = _changes(tree, leaf, on, before, after)
    run = _run(tx, tree, leaf, before.run, changes[0])
    cells = [(change.node.id, change.period.start, change.after) for change in changes if change.before != change.after]
    return _Rolled(changes, run, cells, {leaf.id: run} if run != before.run else {})


def _changes(tree: Tree, leaf: Node, on: date, before: _Before, after: Sequence[Entry]) -> list[Change]:
    measure = tree.measure(leaf)
    delta = contribution(measure, (e for e in after if e.on == on)) - contribution(
        measure, (e for e in before.entries if e.on == on)
    )
    new = leaf_cell(tree, leaf, before.touched[0].period, after)
    return roll_up(tree, before.touched, new, delta, before.cells, before.sums)


def _repeated(tx: Transaction, tree: Tree, leaf: Node, today: date, before: _Before, entry: Entry) -> CheckOff:
    """What an entry that is there did: the way from how all would stand without it to how it stands."""
    others = [*(kept for kept in before.entries if kept.id != entry.id), *tx.entries.replaced_by(entry.id)]
    others.sort(key=lambda kept: (kept.on, kept.id))
    away = _changes(tree, leaf, entry.on, before, others)
    did = [Change(change.node, change.period, change.after, change.before) for change in away]
    shown = [*did, *_as_stored(tree, before.above, before.cells)]
    run = _until(tx, tree, leaf, before.run, today)
    return _check_off(Outcome.REPEATED, tree, leaf, entry.on, today, entry, shown, run)


def _done(
    tx: Transaction,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    before: _Before,
    rolled: _Rolled,
    entry: Entry,
    outcome: Outcome,
) -> CheckOff:
    changes = [*rolled.changes, *_as_stored(tree, before.above, before.cells)]
    return _check_off(outcome, tree, leaf, on, today, entry, changes, _until(tx, tree, leaf, rolled.run, today))


def _run(tx: Transaction, tree: Tree, leaf: Node, run: Run, change: Change) -> Run:
    old, new, start = change.before, change.after, change.period.start
    if (old.done, old.excused) == (new.done, new.excused):
        return run
    if run.through is None or start > run.through:
        return extend(tree, leaf, run, start, new)
    # In hindsight: any run may have grown, joined or broken.
    return run_of(tree, leaf, {**tx.cache.leaf_cells(leaf.id), start: new})


def _untouched(
    tx: Transaction,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    before: _Before,
    entry: Entry | None,
    outcome: Outcome,
) -> CheckOff:
    shown = _as_stored(tree, [*before.touched, *before.above], before.cells)
    return _check_off(outcome, tree, leaf, on, today, entry, shown, _until(tx, tree, leaf, before.run, today))


def _until(tx: Transaction, tree: Tree, leaf: Node, run: Run, today: date) -> Run:
    """The run as of today: an imported document may hold days that still lie ahead."""
    if run.through is None or run.through <= today:
        return run
    return run_of(tree, leaf, {on: cell for on, cell in tx.cache.leaf_cells(leaf.id).items() if on <= today})


def _untouched_above(tree: Tree, leaf: Node, on: date, touched: Sequence[Touch]) -> list[Touch]:
    """The ancestors that the change does not reach (a child of weight 0, a week outside the vision's range): they are
    shown all the same, each in its period that holds the date."""
    return [Touch(node, tree.period_of(node, on)) for node in tree.ancestors(leaf)[len(touched) - 1 :]]


def _as_stored(tree: Tree, shown: Sequence[Touch], cells: Mapping[int, Cell]) -> list[Change]:
    found = []
    for touch in shown:
        cell = cells.get(touch.node.id, Cell(counts=tree.counts(touch.node, touch.period)))
        found.append(Change(touch.node, touch.period, cell, cell))
    return found


def _check_off(
    outcome: Outcome,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    entry: Entry | None,
    changes: Sequence[Change],
    run: Run,
) -> CheckOff:
    steps = []
    for change in changes:
        seen = today if today in change.period else on if on in change.period else change.period.end
        standing = Standing(
            change.node,
            change.period,
            change.after.value,
            change.after.progress,
            status_of(tree, change.node, change.after, seen),
            change.node.target_for(change.period.end),
            streak_on(tree, leaf, run, today) if change.node is leaf else None,
        )
        steps.append(Step(change.before.progress, standing, change.before != change.after))
    return CheckOff(outcome, tree, leaf, on, today, entry, tuple(steps))
