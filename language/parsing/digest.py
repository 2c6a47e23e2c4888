"""The argument of /digest: which period."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from core.digest.when import previous_of
from core.goals.model import Level
from core.goals.periods import Period, period_of
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import month_of
from language.tokens import plain

_LEVELS = {
    Meaning.WEEK: Level.WEEKLY,
    Meaning.WEEKLY: Level.WEEKLY,
    Meaning.MONTH: Level.MONTHLY,
    Meaning.MONTHLY: Level.MONTHLY,
    Meaning.QUARTER: Level.QUARTERLY,
    Meaning.QUARTERLY: Level.QUARTERLY,
    Meaning.YEAR: Level.YEARLY,
    Meaning.YEARLY: Level.YEARLY,
}
_THIS = (Meaning.THIS, Meaning.CURRENT, Meaning.THE)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_QUARTER = re.compile(r"(?P<name>.*?) ?(?P<quarter>[1-4])(?: ?/?(?P<year>[12]\d{3}))?", re.ASCII)
_MONTH = re.compile(r"(?P<name>.*?)(?: (?P<year>[12]\d{3}))?", re.ASCII)


class NotMade(Enum):
    """Why there is no digest: the words mean a day, or are not understood."""

    DAY = "day"
    UNKNOWN = "unknown"


@record
class DigestWish:
    """The wanted digest. Its period may lie ahead."""

    level: Level
    period: Period


def wish(text: str, today: date, week_start: int, lexicon: Lexicon) -> DigestWish | NotMade:
    """The wanted period: "week", "weekly", "last month", "q3", "q4 2025", "november", "2026"; without words, the week.
    A quarter or month without a year is the latest that has begun."""
    said = " ".join(plain(text).split())
    if _YEAR.fullmatch(said):
        return DigestWish(Level.YEARLY, period_of(Level.YEARLY, date(int(said), 1, 1)))
    meaning, previous = _relative(said, lexicon)
    if meaning in (Meaning.DAY, Meaning.DAILY) or lexicon.days.get(said) in (0, -1):
        return NotMade.DAY
    if level := _LEVELS.get(meaning or Meaning.A):
        period = period_of(level, today, week_start)
        return DigestWish(level, previous_of(level, period, week_start) if previous else period)
    return _quarter(said, today, lexicon) or _month(said, today, lexicon) or NotMade.UNKNOWN


def _relative(said: str, lexicon: Lexicon) -> tuple[Meaning | None, bool]:
    """(the kind of period, whether the previous one is meant)."""
    if not said:
        return Meaning.WEEK, False
    if said in lexicon.periods and lexicon.periods[said][1] in (0, -1):
        meaning, offset = lexicon.periods[said]
        return meaning, offset < 0
    first, _, rest = said.partition(" ")
    if rest and lexicon.means(first, Meaning.LAST, *_THIS):
        return lexicon.words.get(rest), lexicon.means(first, Meaning.LAST)
    return lexicon.words.get(said), False


def _quarter(said: str, today: date, lexicon: Lexicon) -> DigestWish | None:
    match = _QUARTER.fullmatch(said)
    # "Q" stands for the quarter in every language, as in an outline.
    if match is None or not (match["name"] == "q" or lexicon.means(match["name"], Meaning.QUARTER)):
        return None
    return _latest(Level.QUARTERLY, int(match["quarter"]) * 3 - 2, match["year"], today)


def _month(said: str, today: date, lexicon: Lexicon) -> DigestWish | None:
    match = _MONTH.fullmatch(said)
    number = month_of(match["name"], lexicon) if match else None
    return _latest(Level.MONTHLY, number, match["year"], today) if match and number else None


def _latest(level: Level, month: int, year: str | None, today: date) -> DigestWish:
    if year is not None:
        return DigestWish(level, period_of(level, date(int(year), month, 1)))
    first = date(today.year, month, 1)
    return DigestWish(level, period_of(level, first if first <= today else first.replace(year=today.year - 1)))
