"""Exact progress, and the formulas of design.md §2 for expected values, leaves and parents. *Each* goals are in
`crowd`, pace and status in `status`.

Progress is a whole number of parts, always rounded down; `ONE` (10**12) is complete. So it is `ONE` only if the target
is really reached, and sums and comparisons are exact on any database. Rounding loses less than one part per level, far
below the tolerance of 1e-9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter

from core.goals.model import Aggregate, Entry, Kind, Level, Measure, Node, Strategy
from core.goals.periods import Period
from core.goals.tree import Tree
from core.goals.windows import Window
from core.records import record
from core.values import share_of

ONE = 10**12
TOLERANCE = ONE // 10**9
SCALE = 6
"""Decimal places of values, targets and weights."""
_QUANTUM = Decimal(1).scaleb(-SCALE)
_REMEMBERED = 8192
"""The number of cached values: most progress is one of a few shares of a few targets."""


_LONG = frozenset({Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY})
_FLOWS = frozenset({Aggregate.SUM, Aggregate.COUNT})


@record
class Cell:
    """The cached figures of a node in one of its periods. A missing cell means that nothing is known and there is no
    progress.

    `value` is None if it is not known. `counts`: something is expected in the period (scheduled, active, not skipped).
    `excused`: it would count, but is skipped. `extra`: all its days are paused, so it counts only because of an entry.
    """

    value: Decimal | None = Decimal(0)
    progress: int = 0
    counts: bool = True
    excused: bool = False
    extra: bool = False

    @property
    def done(self) -> bool:
        """Whether the period counts and its target is reached."""
        return self.counts and self.progress >= ONE

    @property
    def missed(self) -> bool:
        """Whether it counts only because of entries on days off, and these were not enough."""
        return self.extra and self.progress < ONE


@record
class Sums:
    """The sums over a node's cells in a window: the progress of those that count, how many are skipped, and how many
    count only for entries on days off."""

    total: int = 0
    excused: int = 0
    extra: int = 0

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Sums:
        """The sums over these cells."""
        total = sum(cell.progress for cell in cells if cell.counts)
        return cls(total, sum(cell.excused for cell in cells), sum(cell.extra for cell in cells))

    def with_(self, cell: Cell) -> Sums:
        """The sums with one more cell."""
        return Sums(
            self.total + (cell.progress if cell.counts else 0), self.excused + cell.excused, self.extra + cell.extra
        )

    def without(self, cell: Cell) -> Sums:
        """The sums without this cell."""
        return Sums(
            self.total - (cell.progress if cell.counts else 0), self.excused - cell.excused, self.extra - cell.extra
        )


Logged = Sequence[tuple[date, Decimal]]
"""The values of a leaf's entries with their dates, in the order of date, then logging."""

Rated = tuple[Decimal, int]
"""The weight and the rate of a child, the mean progress of its periods in parts."""


