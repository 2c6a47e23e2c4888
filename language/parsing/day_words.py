"""Recognisers of a day in words. Each looks at the next few words and returns the day that they name, with their
number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.planning.rules import FIRST_DATE, LAST_DATE
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.errors import DoubtfulDay, NoSuchDay
from language.parsing.joined import joins
from language.tokens import Token

_DAYS_OF = {Meaning.DAY: 1, Meaning.DAYS: 1, Meaning.WEEK: 7}

FEASTS = {
    Meaning.CHRISTMAS: (12, 25), Meaning.CHRISTMAS_EVE: (12, 24), Meaning.NEW_YEARS_EVE: (12, 31),
    Meaning.NEW_YEARS_DAY: (1, 1),
}  # fmt: skip
"""Feasts with a fixed date: (month, day)."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_LIKE_A_DATE = re.compile(r"\d{1,4}(?:[/.]\d{1,4}){2}\.?|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_YEAR = re.compile(r"\d{4}")
_SLIP = timedelta(days=31)
"""A date this close ahead is refused as a slip rather than read as last year's."""
RANGE = (Meaning.TO, Meaning.DASH, Meaning.UNTIL, Meaning.THROUGH, Meaning.UP_TO)
"""Words between the first and the last day of a range."""


@record
class Dated:
    """A date and the number of words that name it."""

    on: date
    words: int


@dataclass(slots=True)
class View:
    """The next few words, in which a day is looked for. `led`: they follow "on"."""

    today: date
    lexicon: Lexicon
    typed: Sequence[Token]
    brief: bool = True
    led: bool = False
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [token.word for token in self.typed]

    def behind(self, words: int) -> View:
        return replace(self, typed=self.typed[words:])

    def goes_on(self, at: int) -> bool:
        """Whether the next word makes a note of these words, so that they name no day."""
        return at < len(self.typed) and not _ends_a_day(self.typed[at], self.lexicon)

    def after(self, days: int, words: int) -> Dated:
        return Dated(self.today + timedelta(days=days), words)


def _ends_a_day(token: Token, lexicon: Lexicon) -> bool:
    acts = (Meaning.SKIP, Meaning.SKIPPED, Meaning.DONE, Meaning.UNDONE, Meaning.NOT, Meaning.NO)
    return lexicon.means(token.word, *acts) or token.text.lstrip("=+-")[:1].isdigit()


def _near(view: View) -> Dated | None:
    """ "yesterday", or a phrase such as "day before yesterday"."""
    if view.words[0] not in view.lexicon.begins_near_day:
        return None
    for count in range(min(4, len(view.words)), 0, -1):
        offset = view.lexicon.near_day(" ".join(view.words[:count]))
        if offset is not None:
            return view.after(offset, count)
    return None


def _ordinal(view: View) -> Dated | None:
    """ "the 9th", "on the 9th", "on the first": the most recent such day. Raises `NoSuchDay`."""
    the = view.lexicon.means(view.words[0], Meaning.THE)
    said = view.words[the] if the < len(view.words) else ""
    number = _day_number(said, view.lexicon, in_words=the and view.led)
    if number is None or not (the or view.led) or view.goes_on(the + 1):
        return None
    day = view.today
    while day.day != number and view.today - day < _SLIP:
        day -= timedelta(days=1)
    return _sure(day if day.day == number else None, said, 1 + the)


def _day_number(word: str, lexicon: Lexicon, *, in_words: bool) -> int | None:
    """The day of the month that an ordinal names: "9th", and with `in_words` also "first"."""
    number = _ORDINAL.fullmatch(word)
    return int(number[1]) if number else lexicon.ordinals.get(word) if in_words else None


def is_ordinal(word: str) -> bool:
    """Whether a word is an ordinal in digits: "9th"."""
    return _ORDINAL.fullmatch(word) is not None


def _weekday(view: View) -> Dated | None:
    """ "monday"; "mon" where it is no ordinary word."""
    word = view.words[0]
    weekday = _weekday_of(word, view.lexicon, brief=view.brief)
    is_other = word in view.lexicon.homographs and not view.led and view.goes_on(1) and not _lists_days(view)
    if weekday is None or is_other:
        return None
    return view.after(-((view.today.weekday() - weekday) % 7), 1)


def _lists_days(view: View) -> bool:
    """Whether another day follows the first word: "sat and sun"."""
    at = 1 + joins(view.typed[1], view.lexicon)
    return at < len(view.words) and (
        view.words[at] in view.lexicon.weekdays or view.lexicon.near_day(view.words[at]) is not None
    )


def _weekday_of(word: str, lexicon: Lexicon, *, brief: bool) -> int | None:
    return lexicon.weekdays.get(word) if brief or word in lexicon.full_weekdays else None


def _other_weekday(view: View) -> Dated | None:
    """ "last monday", "next monday"."""
    if len(view.words) < 2 or (weekday := view.lexicon.weekdays.get(view.words[1])) is None:
        return None
    if view.lexicon.means(view.words[0], Meaning.LAST):
        return view.after(-((view.today.weekday() - weekday - 1) % 7) - 1, 2)
    if view.lexicon.means(view.words[0], Meaning.NEXT):
        return view.after((weekday - view.today.weekday() - 1) % 7 + 1, 2)
    return None


def _ahead(view: View) -> Dated | None:
    """ "in 2 days", which is recognised only to be refused."""
    if not view.brief or not view.lexicon.means(view.words[0], Meaning.IN):
        return None
    days = length(view.words[1:3], view.lexicon)
    return view.after(days, 3) if days else None


def _ago(view: View) -> Dated | None:
    """ "3 days ago"."""
    if len(view.words) < 3 or not view.lexicon.means(view.words[2], Meaning.AGO):
        return None
    days = length(view.words[:2], view.lexicon)
    return None if days is None else view.after(-days, 3)


