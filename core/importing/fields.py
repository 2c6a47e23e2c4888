"""Fields of another program's files, which may hold anything: a value that does not fit reads as None or empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from core.goals.terms import ALL_WEEK

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""The range of valid days; others are an error in the file."""


def elements(value: object) -> list[Any]:
    """The elements of a list."""
    return value if isinstance(value, list) else []


def fields_of(value: object) -> dict[str, Any]:
    """The fields of an object."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [item for item in elements(value) if isinstance(item, dict)]


def text(value: object) -> str:
    """A text, or a number as one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    return str(value).strip()


def number(value: object) -> Decimal | None:
    """A finite number, even in quotes. Floats are read by their shortest form."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, str) and not 0 < len(value) <= 60:
        return None
    try:
        parsed = Decimal(str(value).strip()) if not isinstance(value, int) else Decimal(value)
    except (ArithmeticError, ValueError):
        return None
    return parsed if parsed.is_finite() else None


def whole(value: object) -> int | None:
    """A whole number in the range of dates and counts."""
    if type(value) is int:
        return value if abs(value) <= 10**15 else None
    parsed = number(value)
    if parsed is None or abs(parsed) > 10**15 or parsed != parsed.to_integral_value():
        return None
    return int(parsed)


def truth(value: object) -> bool:
    """Whether a field is true, 1 or "true"."""
    return value in (True, 1) or (isinstance(value, str) and value.strip().lower() in ("true", "1", "yes"))


def day(value: object) -> date | None:
    """A date such as 2026-11-23 or 20261123, with or without a time of day after it."""
    said = text(value)[:10]
    try:
        parsed = date.fromisoformat(said if len(said) == 10 else said[:8])
    except ValueError:
        return None
    return parsed if EARLIEST <= parsed < LATEST else None


def instant(value: object) -> datetime | None:
    """An instant in ISO 8601; one without a zone is UTC."""
    try:
        parsed = datetime.fromisoformat(text(value)[:40])
    except ValueError:
        return None
    parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return parsed if EARLIEST < parsed.date() < LATEST else None


def instant_of_ms(value: object) -> datetime | None:
    """An instant in milliseconds since 1970."""
    ms = whole(value)
    if ms is None or abs(ms) > 7 * 10**12:
        return None
    moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=ms)
    return moment if EARLIEST < moment.date() < LATEST else None


def zone_of(minutes: object) -> tzinfo | None:
    """A zone that is so many minutes ahead of UTC."""
    offset = whole(minutes)
    return timezone(timedelta(minutes=offset)) if offset is not None and abs(offset) < 24 * 60 else None


def clock(hour: object, minute: object) -> time | None:
    """A time of day."""
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or not (0 <= hours < 24 and 0 <= minutes < 60):
        return None
    return time(hours, minutes)


def weekdays_of(numbers: Sequence[object], first: int) -> frozenset[int]:
    """Weekdays from numbers counted from `first` (Monday is 0); all of them if none is named."""
    weekdays = frozenset((day + first) % 7 for day in map(whole, numbers) if day is not None)
    return weekdays or ALL_WEEK
