"""A leaf's run of completed periods as of an earlier day: later periods are subtracted from the newest run. This needs
few of the leaf's cells. If they are not enough, as for a run that began before them and has ended since, more are
read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Protocol

from core.digest.source import Source
from core.goals.model import Level, Node
from core.goals.periods import DAY, Period
from core.goals.progress import Cell
from core.goals.streaks import Run, extend, is_broken, run_of
from core.goals.tree import Tree
from core.records import record

_SHORTEST = {Level.DAILY: 1, Level.WEEKLY: 7, Level.MONTHLY: 28, Level.QUARTERLY: 90, Level.YEARLY: 365}
"""The days of the shortest period of a level."""


class TreeThen(Protocol):
    """A tree as of the end of a day."""

    cut: date

    def cell(self, node: Node, period: Period) -> Cell:
        """A node's cell in one of its periods."""


@record
class EarlierRuns:
    """Runs as of the ends of days, by leaf and day, and the leaves that need more cells."""

    runs: Mapping[tuple[int, date], Run]
    short: Sequence[int]


def earlier_runs(source: Source, known: Mapping[int, date], states: Sequence[TreeThen]) -> EarlierRuns:
    """The runs of leaves in some states. `known` has for each leaf the day from which all its cells were read
    (`date.min`: all that it ever had)."""
    runs: dict[tuple[int, date], Run] = {}
    short = []
    for leaf in (source.tree.nodes[leaf_id] for leaf_id in known):
        for state in states:
            if leaf.level is Level.RANGE or not source.logged(leaf, state.cut + DAY, date.max):
                continue  # it is the newest
            run = _run_at(source, leaf, known[leaf.id], state)
            if run is None:
                short.append(leaf.id)
                break
            runs[leaf.id, state.cut] = run
    return EarlierRuns(runs, short)


def _run_at(source: Source, leaf: Node, known: date, state: TreeThen) -> Run | None:
    tree, newest, stored = source.tree, source.runs.get(leaf.id, Run()), source.cells.get(leaf.id, {})
    then = _cells_at(source, leaf, state)
    if known == date.min:
        return run_of(tree, leaf, then)
    later = {start: cell for start, cell in stored.items() if _effect(then.get(start)) != _effect(cell)}
    if not any(map(_is_met, chain(then.values(), stored.values()))):
        return replace(newest, missed=newest.missed if newest.missed and newest.missed <= state.cut else None)
    if any(_is_met(then[start]) and not later[start].done for start in then.keys() & later.keys()):
        return None  # a period that was met no longer is, such as a limit that was exceeded on its last day
    return _Back(tree, leaf, known).run(newest, then, later)


def _cells_at(source: Source, leaf: Node, state: TreeThen) -> dict[date, Cell]:
    starts = (start for start in source.cells.get(leaf.id, {}) if start <= state.cut)
    return {start: state.cell(leaf, source.tree.period_of(leaf, start)) for start in starts}


def _is_met(cell: Cell) -> bool:
    return cell.done or cell.excused


def _effect(cell: Cell | None) -> tuple[bool, bool, bool] | None:
    """The effect of a cell on a run."""
    return None if cell is None else (cell.done, cell.excused, cell.missed)


class _Back:
    """A leaf whose cells were read from a day on."""

    def __init__(self, tree: Tree, leaf: Node, known: date) -> None:
        self._tree, self._leaf, self._known = tree, leaf, known

    def run(self, newest: Run, then: Mapping[date, Cell], later: Mapping[date, Cell]) -> Run | None:
        """The run after the cells of `then`, computed back from the newest run, which follows from the cells of
        `later`."""
        run, is_whole = self._extended(Run(through=self._known - DAY), then)
        grown, is_new = self._extended(replace(run, best=0), later)
        if not is_whole:
            # It began before the known cells. If the newest run is the same one, its length tells how long that part
            # was.
            if is_new:
                return None
            before = newest.length - grown.length
            run = replace(run, length=run.length + before, best=run.length + before)
            grown = replace(grown, length=newest.length, best=newest.length)
        best = self._best(newest, run, grown.best)
        return None if best is None else replace(run, best=best)

    def _extended(self, run: Run, cells: Mapping[date, Cell]) -> tuple[Run, bool]:
        """The run after some cells, and whether it is a new run."""
        is_new = False
        for start in sorted(cells):
            cell = cells[start]
            if _is_met(cell):
                is_new |= is_broken(self._tree, self._leaf, run, start)
            run = extend(self._tree, self._leaf, run, start, cell)
        return run, is_new

    def _best(self, newest: Run, run: Run, since: int) -> int | None:
        """The longest run up to then; None if it cannot be told."""
        if newest.best > since:
            return max(newest.best, run.best)
        if run.best >= newest.best or self._is_first(run):
            return run.best
        return None

    def _is_first(self, run: Run) -> bool:
        """Whether there was too little time before it for a longer run."""
        assert run.through is not None
        first, days = self._tree.active(self._leaf).start, _SHORTEST[self._leaf.level]
        return (run.through - first).days // days + 1 < 2 * run.length
