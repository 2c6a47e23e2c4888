"""Days off in words: "2 weeks", "until 12 Jan", "20 Dec - 3 Jan", "from tomorrow for 3 days", "next week"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from core.goals.periods import DAY
from core.planning.term_rules import LONGEST_PAUSE
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.away import last_day
from language.parsing.day_words import month_of
from language.parsing.edits.since import period_start, since
from language.parsing.hearing import Hearing
from language.parsing.until import is_never
from language.tokens import plain

_BETWEEN = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\s+([^\W\d]+\.?)(\s+\d{4})?")
_LONGEST = 120
"""The longest text that is searched for days."""
_IN_DIGITS = re.compile(r"\d+[-.]\d")
_UNTIL = (Meaning.UNTIL, Meaning.THROUGH, Meaning.UP_TO, Meaning.TO)


@record
class SaidDaysOff:
    """First and last day off. `last` is None if only the first was given."""

    first: date
    last: date | None


def read_days_off(text: str, hearing: Hearing) -> tuple[SaidDaysOff, ...]:
    """The possible readings of a text: a single day may be the only one, or the last one. Empty if it names no days.

    Raises `NoSuchDay`.
    """
    lexicon = hearing.lexicon
    said = " ".join(plain(text[:_LONGEST]).rstrip(" .!").split())
    if is_never(said, lexicon):
        return (SaidDaysOff(hearing.today, hearing.today + LONGEST_PAUSE - DAY),)
    if said in lexicon.periods:
        return (_period_off(*lexicon.periods[said], hearing),)
    if both := _BETWEEN.fullmatch(said):
        month = f"{both[3]}{both[4] or ''}"
        return _from_to(f"{both[1]} {month}", f"{both[2]} {month}", hearing)
    parts = _shape(lexicon).fullmatch(said)
    if parts and parts["last"]:
        return _from_to(parts["first"], parts["last"], hearing)
    if parts and parts["led"]:
        begin = since(parts["first"], hearing)
        return (SaidDaysOff(begin, None),) if begin else ()
    return _from_today(said, hearing)


def _period_off(period: Meaning, offset: int, hearing: Hearing) -> SaidDaysOff:
    """ "next week"; for "this week", the rest of it."""
    first, behind = (period_start(period, ahead, hearing) for ahead in (offset, offset + 1))
    return SaidDaysOff(max(first, hearing.today) if behind > hearing.today else first, behind - DAY)


@lru_cache(maxsize=16)
def _shape(lexicon: Lexicon) -> re.Pattern[str]:
    """ "from … until …"; the second part is optional behind "from"."""
    led = lexicon.any_of(Meaning.FROM)
    to = lexicon.any_of(*_UNTIL, Meaning.FOR)
    return re.compile(rf"(?P<led>{led}\s+)?(?P<first>.+?)(?:\s+(?:{to}|[-–—])\s*(?P<last>.+))?")


def _from_to(first: str, last: str, hearing: Hearing) -> tuple[SaidDaysOff, ...]:
    today, lexicon = hearing.today, hearing.lexicon
    begin = since(first, hearing)
    end = last_day(last, begin, lexicon) if begin else None
    if begin is None or end is None:
        return ()
    if any(month_of(word, lexicon) for word in last.split()):
        # "from 5 Jan to 1 Jan" is a slip, not almost a year.
        coming = last_day(last, today, lexicon) or end
        end = coming if today <= coming < begin else end
    return (SaidDaysOff(begin, end),)


def _from_today(said: str, hearing: Hearing) -> tuple[SaidDaysOff, ...]:
    """A length, "until friday", or a single day."""
    today, lexicon = hearing.today, hearing.lexicon
    last = last_day(said, today, lexicon)
    if last is None:
        return ()
    until = SaidDaysOff(today, last)
    if re.match(lexicon.any_of(*_UNTIL), said):
        return (until,)
    if lexicon.near_day(said) is not None:
        return (SaidDaysOff(last, last),)
    if not _names_day(said, lexicon):
        return (until,)
    first = since(said, hearing) or last
    if first != last:  # a month's name
        return (SaidDaysOff(first, last),)
    return (SaidDaysOff(last, last), until) if last > today else (until,)


def _names_day(said: str, lexicon: Lexicon) -> bool:
    """Whether words are a date, a month or a weekday, rather than a length."""
    if any(month_of(word, lexicon) for word in said.split()):
        return True
    return _IN_DIGITS.match(said) is not None or lexicon.weekday(said) is not None
