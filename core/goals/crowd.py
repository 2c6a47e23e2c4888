"""Goals that each member does, as one number: how many of them have done it (design.md §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.goals.model import Node, Strategy
from core.goals.periods import Period
from core.goals.progress import ONE, Cell, as_value, expected, ratio
from core.goals.tree import Tree


@dataclass(frozen=True, slots=True)
class Crowd:
    """The contribution of some leaves below an *each* node to one of its periods: of those whose period counts, how
    many have a cell, the sum of their progress, the least and the most, and how many are done; how many are skipped,
    and how many count for what was logged on days off."""

    cells: int = 0
    total: int = 0
    least: int = ONE
    most: int = 0
    done: int = 0
    excused: int = 0
    extra: int = 0

    def with_(self, cell: Cell | None) -> Crowd:
        """With one more leaf, which has this cell in the period."""
        if cell is None or not cell.counts:
            return self if cell is None or not cell.excused else replace(self, excused=self.excused + 1)
        return Crowd(
            self.cells + 1,
            self.total + cell.progress,
            min(self.least, cell.progress),
            max(self.most, cell.progress),
            self.done + cell.done,
            self.excused,
            self.extra + cell.extra,
        )

    def combined(self, strategy: Strategy, rated: int) -> int:
        """The mean, the least or the most progress of so many who count: those without a cell stand at nothing."""
        if strategy is Strategy.AVERAGE:
            return self.total // rated
        if strategy is Strategy.MIN:
            return self.least if self.cells == rated else 0
        return self.most


def each_cell(tree: Tree, each: Node, period: Period, crowd: Crowd, total: Decimal) -> Cell:
    """An *each* node in one of its periods, from all leaves below it: `crowd`, and the sum of all that they logged by
    date. Those without a cell stand at nothing. Where all are skipped, so is the node."""
    due, rated = tree.is_due(each, period), tree.present(each, period) - crowd.excused + crowd.extra
    strategy = tree.strategy(each)
    if rated <= 0:
        return Cell(total if strategy is Strategy.SUM else Decimal(0), 0, counts=False, excused=due)
    counts, extra = due or crowd.extra > 0, crowd.extra > 0 and not due
    if strategy is Strategy.SUM:
        target = each_target(tree, each, period, rated)
        return Cell(total, ratio(total, target) if target else 0, counts, extra=extra)
    if strategy is Strategy.COUNT:
        return Cell(Decimal(crowd.done), ratio(Decimal(crowd.done), Decimal(rated)), counts, extra=extra)
    progress = crowd.combined(strategy, rated)
    return Cell(as_value(progress), progress, counts, extra=extra)


def each_target(tree: Tree, each: Node, period: Period, rated: int) -> Decimal | None:
    """The target of so many people together in a period, where that is an amount or a number of people."""
    strategy = tree.strategy(each)
    if strategy is Strategy.COUNT:
        return Decimal(rated)
    if strategy is not Strategy.SUM:
        return None
    return (each.target_for(period.end) or Decimal(1)) * rated


def target_in(tree: Tree, node: Node, period: Period, cell_of: Callable[[Node], Cell | None]) -> Decimal | None:
    """The expected value of a node in one of its periods; of an *each* node that of all who are there and not skipped.
    `cell_of` gives a node's cell in the same period."""
    if node.each is None:
        return expected(tree, node, period)
    crowd = Crowd()
    for child in tree.children(node):
        crowd = crowd.with_(cell_of(child))
    return each_target(tree, node, period, tree.present(node, period) - crowd.excused + crowd.extra)
