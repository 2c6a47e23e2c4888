"""The whole cache of a tree from its entries at once: for imports, rebuilds, verification and views of past days.

`core.check_off` keeps the same cache up to date entry by entry; the tests hold both against a third, slow reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.model import Entry, Node, Strategy
from core.periods import Period
from core.progress import Cell, Crowd, Share, contribution, each_cell, leaf_cell, parent_cell
from core.streaks import Run, run_of
from core.tree import Tree

CALCULATION_VERSION = 1
"""Raised when a formula changes: every cache of another version is rebuilt before it is read."""


@dataclass(slots=True)
class Cache:
    """Cells by node and start of period, and runs by leaf. A cell that is missing is zero; so is a run."""

    cells: dict[int, dict[date, Cell]] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)

    def cell(self, node_id: int, start: date) -> Cell | None:
        """A node's cell in the period that starts on a date."""
        return self.cells.get(node_id, {}).get(start)


def realise(tree: Tree, entries: Iterable[Entry]) -> Cache:
    """Everything that follows from a tree and its entries."""
    by_leaf: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.id)):
        by_leaf[entry.node_id].append(entry)
    cache = Cache()
    # What was logged at and below each node, by date: sums go by the date of the entry.
    logged: dict[int, dict[date, Decimal]] = {}
    for node in tree.bottom_up:
        if tree.is_leaf(node):
            cells, logged[node.id] = _leaf(tree, node, by_leaf.get(node.id, []))
            cache.runs[node.id] = run_of(tree, node, cells)
        else:
            logged[node.id] = _logged_below(tree, node, logged)
            cells = _parent(tree, node, cache, logged[node.id])
        cache.cells[node.id] = cells
    return cache


def _leaf(tree: Tree, leaf: Node, entries: list[Entry]) -> tuple[dict[date, Cell], dict[date, Decimal]]:
    measure = tree.measure(leaf)
    periods: dict[Period, list[Entry]] = defaultdict(list)
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        periods[tree.period_of(leaf, entry.on)].append(entry)
        days[entry.on].append(entry)
    cells = {period.start: leaf_cell(tree, leaf, period, inside) for period, inside in periods.items()}
    return cells, {on: contribution(measure, inside) for on, inside in days.items()}


def _logged_below(tree: Tree, parent: Node, logged: dict[int, dict[date, Decimal]]) -> dict[date, Decimal]:
    below: dict[date, Decimal] = defaultdict(Decimal)
    for child in tree.children(parent):
        if child.weight > 0:
            for on, value in logged[child.id].items():
                below[on] += value
    return below


def _parent(tree: Tree, parent: Node, cache: Cache, below: dict[date, Decimal]) -> dict[date, Cell]:
    if parent.each is not None:
        return _each(tree, parent, cache, below)
    if tree.strategy(parent) is Strategy.SUM:
        totals: dict[Period, Decimal] = defaultdict(Decimal)
        for on, value in below.items():
            period = tree.period_of(parent, on)
            if on in period:
                totals[period] += value
        return {period.start: parent_cell(tree, parent, period, (), total) for period, total in totals.items()}
    # (sum of progress, periods skipped) of each child in each of the parent's periods that anything touches.
    sums: dict[Period, dict[int, tuple[int, int]]] = defaultdict(dict)
    children = [child for child in tree.children(parent) if child.weight > 0]
    for child in children:
        for start, cell in cache.cells[child.id].items():
            own = tree.period_of(child, start)
            window = tree.holder(parent, own)
            if own.middle in window:
                total, excused = sums[window].get(child.id, (0, 0))
                progress = cell.progress if cell.counts else 0
                sums[window][child.id] = (total + progress, excused + cell.excused)
    cells = {}
    for window, touched in sums.items():
        shares = [share_of(tree, child, window, *touched.get(child.id, (0, 0))) for child in children]
        cells[window.start] = parent_cell(tree, parent, window, shares, Decimal(0))
    return cells


def _each(tree: Tree, each: Node, cache: Cache, below: dict[date, Decimal]) -> dict[date, Cell]:
    # Its leaves have its own periods, so what touches one of theirs touches the same of it.
    totals: dict[date, Decimal] = defaultdict(Decimal)
    for on, value in below.items():
        totals[tree.period_of(each, on).start] += value
    crowds: dict[date, Crowd] = defaultdict(Crowd)
    for child in tree.children(each):
        for start, cell in cache.cells[child.id].items():
            crowds[start] = crowds[start].with_(cell)
    return {
        start: each_cell(tree, each, tree.period_of(each, start), crowd, totals[start])
        for start, crowd in crowds.items()
    }


def share_of(tree: Tree, child: Node, window: Period, total: int, excused: int) -> Share:
    """A child's share in a window, from the sum of its counting progress and the number of its skipped periods."""
    return Share(child.weight, total, tree.count_own_periods(child, window) - excused)
