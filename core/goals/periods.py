"""Local dates and the periods that hold them (design.md §2). Everything else is computed on these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from core.goals.model import Level

DAY = timedelta(days=1)

_REMEMBERED = 8192
"""The number of cached results: one check-off or tree asks for the same few dozens of times."""


def local_date(instant: datetime, zone: tzinfo, day_start: time) -> date:
    """The owner's date at an instant: the wall clock in their zone, minus their day start. No other function turns an
    instant into a date. The comparison is on the wall clock, so a day start of 04:00 is 04:00 on the night of a DST
    change as well."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    wall = instant.astimezone(zone)
    on = wall.date()
    return on if (wall.hour, wall.minute) >= (day_start.hour, day_start.minute) else on - DAY


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The dates `[start, end]`, both inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """The number of dates."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The middle day, the earlier of two."""
        return self.start + (self.end - self.start) // 2

    def __contains__(self, on: date) -> bool:
        return self.start <= on <= self.end

    def meets(self, other: Period) -> Period | None:
        """The dates that are in both; None if there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


@lru_cache(_REMEMBERED)
def period_of(level: Level, on: date, week_start: int = 0) -> Period:
    """The period of a calendar level that holds a date; those of a range and a vision depend on the node
    (`Tree.period_of`)."""
    match level:
        case Level.DAILY:
            return Period(on, on)
        case Level.WEEKLY:
            start = on - timedelta(days=(on.weekday() - week_start) % 7)
            return Period(start, start + timedelta(days=6))
        case Level.MONTHLY:
            return Period(on.replace(day=1), _month_end(on.year, on.month))
        case Level.QUARTERLY:
            first = on.month - (on.month - 1) % 3
            return Period(date(on.year, first, 1), _month_end(on.year, first + 2))
        case Level.YEARLY:
            return Period(date(on.year, 1, 1), date(on.year, 12, 31))
        case Level.RANGE | Level.VISION:
            raise ValueError(f"the period of a {level} depends on the node")


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - DAY
