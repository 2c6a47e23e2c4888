"""A process's cache of the figures of trees, which are valid as long as the tree has the same marks.

A writer must check the marks when it writes (`storage.repositories.marks`). So nothing has to be invalidated when a
tree changes, here or in another process.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from core.goals.crowd import Crowd
from core.goals.model import Entry
from core.goals.periods import DAY
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.ports.check_offs import Made, Needs, StoredRows
from storage.repositories.batches import BatchReading, CellPlace

MOST = 65_536
"""The most figures in the cache, about half a kilobyte each: those of some 250 people."""
MOST_OF_ONE = 4_096
"""The most figures of one tree. A larger one is not kept but read again, since most of its figures are about past
weeks."""
PERIODS = 3
"""The number of a leaf's periods that are kept, the latest ones; earlier ones are read again."""


class KnownTree:
    """The figures of one tree that were read, or written later."""

    __slots__ = (
        "_cells",
        "_crowds",
        "_entries",
        "_last",
        "_last_cells",
        "_logged",
        "_runs",
        "_sums",
        "revision",
        "shape",
    )

    def __init__(self, revision: int, shape: int) -> None:
        self.revision = revision
        self.shape = shape
        self._cells: dict[CellPlace, Cell | None] = {}
        self._sums: dict[CellPlace, Sums] = {}
        """By node and start of its first period that belongs to a window."""
        self._crowds: dict[CellPlace, Crowd] = {}
        """The contribution of all leaves below an *each* node, by node and start of the period."""
        self._entries: dict[int, dict[date, list[Entry]]] = {}
        """By leaf and start of its period."""
        self._runs: dict[int, Run] = {}
        self._last: dict[int, date] = {}
        """A leaf's last day with an entry; later periods have no cells."""
        self._last_cells: dict[int, date] = {}
        """The start of a node's last period with a cell, so that a new week need not be read."""
        self._logged = 0
        """The number of known entries."""

    @property
    def figures(self) -> int:
        """The number of known figures."""
        return len(self._cells) + len(self._sums) + len(self._crowds) + len(self._runs) + self._logged

    def learn(self, needs: Needs, reading: BatchReading) -> None:
        """Adds what was read for a check-off at these marks."""
        leaf_id = needs.leaf_id
        for place in needs.cells:
            self._cells[place] = reading.cells.get(place)
        for span in needs.spans:
            read = reading.sums.get((span.node_id, span.first, span.last))
            self._sums[span.node_id, span.first] = read or Sums()
            self._last_cells[span.node_id] = reading.last_cells.get(span.node_id, span.first - DAY)
        if needs.crowd is not None and needs.crowd in reading.crowds:
            self._crowds[needs.crowd] = reading.crowds[needs.crowd]
        entries, periods = reading.entries.get(leaf_id, []), self._entries.setdefault(leaf_id, {})
        self._logged += len(entries) - len(periods.get(needs.period.start, ()))
        periods[needs.period.start] = entries
        self._runs[leaf_id], self._last[leaf_id] = reading.runs.get(leaf_id, (Run(), date.min))

    def rows(self, needs: Needs) -> StoredRows | None:
        """The rows for a check-off; None if some are unknown."""
        leaf_id, start = needs.leaf_id, needs.period.start
        periods = self._entries.get(leaf_id)
        if periods is None or not self.has_crowd(needs):
            return None
        if start not in periods:
            if start <= self._last[leaf_id]:
                return None
            periods[start] = []
            self._cells.setdefault((leaf_id, start), None)
        try:
            return self._known_rows(needs, periods[start])
        except KeyError:
            return self._known_rows(needs, periods[start]) if self._learn_that_nothing_follows(needs) else None

    def _known_rows(self, needs: Needs, entries: list[Entry]) -> StoredRows:
        cells = {place[0]: cell for place in needs.cells if (cell := self._cells[place]) is not None}
        sums = {span.node_id: self._sums[span.node_id, span.first] for span in needs.spans}
        others = None if needs.crowd is None else self._crowds[needs.crowd].without(cells.get(needs.leaf_id))
        is_newest = needs.period.start > self._last[needs.leaf_id]
        return StoredRows(entries, cells, sums, self._runs[needs.leaf_id], others, is_newest)

    def _learn_that_nothing_follows(self, needs: Needs) -> bool:
        """Whether all unknown cells lie after the last ones, where there are none; if so they are known from now on."""
        cells = [place for place in needs.cells if place not in self._cells]
        sums = [(span.node_id, span.first) for span in needs.spans if (span.node_id, span.first) not in self._sums]
        if any(start <= self._last_cells.get(node_id, date.max) for node_id, start in (*cells, *sums)):
            return False
        self._cells.update(dict.fromkeys(cells))
        self._sums.update(dict.fromkeys(sums, Sums()))
        return True

    def has_crowd(self, needs: Needs) -> bool:
        """Whether the crowd that a check-off is based on is known, or there is none."""
        return needs.crowd is None or needs.crowd in self._crowds

    def knows(self, shape: int, needs: Needs) -> bool:
        """Whether the tree has this shape, and all rows for a check-off are known."""
        return self.shape == shape and self.rows(needs) is not None

    def change(self, needs: Needs, made: Made[object]) -> None:
        """Applies the changes of a check-off, still without its entry."""
        changed = {}
        for node_id, start, cell in made.cells:
            changed[node_id] = self._cells.get((node_id, start)), cell
            self._cells[node_id, start] = cell
            if start > self._last_cells.get(node_id, start):
                self._last_cells[node_id] = start
        for span in needs.spans:
            if span.node_id in changed:
                before, cell = changed[span.node_id]
                sums = self._sums[span.node_id, span.first]
                self._sums[span.node_id, span.first] = (sums if before is None else sums.without(before)).with_(cell)
        if needs.crowd is not None and needs.leaf_id in changed:
            before, cell = changed[needs.leaf_id]
            self._crowds[needs.crowd] = self._crowds[needs.crowd].without(before).with_(cell)
        self._runs.update(made.runs)

    def log(self, needs: Needs, entry: Entry) -> None:
        """Adds the entry of a check-off, and forgets older periods of its leaf."""
        leaf_id, periods = needs.leaf_id, self._entries[needs.leaf_id]
        entries = periods[needs.period.start]
        entries.append(entry)
        entries.sort(key=lambda one: (one.on, one.id))
        self._last[leaf_id] = max(self._last[leaf_id], entry.on)
        self._logged += 1
        while len(periods) > PERIODS:
            first = min(periods)
            self._cells.pop((leaf_id, first), None)
            self._logged -= len(periods.pop(first))


class KnownTrees:
    """The most recently used trees."""

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._trees: OrderedDict[int, tuple[KnownTree, int]] = OrderedDict()
        self._figures = 0

    def take(self, vision_id: int) -> KnownTree | None:
        """Removes and returns the cached tree, if there is one."""
        taken = self._trees.pop(vision_id, None)
        if taken is None:
            return None
        self._figures -= taken[1]
        return taken[0]

    def keep(self, vision_id: int, known: KnownTree) -> None:
        """Caches a tree, and forgets the least recently used ones."""
        self.take(vision_id)
        figures = known.figures
        if figures > self._most_of_one:
            return
        self._trees[vision_id] = known, figures
        self._figures += figures
        while self._figures > self._most:
            _, (_, gone) = self._trees.popitem(last=False)
            self._figures -= gone
