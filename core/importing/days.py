"""The days on which a daily habit is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from core.terms import ALL_WEEK

NO_DAYS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """On weekdays, or every so many days from the start, or on days of the month."""

    weekdays: frozenset[int] = ALL_WEEK
    every: int | None = None
    month_days: frozenset[int] = NO_DAYS


EVERY_DAY = DaySchedule()
