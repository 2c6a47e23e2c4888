"""Days as people write them beside what they did: today, yesterday, monday, 2026-11-20, 20 Nov, 3 days ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import DATES, DAY_OF_MONTH, DAYS, RANGE, Dated, Recogniser, View, month_of
from language.parsing.errors import DoubtfulDay
from language.tokens import Token

LONGEST = 6
"""The most words that a day takes, including a leading "on"."""


@record
class Calendar:
    """The context of dates: the day on which the words were written, and the writer's lexicon."""

    today: date
    lexicon: Lexicon

    def date_at(self, heard: Sequence[Token], at: int = 0, *, brief: bool = True) -> Dated | None:
        """The day that begins at `at`; None if there is none.

        A weekday is the most recent one (today counts, except in "last monday"). A date without a year is the most
        recent one, unless it lies just ahead. A weekday and a date together name one day. `brief`: not within a note,
        where "sun" and "8/10" are ordinary words.
        Raises `NoSuchDay`.
        """
        if at >= len(heard) or not self._may_begin(heard[at].word):
            return None
        typed = heard[at : at + LONGEST]
        lead = self.lexicon.words.get(typed[0].word)
        if lead not in (Meaning.ON, Meaning.FOR):
            day, led = self._day(typed, brief=brief), 0
        else:
            day, led = self._day(typed[1:], brief=brief, led=lead is Meaning.ON), 1
        if day is None:
            return None
        return self._with_date(heard, at, Dated(day.on, day.words + led))

    def only_date(self, heard: Sequence[Token]) -> date | None:
        """The day if the words name a day and nothing else, such as "the 9th"; else None. Raises `NoSuchDay`."""
        if not heard or not self._may_begin(heard[0].word):
            return None
        day = self.date_at(heard) or self._day(heard[:LONGEST], led=True)
        return day.on if day is not None and day.words == len(heard) else None

    def _may_begin(self, word: str) -> bool:
        """Whether any day can begin with this word."""
        return word[0].isdigit() or word.rstrip(".") in self.lexicon.begins_day

    def _with_date(self, heard: Sequence[Token], at: int, dated: Dated) -> Dated:
        """A weekday next to its date: "sunday 1 march", "2 march (monday)". Raises `DoubtfulDay` if they are two
        different days."""
        end, weekdays = at + dated.words, self.lexicon.weekdays
        if end >= len(heard):
            return dated
        if heard[end - 1].word not in weekdays:
            is_same = weekdays.get(heard[end].word) == dated.on.weekday()
            return Dated(dated.on, dated.words + 1) if is_same else dated
        exact = _first(DATES, View(self.today, self.lexicon, heard[end : end + LONGEST]))
        if exact is None:
            return dated
        if exact.on.weekday() != dated.on.weekday():
            raise DoubtfulDay(" ".join(token.text for token in heard[at : end + exact.words]))
        return Dated(exact.on, dated.words + exact.words)

    def _day(self, typed: Sequence[Token], *, brief: bool = True, led: bool = False) -> Dated | None:
        return _first(DAYS, View(self.today, self.lexicon, typed, brief, led)) if typed else None


def _first(recognisers: Sequence[Recogniser], view: View) -> Dated | None:
    """The day by the first recogniser that matches."""
    return next(filter(None, (recognise(view) for recognise in recognisers)), None)


def begins_range(heard: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the words begin with a range whose month stands behind the last day: "10 to 12 March"."""
    words = [token.word for token in heard[:4]]
    is_whole = len(words) == 4 and lexicon.means(words[1], *RANGE) and month_of(words[3], lexicon) is not None
    return is_whole and all(DAY_OF_MONTH.fullmatch(word) for word in (words[0], words[2]))
