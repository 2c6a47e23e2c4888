"""A node in one of its periods: the facts that follow from the calendar and the terms, also about its children."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.goals.days import Days, Spans
from core.goals.model import Node
from core.goals.periods import Period
from core.records import record


@record
class Part:
    """A child that counts in a window of its parent: its weight there, and how many due periods belong to the
    window."""

    node: Node
    weight: Decimal
    periods: int


@record
class ChildShare:
    """A child's contribution to its parent's period: the sum of progress over its counting periods, and their
    number."""

    weight: Decimal
    total: int
    periods: int

    @property
    def rate(self) -> int | None:
        """The mean progress in parts; None without periods."""
        return self.total // self.periods if self.periods else None


@record
class ChildCells:
    """The range of a child's cells whose periods belong to a window of its parent, by the start of the period."""

    node_id: int
    first: date
    last: date


@dataclass(slots=True)
class Window:
    """See `Tree.window`. `open` are the period's open days, `target` is the one in force; `is_due` and `is_tracked` are
    as in `Tree`. `parts` and `spans` are computed on first use."""

    period: Period
    days: Days
    open: Spans
    target: Decimal | None
    is_due: bool
    is_tracked: bool
    parts: list[Part] | None = None
    spans: list[ChildCells] | None = None

    @property
    def open_days(self) -> int:
        """How many days of the period are open."""
        return self.open[0].days if len(self.open) == 1 else sum(span.days for span in self.open)
