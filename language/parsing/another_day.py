"""Leftover words that may name another day, or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.errors import GoaltreeError
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import is_ordinal, length, month_of
from language.parsing.errors import Unclear
from language.parsing.joined import joins
from language.parsing.line import Doubt
from language.parsing.rest import Rest
from language.tokens import Token, tokens

_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}\.")


def is_compared(heard: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether what stands here is only a comparison: "like every monday", "better than yesterday"."""
    return any(lexicon.means(token.word, Meaning.LIKE) for token in heard[max(0, at - 2) : at])


def another_day(rest: Rest) -> Doubt | None:
    """The doubt about leftover words that name another day, or resemble one."""
    calendar, has_day = rest.context.calendar, rest.said.dated
    for at in range(len(rest.heard)):
        if is_compared(rest.heard, at, rest.lexicon):
            continue
        try:
            dated = calendar.date_at(rest.heard, at, brief=_is_brief_weekday(rest, at))
        except GoaltreeError:
            dated = None
        if dated and (not has_day or dated.on != rest.said.on):
            return rest.doubt(Unclear("another_day", rest.text(at, dated.words)), *rest.on(dated.on))
        if doubt := _beside_a_day(rest, at) or (None if has_day else _perhaps_day(rest, at)):
            return doubt
    return None


def _beside_a_day(rest: Rest, at: int) -> Doubt | None:
    """Words that are no date, but refer to other days than the logged one."""
    if words := _several_days(rest, at):
        return rest.doubt(Unclear("several_days_meant", rest.text(at, words)))
    if words := _day_before(rest, at):
        return rest.doubt(Unclear("another_day", rest.text(at, words)), *rest.on(rest.said.on - timedelta(days=1)))
    if rest.means(at, Meaning.AGO):
        return rest.doubt(Unclear("like_a_day", rest.text(max(0, at - 2), 3)))
    return None


def _day_before(rest: Rest, at: int) -> int:
    """The number of words at the end that mean the day before: none in "the day before the race"."""
    words = len(rest.heard) - at
    is_meant = rest.lexicon.means(" ".join(token.word for token in rest.heard[at:]), Meaning.DAY_BEFORE)
    return words if is_meant else 0


def _perhaps_day(rest: Rest, at: int) -> Doubt | None:
    """A word that may be a day, if no day was given."""
    token = rest.heard[at]
    if at == 0 and (bare := _bare_ordinal(rest)):
        return rest.doubt(Unclear("another_day", token.text), *rest.on(bare))
    if _is_day_of_month(rest, at):
        return rest.doubt(Unclear("like_a_day", token.text))
    if name := rest.lexicon.resembles_day(token.word):
        day = rest.context.calendar.date_at(tokens(name))
        return rest.doubt(Unclear("like_a_day", token.text), *(rest.on(day.on) if day else ()))
    return None


def _is_brief_weekday(rest: Rest, at: int) -> bool:
    """ "mon", "wed"; "sat" and "sun" are ordinary words too, so they count only if joined to a day before them."""
    word = rest.heard[at].word
    is_joined = rest.said.dated and at == 1 and joins(rest.heard[0], rest.lexicon)
    return word in rest.lexicon.weekdays and (is_joined or word not in rest.lexicon.homographs)


def _bare_ordinal(rest: Rest) -> date | None:
    """The day that a bare "8th" means directly behind what was done; None if more follows it."""
    if len(rest.heard) > 1 or not is_ordinal(rest.heard[0].word):
        return None
    try:
        return rest.context.calendar.only_date(rest.heard)
    except GoaltreeError:
        return None


def _is_day_of_month(rest: Rest, at: int) -> bool:
    """ "on the 9th", "22.11." within a note: perhaps a day, but not in "on the 9th lap"."""
    is_led = rest.means(at - 2, Meaning.ON) and rest.means(at - 1, Meaning.THE) and is_ordinal(rest.heard[at].word)
    return is_led or _DAY_AND_MONTH.fullmatch(rest.heard[at].text) is not None


def _counts_days(rest: Rest, at: int) -> bool:
    """Whether a number of days is meant: "3 days in a row", "the last 3 days"; not "first time in 3 days"."""
    is_led = at == 0 or rest.means(at - 1, Meaning.FOR, Meaning.LAST, Meaning.THE)
    days = length([token.word for token in rest.heard[at : at + 2]], rest.lexicon)
    return is_led and days is not None and days > 1 and not rest.means(at + 2, Meaning.AGO)


def _means_all_of(rest: Rest, at: int) -> bool:
    """ "all week", "each month"; "every day" only at the start."""
    spans = (Meaning.DAY, Meaning.WEEK, Meaning.MONTH, Meaning.QUARTER, Meaning.YEAR, Meaning.WEEKEND)
    return rest.means(at, Meaning.ALL, Meaning.EVERY, Meaning.EACH) and rest.means(at + 1, *spans[at > 0 :])


def _is_longer(rest: Rest, at: int) -> bool:
    """ "in october", "week before last", or "on weekdays" at the start: a stretch of days without the day itself."""
    leads = all(rest.means(before, Meaning.ON, Meaning.AT, Meaning.THE, Meaning.FOR) for before in range(at))
    if leads and rest.means(at, Meaning.WORKDAYS, Meaning.WEEKEND):
        return True
    if rest.means(at, Meaning.IN) and at + 1 < len(rest.heard):
        return month_of(rest.heard[at + 1].word, rest.lexicon) is not None
    is_span = rest.means(at, Meaning.WEEK, Meaning.WEEKEND, Meaning.MONTH, Meaning.YEAR)
    return is_span and rest.means(at + 1, Meaning.BEFORE) and rest.means(at + 2, Meaning.LAST)


def _is_period(rest: Rest, at: int) -> bool:
    """ "last week" at the start or end, "next week" at the start."""
    period = rest.lexicon.periods.get(" ".join(token.word for token in rest.heard[at : at + 2]))
    if period is None:
        return False
    return at == 0 or (period[1] < 0 and at + 2 == len(rest.heard))


def _several_days(rest: Rest, at: int) -> int:
    """The number of words that mean several days: "all week", "every day this week", "3 days", or "last week" at the
    start."""
    if at == 0 and rest.means(at, Meaning.DAILY):
        return 1
    is_several = _counts_days(rest, at) or _means_all_of(rest, at) or _is_longer(rest, at) or _is_period(rest, at)
    return 2 if is_several else 0
