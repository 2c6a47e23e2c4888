"""A tree as it stood at the end of a day, computed from the entries since a date and from the cache before it.

A digest sees its tree on several days (before the period, at its end, today). All calendar periods that it looks at
are computed anew from the entries of the last months, so its cost does not grow with the history. Only what reaches
further back comes from the cache: a vision with an end (one long period), and the streaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from core.goals.crowd import target_in
from core.goals.days import count_days
from core.goals.engine import realise
from core.goals.model import Entry, Kind, Level, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, ChildShare, Sums, blank, parent_cell
from core.goals.streaks import Run, run_of
from core.goals.tree import Tree

Cells = Mapping[date, Cell]


@dataclass(frozen=True)
class Source:
    """One tree with what its digest is made of: `tree` as it was planned at the end of the period, `now` as it is.

    `entries`: all dated `first` or later (see `when.entries_from`), by date, then logging. `stored`: the cached cells,
    with everything logged, of the nodes that `reach_back` names, and of the vision where it has an end. `runs`: the
    cached runs of all leaves.
    """

    tree: Tree
    first: date
    entries: tuple[Entry, ...]
    stored: Mapping[int, Cells]
    runs: Mapping[int, Run]
    now: Tree

    def as_of(self, cut: date) -> TreeState:
        """The tree with what was logged for dates up to a day."""
        return TreeState(self, cut)

    def today(self, on: date) -> TreeState:
        """The tree as it is now, with what was logged for dates up to a day."""
        return TreeState(replace(self, tree=self.now), on)

    @cached_property
    def last_logged(self) -> dict[int, date]:
        """The latest date of each leaf's entries."""
        return {entry.node_id: entry.on for entry in self.entries}


def reach_back(tree: Tree, entries: tuple[Entry, ...], since: date) -> set[int]:
    """The nodes whose cells before `Source.first` a digest of a period that begins on `since` needs: the children of a
    vision with an end, and the leaves logged from then on, whose streaks may have changed."""
    found = {entry.node_id for entry in entries if entry.on >= since}
    if has_end(tree) and tree.strategy(tree.vision) is not Strategy.SUM:
        found |= {child.id for child in tree.children(tree.vision) if child.weight > 0}
    return found


def has_end(tree: Tree) -> bool:
    """Whether the vision has one period, from its start to its end, instead of quarters."""
    return bool(tree.vision.starts_on and tree.vision.ends_on)


class TreeState:
    """A tree as of the end of a day, `cut`: with the entries dated up to it, and no others."""

    def __init__(self, source: Source, cut: date) -> None:
        self.tree, self.now, self.cut = source.tree, source.now, cut
        self._source = source
        self.entries = [entry for entry in source.entries if entry.on <= cut and entry.node_id in source.tree.nodes]
        self._recent = realise(source.tree, self.entries).cells
        if has_end(source.tree):
            window = self.tree.period_of(self.tree.vision, cut)
            self._recent[self.tree.vision.id] = {window.start: self._whole_vision(window)}

    def cell(self, node: Node, period: Period) -> Cell:
        """A node's cell in a period that begins on `Source.first` or later, or a vision's."""
        return self._recent.get(node.id, {}).get(period.start) or blank(self.tree, node, period)

    def target(self, node: Node, period: Period) -> Decimal | None:
        """The target of a node in one of its periods."""
        return target_in(self.tree, node, period, lambda child: self.cell(child, period))

    def counting(self, node: Node, window: Period) -> ChildShare:
        """A node's share in a window: the progress of its own periods that belong to it, those ahead included."""
        return self._share(node, window, self._recent.get(node.id, {}))

    def run(self, leaf: Node) -> Run:
        """A leaf's newest run."""
        if self._source.last_logged.get(leaf.id, date.min) <= self.cut:
            return self._source.runs.get(leaf.id, Run())
        return run_of(self.tree, leaf, self._all_cells(leaf))

    def _whole_vision(self, window: Period) -> Cell:
        tree, vision = self.tree, self.tree.vision
        if tree.strategy(vision) is Strategy.SUM:
            # What is stored is of the tree as it is now.
            later = realise(self.now, [entry for entry in self._source.entries if entry.on > self.cut])
            total = _sum_in(self._source.stored.get(vision.id, {}), window) - _sum_in(later.cells[vision.id], window)
            return parent_cell(tree, vision, window, (), total)
        shares = [self._share(child, window, self._all_cells(child)) for child in tree.children(vision)]
        return parent_cell(tree, vision, window, shares, Decimal(0))

    def _all_cells(self, node: Node) -> Cells:
        old = self._source.stored.get(node.id, {})
        before = {start: cell for start, cell in old.items() if start < self._source.first}
        return before | {
            start: cell for start, cell in self._recent.get(node.id, {}).items() if start >= self._source.first
        }

    def _share(self, node: Node, window: Period, cells: Cells) -> ChildShare:
        starts = self.tree.starts_within(node, window)
        inside = [cell for start, cell in cells.items() if starts and starts.start <= start <= starts.end]
        sums = Sums()
        for cell in inside:
            sums = sums.with_(cell)
        periods = self.tree.count_own_periods(node, window) - sums.excused + sums.extra
        return ChildShare(node.weight_for(window.end), sums.total, periods)


def _sum_in(cells: Cells, window: Period) -> Decimal:
    cell = cells.get(window.start)
    return Decimal(0) if cell is None or cell.value is None else cell.value


@dataclass(frozen=True, slots=True)
class DigestView:
    """A tree seen for a digest of `level` on `window`: `state` is as of `seen`, the last day of it that is looked at;
    `before` as of the day before the window. `settled` is `state` with the rest of a week that straddles the window's
    end and belongs to it: what is told of whole periods up to the window's own comes from there. Days before `at` have
    ended."""

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
        """How far the node came, in parts: its rate over the window if its level is finer than the digest's, else its
        progress in its own period. None where it has no period that counts."""
        if node.level.rank < self.level.rank:
            return self.settled.counting(node, self.window).rate
        return self.at_end(node)

    def at_end(self, node: Node) -> int | None:
        """How far the node came in its own period, in parts; None where that does not count."""
        cell, period = self.cell(node), self.own_period(node)
        is_rated = cell.counts and not self.tree.is_tracked(node, period)
        return cell.progress if is_rated and (cell.progress or self.tree.expects(node, period)) else None

    def is_cut_short(self, node: Node, period: Period) -> bool:
        """Whether the node was ended within a period, before the period and its vision end, without all of its target:
        less was expected of it then, so that it is complete says little. So were goals of which all that recurs below
        them was ended."""
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
        """The share of open days that have ended, of those in what `progress` is of."""
        return self.ended(node, self.window if node.level.rank < self.level.rank else self.own_period(node))

    def ended(self, node: Node, period: Period) -> Fraction:
        """The share of a node's open days in a period that have ended."""
        days = self.tree.open_days(node, period)
        if not days or self.at <= period.start:
            return Fraction(0)
        return Fraction(self.tree.open_days(node, Period(period.start, min(self.at - DAY, period.end))), days)

    def rate(self, node: Node) -> Fraction | None:
        """How the node did in the window alone, 0 to 1, whatever its level.

        Up to the digest's level it is the rate over the window. A coarser parent follows from the rates of its children
        by their weights; a coarser leaf from what it gained beside the share of its days that the window holds (1 once
        it is done).
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
