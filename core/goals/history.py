"""The periods of a node that lie behind, and how each of them ended."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.goals.model import Node, Status
from core.goals.periods import Period
from core.goals.progress import Cell
from core.goals.status import status_of
from core.goals.tree import Tree


class Ended(StrEnum):
    """How a period ended that counted. One that did not count is `Status.OFF`, one of a goal without a target
    `Status.TRACKED`."""

    DONE = "done"
    MISSED = "missed"
    """Its target was not reached; of a limit: it was not kept, or not proved by entries."""


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
    """How a period ended, or how the one stands that holds today."""
    if today in period:
        return status_of(tree, node, cell, today)
    if not cell.counts:
        return Status.OFF
    if tree.is_tracked(node, period):
        return Status.TRACKED
    return Ended.DONE if cell.done else Ended.MISSED
