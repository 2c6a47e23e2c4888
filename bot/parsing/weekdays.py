"""Days of the week as people write them, in English or in their own language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names

from core.model import ALL_WEEK
from language.i18n import Words

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    **dict.fromkeys(("daily", "everyday", "day"), ALL_WEEK),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends"), frozenset({5, 6})),
}
_PARTS = re.compile(r"[,/+&]")
_RANGE = re.compile(r"[-–—]")
_SHORTEST = 2
"""Letters by which a day can be told."""


def weekday(text: str, w: Words) -> int | None:
    """The number of a weekday by its name, its plural, or how it begins."""
    name = _plain(text).rstrip(".")
    if len(name) < _SHORTEST:
        return None
    for names in (_ENGLISH_NAMES, _names(w.locale)):
        exact = {number for number, known in names if name in (known, known + "s")}
        begun = exact or {number for number, known in names if known.startswith(name)}
        if len(begun) == 1:
            return begun.pop()
    return None


def weekdays(word: str, w: Words) -> frozenset[int] | None:
    """The days that a word names: "mon", "mon,wed,fri", "mon-fri", "weekends", "daily"; None if it names none."""
    days: set[int] = set()
    for part in filter(None, _PARTS.split(word.casefold().strip(",;."))):
        ends = [weekday(end, w) for end in _RANGE.split(part)]
        if part in _GROUPS:
            days |= _GROUPS[part]
        elif len(ends) == 1 and ends[0] is not None:
            days.add(ends[0])
        elif len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            days |= between(ends[0], ends[1])
        else:
            return None
    return frozenset(days) or None


def between(first: int, last: int) -> frozenset[int]:
    """The days from one to another, over Sunday if need be."""
    return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))


@lru_cache(maxsize=256)
def _names(locale: Locale) -> tuple[tuple[int, str], ...]:
    """(number, name) of the weekdays in a language, in full and shortened."""
    found = {
        (number, _plain(str(name)).rstrip("."))
        for context in ("stand-alone", "format")
        for width in ("wide", "abbreviated", "short")
        for number, name in get_day_names(width, context, locale=locale).items()
    }
    return tuple(sorted(pair for pair in found if len(pair[1]) >= _SHORTEST))


_ENGLISH_NAMES = tuple(enumerate(_ENGLISH))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
