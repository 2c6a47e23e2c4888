"""The first day of a change: "tomorrow", "monday", "next week", "1 Jan", "January", "2027-01-01"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.goals.model import Level
from core.goals.periods import period_of
from core.planning.rules import FIRST_DATE, LAST_DATE
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import month_of
from language.parsing.errors import NoSuchDay
from language.parsing.hearing import Hearing
from language.parsing.until import in_months, until
from language.tokens import plain

_LONGEST = 60
"""The longest text that is searched for a day."""
_YEAR = re.compile(r"\d{4}")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?", re.ASCII)
_LEVELS = {
    Meaning.WEEK: Level.WEEKLY, Meaning.MONTH: Level.MONTHLY, Meaning.QUARTER: Level.QUARTERLY,
    Meaning.YEAR: Level.YEARLY,
}  # fmt: skip
_FILLERS = (Meaning.FROM, Meaning.ON, Meaning.THE, Meaning.OF, Meaning.COMING)


def since(text: str, hearing: Hearing) -> date | None:
    """The first day that a text names, a coming one rather than one long past; None if it names none.

    Raises `NoSuchDay` for a day that does not exist or cannot be stored.
    """
    today, lexicon = hearing.today, hearing.lexicon
    said = plain(text[:_LONGEST]).replace(",", " ").rstrip(" .!")
    for name in (said, " ".join(re.sub(lexicon.any_of(*_FILLERS), " ", said).split())):
        if known := _known(name, hearing):
            return known
        if dotted := _DAY_AND_MONTH.fullmatch(name):
            return _nearest(_real(today.year, int(dotted[2]), int(dotted[1]), text), today)
    day = until(said, today, lexicon)
    return None if day is None else _beginning(said, day, today, lexicon)


def _beginning(said: str, day: date, today: date, lexicon: Lexicon) -> date:
    """The first day of a named year or month, or the named day, in the nearest year."""
    words = said.split()
    months = [word for word in words if month_of(word, lexicon)]
    if _YEAR.fullmatch(said):
        return day.replace(month=1, day=1)
    if months and not any(re.match(r"\d{1,2}(?!\d)", word) for word in words):
        return day.replace(day=1)
    return _nearest(day, today) if months and not _YEAR.search(said) else day


def _known(name: str, hearing: Hearing) -> date | None:
    """A day with a name of its own: "tomorrow", "next month", "monday"."""
    if (offset := hearing.lexicon.near_day(name)) is not None:
        return hearing.today + timedelta(days=offset)
    if name in hearing.lexicon.periods:
        return period_start(*hearing.lexicon.periods[name], hearing)
    return _weekday(name, hearing.today, hearing.lexicon)


def _weekday(name: str, today: date, lexicon: Lexicon) -> date | None:
    """ "monday" is today on a Monday, "next monday" is not."""
    words = name.split()
    is_next = len(words) == 2 and lexicon.means(words[0], Meaning.NEXT)
    weekday = lexicon.weekday(words[-1]) if len(words) == 1 + is_next else None
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - is_next) % 7 + is_next)


def period_start(period: Meaning, offset: int, hearing: Hearing) -> date:
    """The first day of the period (week, month, quarter, year) `offset` periods after the current one."""
    level, day = _LEVELS[period], hearing.today
    for _ in range(abs(offset)):
        here = period_of(level, day, hearing.week_start)
        day = here.end + timedelta(days=1) if offset > 0 else here.start - timedelta(days=1)
    return period_of(level, day, hearing.week_start).start


def _nearest(day: date, today: date) -> date:
    """The day of the year in its nearest occurrence."""
    return min((in_months(day, months) for months in (0, 12, -12)), key=lambda one: abs((one - today).days))


def _real(year: int, month: int, day: int, said: str) -> date:
    try:
        real = date(year, month, day)
    except ValueError:
        raise NoSuchDay(said) from None
    if not FIRST_DATE <= real <= LAST_DATE:
        raise NoSuchDay(said)
    return real
