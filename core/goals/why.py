"""Why a goal stands where it does: what holds it down, and what would lift it most. Every promise is computed by the
engine as if the entries had been made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from core.goals.completing import CachedTree, PossibleEntry, missing
from core.goals.engine import realise
from core.goals.model import Entry, Measure, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, Sums, blank, expected, percent
from core.goals.reading import Reading, Standing
from core.goals.tree import Tree
from core.goals.windows import ChildShare
from core.records import record

MOST_TRIED = 30
"""How many goals below one are tried for the best lift; if there are more, those with the lowest rates."""


@record
class Cut:
    """Less is expected of a period than its target, since only some of its days are open."""

    target: Decimal
    expected: Decimal
    open_days: int
    days: int


@record
class Held:
    """The goal that holds another one down. In the other's window `done` of its `periods` counting periods are
    complete, and `missed` are those that ended incomplete. The remaining figures are those of `period`, its latest
    one."""

    node: Node
    period: Period
    done: int
    periods: int
    missed: tuple[Period, ...]
    value: Decimal | None
    expected: Decimal | None
    progress: int
    days_logged: int
    open_days: int

    @property
    def percent(self) -> int:
        """Its own whole percent, rounded down."""
        return percent(self.progress)

    @property
    def is_over(self) -> bool:
        """Whether it is a limit, and over it."""
        return self.node.is_limit and self.value is not None and self.value > (self.expected or 0)


@record
class Lift:
    """The best way to lift a goal. Once `entries` are logged, which complete `node` in that many of its `periods`, the
    last of these `by` a day, the goal stands at `progress`. `amount` is what the first period lacks; `is_same`: all
    lack as much."""

    node: Node
    periods: int
    amount: Decimal
    is_same: bool
    by: date
    progress: int
    entries: tuple[PossibleEntry, ...]
    is_ticks: bool

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return percent(self.progress)


@record
class Why:
    """Why a goal stands where it does on a day: the `cut` in its expected value, the goal that holds it down, and the
    best lift. These are None if the goal is complete, tracked or off, or if nothing can be done any more.
    `paused_until` is the last day of the current pause."""

    standing: Standing
    cut: Cut | None = None
    held: Held | None = None
    lift: Lift | None = None
    paused_until: date | None = None


def cut_of(tree: Tree, node: Node, period: Period) -> Cut | None:
    """The difference between a goal's target and its expected value in a period; None if there is none."""
    target, wanted = node.target_for(period.end), expected(tree, node, period)
    if target is None or wanted is None or target == wanted:
        return None
    return Cut(target, wanted, tree.open_days(node, period), period.days)


def paused_until(tree: Tree, node: Node, on: date) -> date | None:
    """The last day of a goal's current pause; None if it is not paused."""
    if not tree.is_paused(node, on):
        return None
    while tree.is_paused(node, on + DAY):
        on += DAY
    return on


def why(reading: Reading, node: Node, entries: Sequence[Entry]) -> Why:
    """Why a goal stands where it does. `entries` are all entries of its tree as of the reading's day."""
    standing, tree = reading.standing(node), reading.tree
    answer = Why(standing, cut_of(tree, node, standing.period), paused_until=paused_until(tree, node, reading.on))
    cell = reading.cells.get(node.id) or blank(tree, node, standing.period)
    is_rated = cell.counts and not tree.is_tracked(node, standing.period) and tree.is_active(node, reading.on)
    if standing.progress >= ONE or not is_rated:
        return answer
    branch = _branch(tree, node)
    own = [entry for entry in entries if entry.node_id in branch.nodes]
    state = CachedTree(branch, reading.on, realise(branch, own), own)
    held = _held(state, _weakest(state, node, standing.period), node, standing.period)
    return Why(standing, answer.cut, held, _lift(state, node, standing.period), answer.paused_until)


def _branch(tree: Tree, node: Node) -> Tree:
    """The tree without nodes that do not affect this one."""
    kept = [*tree.ancestors(node), *(below for _, below in tree.walk(node))]
    return tree if node is tree.vision else Tree(kept, tree.week_start, tree.pauses)


# What holds it down