def ratio(value: Decimal, target: Decimal) -> int:
    """value / target in parts, between 0 and `ONE`. With a target of zero, any positive value is complete."""
    if value <= 0:
        return 0
    if value >= target:
        return ONE
    return int(value * ONE // target)


def percent(progress: int) -> int:
    """Whole percent, rounded down: 100 only if it is complete. The tolerance makes up for rounding."""
    return 100 if progress >= ONE else min((progress + TOLERANCE) * 100 // ONE, 99)


@lru_cache(_REMEMBERED)
def as_value(progress: int) -> Decimal:
    """100 x progress as a value, for parents that have no unit of their own."""
    return (Decimal(progress) / (ONE // 100)).quantize(_QUANTUM)


def period_is_skipped(entries: Sequence[Entry]) -> bool:
    """Whether a period is skipped: its latest entry (by date, then order of logging) is a skip."""
    if len(entries) == 1:
        return entries[0].skipped
    return bool(entries) and max(entries, key=lambda entry: (entry.on, entry.id)).skipped


def aggregate(measure: Measure, how: Aggregate, entries: Iterable[Entry]) -> Decimal | None:
    """A leaf's value from a period's entries (in the order of date, then logging). Without any it is None, except for a
    sum or count.

    A check counts the days ticked; the last tick of a day decides.
    """
    logged = [(entry.on, entry.value) for entry in entries if entry.value is not None]
    if not logged and measure is Measure.NUMBER and how not in _FLOWS:
        return None
    return _aggregated(measure, how, logged)


def _aggregated(measure: Measure, how: Aggregate, logged: Logged) -> Decimal:
    if measure is Measure.CHECK:
        return Decimal(sum(1 for value in dict(logged).values() if value > 0))
    values = [value for _, value in logged]
    if len(values) == 1 and how is not Aggregate.COUNT:
        return values[0]
    return _OF_VALUES[how](values)


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _average(values: Sequence[Decimal]) -> Decimal:
    """The mean, rounded down so that a missed target does not look reached."""
    return (_sum(values) / len(values)).quantize(_QUANTUM, ROUND_FLOOR)


def _count(values: Sequence[Decimal]) -> Decimal:
    return Decimal(len(values))


_OF_VALUES: Mapping[Aggregate, Callable[[Sequence[Decimal]], Decimal]] = {
    Aggregate.SUM: _sum,
    Aggregate.LAST: itemgetter(-1),
    Aggregate.MAX: max,
    Aggregate.MIN: min,
    Aggregate.AVERAGE: _average,
    Aggregate.COUNT: _count,
}


def unlogged(tree: Tree, node: Node) -> Decimal | None:
    """The value of a node in a period without entries: None if it is unknown then, and not 0."""
    if tree.is_leaf(node) and node.is_limit:
        return None
    if tree.can_be_tracked(node) and tree.aggregate(node) not in _FLOWS:
        return None
    return Decimal(0)


def blank(tree: Tree, node: Node, period: Period) -> Cell:
    """The cell of a period without entries, for which none is stored."""
    return Cell(unlogged(tree, node), 0, tree.is_due(node, period))


def adds_up(tree: Tree, node: Node) -> bool:
    """Whether a node's value grows with each entry, so that an amount can be missing."""
    if not tree.is_leaf(node):
        return tree.strategy(node) in (Strategy.SUM, Strategy.COUNT)
    if node.is_limit or node.baseline is not None:
        return False
    return tree.measure(node) is Measure.CHECK or tree.aggregate(node) in _FLOWS


def is_flow(tree: Tree, node: Node) -> bool:
    """Whether less is expected of the node in a period that is not wholly open: it recurs, and its value grows with
    each entry. The targets of single members are not cut, nor are limits."""
    recurs = node.kind is Kind.KPI and node.level in _LONG and node.member_id is None and node.each is None
    return recurs and adds_up(tree, node)


def expected(tree: Tree, node: Node, period: Period) -> Decimal | None:
    """The expected value of a node in one of its periods: its target, or in a period that is not wholly open its share
    of it, rounded up at the target's own last decimal place. None without a target."""
    window = tree.window(node, period)
    return None if window.target is None else _share_of(tree, node, window, window.target)


def _share_of(tree: Tree, node: Node, window: Window, target: Decimal) -> Decimal:
    if not is_flow(tree, node):
        return target
    days, open_days = window.period.days, window.open_days
    return target if open_days == days else share_of(target, open_days, days)


def leaf_cell(tree: Tree, leaf: Node, period: Period, entries: Sequence[Entry]) -> Cell:
    """A leaf in one of its periods, from that period's entries in the order of date, then logging."""
    logged = [(entry.on, entry.value) for entry in entries if entry.value is not None]
    window = tree.window(leaf, period)
    value, progress = _value_and_progress(tree, leaf, window, logged) if logged else (unlogged(tree, leaf), 0)
    if period_is_skipped(entries):
        return Cell(value, progress, counts=False, excused=window.is_due and not window.is_tracked)
    extra = bool(logged) and not window.is_due and tree.can_count(leaf, period)
    return Cell(value, progress, window.is_due or extra, extra=extra and not window.is_tracked)


def _value_and_progress(tree: Tree, leaf: Node, window: Window, logged: Logged) -> tuple[Decimal, int]:
    """(value, progress) of a leaf with entries."""
    value = _aggregated(tree.measure(leaf), tree.aggregate(leaf), logged)
    return value, 0 if window.is_tracked else _leaf_progress(tree, leaf, window, logged, value)


def _leaf_progress(tree: Tree, leaf: Node, window: Window, logged: Logged, value: Decimal) -> int:
    target = Decimal(1) if window.target is None else window.target
    is_mean = tree.measure(leaf) is Measure.NUMBER and tree.aggregate(leaf) is Aggregate.AVERAGE
    if not (is_mean or leaf.is_limit or leaf.baseline is not None):
        return ratio(value, _share_of(tree, leaf, window, target))
    exact = _mean(logged) if is_mean else Fraction(value)
    if leaf.is_limit:
        return _limit_progress(exact, Fraction(target), len(dict(logged)), window.open_days)
    begin = Fraction(leaf.baseline or 0)
    return _clamped((exact - begin) / (Fraction(target) - begin))


def _mean(logged: Logged) -> Fraction:
    """The exact mean: a `Decimal` cannot hold 1/3."""
    return Fraction(_sum([value for _, value in logged])) / len(logged)


def _limit_progress(value: Fraction, limit: Fraction, days_logged: int, open_days: int) -> int:
    """The progress of a limit: the share of open days with an entry, less if the limit is exceeded."""
    days, of = (min(days_logged, open_days), open_days) if open_days else (1, 1)
    return days * ONE // of if value <= limit else _clamped(Fraction(days, of) * limit / value)


def _clamped(progress: Fraction) -> int:
    return min(max(progress.numerator * ONE // progress.denominator, 0), ONE)


def contribution(measure: Measure, entries: Iterable[Entry]) -> Decimal:
    """The amount that a leaf's entries add to the sums above it: the numbers logged, or the days ticked."""
    return aggregate(measure, Aggregate.SUM, entries) or Decimal(0)


def parent_cell(tree: Tree, parent: Node, period: Period, rated: Sequence[Rated], total: Decimal) -> Cell:
    """A parent in one of its periods.

    `rated` are the children that count there and have a rate; `total` is the sum of all entries that add to it, by date
    (for the strategy sum only). A wholly paused period counts if there is any progress.
    """
    due, strategy = tree.is_due(parent, period), tree.strategy(parent)
    value, progress = Decimal(0), 0
    if strategy is Strategy.SUM:
        target = expected(tree, parent, period)
        value, progress = total, 0 if target is None else ratio(total, target)
    elif strategy is Strategy.COUNT:
        value = Decimal(sum(rate >= ONE for _, rate in rated))
        target = expected(tree, parent, period)
        progress = ratio(value, Decimal(len(rated)) if target is None else target)
    elif rated:
        progress = _combined(strategy, rated)
        value = as_value(progress)
    extra = progress > 0 and not due and tree.can_count(parent, period)
    return Cell(value, progress, due or extra, extra=extra)


def _combined(strategy: Strategy, rated: Sequence[Rated]) -> int:
    rates = [rate for _, rate in rated]
    if strategy is not Strategy.AVERAGE:
        return min(rates) if strategy is Strategy.MIN else max(rates)
    weights = [weight for weight, _ in rated]
    if weights.count(weights[0]) == len(weights):
        return sum(rates) // len(rates)
    scaled = [int(weight.scaleb(SCALE)) for weight in weights]
    return sum(weight * rate for weight, rate in zip(scaled, rates, strict=True)) // sum(scaled)
