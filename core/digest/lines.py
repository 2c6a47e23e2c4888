"""Each level's progress beside its pace and beside the previous period; and what rolled up where."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.digest.model import LevelLine, RollUp
from core.digest.state import View
from core.model import Kind, Level

_LEVELS = (Level.DAILY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY)


def level_lines(views: Sequence[View], previous: Sequence[View]) -> tuple[LevelLine, ...]:
    """A line for every level that has nodes which count, finest first."""
    found = []
    for level in _LEVELS:
        progress, paces = _of_level(views, level)
        if not progress:
            continue
        before, _ = _of_level(previous, level)
        found.append(
            LevelLine(
                level,
                len(progress),
                sum(progress) // len(progress),
                sum(paces, Fraction(0)) / len(paces),
                sum(before) // len(before) if before else None,
            )
        )
    return tuple(found)


def _of_level(views: Sequence[View], level: Level) -> tuple[list[int], list[Fraction]]:
    progress, paces = [], []
    for view in views:
        for _, node in view.tree.walk():
            if node.level is not level or node.kind is Kind.VISION or not view.is_live(node):
                continue
            if level is Level.DAILY and not view.tree.is_leaf(node):  # of days the leaves alone count, as in a summary
                continue
            share = view.progress(node)
            if share is not None:
                progress.append(share)
                paces.append(view.pace(node))
    return progress, paces


def roll_ups(views: Sequence[View]) -> tuple[RollUp, ...]:
    """The parents of the digest's level or coarser whose value or progress moved in its period."""
    found = []
    for view in views:
        for _, node in view.tree.walk():
            if view.tree.is_leaf(node) or node.level.rank < view.level.rank or not view.is_live(node):
                continue
            period = view.own_period(node)
            now, before = view.cell(node), view.before.cell(node, period)
            if (now.value, now.progress) != (before.value, before.progress):
                target = node.target_for(period.end)
                found.append(
                    RollUp(
                        node, period, now.value, target, now.progress, view.pace(node), before.value, before.progress
                    )
                )
    return tuple(found)
