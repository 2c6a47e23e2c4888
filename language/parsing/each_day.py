"""One goal on several days in one line: `gym mon, tue and wed`, `gym yesterday and the day before`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from core.errors import GoaltreeError
from language.meanings import Meaning
from language.parsing.joined import joins
from language.parsing.line import Context
from language.parsing.names import Name
from language.tokens import Token

_DAY = timedelta(days=1)


def on_each_day(heard: Sequence[Token], name: Name, context: Context) -> list[str]:
    """Split a line that ticks one goal on several days into a line for each day. Returns [] if it says anything else,
    or if its days are not in order: "mon and thu" on a Wednesday may mean a Thursday long past."""
    if any(goal.number for goal in name.goals) or _has_day(name.front, context):
        return []
    days = _days(heard[name.end :], context)
    if len(days) < 2 or not (_in_steps(days) or _in_steps(days[::-1], most=_DAY)):
        return []
    what = " ".join(token.text for token in heard[: name.end])
    return [f"{what} {on.isoformat()}" for on in days]


def _in_steps(days: Sequence[date], most: timedelta = timedelta.max) -> bool:
    """Whether each day follows the one before it, at most `most` later."""
    return all(timedelta(0) < after - before <= most for before, after in pairwise(days))


def _has_day(front: Sequence[Token], context: Context) -> bool:
    return any(context.calendar.date_at(front, at) for at in range(len(front)))


def _days(heard: Sequence[Token], context: Context) -> list[date]:
    """The days of a list of days; [] if the words say anything else."""
    days, at = list[date](), 0
    while at < len(heard):
        if joins(heard[at], context.lexicon):
            at += 1
            continue
        day, words = _day_at(heard, at, days, context)
        if day is None:
            return []
        days.append(day)
        at += words
    return days


def _day_at(heard: Sequence[Token], at: int, before: Sequence[date], context: Context) -> tuple[date | None, int]:
    """The day at this position and the number of its words; "the day before" refers to the last day of the list."""
    for words in (3, 2):
        said = " ".join(token.word for token in heard[at : at + words])
        if before and len(heard) == at + words and context.lexicon.means(said, Meaning.DAY_BEFORE):
            return before[-1] - _DAY, words
    try:
        dated = context.calendar.date_at(heard, at)
    except GoaltreeError:
        return None, 0
    return (None, 0) if dated is None else (dated.on, dated.words)
