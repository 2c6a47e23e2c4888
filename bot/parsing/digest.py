"""The words behind /digest: of what, and of which period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.parsing.dates import month_of
from bot.views.terms import month_name, quarter_name
from core.digest import previous_of
from core.model import Level
from core.periods import Period, period_of
from language.i18n import Words

_LEVELS = {
    **dict.fromkeys(("", "week", "weekly"), Level.WEEKLY),
    **dict.fromkeys(("month", "monthly"), Level.MONTHLY),
    **dict.fromkeys(("quarter", "quarterly"), Level.QUARTERLY),
}
_LAST = frozenset({"last", "previous", "past"})
_THIS = frozenset({"this", "current", "the"})
_DAY = frozenset({"today", "day", "daily", "yesterday"})
_YEAR = frozenset({"year", "yearly", "annual"})
_QUARTER = re.compile(r"(?P<name>.*?) ?(?P<quarter>[1-4])(?: ?/?(?P<year>[12]\d{3}))?", re.ASCII)
_MONTH = re.compile(r"(?P<name>.*?)(?: (?P<year>[12]\d{3}))?", re.ASCII)


class NotMade(Enum):
    """What there is no digest of, and words that are not understood."""

    DAY = "day"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wish:
    """A digest that is wanted: of a period, which may be still to come."""

    level: Level
    period: Period


def wish(text: str, today: date, week_start: int, w: Words) -> Wish | NotMade:
    """What is wanted: "week", "weekly", "last month", "q3", "q4 2025", "november", or the same in the person's
    language; alone, the week. A quarter or a month without a year is the latest one that has begun."""
    said = " ".join(text.casefold().split())
    first, _, rest = said.partition(" ")
    named = rest if rest and first in _LAST | _THIS else said
    if named in _DAY:
        return NotMade.DAY
    if named in _YEAR or named in (w.t("Year").casefold(), w.t("last year").casefold()) or named.isdecimal():
        return NotMade.YEAR
    if found := _relative(said, w):
        level, previous = found
        period = period_of(level, today, week_start)
        return Wish(level, previous_of(level, period, week_start) if previous else period)
    return _quarter(said, today, w) or _month(said, today, w) or NotMade.UNKNOWN


def _relative(said: str, w: Words) -> tuple[Level, bool] | None:
    """(level, whether the one before is meant)."""
    if said in (in_their_language := _in_language(w)):
        return in_their_language[said]
    first, _, rest = said.partition(" ")
    if first in _LAST or first in _THIS:
        level = _LEVELS.get(rest) if rest else None
        return (level, first in _LAST) if level else None
    return (_LEVELS[said], False) if said in _LEVELS else None


def _quarter(said: str, today: date, w: Words) -> Wish | None:
    match = _QUARTER.fullmatch(said)
    if match is None or match["name"] not in ("q", "quarter", quarter_name(today, w).rstrip("1234 ").casefold()):
        return None
    return _latest(Level.QUARTERLY, int(match["quarter"]) * 3 - 2, match["year"], today)


def _month(said: str, today: date, w: Words) -> Wish | None:
    match = _MONTH.fullmatch(said)
    if match is None:
        return None
    theirs = {month_name(date(today.year, number, 1), w).casefold(): number for number in range(1, 13)}
    number = theirs.get(match["name"]) or month_of(match["name"])
    return _latest(Level.MONTHLY, number, match["year"], today) if number else None


def _latest(level: Level, month: int, year: str | None, today: date) -> Wish:
    if year is not None:
        return Wish(level, period_of(level, date(int(year), month, 1)))
    first = date(today.year, month, 1)
    return Wish(level, period_of(level, first if first <= today else first.replace(year=today.year - 1)))


def _in_language(w: Words) -> dict[str, tuple[Level, bool]]:
    return {
        w.t("Week").casefold(): (Level.WEEKLY, False),
        w.t("Month").casefold(): (Level.MONTHLY, False),
        w.t("Quarter").casefold(): (Level.QUARTERLY, False),
        w.t("last week").casefold(): (Level.WEEKLY, True),
        w.t("last month").casefold(): (Level.MONTHLY, True),
        w.t("last quarter").casefold(): (Level.QUARTERLY, True),
    }
