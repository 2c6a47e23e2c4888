"""The rows that show trees on a date: a tree's columns with each node's cell and run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.goals.progress import Cell
from core.goals.streaks import Run
from core.ports.trees import TreeView
from storage.repositories.cache_rows import cell_of, run_of
from storage.repositories.tree_rows import NODE_ID, WIDTH, visions_with
from storage.sql import Sql

COLUMNS = "c.value, c.progress, c.counts, c.excused, c.known, c.extra, r.length, r.best, r.through, r.missed"
"""The columns of `cells c` and `runs r`, after those of the tree."""


def views_of(sql: Sql, rows: Sequence[Any]) -> list[TreeView]:
    """Views in the order of the visions; a node without a cell or a run has none in them."""
    visions = visions_with(sql, rows)
    cells: dict[int, dict[int, Cell]] = {vision.id: {} for vision, _ in visions}
    runs: dict[int, dict[int, Run]] = {vision.id: {} for vision, _ in visions}
    day_of = sql.values.day_of
    for row in rows:
        value, progress, counts, excused, known, extra, length, best, through, missed = row[WIDTH:]
        if value is not None:
            cells[row[0]][row[NODE_ID]] = cell_of(value, progress, counts, excused, known, extra)
        if length is not None:
            runs[row[0]][row[NODE_ID]] = run_of(length, best, through, missed, day_of)
    return [
        TreeView(vision, date.fromisoformat(latest) if latest else None, cells[vision.id], runs[vision.id])
        for vision, latest in visions
    ]
