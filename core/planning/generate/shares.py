"""Splitting an amount over days and periods, so that the parts add up to it exactly.

Each available day has a weight: 1, or more from week to week if the amount grows. The amount due by the end of a day is
its share by weight, rounded once; a period's part is the difference between the amounts due at its end and before it.
So the parts add up at every level, and the levels agree with one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from itertools import accumulate

from core.goals.model import Level
from core.goals.periods import DAY, Period, period_of
from core.goals.terms import DaySchedule
from core.records import record
from core.values import DECIMALS, decimals_of, share_of

GROWS_FOR = 52
"""Weeks after which an amount no longer grows."""
_HUNDREDTHS = 100


@record
class PeriodPart:
    """A period's part of the amount; `days` are its days within the available time."""

    period: Period
    days: Period
    amount: Decimal

    @property
    def is_whole(self) -> bool:
        """Whether the whole period lies within that time."""
        return self.days == self.period


@dataclass(frozen=True)
class AmountShare:
    """An amount, and the days over which it is split. `ramp`: how many percent more a week has than the one before."""

    amount: Decimal
    days: Period
    schedule: DaySchedule
    week_start: int = 0
    ramp: Decimal = Decimal(0)

    @cached_property
    def available(self) -> int:
        """The number of available days."""
        return self.schedule.count(self.days.start, self.days.end, self.days.start)

    def available_in(self, days: Period) -> int:
        """The number of available days among these."""
        return self.schedule.count(days.start, days.end, self.days.start)

    def parts(self, level: Level) -> list[PeriodPart]:
        """The parts of a level's periods, in order."""
        parts = []
        period = period_of(level, self.days.start, self.week_start)
        while period.start <= self.days.end:
            within = Period(max(period.start, self.days.start), min(period.end, self.days.end))
            amount = self._due(within.end) - self._due(within.start - DAY)
            parts.append(PeriodPart(period, within, Decimal(amount).scaleb(-self._decimals)))
            period = period_of(level, period.end + DAY, self.week_start)
        return parts

    @cached_property
    def _decimals(self) -> int:
        return decimals_of(self.amount)

    def _due(self, on: date) -> int:
        """The amount due by the end of a day, in units of the amount's last decimal place, half a unit rounded up."""
        units = int(self.amount.scaleb(self._decimals))
        total, until = self._weights[-1], self._weights[(on - self.days.start).days + 1]
        return (2 * units * until + total) // (2 * total)

    @cached_property
    def _weights(self) -> Sequence[int]:
        """Cumulative weights: of all days before each day, and finally of all days."""
        first_week = period_of(Level.WEEKLY, self.days.start, self.week_start).start
        weights = []
        for offset in range(self.days.days):
            on = self.days.start + timedelta(days=offset)
            week = min((on - first_week).days // 7, GROWS_FOR)
            weights.append(self._factors[week] if self.schedule.holds(on, self.days.start) else 0)
        return list(accumulate(weights, initial=0))

    @cached_property
    def _factors(self) -> Sequence[int]:
        """The weight of a day in each week: powers of the growth, over a common denominator."""
        whole = 100 * _HUNDREDTHS
        grown = whole + int(self.ramp * _HUNDREDTHS)
        return [grown**week * whole ** (GROWS_FOR - week) for week in range(GROWS_FOR + 1)]


def rounded_up(amount: Decimal, decimals: int) -> Decimal:
    """The amount rounded up to this number of decimals."""
    return amount.scaleb(decimals).to_integral_value(ROUND_CEILING).scaleb(-decimals)


def target_of(part: PeriodPart) -> Decimal:
    """The target of a whole period for which exactly the part is expected of its available days (design.md §2, What is
    expected: the target's share of the open days, rounded up at the target's last decimal place)."""
    if part.is_whole:
        return part.amount
    for decimals in range(decimals_of(part.amount), DECIMALS + 1):
        most = int(part.amount.scaleb(decimals) * part.period.days / part.days.days)
        for units in (most, most - 1):
            target = Decimal(units).scaleb(-decimals)
            if share_of(target, part.days.days, part.period.days) == part.amount:
                return target
    return part.amount
