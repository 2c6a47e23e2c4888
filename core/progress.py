"""Exact progress, and the formulas of DESIGN.md §2: a leaf in a period, a parent from its children, pace and status.

Progress is a whole number of parts, `ONE` (10**12) for all of it, always rounded down: so it is `ONE` only where the
target is really reached, sums of it are exact in any order on any database, and comparisons are too. What rounding
takes away (less than one part a level) is far below the tolerance of 1e-9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from core.model import Aggregate, Entry, Measure, Node, Status, Strategy
from core.periods import Period
from core.tree import Tree

ONE = 10**12
TOLERANCE = ONE // 10**9
SCALE = 6
"""Decimal places of values, targets and weights."""
_QUANTUM = Decimal(1).scaleb(-SCALE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A node in one of its periods, as the cache holds it. No cell means zero.

    `counts`: the period is one to be met (scheduled, active, not skipped); `excused`: it would be, but it is skipped.
    """

    value: Decimal = Decimal(0)
    progress: int = 0
    counts: bool = True
    excused: bool = False

    @property
    def done(self) -> bool:
        """Whether the period counts and its target is reached."""
        return self.counts and self.progress >= ONE


@dataclass(frozen=True, slots=True)
class Share:
    """What a child brings to its parent's period: the sum of progress over its counting periods, and how many."""

    weight: Decimal
    total: int
    periods: int

    @property
    def rate(self) -> int | None:
        """The mean progress in parts; None where there is no period."""
        return self.total // self.periods if self.periods else None


