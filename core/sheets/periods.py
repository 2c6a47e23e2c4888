"""A sheet of how each goal did in each of its periods up to today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.goals.crowd import target_in
from core.goals.history import outcome, periods_within
from core.goals.model import Node
from core.goals.periods import Period
from core.goals.progress import Cell, blank, percent
from core.goals.tree import Tree
from core.sheets.writing import path_of, quoted, sheet_of
from core.values import plain_text

HEADER = ("goal", "path", "level", "from", "to", "expected", "value", "unit", "percent", "status")

Cells = Mapping[int, Mapping[date, Cell]]
"""By node and start of period."""


def periods_sheet(trees: Sequence[Tree], cells: Cells, today: date) -> bytes:
    """The periods of all goals in the order of the trees, oldest first, the current one included. An *each* goal has
    rows for all members together, and none for single members. Unknown values are empty."""
    return sheet_of(HEADER, _rows(trees, cells, today))


def _rows(trees: Sequence[Tree], cells: Cells, today: date) -> Iterator[tuple[str, ...]]:
    for tree in trees:
        for _, node in tree.walk():
            if node.member_id is not None:
                continue
            titles = (quoted(node.title), quoted(path_of(tree, node)), node.level.value)
            for period in periods_within(tree, node, Period(tree.active(node).start, today)):
                yield (*titles, *_row(tree, node, period, cells, today))


def _row(tree: Tree, node: Node, period: Period, cells: Cells, today: date) -> tuple[str, ...]:
    def cell_of(one: Node) -> Cell | None:
        return cells.get(one.id, {}).get(period.start)

    cell = cell_of(node) or blank(tree, node, period)
    return (
        period.start.isoformat(),
        period.end.isoformat(),
        _number(target_in(tree, node, period, cell_of)),
        _number(cell.value),
        quoted(node.unit or ""),
        "" if tree.is_tracked(node, period) else str(percent(cell.progress)),
        outcome(tree, node, period, cell, today).value,
    )


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain_text(value)
