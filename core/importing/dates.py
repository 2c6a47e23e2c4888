"""Dates in sheets: the order of their parts is decided over the whole column, and asked if two orders fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from core.errors import ImportRefused
from core.importing.fields import EARLIEST, LATEST
from core.importing.options import DateOrder, Options
from core.importing.reading import FileReading

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,4})([-/. ]+)(\d{1,2})\2(\d{1,4})\.?")
_TIME = re.compile(
    r"(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_IN_UTC = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(?:Z|UTC|GMT|[+-]00:?00)")
_MIDNIGHT = ("00:00", "00:00:00")
_WORD = re.compile(r"[^\W\d_]+")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\d)", re.IGNORECASE)
_CHARACTERS = str.maketrans({"年": "-", "月": "-", "日": ""})
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS_BEGIN, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 18_000, 80_000
"""Spreadsheets count days from here; these are from 1949 to 2119."""
_LONGEST = 60
_TOTAL_WORDS = """total totals sum average avg mean count summe gesamt durchschnitt moyenne somme totaux promedio suma
media somma média soma gemiddelde razem średnia итого всего среднее toplam ortalama 合计 合計"""
_TOTALS = frozenset(_TOTAL_WORDS.split())
"""Words in place of a date, in common languages of sheets."""

_Numbers: TypeAlias = tuple[str, str, str, str]
"""Three numbers, of which any may be the day, and the separator after the first."""
_Written: TypeAlias = date | _Numbers | None


def days_of(texts: Iterable[str], options: Options, reading: FileReading) -> Mapping[str, date]:
    """The date of each text in a column, with remarks in the reading for instants in the owner's zone and for day
    numbers.

    Raises ImportRefused: `date_unreadable` with the first text that is no date; `dates_ambiguous` with the `choices`,
    if the whole column fits two orders and they differ.
    """
    wanted = dict.fromkeys(texts)
    known = _serials(wanted, reading) or _instants(wanted, options, reading)
    if known:
        return known
    # Most texts of a column with times differ in their times alone.
    bare = {text: _without_time(text) for text in wanted}
    first, *others = (fitting := _fitting(bare, options)).values()
    for text, said in bare.items():
        if any(days[said] != first[said] for days in others):
            raise ImportRefused("dates_ambiguous", text=text[:_LONGEST], choices=[str(order) for order in fitting])
    return {text: first[said] for text, said in bare.items()}


def _fitting(bare: Mapping[str, str], options: Options) -> Mapping[DateOrder, Mapping[str, date]]:
    """The dates of the whole column in each order that fits all of them. Raises ImportRefused if none does."""
    written = {said: _written(said, options.words.months) for said in dict.fromkeys(bare.values())}
    orders = [options.dates] if options.dates else list(DateOrder)
    read = {order: _read(written, order) for order in orders}
    best = max(read.values(), key=len)
    for text, said in bare.items():
        if written[said] is None or said not in best:
            raise ImportRefused("date_unreadable", text=text[:_LONGEST])
    return {order: days for order, days in read.items() if len(days) == len(written)}


def names_totals(text: str) -> bool:
    """Whether a date cell belongs to a row of totals."""
    return not any(map(str.isdigit, text)) and not _TOTALS.isdisjoint(map(str.lower, _WORD.findall(text)))


def _serials(texts: Iterable[str], reading: FileReading) -> Mapping[str, date]:
    """The dates of a column of day numbers, as spreadsheets write unformatted dates; None for another column."""
    dates = {}
    for text in texts:
        serial = _SERIAL.fullmatch(text.strip())
        if serial is None or not _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
            return {}
        dates[text] = _SERIALS_BEGIN + timedelta(days=int(serial[1]))
    reading.remark("dates_serial", len(dates))
    return dates


def _instants(texts: Iterable[str], options: Options, reading: FileReading) -> Mapping[str, date]:
    """The dates of a column of UTC instants in the owner's zone; None for another column. If all are at midnight they
    are dates without a time."""
    instants = {}
    are_dates = True
    for text in texts:
        instant = _IN_UTC.fullmatch(text.strip())
        if instant is None:
            return {}
        are_dates = are_dates and instant[2] in _MIDNIGHT
        try:
            at = datetime.fromisoformat(f"{instant[1]}T{instant[2]}").replace(tzinfo=UTC)
        except ValueError:
            return {}
        instants[text] = at
    if are_dates or not all(EARLIEST < at.date() < LATEST for at in instants.values()):
        return {}
    reading.remark("dated_from_utc", len(instants))
    return {text: at.astimezone(options.zone).date() for text, at in instants.items()}


def _read(written: Mapping[str, _Written], order: DateOrder) -> dict[str, date]:
    """The texts that are dates in this order."""
    days = {}
    for said, parts in written.items():
        day = _in_order(parts, order) if isinstance(parts, tuple) else parts
        if day is not None and EARLIEST <= day < LATEST:
            days[said] = day
    return days


def _without_time(text: str) -> str:
    said = text.strip()
    return said if len(said) <= 10 or len(said) > _LONGEST else _TIME.sub("", said).strip()


def _written(said: str, months: Mapping[str, int]) -> _Written:
    """The parts of a date, whatever their order."""
    if len(said) > _LONGEST:
        return None
    if _ISO.fullmatch(said):
        return _valid_date(*said.split("-"))
    compact = _COMPACT.fullmatch(said)
    if compact:
        return _valid_date(*compact.groups())
    numbers = _NUMBERS.fullmatch(_WEEKDAY.sub("", said.translate(_CHARACTERS), count=1))
    if numbers is None:
        return _with_month(said, months)
    first, mark, second, third = numbers.groups()
    if len(first) > 2:
        # A four-digit year in front is followed by the month everywhere.
        return _valid_date(first, second, third) if len(first) == 4 and len(third) <= 2 else None
    return first, mark, second, third


def _in_order(parts: _Numbers, order: DateOrder) -> date | None:
    first, mark, second, third = parts
    if order is DateOrder.YMD:
        return _valid_date(first, second, third) if len(first) == len(third) == 2 else None
    if len(third) not in (2, 4):
        return None
    # With points, nobody puts the month first.
    month_first = order is DateOrder.MDY and "." not in mark
    return _valid_date(third, first, second) if month_first else _valid_date(third, second, first)


def _with_month(said: str, months: Mapping[str, int]) -> date | None:
    """A date with its month in letters: 5 January 2026, Jan 5, 2026, Mon 5 Jan 2026, 5-Jan-26. A two-digit year comes
    last, as spreadsheets write it."""
    named = [months[word] for word in map(str.lower, _WORD.findall(said)) if word in months]
    numbers = re.findall(r"\d+", said)
    if len(named) != 1 or len(numbers) != 2:
        return None
    day, year = numbers[::-1] if len(numbers[0]) == 4 else numbers
    return _valid_date(year, str(named[0]), day) if len(day) <= 2 and len(year) in (2, 4) else None


def _valid_date(year: str, month: str, day: str) -> date | None:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
