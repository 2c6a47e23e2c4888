"""A vision with its nodes, and the calendar facts of each node: its period, whether it counts, how often it recurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from core.model import Kind, Level, Measure, Node, Strategy
from core.periods import Period, belonging, count_periods, period_of, span_of_starts

BEGINNING, ENDLESS = date(2, 1, 1), date(9000, 12, 31)
"""Stand for "no start" and "no end" in an active range, so that calendar arithmetic needs no special case."""


Terms = Mapping[tuple[date | None, date | None], int]
"""How many of the leaves below an *each* node have these own dates, `starts_on` and `ends_on`."""


class Tree:
    """One vision's nodes, linked. Immutable; children are in their given order.

    `terms` says of *each* nodes what the leaves below them would, where those were not loaded.
    """

    def __init__(self, nodes: Iterable[Node], week_start: int = 0, terms: Mapping[int, Terms] | None = None) -> None:
        self.week_start = week_start
        self._terms: dict[int, Terms] = dict(terms or {})
        self._presence: dict[int, Sequence[Period]] = {}
        self.nodes: dict[int, Node] = {node.id: node for node in nodes}
        self._children: dict[int, list[Node]] = {}
        self._active: dict[tuple[date | None, date | None], Period] = {}
        roots = []
        for node in self.nodes.values():
            if node.parent_id is None:
                roots.append(node)
            else:
                self._children.setdefault(node.parent_id, []).append(node)
        if len(roots) != 1:
            raise ValueError("a tree has exactly one root")
        for siblings in self._children.values():
            siblings.sort(key=lambda node: (node.position, node.id))
        self.vision = roots[0]

    def children(self, node: Node) -> list[Node]:
        """A node's children, in their order."""
        return self._children.get(node.id, [])

    def is_leaf(self, node: Node) -> bool:
        """Whether the node is logged itself. A vision without children is no leaf: it is a tree still to be planted;
        nor is an *each* node, also before anyone has joined."""
        return node.id not in self._children and node.kind is not Kind.VISION and node.each is None

    def strategy(self, node: Node) -> Strategy:
        """How the parent follows from its children: average unless said otherwise."""
        return node.strategy or Strategy.AVERAGE

    def measure(self, node: Node) -> Measure:
        """What is logged on the leaf: a tick unless said otherwise."""
        return node.measure or Measure.CHECK

    def ancestors(self, node: Node) -> list[Node]:
        """Parent, grandparent and so on up to the vision."""
        found = []
        while node.parent_id is not None:
            node = self.nodes[node.parent_id]
            found.append(node)
        return found

    def walk(self, node: Node | None = None, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """(depth, node) from the given node (default the vision) down, each parent before its children."""
        stack = [(depth, node or self.vision)]
        while stack:
            depth, node = stack.pop()
            yield depth, node
            stack.extend((depth + 1, child) for child in reversed(self.children(node)))

    @cached_property
    def bottom_up(self) -> list[Node]:
        """Every node, each after all of its children."""
        return [node for _, node in self.walk()][::-1]

    def goals(self, node: Node | None = None) -> Iterator[Node]:
        """The nodes from the given one (default the vision) down, each parent before its children, but for members' own
        leaves: nobody is a goal."""
        stack = [node or self.vision]
        while stack:
            node = stack.pop()
            yield node
            if node.each is None:
                stack.extend(reversed(self.children(node)))

    def is_loggable(self, node: Node) -> bool:
        """Whether people log by this name: a leaf, or an *each* node for the leaves below it."""
        return node.each is not None or self.is_leaf(node)

    def leaves(self, node: Node | None = None) -> list[Node]:
        """The leaves at or below a node (default the vision)."""
        return [found for _, found in self.walk(node) if self.is_leaf(found)]

    def loggable(self, node: Node | None = None) -> list[Node]:
        """What people log at or below a node (default the vision): the leaves, but for members' own ones the *each*
        node above them."""
        return [found for found in self.goals(node) if self.is_loggable(found)]

    def called(self, node: Node) -> str:
        """What people call a node: a member's own leaf by the name of the *each* node above it."""
        above = None if node.parent_id is None else self.nodes.get(node.parent_id)
        return above.title if above is not None and above.each is not None else node.title

    def active(self, node: Node) -> Period:
        """The range in which a node is active: its own dates, or the vision's where it has none."""
        return self._range(node.starts_on, node.ends_on)

    def _range(self, starts_on: date | None, ends_on: date | None) -> Period:
        own = (starts_on, ends_on)
        found = self._active.get(own)
        if found is None:
            starts = starts_on or self.vision.starts_on or BEGINNING
            ends = ends_on or self.vision.ends_on or ENDLESS
            found = self._active[own] = Period(starts, max(starts, ends))
        return found

    def _terms_of(self, each: Node) -> Terms:
        found = self._terms.get(each.id)
        if found is None:
            found = Counter((child.starts_on, child.ends_on) for child in self.children(each))
            self._terms[each.id] = found
        return found

    def present(self, each: Node, period: Period) -> int:
        """How many of an *each* node's leaves count in one of its periods, those that are skipped included."""
        if each.level is Level.DAILY and period.start.weekday() not in each.weekdays:
            return 0
        terms = self._terms_of(each)
        return sum(count for own, count in terms.items() if self._range(*own).meets(period) is not None)

    def _when_present(self, each: Node) -> Sequence[Period]:
        """The dates, in whole periods of an *each* node, in which it is active and has a leaf that is: disjoint, in
        order."""
        found = self._presence.get(each.id)
        if found is None:
            active = self._whole_periods(each, self.active(each))
            merged: list[Period] = []
            for own in sorted(self._whole_periods(each, self._range(*own)) for own in self._terms_of(each)):
                part = own.meets(active)
                if part is None:
                    continue
                if merged and part.start <= merged[-1].end:
                    merged[-1] = Period(merged[-1].start, max(merged[-1].end, part.end))
                else:
                    merged.append(part)
            found = self._presence[each.id] = merged
        return found

    def _whole_periods(self, node: Node, dates: Period) -> Period:
        return Period(self.period_of(node, dates.start).start, self.period_of(node, dates.end).end)

    def period_of(self, node: Node, on: date) -> Period:
        """The node's period that holds a date; a vision with an end has only one, without it has quarters."""
        if node.level is not Level.VISION:
            return period_of(node.level, on, self.week_start)
        if node.starts_on and node.ends_on:
            return Period(node.starts_on, node.ends_on)
        return period_of(Level.QUARTERLY, on, self.week_start)

    def holder(self, parent: Node, child_period: Period) -> Period:
        """The parent's period to whose rate a child's period belongs, if to any: the one with its middle day.

        A vision with an end has one window, which may not hold that day: check with `in`.
        """
        return self.period_of(parent, child_period.middle)

    def counts(self, node: Node, period: Period) -> bool:
        """Whether a period of the node is one to be met: it overlaps the active range; daily: on a chosen weekday; of
        an *each* node: by anybody."""
        if node.level is Level.DAILY and period.start.weekday() not in node.weekdays:
            return False
        active = self.active(node)
        if not (active.start <= period.end and period.start <= active.end):
            return False
        return node.each is None or self.present(node, period) > 0

    def _rate_level(self, node: Node) -> Level:
        return Level.QUARTERLY if node.level is Level.VISION else node.level

    def own_periods(self, node: Node, window: Period) -> Iterator[Period]:
        """The node's counting periods that belong to a window, in order."""
        for period in belonging(self._rate_level(node), window, self.week_start):
            if self.counts(node, period):
                yield period

    def count_own_periods(self, node: Node, window: Period) -> int:
        """How many `own_periods` yields, by arithmetic."""
        level = self._rate_level(node)
        ranges = [self.active(node)] if node.each is None else self._when_present(node)
        return sum(count_periods(level, window, active, node.weekdays, self.week_start) for active in ranges)

    def starts_within(self, node: Node, window: Period) -> Period | None:
        """The range of start dates of the node's periods that belong to a window."""
        return span_of_starts(self._rate_level(node), window, self.week_start)
