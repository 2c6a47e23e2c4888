"""HabitBull, CSV (uhabits, HabitBullCSVImporter, and the samples of its tests)."""

from __future__ import annotations

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
"""A day of which nothing is known; a spreadsheet may have rewritten it as -2.15E+09."""


def _recognises(table: Table) -> bool:
    return table.has(*_COLUMNS)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    rows = list(table.picked(_COLUMNS, ("habitdescription", "habitcategory", "commenttext")))
    days = days_of((cells[1] for _, cells in rows), options, reading)
    values: dict[int, Decimal] = {}
    numbers: dict[str, bool] = {}
    described: set[str] = set()
    categories: set[str] = set()
    amount = lru_cache(number)
    for line, (name, _, said, description, category, _) in rows:
        value = amount(said.replace(",", "."))
        if value is None:
            raise ImportRefused("value_unreadable", line=line, text=said[:40])
        values[line] = value
        numbers[name] = numbers.get(name, False) or value not in (0, 1, _NOTHING)
        refuse_too_many(len(numbers))
        described.update({name} if description else ())
        categories.update({name} if category else ())
    for name, is_number in numbers.items():
        reading.add(Habit(name, name, is_number))
    for line, (name, day, _, _, _, note) in rows:
        value = values[line]
        if value == _NOTHING:
            reading.nothing("unknown", note)
        elif numbers[name]:
            reading.mark(name, days[day], value, note)
        elif value == ONE:
            reading.done(name, days[day], note)
        else:
            reading.nothing("undone", note)
    reading.remark("descriptions", len(described))
    reading.remark("groupings", len(categories))
    reading.remark("frequency_unknown", len(numbers))
    return reading


FORMAT = Format("habitbull", "HabitBull", _recognises, _read)
