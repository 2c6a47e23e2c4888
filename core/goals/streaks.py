"""Streaks: consecutive completed periods of a leaf (design.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from core.goals.model import Level, Node
from core.goals.periods import DAY
from core.goals.progress import Cell
from core.goals.tree import Tree
from core.records import record


@record
class Run:
    """A leaf's newest run as the cache holds it. It needs no upkeep as days go by: `streak_on` reads it on a date.

    `through` is the start of the leaf's last completed or skipped period. `length` is 0 if that is a skipped one after
    a gap. `missed` is the start of the first period after it that counts only for entries on days off, and was not
    completed: the calendar does not tell it.
    """

    length: int = 0
    best: int = 0
    through: date | None = None
    missed: date | None = None


@record
class Streak:
    """`current` periods in a row up to now; `best` is the longest ever."""

    current: int = 0
    best: int = 0


def has_streak(tree: Tree, node: Node, on: date) -> bool:
    """Whether a node has a streak on a date: a leaf that is neither a range nor only tracked."""
    if node.level is Level.RANGE or not tree.is_leaf(node):
        return False
    return not tree.is_tracked(node, tree.period_of(node, on))


def is_broken(tree: Tree, leaf: Node, run: Run, before: date) -> bool:
    """Whether a due period lies between a run and the period that starts on a date."""
    if run.through is None:
        return True
    if run.missed is not None and run.missed < before:
        return True
    if before <= run.through + DAY:
        return False
    due = tree.next_due(leaf, run.through)
    return due is not None and due < before


def extend(tree: Tree, leaf: Node, run: Run, start: date, cell: Cell) -> Run:
    """The run after one more period, later than `run.through`, that is done, skipped or neither. A range has no run."""
    if leaf.level is Level.RANGE:
        return run
    if not (cell.done or cell.excused):
        return replace(run, missed=run.missed or start) if cell.missed else run
    joined = not is_broken(tree, leaf, run, start)
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
    return Streak(0 if is_broken(tree, leaf, run, tree.period_of(leaf, on).start) else run.length, run.best)
