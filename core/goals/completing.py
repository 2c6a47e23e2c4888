"""The entries that would complete a goal in one of its periods, from a day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from core.goals.engine import Cache
from core.goals.model import Aggregate, Entry, Level, Measure, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, blank, expected
from core.goals.tree import Tree
from core.records import record


@record
class CachedTree:
    """A tree as of a day, with its cache and the entries from which that was computed."""

    tree: Tree
    on: date
    cache: Cache
    entries: Sequence[Entry]

    def cell(self, node: Node, period: Period) -> Cell:
        """A node's cell in one of its periods."""
        return self.cache.cell(node.id, period.start) or blank(self.tree, node, period)

    def days_logged(self, leaf: Node, period: Period) -> set[date]:
        """The days of a period on which a leaf has an entry with a value."""
        return {one.on for one in self.entries if one.node_id == leaf.id and one.on in period and one.value is not None}


@record
class PossibleEntry:
    """An entry that somebody could make."""

    leaf: Node
    on: date
    value: Decimal


def missing(state: CachedTree, node: Node, period: Period) -> tuple[PossibleEntry, ...]:
    """The entries from `state.on` on that would complete a leaf, a sum or an *each* goal in one of its periods. Empty
    if it is complete, does not count, or cannot be completed any more."""
    cell = state.cell(node, period)
    if not cell.counts or cell.progress >= ONE or state.tree.is_tracked(node, period):
        return ()
    if node.each is not None:
        return tuple(one for child in state.tree.children(node) for one in missing(state, child, period))
    if not state.tree.is_leaf(node):
        return _of_sum(state, node, period, cell) if state.tree.strategy(node) is Strategy.SUM else ()
    days = open_days(state, node, period)
    return _of_leaf(state, node, period, cell, days) if days else ()


def open_days(state: CachedTree, node: Node, period: Period) -> list[date]:
    """The days of a period, from the state's day on, on which a leaf is asked for."""
    tree, days, on = state.tree, list[date](), max(period.start, state.on)
    while on <= period.end:
        if tree.is_open(node, on) and (node.level is not Level.DAILY or tree.is_scheduled(node, Period(on, on))):
            days.append(on)
        on += DAY
    return days


def _of_leaf(
    state: CachedTree, leaf: Node, period: Period, cell: Cell, days: Sequence[date]
) -> tuple[PossibleEntry, ...]:
    tree, aggregate, logged = state.tree, state.tree.aggregate(leaf), state.days_logged(leaf, period)
    free = [on for on in days if on not in logged]
    if leaf.is_limit:
        return tuple(PossibleEntry(leaf, on, Decimal(0)) for on in free)
    wanted = expected(tree, leaf, period) or Decimal(1)
    lacking = wanted - (cell.value or Decimal(0))
    if tree.measure(leaf) is Measure.CHECK:
        return tuple(PossibleEntry(leaf, on, Decimal(1)) for on in free[: ceil(lacking)])
    return _of_number(leaf, aggregate, wanted, lacking, days, has_entries=bool(logged))


def _of_number(
    leaf: Node, aggregate: Aggregate, wanted: Decimal, lacking: Decimal, days: Sequence[date], *, has_entries: bool
) -> tuple[PossibleEntry, ...]:
    match aggregate:
        case Aggregate.MIN | Aggregate.AVERAGE if has_entries:
            return ()  # the entries so far may be too low to be made up for
        case Aggregate.SUM:
            return (PossibleEntry(leaf, days[0], lacking),)
        case Aggregate.COUNT:
            return (PossibleEntry(leaf, days[0], Decimal(1)),) * ceil(lacking)
        case Aggregate.LAST:
            return (PossibleEntry(leaf, days[-1], wanted),)
        case _:
            return (PossibleEntry(leaf, days[0], wanted),)


def _of_sum(state: CachedTree, parent: Node, period: Period, cell: Cell) -> tuple[PossibleEntry, ...]:
    tree, wanted = state.tree, expected(state.tree, parent, period)
    if wanted is None:
        return ()
    lacking = wanted - (cell.value or Decimal(0))
    leaves = [leaf for leaf in tree.leaves(parent) if tree.adds_on(leaf, parent, period.end)]
    numbers = [leaf for leaf in leaves if tree.measure(leaf) is Measure.NUMBER]
    for leaf in numbers:
        if days := open_days(state, leaf, period):
            return (PossibleEntry(leaf, days[0], lacking),)
    ticks = list(_free_ticks(state, leaves, period)) if not numbers else []
    return tuple(ticks[: ceil(lacking)])


def _free_ticks(state: CachedTree, leaves: Sequence[Node], period: Period) -> Iterator[PossibleEntry]:
    """Every tick that is still possible below a sum, in the order of days."""
    logged = {leaf.id: state.days_logged(leaf, period) for leaf in leaves}
    free = [(on, at) for at, leaf in enumerate(leaves) for on in open_days(state, leaf, period)]
    for on, at in sorted(free):
        if on not in logged[leaves[at].id]:
            yield PossibleEntry(leaves[at], on, Decimal(1))
