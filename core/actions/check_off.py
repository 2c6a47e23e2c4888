"""A check-off in progress: one leaf on one date, before and after.

The number of statements does not grow with the tree (design.md §3). Either the leaf's vision is locked, or the result
is written only if the vision is still as it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from core.actions.living import note_change
from core.actions.logged import CheckOff, LogOutcome, LogStep
from core.actions.path import Path, PathBefore, PathReach
from core.actions.read import today_of
from core.goals.check_off import CellChange, Stored, Touch, roll_up
from core.goals.crowd import Crowd, each_target
from core.goals.model import Entry
from core.goals.progress import Cell, blank, contribution, expected, leaf_cell
from core.goals.reading import Standing
from core.goals.status import status_in
from core.goals.streaks import Run, Streak, extend, has_streak, run_of, streak_on
from core.ports.check_offs import Made
from core.ports.entries import NewEntry
from core.ports.store import Transaction
from core.records import record


class AskedMore(Exception):
    """A check-off that was computed outside a transaction turns out to need one."""


@record
class OpenCheckOff:
    """A check-off whose vision is locked. Each way to end it returns the result for the front.

    Without a transaction (`detached`) whatever would read or write raises `AskedMore`.
    """

    open_in: Transaction | None
    path: Path
    on: date
    now: datetime
    today: date
    before: PathBefore

    @property
    def tx(self) -> Transaction:
        """The transaction; raises `AskedMore` without one."""
        if self.open_in is None:
            raise AskedMore
        return self.open_in

    @classmethod
    def detached(cls, path: Path, on: date, now: datetime, today: date, before: PathBefore) -> OpenCheckOff:
        """A check-off outside any transaction."""
        return cls(None, path, on, now, today, before)

    @classmethod
    def begin(cls, tx: Transaction, path: Path, on: date, now: datetime) -> OpenCheckOff | None:
        """Locks the vision and reads the state before; None if the tree was changed before it was locked. The second
        attempt always succeeds."""
        reach = PathReach.of(path, on)
        if not tx.trees.lock(path.vision):
            return None
        before = reach.before(tx.check_offs.read(reach.needs))
        return cls(tx, path, on, now, today_of(path.vision.owner, now), before)

    @property
    def day(self) -> list[Entry]:
        """The entries of the date."""
        return [entry for entry in self.before.entries if entry.on == self.on]

    def day_of(self, user_id: int | None) -> list[Entry]:
        """The entries of the date that a person may replace: on a shared leaf only their own."""
        return [entry for entry in self.day if entry.author_id == user_id] if self.path.is_shared else self.day

    def write(self, new: NewEntry, replaced: Sequence[Entry], after: Sequence[Entry]) -> CheckOff:
        """Writes an entry in place of those that it replaces; `after` are the entries of the period then."""
        rolled = self._roll_up(after)
        entry = self.tx.check_offs.write(self.path.vision.id, new, self.now, rolled.cells, rolled.runs)
        if entry is None:  # logged before and taken back since: the message still counts as done
            return self.unchanged(LogOutcome.REPEATED)
        if replaced:
            self.tx.entries.void([gone.id for gone in replaced], self.now, replaced_by=entry.id)
        return self._done(rolled, entry, LogOutcome.LOGGED)

    def made(self, new: NewEntry, after: Sequence[Entry]) -> Made[CheckOff]:
        """The rows to write for an entry that replaces none; `after` are the entries of the period then."""
        rolled = self._roll_up(after)
        run = self._up_to_today(rolled.run)  # which may ask more

        def prepare() -> Callable[[Entry], CheckOff]:
            done = self._result(self._shown(rolled), run, None, LogOutcome.LOGGED)
            return lambda entry: replace(done, entry=entry)

        return Made(new, rolled.cells, rolled.runs, prepare)

    def with_entry(self, new: NewEntry, replaced: Sequence[Entry]) -> list[Entry]:
        """The entries of the leaf's period as they will be, the new one under an id that is not its own yet."""
        newest = max((entry.id for entry in self.before.entries), default=0)
        coming = Entry(
            newest + 1, new.node_id, new.on, new.value, new.skipped, new.note, new.author_id, new.source_key, self.now
        )
        return _in_order([*self._without({gone.id for gone in replaced}), coming])

    def remove(self, entries: Sequence[Entry]) -> CheckOff:
        """Takes entries of the period back, with nothing in their place."""
        gone = [entry.id for entry in entries]
        self.tx.entries.void(gone, self.now)
        return self._undone(self._without(set(gone)), entries[-1])

    def take_back(self, entry: Entry, source_key: str | None = None) -> CheckOff:
        """Takes an entry back and restores what it had replaced. `source_key` is that of the message that asked for
        it."""
        self.tx.entries.void([entry.id], self.now, taken_back_by=source_key)
        self.tx.entries.restore_replaced_by(entry.id)
        period = self.before.touched[0].period
        return self._undone(self.tx.entries.of_leaf(self.path.leaf.id, period.start, period.end), entry)

    def repeated(self, entry: Entry) -> CheckOff:
        """The effect of an existing entry: from how everything would stand without it to how it stands."""
        then = replace(self, on=entry.on)
        others = _in_order([*self._without({entry.id}), *self.tx.entries.replaced_by(entry.id)])
        did = [CellChange(it.node, it.period, it.after, it.before) for it in then._changes(others)]
        run = self._up_to_today(self.before.run)
        return then._result([*did, *self._as_stored(self.before.above)], run, entry, LogOutcome.REPEATED)

    def unchanged(self, outcome: LogOutcome, entry: Entry | None = None) -> CheckOff:
        """How everything stands; nothing is written. `entry` is what was taken back before."""
        stored = self._as_stored([*self.before.touched, *self.before.above])
        return self._result(stored, self._up_to_today(self.before.run), entry, outcome)

    def _without(self, gone: Collection[int]) -> list[Entry]:
        return [entry for entry in self.before.entries if entry.id not in gone]

    def _undone(self, after: Sequence[Entry], entry: Entry) -> CheckOff:
        rolled = self._roll_up(after)
        if rolled.cells or rolled.runs:
            self.tx.cache.write(rolled.cells, rolled.runs)
        return self._done(rolled, entry, LogOutcome.UNDONE)

    def _roll_up(self, after: Sequence[Entry]) -> _Rolled:
        """Rolls up to the vision, with `after` as the entries of the leaf's period."""
        changes = self._changes(after)
        run = self._run(changes[0])
        cells = [(it.node.id, it.period.start, it.after) for it in changes if it.before != it.after]
        return _Rolled(changes, run, cells, {self.path.leaf.id: run} if run != self.before.run else {})

    def _changes(self, after: Sequence[Entry]) -> list[CellChange]:
        tree, before = self.path.tree, self.before
        measure = tree.measure(self.path.leaf)
        delta = contribution(measure, (entry for entry in after if entry.on == self.on)) - contribution(
            measure, self.day
        )
        new = leaf_cell(tree, self.path.leaf, before.touched[0].period, after)
        return roll_up(tree, before.touched, new, delta, Stored(before.cells, before.sums, before.others))

    def _run(self, change: CellChange) -> Run:
        run, tree, leaf = self.before.run, self.path.tree, self.path.leaf
        old, new, start = change.before, change.after, change.period.start
        if (old.done, old.excused, old.missed) == (new.done, new.excused, new.missed):
            return run
        is_behind = (run.through is None or start > run.through) and run.missed is None
        if is_behind or self.before.is_newest:
            return extend(tree, leaf, run, start, new)
        # An entry for an earlier period, or next to a day off that was missed: any run may have grown, joined or
        # broken.
        return run_of(tree, leaf, {**self.tx.cache.leaf_cells(leaf.id), start: new})

    def _done(self, rolled: _Rolled, entry: Entry, outcome: LogOutcome) -> CheckOff:
        if self.path.vision.is_shown:
            note_change(self.tx, self.path.vision.owner, self.now, self.on)
        return self._result(self._shown(rolled), self._up_to_today(rolled.run), entry, outcome)

    def _shown(self, rolled: _Rolled) -> list[CellChange]:
        return [*rolled.changes, *self._as_stored(self.before.above)]

    def _as_stored(self, shown: Sequence[Touch]) -> list[CellChange]:
        tree, changes = self.path.tree, []
        for touch in shown:
            cell = self.before.cells.get(touch.node.id) or blank(tree, touch.node, touch.period)
            changes.append(CellChange(touch.node, touch.period, cell, cell))
        return changes

    def _result(self, changes: Sequence[CellChange], run: Run, entry: Entry | None, outcome: LogOutcome) -> CheckOff:
        leaf_cell = changes[0].after
        if self.before.above:
            by_node = {change.node.id: change for change in changes}
            changes = [by_node[node.id] for node in (self.path.leaf, *self.path.tree.ancestors(self.path.leaf))]
        steps = [
            LogStep(change.before.progress, self._standing(change, leaf_cell, run), change.before != change.after)
            for change in changes
        ]
        return CheckOff(outcome, self.path.tree, self.path.leaf, self.on, self.today, entry, tuple(steps))

    def _up_to_today(self, run: Run) -> Run:
        """The run as of today, since an imported document may hold future days."""
        if run.through is None or run.through <= self.today:
            return run
        cells = self.tx.cache.leaf_cells(self.path.leaf.id)
        return run_of(self.path.tree, self.path.leaf, {on: cell for on, cell in cells.items() if on <= self.today})

    def _standing(self, change: CellChange, leaf_cell: Cell, run: Run) -> Standing:
        tree, period, today = self.path.tree, change.period, self.today
        seen = today if today in period else self.on if self.on in period else period.end
        return Standing(
            change.node,
            period,
            change.after.value,
            change.after.progress,
            status_in(tree, change.node, period, change.after, seen),
            self._target(change, leaf_cell),
            self._streak(run) if change.node is self.path.leaf else None,
        )

    def _streak(self, run: Run) -> Streak | None:
        tree, leaf = self.path.tree, self.path.leaf
        return streak_on(tree, leaf, run, self.today) if has_streak(tree, leaf, self.today) else None

    def _target(self, change: CellChange, leaf_cell: Cell) -> Decimal | None:
        tree = self.path.tree
        if change.node.each is None:
            return expected(tree, change.node, change.period)
        crowd = (self.before.others or Crowd()).with_(leaf_cell)
        people = tree.present(change.node, change.period) - crowd.excused + crowd.extra
        return each_target(tree, change.node, change.period, people)


@record
class _Rolled:
    """The result of a change, and its rows to be written."""

    changes: list[CellChange]
    run: Run
    cells: list[tuple[int, date, Cell]]
    runs: Mapping[int, Run]


def _in_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.on, entry.id))
