"""An aim as values: from one sentence, from a form, or from a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal

from core.goals.model import Aggregate, Direction, Level
from core.goals.terms import EVERY_DAY, DaySchedule
from core.records import record


@record
class Aim:
    """One aim.

    `title` is the title of its vision, `goal` that of the logged goal. `amount` is the total or, with `each`, the
    amount per period; with `baseline` it is the final value. Without an amount, `each` makes it a check, `is_tracked` a
    tracked number, and neither an open aim. `done` is the part of the amount that is done already. `ramp` is how many
    percent more each week asks than the one before. `finest` is the shortest period into which the amount is split.
    """

    title: str
    goal: str
    amount: Decimal | None = None
    unit: str | None = None
    each: Level | None = None
    baseline: Decimal | None = None
    direction: Direction = Direction.AT_LEAST
    aggregate: Aggregate | None = None
    is_tracked: bool = False
    counts_ticks: bool = False
    """The amount counts ticks."""
    is_divisible: bool = False
    """A day's share may have decimals: 2.5 km, but 3 pages."""
    schedule: DaySchedule = EVERY_DAY
    starts_on: date | None = None
    ends_on: date | None = None
    done: Decimal = Decimal(0)
    ramp: Decimal = Decimal(0)
    finest: Level = Level.DAILY

    @property
    def is_total(self) -> bool:
        """Whether the amount is split over the available time."""
        return self.amount is not None and self.each is None and self.baseline is None and self.aggregate is None

    @property
    def takes_ramp(self) -> bool:
        """Whether there is an amount that can grow from week to week."""
        if self.is_total:
            return True
        is_asked = self.amount is not None and self.direction is Direction.AT_LEAST and not self.is_tracked
        return is_asked and (self.each is Level.DAILY or (self.each is Level.WEEKLY and self.schedule == EVERY_DAY))

    @property
    def is_open(self) -> bool:
        """Whether it says nothing that can be counted or ticked."""
        return self.amount is None and self.each is None and not self.is_tracked

    @property
    def needs_end(self) -> bool:
        """Whether it makes no sense without a deadline."""
        return self.each is None and not self.is_tracked and not self.is_open


@record
class PlanTitles:
    """Titles for the goals between a vision and the leaf, in the owner's language."""

    whole: str
    """The whole amount: "80,000 words"."""
    parts: Mapping[Level, str] = field(default_factory=dict)
    """The part of each period: "Words a month"."""
    steps: Mapping[Level, str] = field(default_factory=dict)
    """Goals that are still to be filled in: "A step each week"."""