def ratio(value: Decimal, target: Decimal) -> int:
    """value / target in parts, held between 0 and `ONE`."""
    if value <= 0:
        return 0
    if value >= target:
        return ONE
    return int(value * ONE // target)


def percent(progress: int) -> int:
    """Whole percent, rounded down: 100 only when it is reached (the tolerance mends what parts have lost)."""
    return 100 if progress >= ONE else min((progress + TOLERANCE) * 100 // ONE, 99)


def as_value(progress: int) -> Decimal:
    """100 x progress as a value, for parents that have no unit of their own."""
    return (Decimal(progress) / (ONE // 100)).quantize(_QUANTUM)


def period_is_skipped(entries: Sequence[Entry]) -> bool:
    """Whether a period is skipped: the latest word on it (by date, then order of logging) is a skip."""
    return bool(entries) and max(entries, key=lambda entry: (entry.on, entry.id)).skipped


def aggregate(measure: Measure, how: Aggregate, entries: Iterable[Entry]) -> Decimal:
    """A leaf's value from a period's entries (in the order of date, then logging); zero without any.

    A check counts the days ticked; the last tick of a day decides.
    """
    logged = [(entry.on, entry.value) for entry in entries if entry.value is not None]
    if measure is Measure.CHECK:
        return Decimal(sum(1 for value in dict(logged).values() if value > 0))
    values = [value for _, value in logged]
    if not values:
        return Decimal(0)
    match how:
        case Aggregate.SUM:
            return sum(values, Decimal(0))
        case Aggregate.LAST:
            return values[-1]
        case Aggregate.MAX:
            return max(values)
        case Aggregate.MIN:
            return min(values)
        case Aggregate.AVERAGE:
            # Rounded down, so that it does not look like a target that was missed.
            return (sum(values, Decimal(0)) / len(values)).quantize(_QUANTUM, ROUND_FLOOR)
        case Aggregate.COUNT:
            return Decimal(len(values))


def leaf_cell(tree: Tree, leaf: Node, period: Period, entries: Sequence[Entry]) -> Cell:
    """A leaf in one of its periods, from that period's entries in the order of date, then logging."""
    measure = tree.measure(leaf)
    how = leaf.aggregate or Aggregate.SUM
    value = aggregate(measure, how, entries)
    target = leaf.target_for(period.end)
    if target is None:
        target = Decimal(1)
    values = [entry.value for entry in entries if entry.value is not None]
    if measure is Measure.NUMBER and how is Aggregate.AVERAGE and values:
        # From the sum: a mean such as 1/3 has no exact value to compare.
        progress = ratio(sum(values, Decimal(0)), target * len(values))
    else:
        progress = ratio(value, target)
    counts = tree.counts(leaf, period)
    skipped = period_is_skipped(entries)
    return Cell(
        value=value,
        progress=progress,
        counts=counts and not skipped,
        excused=counts and skipped,
    )


def contribution(measure: Measure, entries: Iterable[Entry]) -> Decimal:
    """What a leaf's entries bring to the sums above it: the numbers logged, or the days ticked."""
    return aggregate(measure, Aggregate.SUM, entries)


def parent_cell(tree: Tree, parent: Node, period: Period, shares: Sequence[Share], total: Decimal) -> Cell:
    """A parent in one of its periods.

    `shares` are those of its children in that period; `total` is the sum of all that was logged below, by date
    (used by the strategy sum alone). Children of weight 0 count nowhere.
    """
    counts = tree.counts(parent, period)
    strategy = tree.strategy(parent)
    target = parent.target_for(period.end)
    if strategy is Strategy.SUM:
        return Cell(total, ratio(total, target) if target else 0, counts)
    rated = [(share.weight, share.rate) for share in shares if share.weight > 0 and share.periods > 0]
    rates = [rate for _, rate in rated if rate is not None]
    if not rates:
        return Cell(counts=counts)
    if strategy is Strategy.COUNT:
        done = Decimal(sum(1 for rate in rates if rate >= ONE))
        return Cell(done, ratio(done, target if target is not None else Decimal(len(rates))), counts)
    if strategy is Strategy.AVERAGE:
        scaled = [(int(weight.scaleb(SCALE)), rate) for weight, rate in rated if rate is not None]
        progress = sum(weight * rate for weight, rate in scaled) // sum(weight for weight, _ in scaled)
    else:
        progress = min(rates) if strategy is Strategy.MIN else max(rates)
    return Cell(as_value(progress), progress, counts)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What some of the leaves below an *each* node bring to one of its periods: of those whose period counts, how many
    have a cell, the sum of their progress, the least and the most, and how many are done; and how many are skipped."""

    cells: int = 0
    total: int = 0
    least: int = ONE
    most: int = 0
    done: int = 0
    excused: int = 0

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
        )


def each_cell(tree: Tree, each: Node, period: Period, crowd: Crowd, total: Decimal) -> Cell:
    """An *each* node in one of its periods, from all leaves below it: `crowd`, and the sum of all that they logged by
    date. Those without a cell stand at nothing. Where all are skipped, so is the node."""
    counts, rated = tree.counts(each, period), tree.present(each, period) - crowd.excused
    strategy = tree.strategy(each)
    if rated <= 0:
        return Cell(total if strategy is Strategy.SUM else Decimal(0), 0, counts=False, excused=counts)
    if strategy is Strategy.SUM:
        target = each_target(tree, each, period, rated)
        return Cell(total, ratio(total, target) if target else 0, counts)
    if strategy is Strategy.COUNT:
        return Cell(Decimal(crowd.done), ratio(Decimal(crowd.done), Decimal(rated)), counts)
    if strategy is Strategy.AVERAGE:
        progress = crowd.total // rated
    elif strategy is Strategy.MIN:
        progress = crowd.least if crowd.cells == rated else 0
    else:
        progress = crowd.most
    return Cell(as_value(progress), progress, counts)


def each_target(tree: Tree, each: Node, period: Period, rated: int) -> Decimal | None:
    """What so many people come to together in a period, where that is an amount or a number of people."""
    strategy = tree.strategy(each)
    if strategy is Strategy.COUNT:
        return Decimal(rated)
    if strategy is not Strategy.SUM:
        return None
    return (each.target_for(period.end) or Decimal(1)) * rated


def target_in(tree: Tree, node: Node, period: Period, cell_of: Callable[[Node], Cell | None]) -> Decimal | None:
    """The target of a node in one of its periods; of an *each* node that of all who are there and not skipped.
    `cell_of` gives a node's cell in the same period."""
    if node.each is None:
        return node.target_for(period.end)
    away = sum(1 for child in tree.children(node) if (cell := cell_of(child)) is not None and cell.excused)
    return each_target(tree, node, period, tree.present(node, period) - away)


def pace(tree: Tree, node: Node, on: date) -> tuple[int, int]:
    """(days ended before the date, days) of the part of the node's period in which it is active."""
    part = tree.active(node).meets(tree.period_of(node, on))
    return ((on - part.start).days, part.days) if part else (0, 1)


def status_of(tree: Tree, node: Node, cell: Cell | None, on: date) -> Status:
    """How the node stands on a date, from its cell in the period that holds it."""
    if on not in tree.active(node):
        return Status.INACTIVE
    if not tree.counts(node, tree.period_of(node, on)) or (cell is not None and cell.excused):
        return Status.OFF
    return status_at(cell.progress if cell else 0, *pace(tree, node, on))


def status_at(progress: int, ended: int, days: int) -> Status:
    """How a node that counts stands when so many of its days have ended."""
    if progress >= ONE:
        return Status.DONE
    have, needed = (progress + TOLERANCE) * days, ended * ONE
    if have >= needed:
        return Status.ON_TRACK
    return Status.AT_RISK if 10 * have >= 7 * needed else Status.BEHIND