def _weakest(state: CachedTree, node: Node, window: Period) -> Node:
    """The goal that costs a node most, found from parent to child as far as rates are combined."""
    tree = state.tree
    while not tree.is_loggable(node) and tree.strategy(node) is not Strategy.SUM:
        rated = [
            (child, share) for child in tree.children(node) if (share := _share(state, child, window)).weight > 0
            and share.rate is not None
        ]  # fmt: skip
        if not rated:
            return node
        node, _ = max(rated, key=lambda pair: _cost(tree.strategy(node), pair[1]))
    return node


def _cost(strategy: Strategy, share: ChildShare) -> Decimal:
    rate = share.rate or 0
    if strategy is Strategy.AVERAGE:
        return share.weight * (ONE - rate)
    if strategy is Strategy.COUNT:  # the one that lacks least is the next to be counted
        return Decimal(rate if rate < ONE else -1)
    return Decimal(-rate if strategy is Strategy.MIN else rate)


def _share(state: CachedTree, node: Node, window: Period) -> ChildShare:
    starts, sums = state.tree.starts_within(node, window), Sums()
    if starts is not None:
        for start, cell in state.cache.cells.get(node.id, {}).items():
            sums = sums.with_(cell) if starts.start <= start <= starts.end else sums
    periods = state.tree.count_own_periods(node, window) - sums.excused + sums.extra
    return ChildShare(node.weight_for(window.end), sums.total, periods)


def _held(state: CachedTree, held: Node, node: Node, window: Period) -> Held:
    tree = state.tree
    periods = [window] if held is node else list(tree.own_periods(held, window))
    cells = [(period, cell) for period in periods if (cell := state.cell(held, period)).counts]
    missed = tuple(period for period, cell in cells if period.end < state.on and cell.progress < ONE)
    last, cell = max(
        ((period, cell) for period, cell in cells if period.start <= state.on),
        default=(tree.period_of(held, state.on), state.cell(held, tree.period_of(held, state.on))),
        key=lambda pair: pair[0].start,
    )
    done = sum(cell.done for _, cell in cells)
    logged, days = len(state.days_logged(held, last)), tree.open_days(held, last)
    wanted = expected(tree, held, last)
    return Held(held, last, done, len(cells), missed, cell.value, wanted, cell.progress, logged, days)


# What would lift it


def _lift(state: CachedTree, node: Node, window: Period) -> Lift | None:
    before = state.cell(node, window).progress
    tried = [lift for one in _tried(state, node, window) if (lift := _complete(state, one, node, window))]
    best = max(tried, key=lambda lift: (lift.progress, -len(lift.entries)), default=None)
    return best if best is not None and best.progress > before else None


def _tried(state: CachedTree, node: Node, window: Period) -> Sequence[Node]:
    """The nodes at or below a goal that entries can complete: leaves, *each* goals and sums."""
    tree = state.tree
    candidates = [
        below
        for below in tree.goals(node)
        if tree.is_loggable(below) or (tree.strategy(below) is Strategy.SUM and below.target is not None)
    ]
    if len(candidates) <= MOST_TRIED:
        return candidates
    return sorted(candidates, key=lambda below: _share(state, below, window).rate or 0)[:MOST_TRIED]


def _complete(state: CachedTree, one: Node, node: Node, window: Period) -> Lift | None:
    """The lift of a goal by completing one below it in each of its periods that are not over."""
    parts = [*filter(None, (missing(state, one, period) for period in _periods(state.tree, one, node, window)))]
    entries = tuple(entry for entry in chain.from_iterable(parts) if entry.on in window)
    if not entries:
        return None
    cell = realise(state.tree, [*state.entries, *_as_entries(entries)]).cell(node.id, window.start) or Cell()
    amounts = [sum((entry.value for entry in part), Decimal(0)) for part in parts]
    by = max(min(state.tree.period_of(one, part[-1].on).end, window.end) for part in parts)
    by = min(by, state.tree.active(one).end)
    is_ticks = all(state.tree.measure(entry.leaf) is Measure.CHECK for entry in entries)
    return Lift(one, len(parts), amounts[0], len(set(amounts)) == 1, by, cell.progress, entries, is_ticks)


def _as_entries(entries: Iterable[PossibleEntry]) -> list[Entry]:
    """Possible entries as real ones, with ids after all others."""
    return [
        Entry(id=2**60 + at, node_id=entry.leaf.id, on=entry.on, value=entry.value) for at, entry in enumerate(entries)
    ]


def _periods(tree: Tree, one: Node, node: Node, window: Period) -> Iterator[Period]:
    if one is node:
        yield window
        return
    yield from tree.own_periods(one, window)
