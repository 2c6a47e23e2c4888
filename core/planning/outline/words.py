"""The words of an outline, and where a title ends: shared by parsing and printing, so that the two agree."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache

from core.goals.model import WEEKDAY_NAMES, Aggregate, Kind, Level, Strategy
from core.goals.terms import DaySchedule

LEVELS = {"D": Level.DAILY, "W": Level.WEEKLY, "M": Level.MONTHLY, "Q": Level.QUARTERLY, "Y": Level.YEARLY}
ONE_OFFS = {
    "D": Kind.DAILY_ACTION,
    "W": Kind.WEEKLY_TARGET,
    "M": Kind.MONTHLY_TARGET,
    "Q": Kind.QUARTERLY_TARGET,
    "P": Kind.POWER_GOAL,
    "T": Kind.TARGET,
}
ONE_OFF_LETTERS = {kind: letter for letter, kind in ONE_OFFS.items()}
"""A letter that is a level's as well is followed by "!"."""
STRATEGIES = {**{strategy.value: strategy for strategy in Strategy}, "avg": Strategy.AVERAGE}
AGGREGATES = {
    **{aggregate.value: aggregate for aggregate in Aggregate},
    "avg": Aggregate.AVERAGE,
    "highest": Aggregate.MAX,
    "lowest": Aggregate.MIN,
}
AGGREGATE_WORDS = {aggregate: word for word, aggregate in AGGREGATES.items() if word != "avg"}
"""The word with which each is printed, since max and min would be read as limits."""
TRACK = "track"
"""In place of a number, for a tracked goal."""
NO_TARGET = "none"
"""In place of a number, for a target that is removed."""
STOPPED, AGAIN = "stopped", "again"
"""The goal is not asked for, or is asked for again, from a day on."""
CHECK = "check"
EACH = "each"
"""Marks an *each* goal."""
KEYWORDS = frozenset(STRATEGIES) | frozenset(AGGREGATES) | {CHECK}
NO_UNITS = KEYWORDS | {EACH}
"""Words that cannot be a unit without quotes."""
TIMES = frozenset({"time", "times", "day", "days"})
"""These count ticks on a leaf that is not daily: `W: Gym = 3 times`."""

_WORKDAYS, _WEEKEND = frozenset(range(5)), frozenset({5, 6})
WEEKDAY_GROUPS = {"weekdays": _WORKDAYS, "weekends": _WEEKEND}
_ALSO_GROUPS = {"weekday": _WORKDAYS, "workday": _WORKDAYS, "workdays": _WORKDAYS, "weekend": _WEEKEND}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

BULLET = re.compile(r"(?:[-*•‣▪◦–—·][ \t\xa0]+)+")
LETTER = re.compile(r"([^\W\d_])[ ]?(!?)\s*:")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORDS = "|".join(STRATEGIES)
_WEIGHT = r"[x×]-?\d[\d.,]*"
_DATES = r"\(\s*(?:from|until|till|by|on)\b"
_LIMIT = r"(?:<=|≤|(?<!\S)at\s+most(?=\s))"
LATER = r"(?<!\S)(?:then|paused?(?:\s+everything)?)\s+from\s+(?=\d)"
"""The beginnings of lines with later terms or pauses of a goal."""
LATER_LINE = re.compile(r"(?:then\s+from|paused?\s+(?:everything\s+)?(?:from|on))\s+(?=.*\d)", re.IGNORECASE)
"""Such a line in full, which cannot be a vision."""
SPEC = re.compile(
    rf"(?<!\S)(?:=|<=|≤)|(?:=|{_LIMIT})\s*[-+]?\d|\[|{_DATES}|{LATER}"
    # An "x2" within a title ("Play 2 x2 games") is a weight only if no title follows it.
    rf"|(?<!\S){_WEIGHT}(?=\s*(?:$|=|\[|{_DATES})|\s+(?:{_WEIGHT}|(?:{_WORDS})\s*$))",
    re.IGNORECASE,
)
"""Signs that end a title, whatever the goal."""
_EACH_AT_END = re.compile(rf"(?<=\S)\s+{EACH}(?:\s+({_WORDS}))?\s*$")
_LAST_WORD = re.compile(rf"(?<=\S)\s+({_WORDS})\s*$")


def word_at_end(title: str) -> tuple[str, str] | None:
    """(title without it, word) if an unquoted title ends in a strategy's word in lower case: `A good week min`."""
    match = _LAST_WORD.search(title)
    return (title[: match.start()], match[1]) if match else None


def each_at_end(title: str) -> tuple[str, str | None] | None:
    """(title without it, the strategy's word, if there is one) if an unquoted title ends in `each`, with or without
    such a word: `Gym each count`."""
    match = _EACH_AT_END.search(title)
    return (title[: match.start()], match[1]) if match else None


def quoted(text: str) -> str:
    """The text in double quotes, with a backslash before quotes and backslashes."""
    return json.dumps(text, ensure_ascii=False)


def unquoted(text: str) -> str | None:
    """The text within the quotes; None if a backslash in them makes no sense."""
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return None


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(4096)
def date_of(text: str) -> date | None:
    """The date written as YYYY-MM-DD; None if it is none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def weekdays_of(text: str) -> frozenset[int] | None:
    """The weekdays that a word names: a weekday, also abbreviated or plural ("mo", "mon", "mondays"), or a group; None
    if it names none."""
    text = text.casefold()
    if group := WEEKDAY_GROUPS.get(text) or _ALSO_GROUPS.get(text):
        return group
    stems = (text, text.removesuffix("s"))
    named = (day for day, name in enumerate(WEEKDAYS) if any(len(stem) > 1 and name.startswith(stem) for stem in stems))
    return next((frozenset({day}) for day in named), None)


def weekdays_text(days: frozenset[int]) -> str:
    """The weekdays as they stand between brackets."""
    group = next((name for name, members in WEEKDAY_GROUPS.items() if members == days), None)
    return group or " ".join(WEEKDAY_NAMES[day] for day in sorted(days))


def schedule_text(schedule: DaySchedule) -> str:
    """A schedule as it stands between brackets."""
    if schedule.is_every_day:
        return "mon-sun"
    if schedule.every is not None:
        return "every day" if schedule.every == 1 else f"every {schedule.every} days"
    if schedule.month_days:
        return " ".join("last day" if day == 31 else _ordinal(day) for day in sorted(schedule.month_days))
    return weekdays_text(schedule.weekdays)


def _ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in (11, 12, 13) else "th"
    return f"{day}{ending}"


_EVERY = re.compile(r"every\s+(?:(?P<number>[0-9]{1,4})(?:st|nd|rd|th)?|(?P<other>other|second|third))?\s*days?", re.I)
_MONTH_DAYS = re.compile(
    r"(?:on\s+)?(?:(?:the\s+)?(?:last(?:\s+day)?|[0-9]{1,4}(?:(?:st|nd|rd|th)\.?|\.))[\s,;]*(?:and\s+)?)+", re.I
)
_WORDS_FOR = {"other": 2, "second": 2, "third": 3}


def rhythm_of(text: str) -> DaySchedule | None:
    """The schedule of a text other than weekdays ("every 2 days", "1st 15th last day"); None if it is none."""
    text = text.strip()
    if match := _EVERY.fullmatch(text):
        number, other = match["number"], match["other"]
        return DaySchedule(every=int(number) if number else _WORDS_FOR[other.casefold()] if other else 1)
    if not _MONTH_DAYS.fullmatch(text):
        return None
    days = {int(day) for day in re.findall(r"[0-9]+", text)}
    return DaySchedule(month_days=frozenset(days | ({31} if "last" in text.casefold() else set())))
