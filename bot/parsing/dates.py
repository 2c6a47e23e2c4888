"""Dates as people write them behind what they did: today, yesterday, monday, 2026-11-20, 20 Nov, 3 days ago."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.model import WEEKDAY_NAMES

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SHORT_WEEKDAYS = {**{name: day for day, name in enumerate(WEEKDAY_NAMES)}, "tues": 1, "thur": 3, "thurs": 3}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?")
_YEAR = re.compile(r"\d{4}")
_COUNT = re.compile(r"\d{1,4}")
_COUNTED = {"a": 1, "one": 1, "two": 2, "three": 3}

_SLIP = timedelta(days=31)
"""A day so little ahead is more likely a slip, to be refused as such, than the same day of last year."""


class NoSuchDay(ValueError):
    """Written as a date, but not in the calendar (30 Feb); the text is its only argument."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how many words say it."""

    on: date
    words: int


def date_at(words: Sequence[str], today: date, *, brief: bool = True) -> Dated | None:
    """The date that the words begin with; None if they begin with none.

    A weekday is the last such day (today is one, "last monday" is not); a day of a month without a year is the last
    one, unless it lies just ahead. `brief` also takes "sun" and "sat", which within a note are words of their own.
    Raises `NoSuchDay`.
    """
    heads = [word.casefold().rstrip(",;") for word in words[:4]]
    if heads and heads[0] in ("on", "for"):
        behind = _date(heads[1:], today, brief=brief)
        return Dated(behind.on, behind.words + 1) if behind else None
    return _date(heads, today, brief=brief)


def _date(heads: list[str], today: date, *, brief: bool) -> Dated | None:
    if not heads:
        return None
    if heads[0] in _NEAR:
        return Dated(today + timedelta(days=_NEAR[heads[0]]), 1)
    if (weekday := _weekday(heads[0], brief=brief)) is not None:
        return Dated(today - timedelta(days=(today.weekday() - weekday) % 7), 1)
    if heads[0] == "last" and len(heads) > 1 and (weekday := _weekday(heads[1], brief=True)) is not None:
        return Dated(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1), 2)
    return _iso(heads[0]) or _ago(heads, today) or _day_of_month(heads, today)


def _weekday(word: str, *, brief: bool) -> int | None:
    if word in _WEEKDAYS:
        return _WEEKDAYS.index(word)
    return _SHORT_WEEKDAYS.get(word) if brief else None


def _iso(word: str) -> Dated | None:
    if not (_ISO.fullmatch(word) and word.isascii()):
        return None
    try:
        return Dated(date.fromisoformat(word), 1)
    except ValueError:
        raise NoSuchDay(word) from None


def _ago(heads: list[str], today: date) -> Dated | None:
    if len(heads) < 3 or heads[2] != "ago" or heads[1] not in ("day", "days", "week", "weeks"):
        return None
    count = int(heads[0]) if _COUNT.fullmatch(heads[0]) else _COUNTED.get(heads[0])
    if count is None:
        return None
    return Dated(today - timedelta(days=count * (7 if heads[1].startswith("week") else 1)), 3)


def _day_of_month(heads: list[str], today: date) -> Dated | None:
    """ "20 Nov", "Nov 20", each with or without a year."""
    if len(heads) < 2:
        return None
    first, second = heads[0], heads[1]
    for day, month in ((first, second), (second, first)):
        number, named = _DAY.fullmatch(day), _month(month)
        if number is None or named is None:
            continue
        if len(heads) > 2 and _YEAR.fullmatch(heads[2]):
            exact = _real(int(heads[2]), named, int(number[1]))
            if exact is None:
                raise NoSuchDay(" ".join(heads[:3]))
            return Dated(exact, 3)
        around = [_real(today.year + shift, named, int(number[1])) for shift in (-1, 0, 1)]
        real = [found for found in around if found]
        if not real:
            raise NoSuchDay(f"{first} {second}")
        near = [found for found in real if found <= today + _SLIP] or real[:1]
        return Dated(max(near), 2)
    return None


def _month(word: str) -> int | None:
    word = word.rstrip(".")
    if len(word) < 3:
        return None
    return next(
        (at for at, name in enumerate(_MONTHS, 1) if name == word or name[:3] == word or name[:4] == word), None
    )


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
