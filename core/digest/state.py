"""A tree as it stood at the end of a day, from the cache. A digest sees its trees on several days (before the period,
at its end, today). Periods that were over by then come from the cache; the few periods that hold such a day are
computed from finer periods and from entries. So the cost does not grow with the history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from core.digest.source import Source
from core.goals.crowd import Crowd, each_cell, target_in
from core.goals.days import count_days
from core.goals.model import Entry, Kind, Level, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, Rated, Sums, blank, contribution, leaf_cell, parent_cell
from core.goals.streaks import Run
from core.goals.tree import Tree
from core.goals.windows import ChildShare
from core.records import record


class TreeState:
    """A tree as of the end of a day, `cut`: with the entries dated up to it, and no others."""

    def __init__(self, source: Source, cut: date) -> None:
        self.tree, self.now, self.cut = source.tree, source.now, cut
        self._source = source
        self._cells: dict[tuple[int, date], Cell] = {}

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries for dates up to the day and from `Source.since` on, by date, then logging."""
        nodes = self.tree.nodes
        return [entry for entry in self._source.entries if entry.on <= self.cut and entry.node_id in nodes]

    def cell(self, node: Node, period: Period) -> Cell:
        """A node's cell in one of its periods."""
        key = node.id, period.start
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = self._computed(node, period)
        return cell

    def target(self, node: Node, period: Period) -> Decimal | None:
        """The target of a node in one of its periods."""
        return target_in(self.tree, node, period, lambda child: self.cell(child, period))

    def counting(self, node: Node, window: Period) -> ChildShare:
        """A node's share in a window: the progress of its own periods that belong to it, future ones included."""
        starts = self.tree.starts_within(node, window)
        sums = Sums() if starts is None else Sums.of(self._within(node, starts))
        periods = self.tree.count_own_periods(node, window) - sums.excused + sums.extra
        return ChildShare(node.weight_for(window.end), sums.total, periods)

    def run(self, leaf: Node) -> Run:
        """A leaf's run as of the day."""
        return self._source.earlier.get((leaf.id, self.cut)) or self._source.runs.get(leaf.id, Run())

    def _computed(self, node: Node, period: Period) -> Cell:
        source, tree = self._source, self.tree
        if source.is_settled(node, period, self.cut):
            return source.cell(node, period.start) or blank(tree, node, period)
        if self.cut < source.reach.of(node, period).start:
            return blank(tree, node, period)
        if tree.is_leaf(node):
            return leaf_cell(tree, node, period, source.logged(node, period.start, min(self.cut, period.end)))
        if node.each is not None:
            return self._each(node, period)
        if tree.strategy(node) is Strategy.SUM:
            return parent_cell(tree, node, period, (), self._sum(node, period))
        return parent_cell(tree, node, period, self._rated(node, period), Decimal(0))

    def _within(self, node: Node, starts: Period) -> list[Cell]:
        """The cells of a node's periods that start within a range, without blank ones."""
        source = self._source
        dates = source.starts(node, starts)
        if node.level is Level.DAILY and self.tree.is_leaf(node):
            cells = source.cells[node.id] if dates else {}
            return [cells[start] for start in dates if start <= self.cut]
        return [self.cell(node, self.tree.period_of(node, start)) for start in dates]

    def _each(self, each: Node, period: Period) -> Cell:
        crowd, total, last = Crowd(), Decimal(0), min(self.cut, period.end)
        for child in self.tree.children(each):
            if self._source.cell(child, period.start) is not None:
                crowd = crowd.with_(self.cell(child, period))
                total += contribution(self.tree.measure(child), self._source.logged(child, period.start, last))
        return each_cell(self.tree, each, period, crowd, total)

    def _rated(self, node: Node, period: Period) -> list[Rated]:
        children = [child for child in self.tree.children(node) if child.weight_for(period.end) > 0]
        shares = [self.counting(child, period) for child in children]
        return [(share.weight, share.total // share.periods) for share in shares if share.periods > 0]

    def _sum(self, node: Node, period: Period) -> Decimal:
        """The value of a sum without later entries."""
        # Cells from before `Source.first` are cached for the tree as it is now.
        tree = self.now if period.start < self._source.first else self.tree
        cell, first = self._source.cell(node, period.start), max(self.cut + DAY, period.start)
        total = Decimal(0) if cell is None or cell.value is None else cell.value
        for leaf in tree.leaves(tree.nodes[node.id]):
            if tree.adds_on(leaf, tree.nodes[node.id], period.end):
                total -= contribution(tree.measure(leaf), self._source.logged(leaf, first, period.end))
        return total


@record
class DigestView:
    """A tree as a digest of `level` about `window` sees it.

    `state` is as of `seen`, the last day of the window that the digest looks at; `before` is as of the day before the
    window. `settled` is `state` with the rest of a week that straddles the window's end and belongs to it: figures of
    whole periods, up to the window itself, come from there. Days before `at` have ended.
    """

    level: Level
    window: Period
    seen: date
    at: date
    state: TreeState
    settled: TreeState
    before: TreeState

    @property
    def tree(self) -> Tree:
        """The tree."""
        return self.state.tree

    def is_live(self, node: Node) -> bool:
        """Whether the node was active on a day of the window up to `seen`."""
        return count_days(self.tree.days(node).active, Period(self.window.start, self.seen)) > 0

    def own_period(self, node: Node) -> Period:
        """The node's period that holds the last day seen."""
        return self.tree.period_of(node, self.seen)

    def cell(self, node: Node) -> Cell:
        """The node's cell in its own period."""
        state = self.settled if node.level.rank <= self.level.rank else self.state
        return state.cell(node, self.own_period(node))

    def progress(self, node: Node) -> int | None:
        """The node's progress in parts: its rate over the window if its level is finer than the digest's, else its
        progress in its own period. None if no period counts."""
        if node.level.rank < self.level.rank:
            return self.settled.counting(node, self.window).rate
        return self.at_end(node)

    def at_end(self, node: Node) -> int | None:
        """The node's progress in its own period, in parts; None if that does not count."""
        cell, period = self.cell(node), self.own_period(node)
        is_rated = cell.counts and not self.tree.is_tracked(node, period)
        return cell.progress if is_rated and (cell.progress or self.tree.expects(node, period)) else None

    def is_cut_short(self, node: Node, period: Period) -> bool:
        """Whether the node was ended within a period, before the period and its vision end, without reaching its full
        target. Less was expected of it then, so being complete says little. The same holds if everything that recurs
        below it was ended."""
        if not self._ends_within(node, period):
            return False
        target, value = node.target_for(period.end), self.state.cell(node, period).value
        return target is None or value is None or value < target

    def _ends_within(self, node: Node, period: Period) -> bool:
        """Whether a node, or all that stands below it, ends before a period and its vision do."""
        if self.tree.active(node).end < min(period.end, self.tree.active(self.tree.vision).end):
            return True
        below = self.tree.children(node)
        return any(one.kind is Kind.KPI for one in below) and all(self._ends_within(one, period) for one in below)

    def completed(self, node: Node) -> tuple[int, int]:
        """(how many of the node's own periods in the window are done, how many count)."""
        cells = [self.settled.cell(node, period) for period in self.tree.own_periods(node, self.window)]
        return sum(cell.done for cell in cells), sum(cell.counts for cell in cells)

    def pace(self, node: Node) -> Fraction:
        """The share of open days that have ended, in the dates that `progress` is about."""
        return self.ended(node, self.window if node.level.rank < self.level.rank else self.own_period(node))

    def ended(self, node: Node, period: Period) -> Fraction:
        """The share of a node's open days in a period that have ended."""
        days = self.tree.open_days(node, period)
        if not days or self.at <= period.start:
            return Fraction(0)
        return Fraction(self.tree.open_days(node, Period(period.start, min(self.at - DAY, period.end))), days)

    def rate(self, node: Node) -> Fraction | None:
        """How the node did in the window alone, 0 to 1, whatever its level.

        Up to the digest's level it is the rate over the window. A coarser parent is the weighted mean of its children's
        rates. A coarser leaf is its gain, relative to the share of its days in the window (1 once it is done).
        """
        if node.level.rank <= self.level.rank:
            share = self.settled.counting(node, self.window)
            return Fraction(share.total, share.periods * ONE) if share.periods else None
        if self.tree.is_leaf(node):
            return self._gained(node)
        rated = [
            (Fraction(child.weight_for(self.window.end)), rate)
            for child in self.tree.children(node)
            if child.weight_for(self.window.end) > 0 and (rate := self.rate(child)) is not None
        ]
        weights = sum(weight for weight, _ in rated)
        return sum((weight * rate for weight, rate in rated), Fraction(0)) / weights if rated else None

    def _gained(self, leaf: Node) -> Fraction | None:
        progress, period = self.progress(leaf), self.own_period(leaf)
        inside = period.meets(self.window)
        days = self.tree.open_days(leaf, inside) if inside else 0
        if progress is None or not days:
            return None
        if progress >= ONE:
            return Fraction(1)
        gained = progress - self.before.cell(leaf, period).progress
        return min(Fraction(max(gained, 0), ONE) * self.tree.open_days(leaf, period) / days, Fraction(1))
