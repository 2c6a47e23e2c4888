"""*Each* goals: the figures of all members' own leaves combined into one cell (design.md §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.goals.model import Node, Strategy
from core.goals.periods import Period
from core.goals.progress import ONE, Cell, as_value, expected, ratio
from core.goals.tree import Tree
from core.records import record


class ExtremeUnknown(Exception):
    """The minimum or maximum of a crowd is needed, but belonged to a leaf that was taken out."""


@record
class Crowd:
    """The contribution of some leaves below an *each* node to one of its periods.

    Of the leaves whose period counts: how many have a cell (`cells`), the sum, minimum and maximum of their progress
    (an extreme is None if it is unknown), and how many are done. Besides: how many are skipped (`excused`), and how
    many count only for entries on days off (`extra`).
    """

    cells: int = 0
    total: int = 0
    least: int | None = ONE
    most: int | None = 0
    done: int = 0
    excused: int = 0
    extra: int = 0

    def with_(self, cell: Cell | None) -> Crowd:
        """The crowd with one more leaf, which has this cell in the period."""
        if cell is None or not cell.counts:
            return self if cell is None or not cell.excused else replace(self, excused=self.excused + 1)
        return Crowd(
            self.cells + 1,
            self.total + cell.progress,
            None if self.least is None else min(self.least, cell.progress),
            None if self.most is None else max(self.most, cell.progress),
            self.done + cell.done,
            self.excused,
            self.extra + cell.extra,
        )

    def without(self, cell: Cell | None) -> Crowd:
        """Without one leaf, which had this cell in the period. An extreme of its own is unknown afterwards."""
        if cell is None or not cell.counts:
            return self if cell is None or not cell.excused else replace(self, excused=self.excused - 1)
        if self.cells == 1:
            return Crowd(excused=self.excused)
        return Crowd(
            self.cells - 1,
            self.total - cell.progress,
            None if self.least == cell.progress else self.least,
            None if self.most == cell.progress else self.most,
            self.done - cell.done,
            self.excused,
            self.extra - cell.extra,
        )

    def combined(self, strategy: Strategy, rated: int) -> int:
        """The mean, minimum or maximum progress of `rated` leaves; a leaf without a cell has no progress. Raises
        `ExtremeUnknown`."""
        if strategy is Strategy.AVERAGE:
            return self.total // rated
        if strategy is Strategy.MIN:
            combined = 0 if self.cells != rated else ONE if self.done == rated else self.least
        else:
            combined = ONE if self.done else self.most
        if combined is None:
            raise ExtremeUnknown
        return combined


def each_cell(tree: Tree, each: Node, period: Period, crowd: Crowd, total: Decimal) -> Cell:
    """The cell of an *each* node in one of its periods, from all leaves below it; `total` is the sum of their entries
    by date. A leaf without a cell has no progress. If all leaves are skipped, so is the node. Raises
    `ExtremeUnknown`."""
    due, rated = tree.is_due(each, period), tree.present(each, period) - crowd.excused + crowd.extra
    strategy = tree.strategy(each)
    if rated <= 0:  # nothing is expected of anybody, so anything is enough
        value = total if strategy is Strategy.SUM else Decimal(0)
        return Cell(value, ratio(value, Decimal(0)), counts=False, excused=due)
    counts, extra = due or crowd.extra > 0, crowd.extra > 0 and not due
    if strategy is Strategy.SUM:
        target = each_target(tree, each, period, rated)
        return Cell(total, ratio(total, target) if target else 0, counts, extra=extra)
    if strategy is Strategy.COUNT:
        return Cell(Decimal(crowd.done), ratio(Decimal(crowd.done), Decimal(rated)), counts, extra=extra)
    progress = crowd.combined(strategy, rated)
    return Cell(as_value(progress), progress, counts, extra=extra)


def each_target(tree: Tree, each: Node, period: Period, rated: int) -> Decimal | None:
    """The target of `rated` people together in a period, if it is an amount or a number of people."""
    strategy = tree.strategy(each)
    if strategy is Strategy.COUNT:
        return Decimal(rated)
    if strategy is not Strategy.SUM:
        return None
    return (each.target_for(period.end) or Decimal(1)) * rated


def target_in(tree: Tree, node: Node, period: Period, cell_of: Callable[[Node], Cell | None]) -> Decimal | None:
    """The expected value of a node in one of its periods; for an *each* node that of all leaves that are due and not
    skipped. `cell_of` returns a node's cell in the same period."""
    if node.each is None:
        return expected(tree, node, period)
    crowd = Crowd()
    for child in tree.children(node):
        crowd = crowd.with_(cell_of(child))
    return each_target(tree, node, period, tree.present(node, period) - crowd.excused + crowd.extra)
