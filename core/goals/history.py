"""The past periods of a node, and how each ended."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.goals.model import Node, Status
from core.goals.periods import Period
from core.goals.progress import Cell
from core.goals.status import status_of
from core.goals.tree import Tree


class Ended(StrEnum):
    """How a counting period ended. (Periods that did not count are `Status.OFF`, those without a target
    `Status.TRACKED`.)"""

    DONE = "done"
    MISSED = "missed"
    """The target was not reached; a limit was not kept, or not proved by entries."""


def periods_within(tree: Tree, node: Node, dates: Period) -> list[Period]:
    """The node's periods that overlap a range, from when it is active."""
    active, periods = tree.active(node), list[Period]()
    day, end = max(dates.start, active.start), min(dates.end, active.end)
    while day <= end:
        period = tree.period_of(node, day)
        periods.append(period)
        if period.end >= end:
            break
        day = date.fromordinal(period.end.toordinal() + 1)
    return periods


def outcome(tree: Tree, node: Node, period: Period, cell: Cell, today: date) -> Status | Ended:
    """How a period ended, or the status of the current one."""
    if today in period:
        return status_of(tree, node, cell, today)
    if not cell.counts:
        return Status.OFF
    if tree.is_tracked(node, period):
        return Status.TRACKED
    return Ended.DONE if cell.done else Ended.MISSED
