"""Dates as people write them behind what they did: today, yesterday, monday, 2026-11-20, 20 Nov, 3 days ago."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.model import WEEKDAY_NAMES
from core.rules import FIRST_DATE, LAST_DATE

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SHORT_WEEKDAYS = {**{name: day for day, name in enumerate(WEEKDAY_NAMES)}, "tues": 1, "thur": 3, "thurs": 3}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_LIKE_A_DATE = re.compile(r"\d{1,4}(?:[/.]\d{1,4}){2}\.?|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.", re.ASCII)
_WORDS_TOO = frozenset({"may", "march", "mar"})
_ENDINGS = frozenset({"skip", "skipped", "done", "undone", "not", "no"})
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?")
_YEAR = re.compile(r"\d{4}")
_COUNT = re.compile(r"\d{1,4}")
_COUNTED = {"a": 1, "one": 1, "two": 2, "three": 3}

_SLIP = timedelta(days=31)
"""A day so little ahead is more likely a slip, to be refused as such, than the same day of last year."""


class NoSuchDay(ValueError):
    """Written as a date, but not in the calendar (30 Feb); the text is its only argument."""


class DoubtfulDay(NoSuchDay):
    """Written as a date that may be read in two ways (5/11/2026), or in none."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how many words say it."""

    on: date
    words: int


def date_at(words: Sequence[str], today: date, *, brief: bool = True) -> Dated | None:
    """The date that the words begin with; None if they begin with none.

    A weekday is the last such day (today is one, "last monday" is not); a day of a month without a year is the last
    one, unless it lies just ahead. `brief`: not within a note, where "sun" and "8/10" are words of their own.
    Raises `NoSuchDay`.
    """
    heads = [word.casefold().rstrip(",;") for word in words[:4]]
    if heads and heads[0] in ("on", "for"):
        behind = _date(heads[1:], today, brief=brief, led=heads[0] == "on")
        return Dated(behind.on, behind.words + 1) if behind else None
    return _date(heads, today, brief=brief)


def _date(heads: list[str], today: date, *, brief: bool, led: bool = False) -> Dated | None:
    if not heads:
        return None
    if heads[0] in _NEAR:
        return Dated(today + timedelta(days=_NEAR[heads[0]]), 1)
    if heads[0] in ("sat", "sun") and not led and _goes_on(heads[1:]):
        return None
    if (weekday := _weekday(heads[0], brief=brief)) is not None:
        return Dated(today - timedelta(days=(today.weekday() - weekday) % 7), 1)
    if heads[0] == "last" and len(heads) > 1 and (weekday := _weekday(heads[1], brief=True)) is not None:
        return Dated(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1), 2)
    if heads[0] == "next" and len(heads) > 1 and (weekday := _weekday(heads[1], brief=True)) is not None:
        return Dated(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), 2)
    if brief and (ahead := _ahead(heads, today)):
        return ahead
    return (
        _iso(heads[0]) or _in_digits(heads[0], today, brief=brief) or _ago(heads, today) or _day_of_month(heads, today)
    )


def _goes_on(behind: list[str]) -> bool:
    """Whether what follows makes a word before it one of a note, and no date."""
    return bool(behind) and behind[0] not in _ENDINGS and not behind[0].lstrip("=+-")[:1].isdigit()


def _ahead(heads: list[str], today: date) -> Dated | None:
    """ "in 2 days": said only to be refused."""
    if len(heads) < 3 or heads[0] != "in" or heads[2] not in ("day", "days", "week", "weeks"):
        return None
    count = int(heads[1]) if _COUNT.fullmatch(heads[1]) else _COUNTED.get(heads[1], 0)
    return Dated(today + timedelta(days=count * (7 if heads[2].startswith("week") else 1)), 3) if count else None


def _in_digits(word: str, today: date, *, brief: bool) -> Dated | None:
    """ "24.11.2026", "24.11.", "22/11/2026", "2026/11/23"; what looks like one and is none is not passed over."""
    if found := _YEAR_FIRST.fullmatch(word):
        exact = _real(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DOTTED.fullmatch(word) or _SLASHED.fullmatch(word):
        if not (brief or found[3]):
            return None
        day, month = int(found[1]), int(found[2])
        if "/" in word and day <= 12:
            raise DoubtfulDay(word)
        if found[3]:
            exact = _real(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
        else:
            exact = _nearest(month, day, today)
    elif brief and _LIKE_A_DATE.fullmatch(word):
        raise DoubtfulDay(word)
    else:
        return None
    if exact is None:
        raise NoSuchDay(word)
    return Dated(exact, 1)


def _nearest(month: int, day: int, today: date) -> date | None:
    """The last such day, unless one lies just ahead."""
    around = [_real(today.year + shift, month, day) for shift in (-1, 0, 1)]
    real = [found for found in around if found]
    return max([found for found in real if found <= today + _SLIP] or real[:1], default=None)


def _weekday(word: str, *, brief: bool) -> int | None:
    if word in _WEEKDAYS:
        return _WEEKDAYS.index(word)
    return _SHORT_WEEKDAYS.get(word) if brief else None


def _iso(word: str) -> Dated | None:
    if not (_ISO.fullmatch(word) and word.isascii()):
        return None
    exact = _real(*map(int, word.split("-")))
    if exact is None:
        raise NoSuchDay(word)
    return Dated(exact, 1)


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
        number, named = _DAY.fullmatch(day), month_of(month)
        if number is None or named is None:
            continue
        if len(heads) > 2 and _YEAR.fullmatch(heads[2]):
            exact = _real(int(heads[2]), named, int(number[1]))
            if exact is None:
                raise NoSuchDay(" ".join(heads[:3]))
            return Dated(exact, 3)
        if month == second and second in _WORDS_TOO and _goes_on(heads[2:]):
            continue
        near = _nearest(named, int(number[1]), today)
        if near is None:
            raise NoSuchDay(f"{first} {second}")
        return Dated(near, 2)
    return None


def names_month(word: str) -> bool:
    """Whether it is a month's name."""
    return month_of(word.casefold().rstrip(",;")) is not None


def month_of(word: str) -> int | None:
    """The number of the month that a word in small letters names, at least by its first three; None if it is none."""
    word = word.rstrip(".")
    if len(word) < 3:
        return None
    return next(
        (at for at, name in enumerate(_MONTHS, 1) if name == word or name[:3] == word or name[:4] == word), None
    )


def _real(year: int, month: int, day: int) -> date | None:
    """The day, if it is in the calendar and can be kept."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_DATE <= found <= LAST_DATE else None
