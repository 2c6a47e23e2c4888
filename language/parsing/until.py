"""The target date of a vision: a day ahead, as people write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from core.planning.rules import FIRST_DATE, LAST_DATE
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import FEASTS, length, month_of
from language.parsing.errors import NoSuchDay
from language.tokens import phrase, plain

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_SHORT = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th|\.)?")
_FILLERS = (Meaning.UNTIL, Meaning.BY, Meaning.THE, Meaning.END_OF, Meaning.OF, Meaning.ON)
_NEVER = (Meaning.ENDLESS, Meaning.NEVER, Meaning.NONE, Meaning.NO)
_FEASTS = {**FEASTS, Meaning.NEW_YEAR: (12, 31)}
_MONTHS_OF = {Meaning.MONTH: 1, Meaning.QUARTER: 3, Meaning.YEAR: 12}


def is_never(text: str, lexicon: Lexicon) -> bool:
    """Whether words say that there is no end."""
    return lexicon.means(phrase(text), *_NEVER)


def until(text: str, today: date, lexicon: Lexicon) -> date | None:
    """The last day of what a text names: an ISO date, "30 April 2027", "April 2027", "2027", "in 6 months", "tomorrow",
    "Christmas". Raises `NoSuchDay` for a day that does not exist or cannot be stored."""
    said = plain(text).replace(",", " ")
    bare = " ".join(re.sub(lexicon.any_of(*_FILLERS), " ", said).split())
    try:
        end = next((day for read in _READERS if (day := read(bare, today, lexicon))), None)
    except (ValueError, OverflowError):
        raise NoSuchDay(text) from None
    if end and not FIRST_DATE <= end <= LAST_DATE:
        raise NoSuchDay(text)
    return end


def day_reader(today: date, lexicon: Lexicon) -> Callable[[str], date | None]:
    """A reader for dates in an outline in the writer's language; it returns None for anything else."""

    def read(text: str) -> date | None:
        try:
            return until(text, today, lexicon)
        except NoSuchDay:
            return None

    return read


def in_months(today: date, months: int) -> date:
    """The same day of the month some months later, or that month's last day."""
    years, month = divmod(today.month - 1 + months, 12)
    last = _month_end(today.year + years, month + 1)
    return last.replace(day=min(today.day, last.day))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _numbered(text: str, today: date, lexicon: Lexicon) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := _SHORT.fullmatch(text):
        return _coming(date(today.year, int(match[2]), int(match[1])), today)
    if match := _SLASHED.fullmatch(text):
        return _slashed(int(match[1]), int(match[2]), int(match[3] or 0), today)
    return date(int(text), 12, 31) if re.fullmatch(r"\d{4}", text) else None


def _slashed(one: int, other: int, year: int, today: date) -> date | None:
    """ "31/12/2027", "4/30" (year 0); None if both numbers may be the month, or neither."""
    if (one > 12) is (other > 12):
        return None
    day, month = max(one, other), min(one, other)
    return date(year, month, day) if year else _coming(date(today.year, month, day), today)


def _near(text: str, today: date, lexicon: Lexicon) -> date | None:
    """ "tomorrow"; "the end of the year", where only "year" is left by now."""
    if text in lexicon.days:
        return today + timedelta(days=lexicon.days[text])
    return date(today.year, 12, 31) if lexicon.means(text, Meaning.YEAR) else None


def _ahead(text: str, today: date, lexicon: Lexicon) -> date | None:
    """ "in 6 months", "a week", "half a year", "two weeks from now"."""
    words = _how_long(text, lexicon)
    meanings = [lexicon.words.get(word) for word in words]
    if [meaning for meaning in meanings if meaning is not Meaning.A] == [Meaning.HALF, Meaning.YEAR]:
        return in_months(today, 6)
    if len(words) != 2:
        return None
    if (days := length(words, lexicon)) is not None:
        return today + timedelta(days=days)
    count, months = lexicon.count(words[0]), _MONTHS_OF.get(meanings[1] or Meaning.A)
    return None if count is None or months is None else in_months(today, count * months)


def _how_long(text: str, lexicon: Lexicon) -> list[str]:
    """The duration without "in" before it, or "from now" behind it."""
    words = text.split()
    if words and lexicon.means(words[0], Meaning.IN):
        words = words[1:]
    is_from_now = [lexicon.words.get(word) for word in words[2:]] == [Meaning.FROM, Meaning.PRESENT]
    return words[:2] if is_from_now else words


def names_feast(text: str, lexicon: Lexicon) -> bool:
    """Whether words name a feast."""
    return lexicon.means(text, *_FEASTS)


def _feast(text: str, today: date, lexicon: Lexicon) -> date | None:
    """ "christmas", "christmas 2027"; without a year, the next one."""
    match = re.fullmatch(r"(.*?)(?: (\d{4}))?", text)
    meaning = lexicon.words.get(match[1]) if match else None
    if match is None or meaning not in _FEASTS:
        return None
    month, day = _FEASTS[meaning]
    return date(int(match[2]), month, day) if match[2] else _coming(date(today.year, month, day), today)


def _named(text: str, today: date, lexicon: Lexicon) -> date | None:
    """ "30 april 2027", "april 30 2027", "april 2027", "april"; without a year, the next one."""
    words = [word for word in text.split() if not lexicon.means(word, Meaning.NEXT, Meaning.COMING)]
    months = [month for word in words if (month := month_of(word, lexicon))]
    numbers = sorted(int(match[1]) for word in words if (match := _ORDINAL.fullmatch(word)))
    return _of_month(months[0], numbers, today) if len(months) == 1 and len(words) == 1 + len(numbers) else None


def _of_month(month: int, numbers: Sequence[int], today: date) -> date | None:
    """The last day of a month with the numbers beside it: a day, a year, both, or none."""
    match numbers:
        case [day, year] if day <= 31 < year:
            return date(year, month, day)
        case [year] if year > 31:
            return _month_end(year, month)
        case [day]:
            return _coming(date(today.year, month, day), today)
        case []:
            return _coming(_month_end(today.year, month), today)
    return None


def _coming(day: date, today: date) -> date:
    return day if day >= today else in_months(day, 12)


_READERS: tuple[Callable[[str, date, Lexicon], date | None], ...] = (_numbered, _near, _ahead, _named, _feast)
