"""HabitBull, CSV (uhabits, HabitBullCSVImporter, and the samples of its tests)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.errors import ImportRefused
from core.importing.dates import days_of
from core.importing.fields import number
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import ONE, FileReading, Habit, refuse_too_many
from core.importing.table import Table

_COLUMNS = ("habitname", "calendardate", "value")
_NOTHING = Decimal(-2_150_000_000)
"""The value of an unknown day; a spreadsheet may have rewritten it as -2.15E+09."""


def _recognises(table: Table) -> bool:
    return table.has(*_COLUMNS)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    rows = list(table.picked(_COLUMNS, ("habitdescription", "habitcategory", "commenttext")))
    days = days_of((cells[1] for _, cells in rows), options, reading)
    values = _values(rows)
    numbers: dict[str, bool] = {}
    for line, (name, *_) in rows:
        numbers[name] = numbers.get(name, False) or values[line] not in (0, 1, _NOTHING)
        refuse_too_many(len(numbers))
    for name, is_number in numbers.items():
        reading.add(Habit(name, name, is_number))
    for line, (name, day, _, _, _, note) in rows:
        _take(reading, reading.habits[name], days[day], values[line], note)
    reading.remark("descriptions", len({name for _, (name, _, _, description, _, _) in rows if description}))
    reading.remark("groupings", len({name for _, (name, _, _, _, category, _) in rows if category}))
    reading.remark("frequency_unknown", len(numbers))
    return reading


def _values(rows: Sequence[tuple[int, list[str]]]) -> dict[int, Decimal]:
    """The value of each line. Raises ImportRefused for a line without one."""
    values: dict[int, Decimal] = {}
    amount = lru_cache(number)
    for line, cells in rows:
        value = amount(cells[2].replace(",", "."))
        if value is None:
            raise ImportRefused("value_unreadable", line=line, text=cells[2][:40])
        values[line] = value
    return values


def _take(reading: FileReading, habit: Habit, on: date, value: Decimal, note: str) -> None:
    if value == _NOTHING:
        reading.no_entry("unknown", note)
    elif habit.is_number:
        reading.mark(habit.id, on, value, note)
    elif value == ONE:
        reading.done(habit.id, on, note)
    else:
        reading.no_entry("undone", note)


FORMAT = Format("habitbull", "HabitBull", _recognises, _read)
