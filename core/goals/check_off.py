"""One change of a leaf's entries, rolled up to the vision: the eager half of design.md §3, as a pure computation.

A change on one date touches exactly one period of the leaf and at most one of each ancestor: sums go by the date, rates
by the middle active day of the child's touched period. So the cells to read are known in advance, and the number of
reads and writes depends neither on the tree's size nor on its history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.goals.crowd import Crowd, each_cell
from core.goals.engine import rated_in
from core.goals.model import Node, Strategy
from core.goals.periods import Period
from core.goals.progress import Cell, Sums, blank, parent_cell
from core.goals.tree import Tree
from core.goals.windows import ChildCells
from core.records import record

_NOTHING = Decimal(0)


@record
class Touch:
    """A node and the one period of it that a change reaches."""

    node: Node
    period: Period


@record
class CellChange:
    """A node's cell before and after."""

    node: Node
    period: Period
    before: Cell
    after: Cell


def touches(tree: Tree, leaf: Node, on: date) -> list[Touch]:
    """The cells that an entry on a date reaches: the leaf, then those of its ancestors that follow from it, bottom
    up."""
    child, period = leaf, tree.period_of(leaf, on)
    below: Period | None = period
    touched = [Touch(leaf, period)]
    for parent in tree.ancestors(leaf):
        below = _touched(tree, leaf, on, parent, child, below)
        if below is not None:
            touched.append(Touch(parent, below))
        child = parent
    return touched


def _touched(tree: Tree, leaf: Node, on: date, parent: Node, child: Node, below: Period | None) -> Period | None:
    """The period of a parent that a change reaches; `below` is the reached period of its child."""
    if parent.each is None and parent.strategy is Strategy.SUM:
        window = tree.period_of(parent, on)
        adds = on in window and tree.adds(leaf, parent) and tree.weighs(leaf, parent, window.end)
        return window if adds else None
    if below is None:
        return None
    if parent.each is not None:
        return below
    held = tree.holder(parent, child, below)
    return held if held is not None and child.weight_for(held.end) > 0 else None


def spans(tree: Tree, touched: Sequence[Touch]) -> list[ChildCells]:
    """The cells to sum: those of all counted children, for each touched parent that follows from rates."""
    cells: list[ChildCells] = []
    for touch in touched[1:]:
        if _is_rated(touch.node):
            cells += tree.spans(touch.node, touch.period)
    return cells


def _is_rated(parent: Node) -> bool:
    """Whether a parent follows from the rates of its children."""
    return parent.each is None and parent.strategy is not Strategy.SUM


@record
class Stored:
    """The cache before a change: the cells of the touched nodes and the sums of every span, each by node. For a
    member's own leaf, `others` is the contribution of all other members' leaves."""

    cells: Mapping[int, Cell]
    sums: Mapping[int, Sums]
    others: Crowd | None = None


def roll_up(tree: Tree, touched: Sequence[Touch], leaf_cell: Cell, delta: Decimal, stored: Stored) -> list[CellChange]:
    """The leaf's change and that of every ancestor that is touched, bottom up.

    `leaf_cell` is the leaf's new cell, `delta` what the change adds to the sums above it.
    """
    leaf, before = touched[0], stored.cells
    old = before.get(leaf.node.id) or blank(tree, leaf.node, leaf.period)
    changes = [CellChange(leaf.node, leaf.period, old, leaf_cell)]
    sums, others = dict(stored.sums), stored.others or Crowd()
    for touch in touched[1:]:
        node, period = touch.node, touch.period
        old = before.get(node.id) or blank(tree, node, period)
        if _is_rated(node):
            # The change came through the child that was touched last.
            below = changes[-1]
            sums[below.node.id] = _sums_with(below, before.get(below.node.id), sums.get(below.node.id))
            new = parent_cell(tree, node, period, rated_in(tree, node, period, sums), _NOTHING)
        elif node.each is not None:
            new = each_cell(tree, node, period, others.with_(leaf_cell), (old.value or _NOTHING) + delta)
        else:
            new = parent_cell(tree, node, period, (), (old.value or _NOTHING) + delta)
        changes.append(CellChange(node, period, old, new))
    return changes


def _sums_with(change: CellChange, stored: Cell | None, sums: Sums | None) -> Sums:
    """The sums of a child with one of its cells changed; `stored` is that cell as they contain it."""
    there = sums or Sums()
    return (there if stored is None else there.without(stored)).with_(change.after)
