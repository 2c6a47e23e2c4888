"""Phrases with the same meaning as an outline's signs: "at most 2", "3 times a week", "every other day", "by 30 June".

Which of them end a title depends on the goal: "from 9 to 5" is part of a daily goal's title, but a target's way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from core.goals.model import Kind, Level
from core.goals.terms import DaySchedule
from core.planning.outline import words
from core.planning.outline.words import (
    BULLET,
    LATER_LINE,
    LETTER,
    SPEC,
    date_of,
    each_at_end,
    rhythm_of,
    weekdays_of,
    word_at_end,
)
from core.records import record

ReadDay: TypeAlias = Callable[[str], date | None]
"""Reads words as a day: by default an ISO date, in a chat any form in the person's language."""

CURRENCIES = "[$€£¥₹₽₺₴₩₪₫฿]"
NUMBER = r"[-+]?\d+(?:[ \xa0\u202f'’]\d{3}(?!\d))*(?:[.,]\d+)*(?:[eE][-+]?\d+(?![^\W\d]))?"
_COUNTED = rf"(?=\s*{CURRENCIES}?\s*\d)"
_COUNTS = {
    "once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNT = "|".join(_COUNTS)
_PERIODS = {
    "day": Level.DAILY, "daily": Level.DAILY, "week": Level.WEEKLY, "weekly": Level.WEEKLY, "month": Level.MONTHLY,
    "monthly": Level.MONTHLY, "quarter": Level.QUARTERLY, "quarterly": Level.QUARTERLY, "year": Level.YEARLY,
    "yearly": Level.YEARLY,
}  # fmt: skip
_NAMED = "day|week|month|quarter|year"
_EACH_PERIOD = rf"(?:(?:an?|per|each|every)\s+|/\s*)(?P<period>{_NAMED})\b"
_DAY_NAMES = (
    "mon(?:days?)?|tue(?:s|sdays?)?|wed(?:nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?"
    "|weekdays?|workdays?|weekends?"
)
_AND = r"(?:\s*[,;/&+]\s*(?:and\s+)?|\s+and\s+|\s+)"
_SOME_DAYS = rf"(?:{_DAY_NAMES})\b(?:{_AND}(?:{_DAY_NAMES})\b)*"
_MONTH_DAY = r"(?:last(?:\s+day)?\b|\d{1,2}(?:st|nd|rd|th)\b)"
_OF_MONTH = r"(?:\s+(?:of|in)\s+(?:the|every|each|a)\s+month\b)?"
_ENDS = r"(?=\s*(?:$|[=\[(<>≤≥,;]|[x×]\d|(?:on|every|each|by|until|till|at|from|starting|no\s+more)\b))"
"""The end of a phrase: the end of the text, or another part that is no title."""

OFTEN = re.compile(
    rf"(?<!\S)(?:(?P<count>\d{{1,3}}|{_COUNT})\s*(?:[x×]|times|days)\s*|(?P<once>once|twice|thrice)\s+){_EACH_PERIOD}{_ENDS}",
    re.IGNORECASE,
)
EVERY = re.compile(
    r"(?<!\S)(?:every\s+(?:(?P<other>other|second|third|[1-9]\d{0,2}(?:st|nd|rd|th)?)\s+)?(?P<unit>days?|weeks?|fortnight)"
    rf"|daily){_ENDS}",
    re.IGNORECASE,
)
OTHER_WEEKS = re.compile(
    rf"(?<!\S)(?:every|on\s+the|the)\s+(?:other|first|second|third|fourth|last|\d{{1,2}}(?:st|nd|rd|th)?)\s+"
    rf"(?P<days>{_SOME_DAYS}){_ENDS}",
    re.IGNORECASE,
)
"""A weekday of every other week or of the month, which no schedule can express."""
EXCEPT = re.compile(
    rf"(?<!\S)(?:(?:every\s+day|daily)\s+)?except\s+(?:on\s+)?(?P<days>{_SOME_DAYS}){_ENDS}", re.IGNORECASE
)
IN_PARENTHESES = re.compile(rf"\(\s*(?P<days>{_SOME_DAYS})\s*\)", re.IGNORECASE)
ON_DAYS = re.compile(rf"(?<!\S)(?:on|every)\s+(?P<days>{_SOME_DAYS}){_ENDS}", re.IGNORECASE)
ON_DATES = re.compile(
    rf"(?<!\S)on\s+(?P<days>the\s+{_MONTH_DAY}(?:{_AND}(?:the\s+)?{_MONTH_DAY})*){_OF_MONTH}{_ENDS}", re.IGNORECASE
)
WAY = re.compile(
    rf"(?<!\S)from\s+(?P<before>[^\W\d]+\s+)?(?P<begin>{NUMBER})\s*(?P<unit>[^\W\d]+|%|{CURRENCIES})?\s+(?:down\s+|up\s+)?"
    rf"to\s+(?=(?:[^\W\d]+\s+)?{CURRENCIES}?\s*\d)",
    re.IGNORECASE,
)
LIMIT = re.compile(
    rf"(?:<=|≤|(?<!\S)at\s+most(?=\s)|(?<!\S)(?:no|not)\s+more\s+than{_COUNTED}"
    rf"|(?<!\S)(?-i:max(?:imum\b|\.)?)(?:{_COUNTED}|(?=\s+(?:once|twice|thrice)\b)))\s*",
    re.IGNORECASE,
)
AT_LEAST = re.compile(rf"(?:>=|≥|(?<!\S)at\s+least{_COUNTED})\s*", re.IGNORECASE)
PERIOD = re.compile(
    rf"(?:(?<!\S){_EACH_PERIOD}|/\s*(?P<sign>{_NAMED})\b|(?<!\S)(?P<word>daily|weekly|monthly|quarterly|yearly)\b)",
    re.IGNORECASE,
)
"""A period after an amount: "= 20 km a week"."""
END = re.compile(r"(?<!\S)(?P<word>by|until|till)\s+(?P<day>[^=\[(<≤]{1,40}?)(?=\s*(?:$|[=\[(<≤]))", re.IGNORECASE)


LATER = re.compile(words.LATER, re.IGNORECASE)


@record
class LineScope:
    """Facts about a line that decide which phrases are part of its title."""

    kind: Kind
    level: Level
    read_day: ReadDay = date_of

    @property
    def phrases(self) -> tuple[re.Pattern[str], ...]:
        """The phrases that such a line may have, beside the signs and an end date."""
        if self.kind is Kind.VISION:
            return ()
        if self.kind is not Kind.KPI:
            return (LIMIT, AT_LEAST, WAY)
        return (
            LIMIT,
            AT_LEAST,
            OFTEN,
            *((EXCEPT, EVERY, OTHER_WEEKS, ON_DAYS, ON_DATES, IN_PARENTHESES) if self.level is Level.DAILY else ()),
        )

    def spec_start(self, text: str, start: int = 0) -> int:
        """Where the title ends and the first other part begins; the end of the text if there is none."""
        match = _spec(self.phrases).search(text, start)
        first = match.start() if match else len(text)
        at = start
        while (end := END.search(text, at)) and end.start() < first:
            if self.read_day(end["day"]) is not None:
                return end.start()
            at = end.start() + 1
        return first


@lru_cache(maxsize=8)
def _spec(phrases: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", phrase.pattern) for phrase in phrases)
    return re.compile("|".join([SPEC.pattern, *unnamed]), re.IGNORECASE)


def count_of(text: str) -> int | None:
    """The number in a word or digits: "3", "three", "twice"."""
    return int(text) if text.isdigit() else _COUNTS.get(text.casefold())


def level_of(text: str) -> Level:
    """The level that a word names: "week", "weekly"."""
    return _PERIODS[text.casefold()]


def every_of(match: re.Match[str]) -> DaySchedule:
    """The schedule of "every other day", "every 2 weeks", "daily"."""
    other, unit = match["other"] or "1", (match["unit"] or "day").casefold()
    named = {"other": 2, "second": 2, "third": 3}.get(other.casefold())
    count = named or int(re.sub(r"\D", "", other))
    return DaySchedule(every=count * (7 if unit.startswith("week") else 14 if unit == "fortnight" else 1))


def days_of(text: str) -> DaySchedule:
    """The schedule of "mondays, wed and fri", or of "the 1st and the last day"."""
    if rhythm := rhythm_of(text):
        return rhythm
    days: set[int] = set()
    for word in re.findall(r"\w+", text.casefold()):
        days |= weekdays_of(word) or frozenset()
    return DaySchedule(frozenset(days))


def reads_as_title(title: str, scope: LineScope, *, parent: bool) -> bool:
    """Whether the title, printed as it is, is read back as the title."""
    return (
        title == " ".join(title.split())
        and scope.spec_start(title) == len(title)
        and not title.startswith('"')
        and not title.endswith((",", ";", ":"))
        and not (parent and word_at_end(title))
        and not (_begins_another(title) if scope.kind is Kind.VISION else each_at_end(title))
    )


def _begins_another(title: str) -> bool:
    """Whether a vision's title, at the beginning of its line, would make it another kind of line."""
    return bool(LETTER.match(title) or BULLET.match(title + " ") or LATER_LINE.match(title))
