"""Words about a goal: one act (an amount, skip, not done), one day or several, and a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.records import record
from language.meanings import Meaning
from language.parsing.acts import SaidAct, WordPlace, act_at
from language.parsing.another_day import is_compared
from language.parsing.day_words import RANGE, Dated, length, month_of
from language.parsing.errors import Unclear
from language.parsing.line import Context, KnownGoal, SaidOfGoal
from language.tokens import Token, tokens

_DASHES = re.compile(r"\A[-–—:,; ]+(?=\s|\w{2}|$)")
"""Separators before a note, but not the beginning of a smiley such as ":)"."""
_SINGLE = (Meaning.FROM, Meaning.AFTER, Meaning.BEFORE, Meaning.UNTIL, Meaning.EVERY, Meaning.BY, Meaning.OF)
"""Words before a day that is not the day of the log."""


def read_said(
    heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context, *, front: Sequence[Token] = ()
) -> SaidOfGoal:
    """The meaning of the words behind a name, and of those before it (`front`): one act and one day, in any order; the
    rest is the note.

    Raises `InvalidValue`, `NoSuchDay` and `Unclear`.
    """
    parts = _Parts()
    for words in (front, heard):
        parts.read(words, goals, context)
    act, days = parts.act or SaidAct(0), parts.days or _Days(context.usual_day, 0)
    note = _DASHES.sub("", " ".join(token.text for token in parts.note))
    if days.through and act.value:
        raise Unclear("several_days", " ".join(token.text for token in heard))
    return SaidOfGoal(
        on=days.on,
        how=act.how,
        value=act.value,
        note=note or None,
        plain=parts.act is None and parts.days is None,
        dated=parts.days is not None,
        denied=act.denied,
        through=days.through,
    )


@record
class _Days:
    """A day or a range, and the number of words that name it."""

    on: date
    words: int
    through: date | None = None


@dataclass(slots=True)
class _Parts:
    """The parts of a line that are known so far."""

    act: SaidAct | None = None
    days: _Days | None = None
    note: list[Token] = field(default_factory=list)

    def read(self, heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> None:
        """Read more words."""
        at = 0
        while at < len(heard):
            place = WordPlace(heard, at, goals, context)
            if self.act is None and not self.note and (act := _act_at(place)):
                self.act, at = act, at + act.words
            elif self.act is not None and not self.note and place.means(Meaning.DONE, Meaning.MORE):
                at += 1  # a second "done" as in "done ✅", or the "more" of "1 more"
            elif self.days is None and (days := self._days_at(place)):
                self.days, at = days, at + days.words
            else:
                self.note.append(heard[at])
                at += 1

    def _days_at(self, place: WordPlace) -> _Days | None:
        has_value = self.act is not None and bool(self.act.value)
        lately = None if self.note or has_value else _until_today(place)
        return lately or _days_at(place, brief=not self.note)


_BEFORE_AMOUNT = (Meaning.ROUGHLY, Meaning.FOR, Meaning.LIKE, Meaning.MORE, Meaning.A)


def _act_at(place: WordPlace) -> SaidAct | None:
    """The act here, or behind a word that does not change it: "about 4 km", "for ten minutes"."""
    act = act_at(place)
    if act is not None or place.is_last or not place.means(*_BEFORE_AMOUNT):
        return act
    behind = act_at(replace(place, at=place.at + 1))
    if behind is None or behind.value is None or (place.means(Meaning.FOR) and not behind.measured):
        return None
    return replace(behind, words=behind.words + 1)


def _days_at(place: WordPlace, *, brief: bool) -> _Days | None:
    """The day or range here that a log is about: "4 nov to 17 nov", "monday - wednesday", "4-17 nov"."""
    heard, at, context = place.heard, place.at, place.context
    leads = place.means(Meaning.FROM)
    if not leads and (place.means(*_SINGLE, ahead=-1) or is_compared(heard, at, context.lexicon)):
        return None
    if brief and (several := _bare_range(place, at + leads) or _weekdays(place, at + leads)):
        return several
    first = context.calendar.date_at(heard, at + leads, brief=brief)
    if first is None:
        return None
    return _through(place, first, at + leads + first.words) or (None if leads else _Days(first.on, first.words))


def _since(place: WordPlace) -> _Days | None:
    """ "since monday" at the end: every day up to today."""
    heard, at, today = place.heard, place.at, place.context.today
    first = place.context.calendar.date_at(heard, at + 1)
    is_open = first is not None and first.on < today and at + 1 + first.words == len(heard)
    return _Days(first.on, 1 + first.words, today) if first and is_open else None


def _until_today(place: WordPlace) -> _Days | None:
    """The days up to today: "the last 3 days", "since monday"."""
    heard, at, context = place.heard, place.at, place.context
    if place.means(Meaning.FROM):
        return _since(place)
    at += place.means(Meaning.FOR)
    at += context.lexicon.means(heard[at].word, Meaning.THE) if at < len(heard) else 0
    words = [token.word for token in heard[at : at + 3]]
    if len(words) < 3 or not context.lexicon.means(words[0], Meaning.LAST):
        return None
    days = length(words[1:], context.lexicon)
    return _Days(context.today - timedelta(days - 1), at + 3 - place.at, context.today) if days else None


def _through(place: WordPlace, first: Dated, behind: int) -> _Days | None:
    """The range from `first` to a day behind it: "4 nov to 17 nov"."""
    heard, context = place.heard, place.context
    if behind + 1 >= len(heard) or not context.lexicon.means(heard[behind].word, *RANGE):
        return None
    last = context.calendar.date_at(heard, behind + 1)
    if last is None:
        return None
    is_weekday = heard[behind - 1].word in context.lexicon.weekdays
    begins = first.on - timedelta(days=7) if is_weekday and last.on < first.on else first.on
    return _Days(begins, behind + 1 + last.words - place.at, last.on) if last.on > begins else None


def _weekdays(place: WordPlace, at: int) -> _Days | None:
    """ "mon-fri" in one word."""
    match = re.fullmatch(r"([^\W\d_]+)[-–]([^\W\d_]+)", place.heard[at].word) if at < len(place.heard) else None
    lexicon = place.context.lexicon
    if match is None or not all(part in lexicon.weekdays for part in match.groups()):
        return None
    apart = WordPlace(tokens(f"{match[1]} - {match[2]}"), 0, place.goals, place.context)
    days = _days_at(apart, brief=True)
    return days and replace(days, words=at - place.at + 1)


def _bare_range(place: WordPlace, at: int) -> _Days | None:
    """ "4-17 nov", "4 to 17 nov": a range whose month stands behind the last day."""
    heard, context = place.heard, place.context
    apart = [*_parted(heard[at]), *heard[at + 1 : at + 6]] if at < len(heard) else []
    if len(apart) < 4 or not apart[0].word[0].isdigit() or not context.lexicon.means(apart[1].word, *RANGE):
        return None
    last = context.calendar.date_at(apart, 2)
    if last is None or last.words < 2 or month_of(apart[3].word, context.lexicon) is None:
        return None
    first = context.calendar.date_at([apart[0], apart[3]])
    if first is None or not first.on < last.on:
        return None
    added = len(apart) - len(heard[at : at + 6])
    return _Days(first.on, at - place.at + 2 + last.words - added, last.on)


def _parted(token: Token) -> list[Token]:
    """ "4-17" as three words."""
    match = re.fullmatch(r"(\d{1,2})[-–](\d{1,2})", token.text)
    return tokens(f"{match[1]} - {match[2]}") if match else [token]
