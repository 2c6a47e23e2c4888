"""A vision with its nodes, and the calendar facts of each node: its period, whether it counts, how often it recurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.goals.days import (
    Days,
    Spans,
    belongs_on,
    common,
    count_days,
    count_periods,
    meets,
    merged,
    starts_within,
    without,
)
from core.goals.model import Aggregate, Each, Kind, Level, Measure, Node, Pause, Strategy
from core.goals.periods import DAY, Period, period_of
from core.goals.terms import segments, terms_on

BEGINNING, ENDLESS = date(2, 1, 1), date(9000, 12, 31)
"""Stand for "no start" and "no end" in an active range, so that calendar arithmetic needs no special case."""


Dates = tuple[date | None, date | None]
"""A node's own dates: `starts_on` and `ends_on`."""

Presence = Mapping[Dates, int]
"""How many of the leaves below an *each* node have these own dates."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a tree has to know of nodes that are not in it, as where only a path of them was read.

    `presence` is that of *each* nodes. `has_yearly`: a yearly goal is in the tree. `ticked` are the sums to which ticks
    add, since nothing that is measured does.
    """

    presence: Mapping[int, Presence]
    has_yearly: bool
    ticked: frozenset[int]


class Tree:
    """One vision's nodes, linked, with its days off. Immutable; children are in their given order."""

    def __init__(
        self, nodes: Iterable[Node], week_start: int = 0, pauses: Iterable[Pause] = (), hidden: Hidden | None = None
    ) -> None:
        self.week_start = week_start
        self.pauses = tuple(pauses)
        self._hidden = hidden
        self._presence: dict[int, Presence] = {}
        self._days: dict[int, Days] = {}
        self._days_by_dates: dict[tuple[int, Dates], Days] = {}
        self._paused: dict[int, Spans] = {}
        self._adding: dict[int, frozenset[int]] = {}
        self._counted: dict[int, tuple[Period, int]] = {}
        self._starts: dict[int, tuple[Period, Period | None]] = {}
        self.nodes: dict[int, Node] = {node.id: node for node in nodes}
        self._children: dict[int, list[Node]] = {}
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

    def changed(self, nodes: Iterable[Node]) -> Tree:
        """The tree with these nodes added, or in place of those that are there."""
        return Tree({**self.nodes, **{node.id: node for node in nodes}}.values(), self.week_start, self.pauses)

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

    def aggregate(self, leaf: Node) -> Aggregate:
        """How a leaf's value follows from its entries: their sum unless said otherwise, from a baseline the last."""
        return leaf.aggregate or (Aggregate.SUM if leaf.baseline is None else Aggregate.LAST)

    def can_be_tracked(self, node: Node) -> bool:
        """Whether the node is only tracked while it has no target: a number that is logged itself."""
        return node.measure is Measure.NUMBER and node.each is None

    # What adds to a sum

    @cached_property
    def has_yearly(self) -> bool:
        """Whether a yearly goal is in the tree."""
        known = any(node.level is Level.YEARLY for node in self.nodes.values())
        return known or (self._hidden is not None and self._hidden.has_yearly)

    def adds_ticks(self, parent: Node) -> bool:
        """Whether the ticks below a sum add to it: there is no number below that does."""
        if self._hidden is not None:
            return parent.id in self._hidden.ticked
        return not any(_measures(below, parent.unit) for _, below in self.walk(parent) if below is not parent)

    def adds(self, leaf: Node, parent: Node) -> bool:
        """Whether what is logged on a leaf adds to a sum above it, as far as weights let it."""
        if parent.each is not None:
            return True
        if self.measure(leaf) is Measure.NUMBER:
            return _measures(leaf, parent.unit)
        if parent.id not in self._adding:
            self._adding[parent.id] = frozenset([parent.id] if self.adds_ticks(parent) else ())
        return bool(self._adding[parent.id])

    def weighs(self, leaf: Node, parent: Node, on: date) -> bool:
        """Whether all weights between a leaf and a node above it are above 0 on a date."""
        node = leaf
        while node is not parent:
            if node.weight_for(on) == 0 or node.parent_id is None:
                return False
            node = self.nodes[node.parent_id]
        return True

    # Days

    def active(self, node: Node) -> Period:
        """From the node's first to its last day: its own dates, or the vision's where it has none."""
        return self._lasts((node.starts_on, node.ends_on))

    def _lasts(self, own: Dates) -> Period:
        starts = own[0] or self.vision.starts_on or BEGINNING
        ends = own[1] or self.vision.ends_on or ENDLESS
        return Period(starts, max(starts, ends))

    def is_active(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's active days."""
        return meets(self.days(node).active, Period(on, on))

    def days(self, node: Node) -> Days:
        """The days of a node."""
        found = self._days.get(node.id)
        if found is None:
            found = self._days[node.id] = self._days_of(node, (node.starts_on, node.ends_on))
        return found

    def _due_days(self, node: Node) -> Days:
        """The days of a node; of an *each* node only those are open on which anybody's leaf is."""
        found = self.days(node)
        if node.each is None:
            return found
        leaves = [self._days_of(node, own).open for own in self._presence_of(node)]
        anybody = merged(span for spans in leaves for span in spans)
        return Days(found.lasts, found.active, common(found.open, anybody), found.origin)

    def _days_of(self, node: Node, own: Dates) -> Days:
        """The days that a node has with such own dates."""
        found = self._days_by_dates.get((node.id, own))
        if found is not None:
            return found
        lasts = self._lasts(own)
        active: Spans = (lasts,)
        if any(not terms.active for terms in node.terms):
            chosen = segments(node.terms, lasts.start, lasts.end)
            active = merged(Period(first, last) for terms, first, last in chosen if terms.active)
        open_days = without(active, self._days_off(node)) if self.pauses else active
        found = Days(lasts, active, open_days, self._origin(node))
        self._days_by_dates[node.id, own] = found
        return found

    def _origin(self, node: Node) -> date:
        """The day from which every n-th one is counted."""
        above = None if node.parent_id is None else self.nodes.get(node.parent_id)
        counted = node if above is None or above.each is None else above
        return self._lasts((counted.starts_on, counted.ends_on)).start

    def _days_off(self, node: Node) -> Spans:
        found = self._paused.get(node.id)
        if found is None:
            branch = {None, node.id, *(above.id for above in self.ancestors(node))}
            ranges = [Period(pause.first, pause.last) for pause in self.pauses if pause.node_id in branch]
            found = self._paused[node.id] = merged(ranges)
        return found

    def is_paused(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's days off."""
        return meets(self._days_off(node), Period(on, on))

    def is_open(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's open days."""
        return meets(self.days(node).open, Period(on, on))

    def open_days(self, node: Node, period: Period) -> int:
        """How many days of a period are open."""
        return count_days(self.days(node).open, period)

    def _presence_of(self, each: Node) -> Presence:
        if self._hidden is not None:
            return self._hidden.presence.get(each.id, {})
        found = self._presence.get(each.id)
        if found is None:
            found = Counter((child.starts_on, child.ends_on) for child in self.children(each))
            self._presence[each.id] = found
        return found

    def present(self, each: Node, period: Period) -> int:
        """How many of an *each* node's leaves are due in one of its periods, those that are skipped included."""
        groups = self._presence_of(each).items()
        return sum(count for own, count in groups if self._is_due(each, self._days_of(each, own), period))

    def newcomers(self, each: Node, on: date) -> int:
        """How many of an *each* node's leaves begin on a date, and not with the first of them: of people who joined
        then."""
        presence = self._presence_of(each)
        starts = [own[0] for own in presence if own[0] is not None]
        if not starts or on == min(starts):
            return 0
        return sum(count for own, count in presence.items() if own[0] == on)

    # Periods

    def period_of(self, node: Node, on: date) -> Period:
        """The node's period that holds a date. A range has only one, and so has a vision with an end; without an end a
        vision has years if a yearly goal is in it, else quarters."""
        if node.level is Level.RANGE:
            return self.active(node)
        if node.level is not Level.VISION:
            return period_of(node.level, on, self.week_start)
        if node.starts_on and node.ends_on:
            return Period(node.starts_on, node.ends_on)
        return period_of(Level.YEARLY if self.has_yearly else Level.QUARTERLY, on, self.week_start)

    def belongs_on(self, node: Node, period: Period) -> date | None:
        """The day by which a period of the node belongs to the coarser window that holds it: the middle one of its
        active days, of a range the last day. None if it belongs to none."""
        return belongs_on(node.level, self.days(node), period)

    def holder(self, parent: Node, child: Node, period: Period) -> Period | None:
        """The parent's period to which a child's period belongs; None if there is none."""
        on = self.belongs_on(child, period)
        if on is None:
            return None
        window = self.period_of(parent, on)
        return window if on in window else None

    def is_due(self, node: Node, period: Period) -> bool:
        """Whether a period of the node is one to be met: it has an open day; daily: it is scheduled; of an *each* node:
        for anybody."""
        if node.each is not None and self.present(node, period) == 0:
            return False
        return self._is_due(node, self.days(node), period)

    def can_count(self, node: Node, period: Period) -> bool:
        """Whether a period of the node can count though all its days are paused: it is active then, and scheduled."""
        return meets(self.days(node).active, period) and self.is_scheduled(node, period)

    def _is_due(self, node: Node, days: Days, period: Period) -> bool:
        return meets(days.open, period) and self.is_scheduled(node, period)

    def is_scheduled(self, node: Node, period: Period) -> bool:
        """Whether a period is on the node's schedule: only a daily node leaves days out."""
        if node.level is not Level.DAILY:
            return True
        schedule = terms_on(node.terms, period.start).schedule
        return schedule.is_every_day or schedule.holds(period.start, self.days(node).origin)

    def is_tracked(self, node: Node, period: Period) -> bool:
        """Whether the node is only tracked in one of its periods."""
        return node.target_for(period.end) is None and self.can_be_tracked(node)

    def next_due(self, node: Node, after: date) -> date | None:
        """The start of the first period to be met that begins behind a date and is not only tracked; None if there is
        none any more."""
        period = self.period_of(node, self.period_of(node, after).end + DAY)
        for span in self.days(node).open:
            if span.end < period.start:
                continue
            period = max(period, self.period_of(node, span.start))
            while period.start <= span.end:
                if self.is_tracked(node, period):
                    wanted = (terms.since for terms in node.terms if terms.target is not None)
                    until = next((since for since in wanted if since > period.end), None)
                    if until is None:
                        return None
                    period = self.period_of(node, until)
                elif self.is_scheduled(node, period):
                    return period.start
                else:
                    period = self.period_of(node, period.end + DAY)
        return None

    def count_own_periods(self, node: Node, window: Period) -> int:
        """How many periods of the node are to be met, belong to a window and are not only tracked: by arithmetic. Of
        the window that was asked for last it is remembered, since most check-offs ask for the same again."""
        last = self._counted.get(node.id)
        if last is None or last[0] != window:
            tracked = any(terms.target is None for terms in node.terms) and self.can_be_tracked(node)
            count = count_periods(node.level, window, self._due_days(node), node.terms, self.week_start, tracked)
            last = self._counted[node.id] = (window, count)
        return last[1]

    def own_periods(self, node: Node, window: Period) -> Iterator[Period]:
        """The node's periods that belong to a window and can count, in order."""
        starts = self.starts_within(node, window)
        if starts is None:
            return
        period = self.period_of(node, starts.start)
        while period.start <= starts.end:
            if self.can_count(node, period) and not self.is_tracked(node, period):
                yield period
            if node.level is Level.RANGE:
                return
            period = self.period_of(node, period.end + DAY)

    def starts_within(self, node: Node, window: Period) -> Period | None:
        """The range of start dates of the node's periods that belong to a window; remembered in the same way."""
        last = self._starts.get(node.id)
        if last is None or last[0] != window:
            found = starts_within(node.level, window, self.days(node), self.week_start)
            last = self._starts[node.id] = (window, found)
        return last[1]


def _measures(node: Node, unit: str | None) -> bool:
    """Whether what is logged on a node, or below it by each one, is a number that adds up in a unit."""
    each = node.each or Each(node.measure, node.aggregate)
    is_sum = each.aggregate is Aggregate.SUM or (each.aggregate is None and node.baseline is None)
    return each.measure is Measure.NUMBER and is_sum and (node.unit or "").casefold() == (unit or "").casefold()
