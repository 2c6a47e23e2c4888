"""How often: "every other day", "3 times a week", "on Sundays", "on the 1st of every month", "a day", "weekly"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from core.goals.model import Level
from core.goals.terms import ALL_WEEK, EVERY_DAY, DaySchedule
from core.planning.term_rules import MOST_DAYS_APART
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.text import GAP, Sentence
from language.parsing.errors import Unclear
from language.parsing.weekdays import weekdays
from language.tokens import plain

_LEVELS = {
    Meaning.DAY: Level.DAILY, Meaning.DAILY: Level.DAILY, Meaning.MORNING: Level.DAILY, Meaning.EVENING: Level.DAILY,
    Meaning.AFTERNOON: Level.DAILY, Meaning.WEEK: Level.WEEKLY, Meaning.WEEKLY: Level.WEEKLY,
    Meaning.MONTH: Level.MONTHLY, Meaning.MONTHLY: Level.MONTHLY, Meaning.QUARTER: Level.QUARTERLY,
    Meaning.QUARTERLY: Level.QUARTERLY, Meaning.YEAR: Level.YEARLY, Meaning.YEARLY: Level.YEARLY,
}  # fmt: skip
_MONTH_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)|last\s+day|last)"


@record
class SaidRhythm:
    """`each` is the period; `times`, if given, is how often in it."""

    each: Level | None = None
    schedule: DaySchedule = EVERY_DAY
    times: int | None = None


def cut_rhythm(sentence: Sentence) -> SaidRhythm | None:
    """Cut the rhythm out of the sentence. Raises `Unclear` for a weekday of some weeks only."""
    sentence.cut(_shapes(sentence.lexicon).any_days)
    if match := sentence.search(_shapes(sentence.lexicon).other_weeks):
        raise Unclear("other_weeks", match[0])
    often = _every(sentence) or _month_days(sentence) or _times(sentence)
    if often is not None and often.schedule != EVERY_DAY:
        return often
    days = _weekdays(sentence)
    if often is None and (level := _level(sentence)):
        often = SaidRhythm(level)
    if days is None:
        return often
    return replace(often or SaidRhythm(Level.DAILY), schedule=DaySchedule(days))


def _every(sentence: Sentence) -> SaidRhythm | None:
    """ "every other day", "every 3 days", "every 2 weeks"."""
    match = sentence.search(_shapes(sentence.lexicon).every)
    if match is None:
        return None
    number = sentence.lexicon.number(plain(match["number"])) if match["number"] else 2
    days = (number or 1) * (7 if match["week"] else 1)
    if not 1 <= days <= MOST_DAYS_APART:
        return None
    sentence.cut_at(*match.span())
    return SaidRhythm(Level.DAILY, DaySchedule(every=days) if days > 1 else EVERY_DAY)


def _month_days(sentence: Sentence) -> SaidRhythm | None:
    """ "on the 1st of every month", "monthly on the 1st and 15th", "on the 1st" at the end."""
    match = sentence.search(_shapes(sentence.lexicon).month_days)
    if match is None:
        return None
    said = plain(match["days"] or match["behind"] or match["alone"])
    days = {int(day) for day in re.findall(r"\d+", said)} | ({31} if "last" in said else set())
    if not all(1 <= day <= 31 for day in days):
        return None
    sentence.cut_at(*match.span())
    return SaidRhythm(Level.DAILY, DaySchedule(month_days=frozenset(days)))


def _times(sentence: Sentence) -> SaidRhythm | None:
    """ "3 times a week", "twice a day", "3x/week"."""
    match = sentence.search(_shapes(sentence.lexicon).times)
    if match is None:
        return None
    number = sentence.lexicon.number(plain(match["number"])) if match["number"] else 2 if match["twice"] else 1
    if number is None or number < 1:
        return None
    sentence.cut_at(*match.span())
    sentence.cut(_shapes(sentence.lexicon).each)  # "500 words a day, 5 days a week"
    return SaidRhythm(_LEVELS[sentence.lexicon.words[plain(match["period"])]], times=number)


def _weekdays(sentence: Sentence) -> frozenset[int] | None:
    """ "on mon, wed and fri", "every Sunday", "weekdays"; short names only behind "on" or "every". "Except Sundays"
    means all other days."""
    lexicon = sentence.lexicon
    for match in _shapes(lexicon).days.finditer(sentence.text):
        named = _names_of_days(match["days"], lexicon)
        days = frozenset[int]().union(*(weekdays(word, lexicon) or () for word in named))
        left_out = _shapes(lexicon).left_out.search(sentence.text[: match.start()])
        is_meant = left_out or match["lead"] or _are_days_alone(named)
        if is_meant and days not in (frozenset(), ALL_WEEK):
            sentence.cut_at(left_out.start() if left_out else match.start(), match.end())
            return ALL_WEEK - days if left_out else days
    return None


def _are_days_alone(named: Sequence[str]) -> bool:
    """Whether a text is nothing but weekdays: several, or one written in full."""
    return len(named) > 1 or all(len(re.split(r"[-–—]", word)[0]) > 4 for word in named)


def _names_of_days(text: str, lexicon: Lexicon) -> list[str]:
    words = re.split(r"[\s,/+&]+", plain(text))
    return [word for word in words if word and not lexicon.means(word, Meaning.AND)]


def _level(sentence: Sentence) -> Level | None:
    """ "a day", "per week", "each month", "/day", "daily"."""
    match = sentence.cut(_shapes(sentence.lexicon).each)
    if match is None:
        return None
    return _LEVELS[sentence.lexicon.words[plain(match["period"] or match["adverb"])]]


@record
class _Shapes:
    every: re.Pattern[str]
    month_days: re.Pattern[str]
    times: re.Pattern[str]
    days: re.Pattern[str]
    each: re.Pattern[str]
    any_days: re.Pattern[str]
    other_weeks: re.Pattern[str]
    left_out: re.Pattern[str]


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> _Shapes:
    def words(*meanings: Meaning) -> str:
        return lexicon.any_of(*meanings)

    numbers = "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True))
    number = rf"(?P<number>\d{{1,3}}|\b(?:{numbers})\b)"
    every = words(Meaning.EVERY, Meaning.EACH)
    each = words(Meaning.A, Meaning.PER, Meaning.EACH, Meaning.EVERY)
    day, week = words(Meaning.DAY, Meaning.DAYS), words(Meaning.WEEK)
    period = rf"(?P<period>{words(Meaning.DAY, Meaning.WEEK, Meaning.MONTH, Meaning.QUARTER, Meaning.YEAR)})"
    parts = words(
        Meaning.DAY, Meaning.WEEK, Meaning.MONTH, Meaning.QUARTER, Meaning.YEAR, Meaning.MORNING, Meaning.EVENING,
        Meaning.AFTERNOON,
    )  # fmt: skip
    adverbs = words(Meaning.DAILY, Meaning.WEEKLY, Meaning.MONTHLY, Meaning.QUARTERLY, Meaning.YEARLY)
    on, the, and_ = words(Meaning.ON), words(Meaning.THE), words(Meaning.AND)
    month_days = rf"{_MONTH_DAY}(?:(?:\s*,\s*|\s+{and_}\s+)(?:{the}\s+)?{_MONTH_DAY})*"
    named = _day_names(lexicon)
    joined = rf"(?:\s*[,/+&]\s*(?:{and_}\s+)?|\s+{and_}\s+|\s*[-–—]\s*|\s+)"
    lead = words(Meaning.ON, Meaning.AT, Meaning.EVERY, Meaning.EACH)
    return _Shapes(
        every=re.compile(
            rf"{every}\s+(?:(?:{words(Meaning.OTHER)}|second)|{number}(?:st|nd|rd|th)?)\s+(?:{day}|(?P<week>{week}))",
            re.IGNORECASE,
        ),
        month_days=re.compile(
            rf"(?:{on}\s+)?(?:{the}\s+)?(?:(?P<days>{month_days})\s+(?:{words(Meaning.OF)}\s+)?(?:{each}|{the})\s+"
            rf"{words(Meaning.MONTH)}|{words(Meaning.MONTHLY)}\s+{on}\s+(?:{the}\s+)?(?P<behind>{month_days}))"
            rf"|{on}\s+{the}\s+(?P<alone>{month_days})(?=\s*(?:[{GAP},;.!]|$))",
            re.IGNORECASE,
        ),
        times=re.compile(
            rf"(?:{number}\s*(?:{words(Meaning.TIMES)}|[x×](?!\w)|{words(Meaning.DAYS)})"
            rf"|(?P<twice>{words(Meaning.TWICE)})|{words(Meaning.ONCE)})"
            rf"\s*(?:{each}\s*)?{period}",
            re.IGNORECASE,
        ),
        days=re.compile(
            rf"(?:(?P<lead>{lead})\s+(?:{the}\s+)?)?(?<!\w)(?P<days>(?:{named})(?:{joined}(?:{named}))*)(?![\w-])",
            re.IGNORECASE,
        ),
        each=re.compile(rf"{each}\s*(?P<period>{parts})|(?P<adverb>{adverbs})", re.IGNORECASE),
        left_out=re.compile(rf"{words(Meaning.DENIED, Meaning.NOT)}\s+$", re.IGNORECASE),
        any_days=re.compile(rf"(?:{on}\s+)?{words(Meaning.ANY)}\s+{day}", re.IGNORECASE),
        other_weeks=re.compile(
            rf"(?:{every}|{the})\s+"
            rf"(?:{words(Meaning.OTHER, Meaning.LAST)}|first|second|third|fourth|{number}(?:st|nd|rd|th)?)\s+{named}",
            re.IGNORECASE,
        ),
    )


def _day_names(lexicon: Lexicon) -> str:
    """A pattern for weekdays and groups of them, in the singular and plural."""
    names = {name for table in lexicon.weekday_names for name in table if len(name) > 1} | set(lexicon.weekdays)
    groups = {word for word in lexicon.words if lexicon.means(word, Meaning.WORKDAYS, Meaning.WEEKEND)}
    known = sorted(names | groups, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name) for name in known) + r")s?\b"
