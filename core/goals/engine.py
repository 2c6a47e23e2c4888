"""Computes the whole cache of a tree from its entries, for imports, rebuilds, verification and views of past days.
`check_off` updates the same cache entry by entry; the tests compare both with a third, slow implementation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.goals.crowd import Crowd, each_cell
from core.goals.model import Entry, Node, Strategy
from core.goals.periods import Period
from core.goals.progress import Cell, Rated, Sums, contribution, leaf_cell, parent_cell
from core.goals.streaks import Run, run_of
from core.goals.tree import Tree

CALCULATION_VERSION = 6
"""Raised when a formula changes: every cache of another version is rebuilt before it is read."""


@dataclass(slots=True)
class Cache:
    """Cells by node and start of period, and runs by leaf. A missing cell or run is zero."""

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
    # The entries on leaves below a sum, since sums go by the date of the entry.
    logged: dict[int, dict[date, Decimal]] = {}
    for node in tree.bottom_up:
        if tree.is_leaf(node):
            days = _days(by_leaf.get(node.id, ()))
            cells = _leaf(tree, node, days)
            if _is_added_up(tree, node):
                logged[node.id] = {on: contribution(tree.measure(node), said) for on, said in days.items()}
            cache.runs[node.id] = run_of(tree, node, cells)
        elif node.each is not None:
            cells = _each(tree, node, cache, logged)
        elif tree.strategy(node) is Strategy.SUM:
            cells = _sum(tree, node, logged)
        else:
            cells = _mean(tree, node, cache)
        cache.cells[node.id] = cells
    return cache


def _days(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        days[entry.on].append(entry)
    return days


def _is_added_up(tree: Tree, leaf: Node) -> bool:
    """Whether any goal above a leaf adds entries up by date."""
    return any(above.each is not None or tree.strategy(above) is Strategy.SUM for above in tree.ancestors(leaf))


def _leaf(tree: Tree, leaf: Node, days: Mapping[date, list[Entry]]) -> dict[date, Cell]:
    # Keyed by start, since a date hashes faster than a period.
    periods: dict[date, tuple[Period, list[Entry]]] = {}
    for on, said in days.items():
        period = tree.period_of(leaf, on)
        if on in period:
            known = periods.get(period.start)
            if known is None:
                periods[period.start] = (period, list(said))
            else:
                known[1].extend(said)
    return {start: leaf_cell(tree, leaf, period, inside) for start, (period, inside) in periods.items()}


def _sum(tree: Tree, parent: Node, logged: Mapping[int, Mapping[date, Decimal]]) -> dict[date, Cell]:
    totals: dict[Period, Decimal] = defaultdict(Decimal)
    for leaf in tree.leaves(parent):
        if not tree.adds(leaf, parent):
            continue
        weighed: dict[date, bool] = {}
        for on, value in logged[leaf.id].items():
            period = tree.period_of(parent, on)
            if period.end not in weighed:
                weighed[period.end] = tree.weighs(leaf, parent, period.end)
            if on in period and weighed[period.end]:
                totals[period] += value
    return {period.start: parent_cell(tree, parent, period, (), total) for period, total in totals.items()}


def _mean(tree: Tree, parent: Node, cache: Cache) -> dict[date, Cell]:
    """The cells of a parent that follows from the rates of its children."""
    # The contribution of each child to each of the parent's touched periods.
    sums: dict[Period, dict[int, Sums]] = defaultdict(dict)
    for child in tree.children(parent):
        inside: dict[Period, list[Cell]] = defaultdict(list)
        window: Period | None = None
        for start, cell in cache.cells[child.id].items():
            on = tree.belongs_on(child, tree.period_of(child, start))
            if on is None:
                continue
            # Most belong to the same window as the one before.
            if window is None or on not in window:
                window = tree.period_of(parent, on)
                if on not in window:
                    window = None
                    continue
                of_window = inside[window]
            of_window.append(cell)
        for window, of_window in inside.items():
            if child.weight_for(window.end) > 0:
                sums[window][child.id] = Sums.of(of_window)
    cells = {}
    for window, touched in sums.items():
        cells[window.start] = parent_cell(tree, parent, window, rated_in(tree, parent, window, touched), Decimal(0))
    return cells


def _each(tree: Tree, each: Node, cache: Cache, logged: Mapping[int, Mapping[date, Decimal]]) -> dict[date, Cell]:
    # Its leaves have the same periods, so a touched period of a leaf is a touched period of the node.
    totals: dict[date, Decimal] = defaultdict(Decimal)
    crowds: dict[date, Crowd] = defaultdict(Crowd)
    for child in tree.children(each):
        for on, value in logged[child.id].items():
            totals[tree.period_of(each, on).start] += value
        for start, cell in cache.cells[child.id].items():
            crowds[start] = crowds[start].with_(cell)
    return {
        start: each_cell(tree, each, tree.period_of(each, start), crowd, totals[start])
        for start, crowd in crowds.items()
    }


def rated_in(tree: Tree, parent: Node, window: Period, touched: Mapping[int, Sums]) -> list[Rated]:
    """The weights and rates of the children that count in a window of their parent, from the sums of their cells."""
    rated = []
    for part in tree.parts(parent, window):
        sums, total, periods = touched.get(part.node.id), 0, part.periods
        if sums is not None:
            total, periods = sums.total, periods - sums.excused + sums.extra
        if periods > 0:
            rated.append((part.weight, total // periods))
    return rated
