"""Streaks: consecutive completed own periods of a leaf (DESIGN.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.model import Node
from core.periods import DAY
from core.progress import Cell
from core.tree import Tree


@dataclass(frozen=True, slots=True)
class Run:
    """A leaf's newest run as the cache holds it. It needs no upkeep as days go by: `current` reads it on a date.

    `through` is the start of the leaf's last period that is completed or skipped. A skipped one behind a gap carries
    no run: `length` is 0 then.
    """

    length: int = 0
    best: int = 0
    through: date | None = None


@dataclass(frozen=True, slots=True)
class Streak:
    """`current` periods in a row up to now; `best` is the longest ever."""

    current: int = 0
    best: int = 0


def _missed_between(tree: Tree, leaf: Node, after: date, before: date) -> bool:
    """Whether a counting period lies strictly between two period starts."""
    period = tree.period_of(leaf, tree.period_of(leaf, after).end + DAY)
    last = tree.active(leaf).end
    while period.start < before and period.start <= last:
        if tree.counts(leaf, period):
            return True
        period = tree.period_of(leaf, period.end + DAY)
    return False


def extend(tree: Tree, leaf: Node, run: Run, start: date, cell: Cell) -> Run:
    """The run after one more period behind `run.through` (in order of time) that is done, skipped or neither."""
    if not (cell.done or cell.excused):
        return run
    joined = run.through is not None and not _missed_between(tree, leaf, run.through, start)
    if cell.excused:
        return Run(run.length if joined else 0, run.best, start)
    length = run.length + 1 if joined else 1
    return Run(length, max(run.best, length), start)


def run_of(tree: Tree, leaf: Node, cells: Mapping[date, Cell]) -> Run:
    """The newest run, from all cells of a leaf by the start of their period."""
    run = Run()
    for start in sorted(cells):
        run = extend(tree, leaf, run, start, cells[start])
    return run


def streak_on(tree: Tree, leaf: Node, run: Run, on: date) -> Streak:
    """The streak as it stands on a date. The period that is still open breaks nothing."""
    if run.through is None:
        return Streak(0, run.best)
    broken = _missed_between(tree, leaf, run.through, tree.period_of(leaf, on).start)
    return Streak(0 if broken else run.length, run.best)
