"""A digest's source: a tree with its cached figures and recent entries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from core.digest.reach import RelevantDays
from core.goals.engine import realise
from core.goals.model import Entry, Node
from core.goals.periods import DAY, Period
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.goals.tree import Tree

Cells = Mapping[date, Cell]


@dataclass(frozen=True)
class Source:
    """One tree with the figures for its digest: `tree` as it was planned at the end of the period, `now` as it is.

    `entries`, by date, then logging: all dated `since` or later, and the earlier ones that `reach.needed` names.
    `stored`: the cached cells that it names. `runs`: the cached runs of all leaves; `earlier` has those that differed
    as of the ends of days, by leaf and day (`runs.earlier_runs`).

    If the tree was planned differently, its figures are computed from the entries from `first` on (all of which are
    there), since the cache is for the tree as it is now.
    """

    tree: Tree
    since: date
    entries: tuple[Entry, ...]
    stored: Mapping[int, Cells]
    runs: Mapping[int, Run]
    now: Tree
    first: date = date.min
    earlier: Mapping[tuple[int, date], Run] = field(default_factory=dict)

    @cached_property
    def reach(self) -> RelevantDays:
        """The relevant days of the tree's nodes."""
        return RelevantDays(self.tree)

    @property
    def as_it_is(self) -> Source:
        """The source with the tree as it is now."""
        return self if self.is_as_cached else replace(self, tree=self.now, first=date.min)

    @property
    def is_as_cached(self) -> bool:
        """Whether the cache is for this tree."""
        return self.tree is self.now

    @cached_property
    def cells(self) -> Mapping[int, Cells]:
        """The cells of the tree, with everything logged."""
        if self.is_as_cached:
            return self.stored
        logged = [entry for entry in self.entries if entry.on >= self.first and entry.node_id in self.tree.nodes]
        combined = {}
        for node_id, computed in realise(self.tree, logged).cells.items():
            before = {start: cell for start, cell in self.stored.get(node_id, {}).items() if start < self.first}
            combined[node_id] = before | {start: cell for start, cell in computed.items() if start >= self.first}
        return combined

    def cell(self, node: Node, start: date) -> Cell | None:
        """A node's cell in the period that starts on a date, with everything logged."""
        return self.cells.get(node.id, {}).get(start)

    def starts(self, node: Node, within: Period) -> Sequence[date]:
        """The starts of a node's periods within a range that have a cell."""
        starts_within = self._starts.get(node.id)
        if starts_within is None:
            starts_within = self._starts[node.id] = sorted(self.cells.get(node.id, ()))
        return starts_within[bisect_left(starts_within, within.start) : bisect_right(starts_within, within.end)]

    def logged(self, leaf: Node, first: date, last: date) -> Sequence[Entry]:
        """The entries on a leaf for dates within a range, as far as they were read."""
        entries = self._of_leaf.get(leaf.id, [])
        day = Entry.on.__get__  # type: ignore[attr-defined]
        return entries[bisect_left(entries, first, key=day) : bisect_right(entries, last, key=day)]

    def is_settled(self, node: Node, period: Period, cut: date) -> bool:
        """Whether no entry for days after `cut` matters to a node's period, so that its cell is the same as at that
        day's end."""
        if period.start < self.first:
            return False
        last = self.reach.of(node, period).end
        if last <= cut:
            return True
        if cut + DAY < self.since:
            return False
        at = bisect_right(self._dates, cut)
        return at == len(self._dates) or self._dates[at] > last

    @cached_property
    def _starts(self) -> dict[int, list[date]]:
        return {}

    @cached_property
    def _dates(self) -> list[date]:
        return [entry.on for entry in self.entries]

    @cached_property
    def _of_leaf(self) -> Mapping[int, list[Entry]]:
        by_leaf: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            by_leaf[entry.node_id].append(entry)
        return by_leaf
