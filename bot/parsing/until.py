"""When a vision is to have come true: a day ahead, as people write it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.parsing.dates import NoSuchDay
from core.rules import FIRST_DATE, LAST_DATE

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_IN = re.compile(r"(?:in )?(an?|one|\d{1,3}) (day|week|month|quarter|year)s?")
_FILLERS = re.compile(r"\b(?:until|till|by|the|end of|of|on)\b|,")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
NEVER = frozenset({"no end", "never", "none", "open", "no", "open end", "forever", "endless"})


def until(text: str, today: date) -> date | None:
    """The last day that a text names: an ISO date, "30 April 2027", "April 2027", "2027", "in 6 months",
    "tomorrow". Raises `NoSuchDay` for one that is not in the calendar, or cannot be kept."""
    plain = " ".join(_FILLERS.sub(" ", text.casefold()).split())
    try:
        found = _numbered(plain) or _ahead(plain, today) or _named(plain, today)
    except (ValueError, OverflowError):
        raise NoSuchDay(" ".join(text.split())) from None
    if found and not FIRST_DATE <= found <= LAST_DATE:
        raise NoSuchDay(" ".join(text.split()))
    return found


def in_months(today: date, months: int) -> date:
    """The same day some months on, or the last day of that month."""
    years, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + years, month + 1
    return min(_month_end(year, month), _month_end(year, month).replace(day=min(today.day, 28)) + _beyond(today))


def _beyond(day: date) -> timedelta:
    return timedelta(days=max(0, day.day - 28))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _numbered(text: str) -> date | None:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 12, 31)
    return None


def _ahead(text: str, today: date) -> date | None:
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if text == "year":
        return date(today.year, 12, 31)
    found = _IN.fullmatch(text)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdecimal() else 1
    match found[2]:
        case "day":
            return today + timedelta(days=count)
        case "week":
            return today + timedelta(weeks=count)
        case "month":
            return in_months(today, count)
        case "quarter":
            return in_months(today, 3 * count)
    return in_months(today, 12 * count)


def _named(text: str, today: date) -> date | None:
    """ "30 april 2027", "april 30 2027", "april 2027", "april": without a year the next one to come."""
    words = text.split()
    named = [at for at, word in enumerate(words) if word[:3] in _MONTHS and word.isalpha()]
    if len(named) != 1 or len(words) > 3:
        return None
    month = _MONTHS.index(words.pop(named[0])[:3]) + 1
    numbers = [int(re.sub(r"(?:st|nd|rd|th|\.)\Z", "", word)) for word in words]
    years, days = [n for n in numbers if n > 31], [n for n in numbers if n <= 31]
    if len(years) > 1 or len(days) > 1:
        return None
    year = years[0] if years else today.year
    last = date(year, month, days[0]) if days else _month_end(year, month)
    return last if years or last >= today else until_next_year(last)


def until_next_year(last: date) -> date:
    """The same day a year later."""
    return in_months(last, 12)
