"""A node in one of its periods: what the calendar and the terms make of it, and of its children there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.goals.days import Days
from core.goals.model import Node
from core.goals.periods import Period
from core.records import record


@record
class Part:
    """A child that counts in a window of its parent: its weight there, and how many of its periods are to be met and
    belong to the window."""

    node: Node
    weight: Decimal
    periods: int


@record
class ChildShare:
    """The contribution of a child to its parent's period: the sum of progress over its counting periods, and how
    many."""

    weight: Decimal
    total: int
    periods: int

    @property
    def rate(self) -> int | None:
        """The mean progress in parts; None where there is no period."""
        return self.total // self.periods if self.periods else None


@record
class ChildCells:
    """The cells of a child whose periods belong to its parent's touched window, by the start of the period."""

    node_id: int
    first: date
    last: date


@dataclass(slots=True)
class Window:
    """See `Tree.window`. `target` is the one in force; `is_due` and `is_tracked` are as the tree's. `parts` and `spans`
    are worked out when they are first asked for."""

    period: Period
    days: Days
    target: Decimal | None
    is_due: bool
    is_tracked: bool
    parts: list[Part] | None = None
    spans: list[ChildCells] | None = None
