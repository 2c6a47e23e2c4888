"""Each level's progress compared with its pace and the previous period; and what rolled up where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from core.digest.dates import levels_of
from core.digest.model import LevelLine, Reached, RollUp
from core.digest.state import DigestView
from core.digest.when import Earlier
from core.goals.model import Kind, Level, Node
from core.goals.periods import DAY, Period
from core.goals.progress import ONE
from core.goals.why import cut_of


def level_lines(
    views: Sequence[DigestView], before: Mapping[Level, Sequence[DigestView]], back: Mapping[Level, Earlier]
) -> tuple[LevelLine, ...]:
    """A line for every level that has nodes which count, finest first. `before` and `back` are the trees at the same
    point in the previous period, and that point: for the digest's level, which the finer ones share, and for each
    coarser one."""
    lines = []
    for level in levels_of(views[0].level) if views else ():
        progress, paces = _of_level(views, level)
        if not progress:
            continue
        own = level if level in back else views[0].level
        then, _ = _of_level(before[own], level)
        lines.append(
            LevelLine(
                level,
                len(progress),
                sum(progress) // len(progress),
                sum(paces, Fraction(0)) / len(paces),
                sum(then) // len(then) if then else None,
                back[own],
            )
        )
    return tuple(lines)


def _of_level(views: Sequence[DigestView], level: Level) -> tuple[list[int], list[Fraction]]:
    progress, paces = [], []
    for view in views:
        for node in view.tree.goals():
            if node.level is not level or node.kind is Kind.VISION or not view.is_live(node):
                continue
            # On the daily level only leaves count, as in a summary.
            if level is Level.DAILY and not view.tree.is_loggable(node):
                continue
            share = view.progress(node)
            if share is not None:
                progress.append(share)
                paces.append(view.pace(node))
    return progress, paces


def roll_ups(views: Sequence[DigestView]) -> tuple[RollUp, ...]:
    """The parents of the digest's level or coarser whose value or progress moved in its period."""
    rolled = []
    for view in views:
        for node in view.tree.goals():
            if view.tree.is_leaf(node) or node.level.rank < view.level.rank or not view.is_live(node):
                continue
            line = _roll_up(view, node)
            if (line.value, line.progress) != (line.value_before, line.progress_before):
                rolled.append(line)
    return tuple(rolled)


def visions(views: Sequence[DigestView]) -> tuple[RollUp, ...]:
    """The visions that have a progress, whether it moved or not."""
    return tuple(_roll_up(view, view.tree.vision) for view in views if view.progress(view.tree.vision) is not None)


def _roll_up(view: DigestView, node: Node) -> RollUp:
    period = view.own_period(node)
    now, before = view.cell(node), view.before.cell(node, period)
    return RollUp(
        node,
        period,
        now.value or Decimal(0),
        view.state.target(node, period),
        now.progress,
        view.pace(node),
        before.value or Decimal(0),
        before.progress,
        cut_of(view.tree, node, period),
    )


def just_reached(views: Sequence[DigestView]) -> tuple[Reached, ...]:
    """The goals of the digest's level or coarser that were reached in its period, the longest periods first. Their own
    period may have ended within it."""
    reached = []
    for view in views:
        for node in view.tree.goals():
            if node.level.rank < view.level.rank or not view.is_live(node):
                continue
            state = view.settled if node.level is view.level else view.state
            for period in _periods(view, node):
                is_new = state.cell(node, period).done and view.before.cell(node, period).progress < ONE
                if is_new and not view.is_cut_short(node, period):
                    reached.append(Reached(node, period, view.seen in period))
    return tuple(sorted(reached, key=lambda item: -item.node.level.rank))


def _periods(view: DigestView, node: Node) -> Iterator[Period]:
    """The node's own periods that overlap the days seen, in order."""
    period = view.tree.period_of(node, view.window.start)
    while period.start <= view.seen:
        yield period
        following = view.tree.period_of(node, period.end + DAY)
        if following == period:  # that of a vision with an end
            return
        period = following
