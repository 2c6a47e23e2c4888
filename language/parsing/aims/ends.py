"""First and last days in words: "by 30 June", "in April", "in 2027", "this year", "until the exam on 12 May"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from core.goals.model import Level
from core.goals.periods import DAY, Period, period_of
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.text import GAP, Sentence
from language.parsing.day_words import month_of
from language.parsing.hearing import Hearing
from language.parsing.until import in_months, names_feast, until
from language.tokens import bare, plain

_MOST_WORDS = 6
_BETWEEN = 5
"""Words that may stand between "until" and the date: "until the exam on 12 May"."""
_QUARTER = re.compile(r"q([1-4])(?:\s+(?:of\s+)?(\d{4}))?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"\b(?:[12]?\d|3[01])(?:st|nd|rd|th|\.)?(?!\d)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_TWO_MONTHS = 62
_TALK = (Meaning.FILLER, Meaning.ROUGHLY, Meaning.PLANNED)
"""Words around a day that add nothing: "maybe", "please"."""
_LEVELS = {
    Meaning.WEEK: Level.WEEKLY, Meaning.MONTH: Level.MONTHLY, Meaning.QUARTER: Level.QUARTERLY,
    Meaning.YEAR: Level.YEARLY,
}  # fmt: skip


@record
class SaidSpan:
    """The first and last day of an aim. `opens_on` is a first day that lies ahead: something done "in April" begins
    then, but something to be reached in April may begin today."""

    ends_on: date
    opens_on: date | None = None


def cut_span(sentence: Sentence) -> SaidSpan | None:
    """Cut the days that a sentence names out of it. Raises `NoSuchDay`."""
    for match in _leads(sentence.lexicon).finditer(sentence.text):
        lead = sentence.lexicon.words[" ".join(plain(match[0]).split())]
        behind = _words_behind(sentence.text, match.end())
        for count in range(len(behind), 0, -1):
            said = sentence.text[match.end() : behind[count - 1]].strip(" ,.;!)")
            if span := _named(lead, said, sentence.hearing):
                sentence.cut_at(match.start(), behind[count - 1])
                # A goal that lasts until the exam in July starts before July.
                return SaidSpan(span.ends_on) if _cut_event(sentence, match.start()) else span
    return _cut_period(sentence)


def read_end(text: str, hearing: Hearing) -> date | None:
    """The day in an answer to "until when?": "30 June", "Friday", "the 5th", "Q1", "in June", "next year". Raises
    `NoSuchDay`."""
    words = [word for word in text.split() if not hearing.lexicon.means(bare(plain(word)), *_TALK)]
    said = re.sub(r"(?<=[^\W\d])\.$", "", " ".join(words).strip(" ,;!"))
    if period := _end_of(said, hearing):
        return period.end
    if span := _named(Meaning.UNTIL, said, hearing) if said else None:
        return span.ends_on
    sentence = Sentence(said, hearing)
    span = cut_span(sentence)
    return span.ends_on if span and not sentence.name else None


def _end_of(said: str, hearing: Hearing) -> Period | None:
    """ "the end of the month": the current period."""
    lexicon = hearing.lexicon
    match = re.fullmatch(
        rf"(?:{lexicon.any_of(Meaning.BY, Meaning.UNTIL, Meaning.THE)}\s+)*{lexicon.any_of(Meaning.END_OF)}"
        rf"\s+(?:{lexicon.any_of(Meaning.THE)}\s+)?(?P<period>\S+)",
        plain(said),
    )
    level = _LEVELS.get(lexicon.words.get(match["period"], Meaning.A)) if match else None
    return None if level is None else period_of(level, hearing.today, hearing.week_start)


def cut_unknown_end(sentence: Sentence) -> str:
    """Cut an end of unknown date out of the sentence: "until Easter", "in spring", "before my birthday". Returns "" if
    there is none, or if its date follows: "before the wedding on 12 June"."""
    lead = sentence.lexicon.any_of(Meaning.UNTIL, Meaning.BY, Meaning.BEFORE, Meaning.THROUGH, Meaning.IN)
    on = sentence.lexicon.any_of(Meaning.ON)
    some = sentence.lexicon.any_of(Meaning.SOMETIME)
    words = rf"(?:\s+[^\s{GAP}]+){{0,{_BETWEEN}}}?"
    match = sentence.cut(
        re.compile(rf"(?P<end>{lead}{words}\s+{some}(?:\s+{some})?)(?!\s+{on}\s+\S*\d)", re.IGNORECASE)
    )
    return " ".join(match["end"].split()) if match else ""


def _words_behind(text: str, start: int) -> Sequence[int]:
    """The position behind the next few words."""
    ends = []
    for word in re.finditer(rf"[^\s{GAP}]+", text[start : start + 60]):
        ends.append(start + word.end())
        if len(ends) == _MOST_WORDS or GAP in text[start : start + word.end()]:
            break
    return ends


def _cut_event(sentence: Sentence, at: int) -> bool:
    """Cut the name of an event, such as "until the exam", whose date was cut out already. Returns whether there was
    one."""
    lead = sentence.lexicon.any_of(Meaning.UNTIL, Meaning.BEFORE)
    words = rf"(?:\s+[^\s{GAP}]+){{0,{_BETWEEN}}}"
    match = re.search(rf"{lead}{words}\s+$", sentence.text[:at], re.IGNORECASE)
    if match:
        sentence.cut_at(match.start(), at)
    return match is not None


def _cut_period(sentence: Sentence) -> SaidSpan | None:
    """ "this year", "next month"."""
    names = {name: said for name, said in sentence.lexicon.periods.items() if said[1] in (0, 1)}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    words = sentence.lexicon.any_of(Meaning.BY, Meaning.UNTIL, Meaning.IN, Meaning.THE, Meaning.END_OF)
    match = sentence.cut(re.compile(rf"(?:{words}\s+)*\b(?P<name>{pattern})\b", re.I)) if pattern else None
    if match is None:
        return None
    meaning, ahead = names[plain(match["name"])]
    today, week_start = sentence.hearing.today, sentence.hearing.week_start
    period = period_of(_LEVELS[meaning], today, week_start)
    if ahead:
        period = period_of(_LEVELS[meaning], period.end + DAY, week_start)
    return _within(period, today)


def _named(lead: Meaning, said: str, hearing: Hearing) -> SaidSpan | None:
    """The span named behind "by", "in" or "for"; None if there is none."""
    today, lexicon = hearing.today, hearing.lexicon
    last = None if lead is Meaning.FOR else _quarter(said, today)
    if last is None:
        if lead in (Meaning.IN, Meaning.WITHIN, Meaning.FOR):
            return _in(lead, said, today, lexicon)
        if lead is Meaning.ON:
            return _on(said, today, lexicon)
        weekday = lexicon.weekday(bare(said)) if len(said) > 2 else None
        if weekday is not None:
            return SaidSpan(today + ((weekday - today.weekday() - 1) % 7 + 1) * DAY)
        last = _until(said, today, lexicon) or _day_of_month(said, today, lexicon)
    if last is None:
        return None
    return _before(last, said, lexicon) if lead is Meaning.BEFORE else SaidSpan(last)


def _on(said: str, today: date, lexicon: Lexicon) -> SaidSpan | None:
    """ "on 12 May": a date, not a weekday that recurs."""
    is_date = (_DAY.search(said) and len(said.split()) > 1) or re.match(r"\d{4}-", said)
    last = _until(said, today, lexicon) if is_date else None
    return None if last is None else SaidSpan(last)


def _until(said: str, today: date, lexicon: Lexicon) -> date | None:
    """A date; never a bare number that could be anything: "by 1000"."""
    return None if re.fullmatch(r"\d{4}", said) and not 1900 < int(said) < 2200 else until(said, today, lexicon)


def _day_of_month(said: str, today: date, lexicon: Lexicon) -> date | None:
    """ "the 5th": the next one to come."""
    words = [word for word in plain(said).split() if not lexicon.means(word, Meaning.THE)]
    match = _ORDINAL.fullmatch(words[0]) if len(words) == 1 else None
    ahead = (today + days * DAY for days in range(_TWO_MONTHS))
    return next((day for day in ahead if match and day.day == int(match[1])), None)


def _in(lead: Meaning, said: str, today: date, lexicon: Lexicon) -> SaidSpan | None:
    """ "in April", "in 6 months", "within 6 weeks", "for 30 days"."""
    words = plain(said).split()
    if lead is Meaning.IN and _YEAR.fullmatch(said):
        year = int(said)
        return _within(period_of(Level.YEARLY, date(year, 1, 1)), today) if 1900 < year < 2200 else None
    if lead is Meaning.IN and month_of(words[0], lexicon) and len(words) <= 2:
        last = until(said, today, lexicon)
        return None if last is None else _within(period_of(Level.MONTHLY, last), today)
    return _long(lead, words, today, lexicon) if len(words) == 2 else None


def _long(lead: Meaning, words: Sequence[str], today: date, lexicon: Lexicon) -> SaidSpan | None:
    """ "6 months": the time until the end, or the time it takes."""
    count, unit = lexicon.count(words[0]), lexicon.words.get(words[1])
    if count is None or unit not in (Meaning.DAY, Meaning.DAYS, Meaning.WEEK, Meaning.MONTH, Meaning.YEAR):
        return None
    if unit in (Meaning.MONTH, Meaning.YEAR):
        return SaidSpan(in_months(today, count * (12 if unit is Meaning.YEAR else 1)) - (lead is not Meaning.IN) * DAY)
    days = count * (7 if unit is Meaning.WEEK else 1)
    return SaidSpan(today + (days - (lead is not Meaning.IN)) * DAY)


def _quarter(said: str, today: date) -> date | None:
    """The last day of "Q4": of the current or next one, if no year is given."""
    match = _QUARTER.fullmatch(said.strip())
    if match is None:
        return None
    year = int(match[2] or today.year)
    period = period_of(Level.QUARTERLY, date(year, 3 * int(match[1]), 1))
    if match[2] is None and period.end < today:
        period = period_of(Level.QUARTERLY, date(year + 1, 3 * int(match[1]), 1))
    return period.end


def _before(last: date, said: str, lexicon: Lexicon) -> SaidSpan:
    """The day before a named day, month or year."""
    if _DAY.search(said) or names_feast(bare(" ".join(plain(said).split())), lexicon):
        return SaidSpan(last - DAY)
    has_month = any(month_of(word, lexicon) for word in plain(said).split())
    level = Level.MONTHLY if has_month else Level.QUARTERLY if _QUARTER.fullmatch(said.strip()) else Level.YEARLY
    return SaidSpan(period_of(level, last).start - DAY)


def _within(period: Period, today: date) -> SaidSpan:
    return SaidSpan(period.end, period.start if period.start > today else None)


@lru_cache(maxsize=16)
def _leads(lexicon: Lexicon) -> re.Pattern[str]:
    leads = lexicon.any_of(
        Meaning.UNTIL, Meaning.BY, Meaning.BEFORE, Meaning.THROUGH, Meaning.WITHIN, Meaning.IN, Meaning.FOR, Meaning.ON
    )
    return re.compile(rf"{leads}(?=\s)", re.IGNORECASE)