def _feast(view: View) -> Dated | None:
    """ "on christmas eve": the most recent one."""
    if view.words[0] not in view.lexicon.begins_feast:
        return None
    for count in range(min(3, len(view.words)), 0, -1):
        meaning = view.lexicon.words.get(" ".join(view.words[:count]))
        if meaning in FEASTS and (view.led or not view.goes_on(count)):
            month, day = FEASTS[meaning]
            return _sure(_nearest(month, day, view.today), " ".join(view.words[:count]), count)
    return None


def length(words: Sequence[str], lexicon: Lexicon) -> int | None:
    """The days in "3 days" or "a week"; None for anything else."""
    if len(words) < 2:
        return None
    count, each = lexicon.count(words[0]), _DAYS_OF.get(lexicon.words.get(words[1], Meaning.A))
    return None if count is None or each is None else count * each


def _iso(view: View) -> Dated | None:
    word = view.words[0]
    if not _ISO.fullmatch(word):
        return None
    return _sure(_real(*map(int, word.split("-"))), word, 1)


def _in_digits(view: View) -> Dated | None:
    """ "24.11.2026", "24.11.", "22/11/2026", "2026/11/23". Raises for digits in this form that are no date."""
    if _is_part_of_unit(view):
        return None
    word = view.typed[0].text.rstrip(",;:!?)")
    if match := _YEAR_FIRST.fullmatch(word):
        return _sure(_real(int(match[1]), int(match[2]), int(match[3])), word, 1)
    if match := _DOTTED.fullmatch(word) or _SLASHED.fullmatch(word):
        return _day_and_month(view, word, match) if view.brief or match[3] else None
    if view.brief and _LIKE_A_DATE.fullmatch(word) and not _THOUSANDS.fullmatch(word):
        raise DoubtfulDay(word)
    return None


def _is_part_of_unit(view: View) -> bool:
    """Whether "1/2" is a fraction of what follows: "1/2 h"."""
    return len(view.words) > 1 and view.words[1] in view.lexicon.units and view.words[0] in ("1/2", "1/4", "3/4")


def _day_and_month(view: View, word: str, match: re.Match[str]) -> Dated:
    day, month = int(match[1]), int(match[2])
    if "/" in word and day <= 12:
        raise DoubtfulDay(word)
    if match[3]:
        return _sure(_real(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, day), word, 1)
    return _sure(_nearest(month, day, view.today), word, 1)


def _day_of_month(view: View) -> Dated | None:
    """ "20 Nov", "Nov 20", "the 20th of Nov", each with or without a year."""
    lexicon, words = view.lexicon, view.words
    the = len(words) > 1 and lexicon.means(words[0], Meaning.THE)
    view = view.behind(1) if the else view
    of = len(words) > the + 2 and lexicon.means(words[the + 1], Meaning.OF)
    if of:
        view = replace(view, typed=[view.typed[0], *view.typed[2:]])
    if len(view.words) < 2:
        return None
    named = _day_before_month(view) or _month_before_day(view)
    if named is None:
        return None
    (day, month), skipped = named, the + of
    if len(view.words) > 2 and _YEAR.fullmatch(view.words[2]):
        return _sure(_real(int(view.words[2]), month, day), " ".join(view.words[:3]), 3 + skipped)
    return _sure(_nearest(month, day, view.today), " ".join(view.words[:2]), 2 + skipped)


def _day_before_month(view: View) -> tuple[int, int] | None:
    """(day, month). In "4 may be sore" and "4 march with friends" the month is an ordinary word."""
    number, month = DAY_OF_MONTH.fullmatch(view.words[0]), month_of(view.words[1], view.lexicon)
    if number is None or month is None:
        return None
    has_year = len(view.words) > 2 and _YEAR.fullmatch(view.words[2])
    if view.words[1] in view.lexicon.homographs and not has_year and view.goes_on(2) and not _leads_to_day(view, 2):
        return None
    return int(number[1]), month


def _leads_to_day(view: View, at: int) -> bool:
    """Whether a range ends here: "to 8 March"."""
    words = view.words
    return at + 1 < len(words) and view.lexicon.means(words[at], *RANGE) and bool(DAY_OF_MONTH.fullmatch(words[at + 1]))


def _month_before_day(view: View) -> tuple[int, int] | None:
    month, number = month_of(view.words[0], view.lexicon), DAY_OF_MONTH.fullmatch(view.words[1])
    return None if number is None or month is None else (int(number[1]), month)


def month_of(word: str, lexicon: Lexicon) -> int | None:
    """The number of the month that a word names, or None."""
    return lexicon.months.get(word.rstrip("."))


def _nearest(month: int, day: int, today: date) -> date | None:
    """The most recent such day, unless one lies just ahead."""
    around = [_real(today.year + shift, month, day) for shift in (-1, 0, 1)]
    real = [one for one in around if one]
    return max([one for one in real if one <= today + _SLIP] or real[:1], default=None)


def _sure(exact: date | None, said: str, words: int) -> Dated:
    if exact is None:
        raise NoSuchDay(said)
    return Dated(exact, words)


def _real(year: int, month: int, day: int) -> date | None:
    """The day, if it exists and can be stored."""
    with suppress(ValueError):
        real = date(year, month, day)
        return real if FIRST_DATE <= real <= LAST_DATE else None
    return None


Recogniser = Callable[[View], Dated | None]
DATES: tuple[Recogniser, ...] = (_iso, _in_digits, _day_of_month, _ordinal)
"""The recognisers of a day by its number."""
DAYS: tuple[Recogniser, ...] = (_near, _weekday, _other_weekday, _ahead, _ago, _feast, *DATES)
"""All recognisers."""
