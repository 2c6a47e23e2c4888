"""Pace and status of a node (design.md §2, Status)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.goals.days import count_days, holds
from core.goals.model import Node, Status
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, TOLERANCE, Cell
from core.goals.tree import Tree
from core.goals.windows import Window


def pace(tree: Tree, node: Node, on: date) -> tuple[int, int]:
    """(open days ended before the date, open days) of the node's period; (0, 1) where it has none."""
    return _pace_in(tree.window(node, tree.period_of(node, on)), on)


def _pace_in(window: Window, on: date) -> tuple[int, int]:
    days = window.open_days
    if len(window.open) == 1:
        return max(min((on - window.open[0].start).days, days), 0), days
    return count_days(window.open, Period(window.period.start, on - DAY)), days or 1


def status_of(tree: Tree, node: Node, cell: Cell, on: date) -> Status:
    """How the node stands on a date, from its cell in the period that holds it."""
    return status_in(tree, node, tree.period_of(node, on), cell, on)


def status_in(tree: Tree, node: Node, period: Period, cell: Cell, on: date) -> Status:
    """The same with the period that holds the date."""
    window = tree.window(node, period)
    if not holds(window.days.active, on):
        return Status.INACTIVE
    if not cell.counts or not holds(window.open, on):
        return Status.OFF
    if window.is_tracked:
        return Status.TRACKED
    if cell.progress == 0 and not tree.expects(node, period):
        return Status.OFF
    if node.is_limit and tree.is_leaf(node):
        return _limit_status(window, cell.value, on)
    return status_at(cell.progress, *_pace_in(window, on))


def _limit_status(window: Window, value: Decimal | None, on: date) -> Status:
    limit, begun = Decimal(1) if window.target is None else window.target, Period(window.period.start, on)
    return limit_status_at(value, limit, count_days(window.open, begun), window.open_days)


def limit_status_at(value: Decimal | None, limit: Decimal, begun: int, days: int) -> Status:
    """The status of a limit when `begun` of its open days are over or under way."""
    if value is not None and value > limit:
        return Status.BEHIND
    if value is not None and begun >= days:
        return Status.DONE
    return Status.ON_TRACK if (value or 0) * days <= limit * begun else Status.AT_RISK


def status_at(progress: int, ended: int, days: int) -> Status:
    """The status of a counting node when `ended` of its open days have ended."""
    if progress >= ONE:
        return Status.DONE
    have, needed = (progress + TOLERANCE) * days, ended * ONE
    if have >= needed:
        return Status.ON_TRACK
    return Status.AT_RISK if 10 * have >= 7 * needed else Status.BEHIND
