"""The stored rows that a digest needs, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from core.goals.days import Spans, merged
from core.goals.model import Level, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.tree import ENDLESS, Tree
from core.goals.windows import ChildCells
from core.records import record


class RelevantDays:
    """The range of days whose entries matter to a node in one of its periods. Progress that follows from finer periods
    may reach beyond the period: a week belongs to the month of its middle day, and a range of dates, however long, to
    the period of its last day."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[tuple[int, date], Period] = {}

    def of(self, node: Node, period: Period) -> Period:
        """The days."""
        key = node.id, period.start
        days = self._known.get(key)
        if days is None:
            days = self._known[key] = self._computed(node, period) if is_mean(self._tree, node) else period
        return days

    def _computed(self, node: Node, period: Period) -> Period:
        first, last = period.start, period.end
        for child in self._tree.children(node):
            starts = self._tree.starts_within(child, period)
            if starts is not None:
                first = min(first, self.of(child, self._tree.period_of(child, starts.start)).start)
                last = max(last, self.of(child, self._tree.period_of(child, starts.end)).end)
        for below in self._ranges.get(node.id, ()):
            days = self._tree.period_of(below, self._tree.active(below).end)
            if first <= days.end <= last:
                reached = self.of(below, days)
                first, last = min(first, reached.start), max(last, reached.end)
        return Period(first, last)

    @cached_property
    def _ranges(self) -> Mapping[int, Sequence[Node]]:
        """The goals with a range of dates below each node."""
        below: dict[int, list[Node]] = defaultdict(list)
        for node in self._tree.nodes.values():
            if node.level is Level.RANGE:
                for above in self._tree.ancestors(node):
                    below[above.id].append(node)
        return below


def is_mean(tree: Tree, node: Node) -> bool:
    """Whether a node's figures follow from the rates of its children."""
    return not tree.is_leaf(node) and node.each is None and tree.strategy(node) is not Strategy.SUM


@record
class Needed:
    """The cached cells that are needed, by node and range of starts; and the leaves whose entries are needed, each from
    a day on, to compute figures as of a day within a period."""

    cells: Sequence[ChildCells]
    leaves: Mapping[int, date]


def needed(tree: Tree, cuts: Collection[date], windows: Sequence[Period] = (), top: Node | None = None) -> Needed:
    """The rows needed to see a tree at the ends of some days (`cuts`): cells of the periods that hold these days or
    overlap the windows. Leaves need all later cells as well, for their streaks. `top` limits it to a branch."""
    return _Needs(tree, sorted(cuts), windows).collect(top or tree.vision)


class _Needs:
    def __init__(self, tree: Tree, cuts: Sequence[date], windows: Sequence[Period]) -> None:
        self._tree, self._cuts, self._windows = tree, cuts, windows
        self._reach = RelevantDays(tree)
        self._starts: dict[int, list[Period]] = defaultdict(list)
        self._leaves: dict[int, date] = {}

    def collect(self, top: Node) -> Needed:
        cells = []
        for _, node in self._tree.walk(top):
            spans = merged([*self._starts[node.id], *self._own(node)])
            cells += [ChildCells(node.id, span.start, span.end) for span in spans]
            if node.each is not None:
                for child in self._tree.children(node):
                    self._starts[child.id] += spans
            for period in self._periods(node, spans):
                reached = self._reach.of(node, period)
                inside = [cut for cut in self._cuts if reached.start <= cut < reached.end]
                if inside:
                    self._below(node, period, inside[0])
        return Needed(cells, self._leaves)

    def _own(self, node: Node) -> Iterator[Period]:
        tree = self._tree
        for window in self._windows:
            last = ENDLESS if tree.is_leaf(node) else window.end
            yield Period(tree.period_of(node, window.start).start, last)
        for cut in self._cuts:
            start = tree.period_of(node, cut).start
            yield Period(start, start)

    def _periods(self, node: Node, spans: Spans) -> Iterator[Period]:
        """The periods that begin in the spans; for a leaf only those that have begun, since earlier days do not matter
        to it."""
        if node.level is Level.DAILY and not is_mean(self._tree, node):
            return  # a day is over or has not begun
        for span in spans:
            period = self._tree.period_of(node, span.start)
            last = min(span.end, self._cuts[-1]) if self._tree.is_leaf(node) else span.end
            while period.start <= last:
                yield period
                following = self._tree.period_of(node, period.end + DAY)
                if following == period:
                    break
                period = following

    def _below(self, node: Node, period: Period, first_cut: date) -> None:
        """Adds the rows from which a period follows that is not over at the end of a day."""
        tree = self._tree
        if tree.is_leaf(node):
            self._from(node, period.start)
        elif node.each is not None:
            for child in tree.children(node):
                self._from(child, period.start)
        elif tree.strategy(node) is Strategy.SUM:
            for leaf in tree.leaves(node):
                if tree.adds(leaf, node):
                    self._from(leaf, first_cut + DAY)
        else:
            for child in tree.children(node):
                starts = tree.starts_within(child, period)
                if starts is not None:
                    self._starts[child.id].append(starts)

    def _from(self, leaf: Node, day: date) -> None:
        self._leaves[leaf.id] = min(day, self._leaves.get(leaf.id, day))
