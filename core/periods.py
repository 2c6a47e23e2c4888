"""Local dates and the periods that hold them (DESIGN.md §2). Everything else in the product is computed on these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from core.model import ALL_WEEK, Level

DAY = timedelta(days=1)

_REMEMBERED = 8192
"""Answers of the calendar that are kept: one check-off or tree asks for the same few dozens of times."""


def local_date(instant: datetime, zone: tzinfo, day_start: time) -> date:
    """The owner's date at an instant: the wall clock in their zone, minus their day start.

    The one place where an instant becomes a date. The subtraction is on the wall clock, so a day start of 04:00 is
    04:00 on the night of a DST change as well.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    wall = instant.astimezone(zone).replace(tzinfo=None)
    return (wall - timedelta(hours=day_start.hour, minutes=day_start.minute)).date()


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The dates `[start, end]`, both inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many dates it holds."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """Its middle day, of two the earlier: it decides to which coarser window the period belongs."""
        return self.start + timedelta(days=(self.days - 1) // 2)

    def __contains__(self, on: date) -> bool:
        return self.start <= on <= self.end

    def meets(self, other: Period) -> Period | None:
        """The dates that both hold, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


@lru_cache(_REMEMBERED)
def period_of(level: Level, on: date, week_start: int = 0) -> Period:
    """The period of a calendar level (any but the vision's, see `Tree.period_of`) that holds a date."""
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
        case Level.VISION:
            raise ValueError("a vision's period depends on the vision")


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - DAY


def belonging(level: Level, window: Period, week_start: int = 0) -> Iterator[Period]:
    """The periods of a level whose middle day the window holds, in order."""
    period = period_of(level, window.start, week_start)
    while period.middle <= window.end:
        if period.middle >= window.start:
            yield period
        period = period_of(level, period.end + DAY, week_start)


@lru_cache(_REMEMBERED)
def span_of_starts(level: Level, window: Period, week_start: int = 0) -> Period | None:
    """The first and the last start date of the periods that `belonging` yields; None when there is none."""
    if level is Level.DAILY:
        return window
    first = period_of(level, window.start, week_start)
    if first.middle < window.start:
        first = period_of(level, first.end + DAY, week_start)
    last = period_of(level, window.end, week_start)
    if last.middle > window.end:
        last = period_of(level, last.start - DAY, week_start)
    return Period(first.start, last.start) if first.start <= last.start else None


def count_weekdays(span: Period, weekdays: frozenset[int] = ALL_WEEK) -> int:
    """How many dates of a span fall on the given weekdays."""
    weeks, rest = divmod(span.days, 7)
    first = span.start.weekday()
    return weeks * len(weekdays) + sum((first + offset) % 7 in weekdays for offset in range(rest))


@lru_cache(_REMEMBERED)
def count_periods(
    level: Level, window: Period, active: Period, weekdays: frozenset[int] = ALL_WEEK, week_start: int = 0
) -> int:
    """How many periods of a level belong to the window and overlap the active range (daily: on the weekdays)."""
    starts = span_of_starts(level, window, week_start)
    if starts is None:
        return 0
    if level is Level.DAILY:
        days = starts.meets(active)
        return count_weekdays(days, weekdays) if days else 0
    first = max(starts.start, period_of(level, active.start, week_start).start)
    last = min(starts.end, period_of(level, active.end, week_start).start)
    if first > last:
        return 0
    if level is Level.WEEKLY:
        return (last - first).days // 7 + 1
    months = (last.year - first.year) * 12 + last.month - first.month
    return months // (3 if level is Level.QUARTERLY else 1) + 1
