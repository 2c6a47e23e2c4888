"""One change of a leaf's entries, rolled up to the vision: the eager half of DESIGN.md §3, as a pure computation.

A change on one date touches exactly one period of the leaf and one of each ancestor: sums follow the date, rates the
middle day of the child's touched period. So the cells to read are known before any is computed, and the number of
reads and writes depends neither on the tree's size nor on its history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.engine import share_of
from core.model import Node, Strategy
from core.periods import Period
from core.progress import Cell, Crowd, Share, each_cell, parent_cell
from core.tree import Tree


@dataclass(frozen=True, slots=True)
class Touch:
    """A node and its one period that a change reaches."""

    node: Node
    period: Period


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of a child whose periods belong to its parent's touched window, by the start of the period."""

    node_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Change:
    """A node's cell before and after."""

    node: Node
    period: Period
    before: Cell
    after: Cell


def touches(tree: Tree, leaf: Node, on: date) -> list[Touch]:
    """What an entry on a date reaches: the leaf, then its ancestors as far up as it counts."""
    found = [Touch(leaf, tree.period_of(leaf, on))]
    child = leaf
    for parent in tree.ancestors(leaf):
        if child.weight == 0:
            break
        if tree.strategy(parent) is Strategy.SUM:
            day, period = on, tree.period_of(parent, on)
        else:
            day, period = found[-1].period.middle, tree.holder(parent, found[-1].period)
        if day not in period:
            break
        found.append(Touch(parent, period))
        child = parent
    return found


def spans(tree: Tree, touched: Sequence[Touch]) -> list[Span]:
    """The cells to sum: those of every counted child of each touched parent that follows from rates."""
    found = []
    for touch in touched[1:]:
        if tree.strategy(touch.node) is Strategy.SUM or touch.node.each is not None:
            continue
        for child in tree.children(touch.node):
            starts = tree.starts_within(child, touch.period) if child.weight > 0 else None
            if starts:
                found.append(Span(child.id, starts.start, starts.end))
    return found


def roll_up(
    tree: Tree,
    touched: Sequence[Touch],
    leaf_cell: Cell,
    delta: Decimal,
    before: Mapping[int, Cell],
    sums: Mapping[int, tuple[int, int]],
    others: Crowd | None = None,
) -> list[Change]:
    """The leaf's change and every ancestor's, bottom up.

    `leaf_cell` is the leaf's new cell, `delta` what the change adds to the sums above it; `before` has the touched
    nodes' cells and `sums` (sum of counting progress, number of skipped periods) of every span, both as stored
    before the change, by node. Where the leaf is one member's, `others` is what those of all others bring.
    """
    leaf = touched[0]
    changes = [Change(leaf.node, leaf.period, before.get(leaf.node.id, Cell(counts=leaf_cell.counts)), leaf_cell)]
    for touch in touched[1:]:
        below = changes[-1]
        old = before.get(touch.node.id, Cell())
        if touch.node.each is not None:
            crowd = (others or Crowd()).with_(leaf_cell)
            new = each_cell(tree, touch.node, touch.period, crowd, old.value + delta)
            changes.append(Change(touch.node, touch.period, old, new))
            continue
        if tree.strategy(touch.node) is Strategy.SUM:
            shares = []
        else:
            shares = [
                _share(tree, child, touch.period, sums.get(child.id, (0, 0)), below)
                for child in tree.children(touch.node)
                if child.weight > 0
            ]
        new = parent_cell(tree, touch.node, touch.period, shares, old.value + delta)
        changes.append(Change(touch.node, touch.period, old, new))
    return changes


def _share(tree: Tree, child: Node, window: Period, stored: tuple[int, int], below: Change) -> Share:
    total, excused = stored
    if child.id == below.node.id:
        total += _counted(below.after) - _counted(below.before)
        excused += below.after.excused - below.before.excused
    return share_of(tree, child, window, total, excused)


def _counted(cell: Cell) -> int:
    return cell.progress if cell.counts else 0
