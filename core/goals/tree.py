"""The calendar facts of a vision's nodes: the period of each, whether it counts, how often it recurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from core.goals.days import (
    Days,
    Spans,
    belongs_on,
    common,
    count_days,
    count_periods,
    holds,
    meets,
    merged,
    parts,
    starts_within,
    without,
)
from core.goals.model import Kind, Level, Node, Pause, Strategy
from core.goals.periods import DAY, Period, period_of
from core.goals.structure import Dates, Hidden, Presence, Structure
from core.goals.terms import segments, terms_on
from core.goals.windows import ChildCells, Part, Window

BEGINNING, ENDLESS = date(2, 1, 1), date(9000, 12, 31)
"""Stand for "no start" and "no end" in an active range, so that calendar arithmetic needs no special case."""


class Tree(Structure):
    """One vision's nodes with its days off, and the calendar facts about them."""

    def __init__(
        self, nodes: Iterable[Node], week_start: int = 0, pauses: Iterable[Pause] = (), hidden: Hidden | None = None
    ) -> None:
        super().__init__(nodes, hidden)
        self.week_start = week_start
        self.pauses = tuple(pauses)
        self._presence: dict[int, Presence] = {}
        self._days: dict[int, Days] = {}
        self._days_by_dates: dict[tuple[int, Dates], Days] = {}
        self._paused: dict[int, Spans] = {}
        self._windows: dict[int, Window] = {}
        self._holders: dict[int, tuple[Period, Period | None]] = {}

    def below(self, tops: Iterable[int]) -> set[int]:
        """The ids of all nodes in the branches of these nodes; unknown ids are ignored."""
        return {node.id for top in tops if top in self.nodes for _, node in self.walk(self.nodes[top])}

    def changed(self, nodes: Iterable[Node]) -> Tree:
        """The tree with these nodes added or replaced."""
        return Tree({**self.nodes, **{node.id: node for node in nodes}}.values(), self.week_start, self.pauses)

    def active(self, node: Node) -> Period:
        """From the node's first to its last day: its own dates, or the vision's. It ends with the vision at the latest,
        and a one-off target begins no earlier than the vision."""
        return self._lasts(node, (node.starts_on, node.ends_on))

    def _lasts(self, node: Node, own: Dates) -> Period:
        begins, ends = self.vision.starts_on or BEGINNING, self.vision.ends_on or ENDLESS
        starts = own[0] or begins if node.kind is Kind.KPI else max(own[0] or begins, begins)
        return Period(starts, max(starts, min(own[1] or ends, ends)))

    def is_active(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's active days."""
        return holds(self.days(node).active, on)

    def days(self, node: Node) -> Days:
        """The days of a node."""
        if (days := self._days.get(node.id)) is None:
            days = self._days[node.id] = self._days_of(node, (node.starts_on, node.ends_on))
        return days

    def _due_days(self, node: Node) -> Days:
        """The days of a node; an *each* node's days are open only if somebody's leaf is open."""
        days = self.days(node)
        if node.each is None:
            return days
        leaves = [self._days_of(node, own).open for own in self._presence_of(node)]
        anybody = merged(span for spans in leaves for span in spans)
        return Days(days.lasts, days.active, common(days.open, anybody), days.origin)

    def _days_of(self, node: Node, own: Dates) -> Days:
        """The days of a node if these were its own dates."""
        days = self._days_by_dates.get((node.id, own))
        if days is not None:
            return days
        lasts = self._lasts(node, own)
        active: Spans = (lasts,)
        if any(not terms.active for terms in node.terms):
            chosen = segments(node.terms, lasts.start, lasts.end)
            active = merged(Period(first, last) for terms, first, last in chosen if terms.active)
        open_days = without(active, self._days_off(node)) if self.pauses else active
        days = Days(lasts, active, open_days, self._origin(node))
        self._days_by_dates[node.id, own] = days
        return days

    def _origin(self, node: Node) -> date:
        """The day from which every n-th day is counted."""
        return self.active(self._shared(node)).start

    def _days_off(self, node: Node) -> Spans:
        off = self._paused.get(node.id)
        if off is None:
            branch = {None, node.id, *(above.id for above in self.ancestors(node))}
            ranges = [Period(pause.first, pause.last) for pause in self.pauses if pause.node_id in branch]
            off = self._paused[node.id] = merged(ranges)
        return off

    def is_paused(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's days off."""
        return bool(self.pauses) and holds(self._days_off(node), on)

    def is_open(self, node: Node, on: date) -> bool:
        """Whether a date is one of the node's open days."""
        return holds(self.days(node).open, on)

    def open_days(self, node: Node, period: Period) -> int:
        """How many days of a period are open."""
        return count_days(self.days(node).open, period)

    def _presence_of(self, each: Node) -> Presence:
        if self._hidden is not None:
            return self._hidden.presence.get(each.id, {})
        presence = self._presence.get(each.id)
        if presence is None:
            presence = Counter((child.starts_on, child.ends_on) for child in self.children(each))
            self._presence[each.id] = presence
        return presence

    def present(self, each: Node, period: Period) -> int:
        """How many of an *each* node's leaves are due in one of its periods, skipped ones included."""
        groups = self._presence_of(each).items()
        return sum(count for own, count in groups if self._is_due(each, self._days_of(each, own), period))

    def newcomers(self, each: Node, on: date) -> int:
        """How many of an *each* node's leaves begin on a date, unless it is the node's first: these people joined
        then."""
        presence = self._presence_of(each)
        starts = [own[0] for own in presence if own[0] is not None]
        if not starts or on == min(starts):
            return 0
        return sum(count for own, count in presence.items() if own[0] == on)

    # Periods

    def period_of(self, node: Node, on: date) -> Period:
        """The node's period that holds a date. A range has only one (for a member's own leaf that of the *each* node,
        whenever the member joined), and so has a vision with an end; without an end a vision has years if a yearly goal
        is in it, else quarters."""
        if node.level is Level.RANGE:
            return self.active(self._shared(node))
        if node.level is not Level.VISION:
            return period_of(node.level, on, self.week_start)
        if node.starts_on and node.ends_on:
            return Period(node.starts_on, node.ends_on)
        return period_of(Level.YEARLY if self.has_yearly else Level.QUARTERLY, on, self.week_start)

    def _shared(self, node: Node) -> Node:
        """The node whose range all members share: above a member's own leaf the *each* node, else the node itself."""
        above = None if node.parent_id is None else self.nodes.get(node.parent_id)
        return node if above is None or above.each is None else above

    def _days_of_periods(self, node: Node) -> Days:
        """The days by which the node's periods belong to coarser windows."""
        return self.days(self._shared(node) if node.level is Level.RANGE else node)

    def belongs_on(self, node: Node, period: Period) -> date | None:
        """The day that decides to which coarser window a period of the node belongs: its middle active day, or the last
        day of a range. None if it belongs to none."""
        return belongs_on(node.level, self._days_of_periods(node), period)

    def holder(self, parent: Node, child: Node, period: Period) -> Period | None:
        """The parent's period to which a child's period belongs; None if there is none. The last result is cached, as
        in `window`."""
        last = self._holders.get(child.id)
        if last is None or (last[0] is not period and last[0] != period):
            last = self._holders[child.id] = (period, self._holder(parent, child, period))
        return last[1]

    def _holder(self, parent: Node, child: Node, period: Period) -> Period | None:
        on = self.belongs_on(child, period)
        if on is None:
            return None
        window = self.period_of(parent, on)
        return window if on in window else None

    def is_due(self, node: Node, period: Period) -> bool:
        """Whether a period of the node is due: it has an open day and, for a daily node, is scheduled. An *each* node
        is due if anybody's leaf is."""
        return self.window(node, period).is_due

    def can_count(self, node: Node, period: Period) -> bool:
        """Whether a period of the node can count even if all its days are paused: it is active then, and scheduled."""
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
        return self.window(node, period).is_tracked

    def next_due(self, node: Node, after: date) -> date | None:
        """The start of the first due period after a date that is not only tracked; None if there is none."""
        period = self.period_of(node, self.period_of(node, after).end + DAY)
        for span in self.days(node).open:
            if span.end < period.start:
                continue
            period = max(period, self.period_of(node, span.start))
            while period.start <= span.end:
                if self.is_tracked(node, period):
                    wanted = (terms for terms in node.terms if terms.target is not None and terms.since > period.end)
                    until = next(wanted, None)
                    if until is None:
                        return None
                    period = self.period_of(node, until.since)
                elif self.is_scheduled(node, period):
                    return period.start
                else:
                    period = self.period_of(node, period.end + DAY)
        return None

    def count_own_periods(self, node: Node, window: Period) -> int:
        """How many periods of the node are due, belong to a window and are not only tracked, by arithmetic."""
        tracked = any(terms.target is None for terms in node.terms) and self.can_be_tracked(node)
        return count_periods(node.level, window, self._due_days(node), node.terms, self.week_start, tracked)

    def expects(self, node: Node, period: Period) -> bool:
        """Whether anything is expected in a period of the node; for a parent that combines rates, of a child."""
        if self.is_leaf(node) or self.strategy(node) is Strategy.SUM:
            return True
        children = [child for child in self.children(node) if child.weight_for(period.end) > 0]
        return not children or any(self.count_own_periods(child, period) for child in children)

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
        """The range of start dates of the node's periods that belong to a window."""
        return starts_within(node.level, window, self._days_of_periods(node), self.week_start)

    # The last window of each node is cached, since most check-offs ask for the same one again.

    def window(self, node: Node, period: Period) -> Window:
        """A node in one of its periods."""
        known = self._windows.get(node.id)
        if known is None or (known.period is not period and known.period != period):
            days, target = self.days(node), node.target_for(period.end)
            open_days = tuple(parts(days.open, period))
            is_due = bool(open_days) and self.is_scheduled(node, period)
            if node.each is not None:
                is_due = is_due and self.present(node, period) > 0
            known = Window(period, days, open_days, target, is_due, target is None and self.can_be_tracked(node))
            self._windows[node.id] = known
        return known

    def parts(self, parent: Node, period: Period) -> list[Part]:
        """The children that count in a period of their parent."""
        window = self.window(parent, period)
        if window.parts is None:
            window.parts = [
                Part(child, weight, self.count_own_periods(child, period))
                for child in self.children(parent)
                if (weight := child.weight_for(period.end)) > 0
            ]
        return window.parts

    def spans(self, parent: Node, period: Period) -> list[ChildCells]:
        """The cells from which a period of a parent follows."""
        window = self.window(parent, period)
        if window.spans is None:
            window.spans = [
                ChildCells(part.node.id, starts.start, starts.end)
                for part in self.parts(parent, period)
                if (starts := self.starts_within(part.node, period)) is not None
            ]
        return window.spans
