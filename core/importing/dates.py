"""Dates as sheets have them: their order is decided over the whole column, and asked where two orders fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from core.errors import ImportRefused
from core.importing.fields import EARLIEST, LATEST
from core.importing.options import DateOrder, Options

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,4})([-/. ]+)(\d{1,2})\2(\d{1,4})\.?")
_TIME = re.compile(
    r"(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$"
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 60


def days_of(texts: Iterable[str], options: Options) -> Mapping[str, date]:
    """The date that each text of a column means.

    Raises ImportRefused: `date_unreadable` names the first text that is no date; `dates_ambiguous` asks for the order,
    naming the `choices`, where the whole column fits two of them and they differ.
    """
    wanted = dict.fromkeys(texts)
    orders = [options.dates] if options.dates else list(DateOrder)
    found = {order: _read(wanted, order, options.words.months) for order in orders}
    fitting = {order: days for order, days in found.items() if len(days) == len(wanted)}
    if not fitting:
        best = max(found.values(), key=len)
        raise ImportRefused("date_unreadable", text=next(text for text in wanted if text not in best)[:_LONGEST])
    first, *others = fitting.values()
    for days in others:
        for text, day in days.items():
            if day != first[text]:
                raise ImportRefused("dates_ambiguous", text=text[:_LONGEST], choices=[str(order) for order in fitting])
    return first


def _read(texts: Iterable[str], order: DateOrder, months: Mapping[str, int]) -> dict[str, date]:
    """The texts that are dates in an order."""
    found = {}
    for text in texts:
        day = _date(text, order, months)
        if day is not None and EARLIEST <= day < LATEST:
            found[text] = day
    return found


def _date(text: str, order: DateOrder, months: Mapping[str, int]) -> date | None:
    said = text.strip()
    if len(said) > _LONGEST:
        return None
    said = _TIME.sub("", said).strip()
    compact = _COMPACT.fullmatch(said)
    if compact:
        return _made(*compact.groups())
    numbers = _NUMBERS.fullmatch(said)
    if numbers is None:
        return _with_month(said, months)
    first, mark, second, third = numbers.groups()
    if len(first) > 2:
        # A year that is written out and stands first is followed by the month everywhere.
        return _made(first, second, third) if len(first) == 4 and len(third) <= 2 else None
    if order is DateOrder.YMD:
        return _made(first, second, third) if len(first) == len(third) == 2 else None
    if len(third) not in (2, 4):
        return None
    # Nobody puts the month first between points.
    month_first = order is DateOrder.MDY and "." not in mark
    return _made(third, first, second) if month_first else _made(third, second, first)


def _with_month(said: str, months: Mapping[str, int]) -> date | None:
    """A date with its month in letters: 5 January 2026, Jan 5, 2026, Mon 5 Jan 2026."""
    named = [months[word] for word in map(str.lower, _WORD.findall(said)) if word in months]
    numbers = re.findall(r"\d+", said)
    if len(named) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len)
    return _made(year, str(named[0]), day) if len(year) == 4 else None


def _made(year: str, month: str, day: str) -> date | None:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
