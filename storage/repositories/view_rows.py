"""What is needed to show trees on a date, from rows: a tree's columns with each node's cell and run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.ports import TreeView
from core.progress import Cell
from core.streaks import Run
from storage.repositories.tree_rows import NODE_ID, WIDTH, visions_of
from storage.sql import Sql
from storage.types import from_millionths

COLUMNS = "c.value, c.progress, c.counts, c.excused, r.length, r.best, r.through"
"""Of `cells c` and `runs r`; they follow those of the tree."""


def views_of(sql: Sql, rows: Sequence[Any]) -> list[TreeView]:
    """Views in the order of the visions; a node without a cell or a run has none in them."""
    visions = visions_of(sql, rows)
    cells: dict[int, dict[int, Cell]] = {vision.id: {} for vision in visions}
    runs: dict[int, dict[int, Run]] = {vision.id: {} for vision in visions}
    day_of = sql.values.day_of
    for row in rows:
        value, progress, counts, excused, length, best, through = row[WIDTH:]
        if value is not None:
            cells[row[0]][row[NODE_ID]] = Cell(from_millionths(value), progress, bool(counts), bool(excused))
        if length is not None:
            runs[row[0]][row[NODE_ID]] = Run(length, best, through and day_of(through))
    return [TreeView(vision, cells[vision.id], runs[vision.id]) for vision in visions]
