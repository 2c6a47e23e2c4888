"""The cached figures: cells and runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from core.goals.crowd import Crowd
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.goals.windows import ChildCells


class CacheRows(Protocol):
    """Cells by (node, start of period), and runs by leaf."""

    def read(
        self, cells: Sequence[tuple[int, date]], spans: Sequence[ChildCells], leaf_id: int
    ) -> tuple[dict[int, Cell], dict[int, Sums], Run]:
        """The requested cells (by node), the sums of each span by node (missing: none), and the leaf's run: one
        statement."""

    def write(self, cells: Sequence[tuple[int, date, Cell]], runs: Mapping[int, Run]) -> None:
        """Inserts or replaces cells and runs: at most one statement for each."""

    def crowd(self, each_id: int, start: date, but_leaf_id: int) -> Crowd:
        """The contribution of all leaves except one below an *each* node, for the period that starts on a date: one
        statement."""

    def done_by_day(self, each_ids: Sequence[int], first: date, last: date) -> dict[int, dict[date, tuple[int, int]]]:
        """For *each* nodes, by start of period within the range: how many of the leaves below are done, and how many
        fewer are due because of skips (less those that count only for entries on days off): one statement."""

    def sums(self, spans: Sequence[ChildCells]) -> dict[int, Sums]:
        """The sums of each span by node (missing: none): one statement."""

    def leaf_cells(self, node_id: int) -> dict[date, Cell]:
        """All cells of one node by start of period."""

    def cells_of(self, node_ids: Collection[int]) -> dict[int, dict[date, Cell]]:
        """All cells of several nodes by start of period: one statement."""

    def cells_between(self, node_ids: Collection[int], first: date, last: date) -> dict[int, dict[date, Cell]]:
        """The cells of several nodes whose periods start within a range, by start of period: one statement."""

    def cells_within(self, spans: Sequence[ChildCells]) -> dict[int, dict[date, Cell]]:
        """The cells of nodes whose periods start within ranges of their own, by start of period: one statement."""

    def all_cells(self, vision_id: int) -> dict[int, dict[date, Cell]]:
        """All cells of a vision."""

    def all_runs(self, vision_id: int) -> dict[int, Run]:
        """All runs of a vision."""

    def remove(self, cells: Sequence[tuple[int, date]]) -> None:
        """Removes cells."""

    def mark_built(self, vision_id: int, version: int) -> None:
        """Marks the vision's cache as no longer stale, and of this calculation version."""
