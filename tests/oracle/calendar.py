"""Days, and the periods of a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

Span = tuple[date, date]
DAY = timedelta(days=1)


@cache
def days(span: Span) -> list[date]:
    return [span[0] + timedelta(days=ahead) for ahead in range((span[1] - span[0]).days + 1)]


@cache
def calendar_period(level: str, on: date, week_start: int) -> Span:
    """Walk to the first and the last day of the period: slow, and hard to get wrong."""

    def starts(day: date) -> bool:
        if level == "daily":
            return True
        if level == "weekly":
            return day.weekday() == week_start
        months = {"monthly": range(1, 13), "quarterly": (1, 4, 7, 10), "yearly": (1,)}[level]
        return day.day == 1 and day.month in months

    first = on
    while not starts(first):
        first -= DAY
    last = on
    while not starts(last + DAY):
        last += DAY
    return first, last
