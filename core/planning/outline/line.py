"""One line of an outline: its title, and everything that stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.errors import Fault, InvalidValue
from core.goals.model import Kind, Level
from core.goals.terms import DaySchedule
from core.planning.outline.words import (
    EACH,
    KEYWORDS,
    LIMIT,
    NO_UNITS,
    QUOTED,
    TRACK,
    WEEKDAY_GROUPS,
    date_of,
    rhythm_of,
    spec_start,
    unquoted,
    weekday_of,
)
from core.values import parse_number

_SPACE = re.compile(r"\s*")
_EQUALS = re.compile(r"=\s*")
_NUMBER = re.compile(r"[-+]?\d+(?:[ \xa0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*(?:[eE][-+]?\d+(?![^\W\d]))?")
_FROM = re.compile(rf"(?P<begin>{_NUMBER.pattern})\s*(?:->|→|–>)\s*")
_TRACK = re.compile(rf"{TRACK}(?![^\s=\[(])", re.IGNORECASE)
_WORD = re.compile(r'[^\s"=\[\]()]+')
_WEIGHT = re.compile(r"[x×](\d[\d.,]*)(?![^\s=\[(])", re.IGNORECASE)
_BETWEEN = {"[": re.compile(r"\[([^\[\]]*)\]"), "(": re.compile(r"\(([^()]*)\)")}
_EACH = re.compile(rf"{EACH}(?![^\s=\[(])", re.IGNORECASE)
_KEYWORD = re.compile(rf"(?:{'|'.join(sorted(KEYWORDS))})(?![^\s=\[(])", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """The words of one line, before it is known whether it has lines below it. `column` is that of its first character.

    `each`: it says that everyone does it by themselves; `each_word` is how one person's part adds up then, if that is
    said.
    """

    number: int
    column: int
    indent: int
    kind: Kind
    level: Level
    title: str = ""
    title_is_quoted: bool = False
    target: Decimal | None = None
    unit: str | None = None
    unit_is_quoted: bool = False
    word: str | None = None
    word_column: int = 0
    each: bool = False
    each_word: str | None = None
    is_limit: bool = False
    baseline: Decimal | None = None
    is_tracked: bool = False
    schedule: DaySchedule | None = None
    weight: Decimal | None = None
    dates: tuple[date | None, date | None] | None = None
    faults: list[Fault] = field(default_factory=list)

    def place(self, column: int) -> str:
        """Where a column of this line is in the text."""
        return f"line {self.number}, column {column}"

    def fault(self, column: int, code: str, /, **values: object) -> None:
        """Adds a fault at a column."""
        self.faults.append(Fault(self.place(column), code, **values))


def read_line(line: Line, text: str, start: int, decimal_comma: bool) -> None:
    """Reads the title and all that follows from a place in the text on into the line."""
    start = _skip(text, start)
    if text.startswith('"', start):
        at = _quoted_title(line, text, start)
    else:
        at = spec_start(text, start)
        line.title = " ".join(text[start:at].split())
    if not line.title.strip() and not line.faults:
        line.fault(start + 1, "no_title")
    _Tail(line, text, decimal_comma).read(at)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _quoted_title(line: Line, text: str, start: int) -> int:
    found = QUOTED.match(text, start)
    title = unquoted(found[0]) if found else None
    line.title_is_quoted = True
    if found is None or title is None:
        line.fault(start + 1, "open_quotes")
        return len(text) if found is None else found.end()
    line.title = title
    return found.end()


_DATE_WORDS = (("on",), ("from",), ("until",), ("from", "until"))
"""What dates may be said between parentheses, in this order."""


@dataclass(slots=True)
class _Tail:
    line: Line
    text: str
    decimal_comma: bool

    def fault(self, at: int, code: str, /, **values: object) -> None:
        self.line.fault(at + 1, code, **values)

    def read(self, at: int) -> None:
        while (at := _skip(self.text, at)) < len(self.text):
            at = self._clause(at)(at)

    def _clause(self, at: int) -> Callable[[int], int]:
        match self.text[at]:
            case "=":
                return self._target
            case "[":
                return self._weekdays
            case "(":
                return self._dates
        if LIMIT.match(self.text, at):
            return self._limit
        if _WEIGHT.match(self.text, at):
            return self._weight
        if _EACH.match(self.text, at):
            return self._each
        return self._word if _KEYWORD.match(self.text, at) else self._leftover

    def _once(self, taken: bool, at: int, code: str) -> None:
        if taken:
            self.fault(at, code)

    def _leftover(self, at: int) -> int:
        end = max(spec_start(self.text, at + 1), at + 1)
        self.fault(at, "leftover_words", words=self.text[at:end].strip()[:40])
        return end

    def _word(self, at: int) -> int:
        found = _KEYWORD.match(self.text, at)
        assert found  # what led here
        self._once(self.line.word is not None, at, "second_word")
        self.line.word, self.line.word_column = found[0].casefold(), at + 1
        return found.end()

    def _each(self, at: int) -> int:
        self._once(self.line.each, at, "second_each")
        # What was said of one person's part stands before it, what is said of all of them behind.
        self.line.each, self.line.each_word, self.line.word = True, self.line.word, None
        return at + len(EACH)

    def _weight(self, at: int) -> int:
        found = _WEIGHT.match(self.text, at)
        assert found  # what led here
        self._once(self.line.weight is not None, at, "second_weight")
        self.line.weight = self._number(found[1], at + 1)
        return found.end()

    def _number(self, text: str, at: int) -> Decimal | None:
        try:
            return parse_number(text, decimal_comma=self.decimal_comma)
        except InvalidValue as refused:
            self.fault(at, refused.code, **refused.values)
            return None

    def _limit(self, at: int) -> int:
        found = LIMIT.match(self.text, at)
        assert found  # what led here
        self._once(self._has_target, at, "second_target")
        self.line.is_limit = True
        return self._amount(found.end())

    def _target(self, at: int) -> int:
        self._once(self._has_target, at, "second_target")
        found = _EQUALS.match(self.text, at)
        at = found.end() if found else at + 1
        if found := _TRACK.match(self.text, at):
            self.line.is_tracked = True
            return self._unit(found.end())
        if found := _FROM.match(self.text, at):
            self.line.baseline = self._number(found["begin"], at)
            at = found.end()
        return self._amount(at)

    @property
    def _has_target(self) -> bool:
        return self.line.target is not None or self.line.is_tracked

    def _amount(self, at: int) -> int:
        """A number with its unit."""
        found = _NUMBER.match(self.text, at)
        if not found:
            word = _WORD.match(self.text, at)
            self.fault(at, "bad_number", word=word[0][:40] if word else None)
            return max(spec_start(self.text, at + 1), at + 1)
        self.line.target = self._number(found[0], at)
        return self._unit(found.end())

    def _unit(self, at: int) -> int:
        at = _skip(self.text, at)
        found = QUOTED.match(self.text, at)
        if found:
            self.line.unit, self.line.unit_is_quoted = unquoted(found[0]) or None, True
            return found.end()
        found = _WORD.match(self.text, at)
        # "min" right after the number is minutes; every other keyword says how it adds up.
        if (
            not found
            or _WEIGHT.match(self.text, at)
            or (found[0].casefold() in NO_UNITS and found[0].casefold() != "min")
        ):
            return at
        self.line.unit = found[0]
        return found.end()

    def _between(self, at: int, closing: str) -> tuple[str, int]:
        found = _BETWEEN[self.text[at]].match(self.text, at)
        if found:
            return found[1], found.end()
        self.fault(at, "not_closed", opening=self.text[at], closing=closing)
        return "", max(spec_start(self.text, at + 1), at + 1)

    def _weekdays(self, at: int) -> int:
        self._once(self.line.schedule is not None, at, "second_weekdays")
        count = len(self.line.faults)
        inside, end = self._between(at, "]")
        if rhythm := rhythm_of(inside):
            self.line.schedule = rhythm
            return end
        days: set[int] = set()
        for found in re.finditer(r"[^\s,;]+", inside):
            named = _weekdays_named(found[0])
            if named is None:
                self.fault(at + 1 + found.start(), "bad_weekday", word=found[0][:40])
            else:
                days |= named
        if not days and len(self.line.faults) == count:
            self.fault(at, "no_weekday_named")
        self.line.schedule = DaySchedule(frozenset(days)) if days else None
        return end

    def _dates(self, at: int) -> int:
        self._once(self.line.dates is not None, at, "second_dates")
        inside, end = self._between(at, ")")
        if not inside:
            return end
        words = list(re.finditer(r"\S+", inside))
        dates: dict[str, date] = {}
        # Always in pairs of a word and a date; an odd one out is answered like a bad date.
        for index in range(0, len(words), 2):
            word = words[index][0].casefold()
            day = date_of(words[index + 1][0]) if index + 1 < len(words) else None
            known = (*dates, word) in _DATE_WORDS and word not in dates and not (word == "on" and len(words) > 2)
            if not known or day is None:
                self.fault(at + 1 + words[index].start(), "bad_date")
                return end
            dates[word] = day
        on = dates.get("on")
        self.line.dates = (dates.get("from", on), dates.get("until", on))
        return end


def _weekdays_named(text: str) -> frozenset[int] | None:
    group = WEEKDAY_GROUPS.get(text.casefold())
    if group:
        return group
    first, _, last = text.replace("–", "-").partition("-")
    start, end = weekday_of(first), weekday_of(last or first)
    if start is None or end is None:
        return None
    return frozenset((start + offset) % 7 for offset in range((end - start) % 7 + 1))
