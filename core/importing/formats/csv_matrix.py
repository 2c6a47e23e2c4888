"""Any sheet with a row for each day and a column for each habit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from core.importing.cells import CellReader, CellSaid, CellState, cells_of, tick, without_unit
from core.importing.dates import days_of, names_totals
from core.importing.format import Format
from core.importing.formats.csv_tidy import DATE, NOTE
from core.importing.options import Options
from core.importing.reading import FileReading, Habit
from core.importing.table import Table, refuse_twice, stripped

_BESIDE = ("weekday", "week", "month", "year")
"""Further columns about the date."""
_NO_HABIT = (*DATE, *NOTE, *_BESIDE)


def _recognises(table: Table) -> bool:
    return any(name in DATE for name in table.names)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    names = table.names
    refuse_twice(names)
    at = names.index(next(name for name in DATE if name in names))
    rows = _of_days(list(stripped(table.rows())), at, reading)
    days = days_of((row[at] for _, row in rows), options, reading)
    columns = _columns(names, rows)
    cells = cells_of(chain.from_iterable(columns.values()), table.separator, options.words)
    for place, column in columns.items():
        reading.add(_habit(table.header[place].strip(), column, cells))
    for line, row in rows:
        for place, habit in zip(columns, reading.habits.values(), strict=True):
            if row[place]:
                said = cells.said(without_unit(row[place], habit.unit), is_number=habit.is_number, line=line)
                _take(reading, habit, days[row[at]], said)
        reading.remark("notes_of_days", sum(bool(cell) for name, cell in zip(names, row, strict=True) if name in NOTE))
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


def _columns(names: Sequence[str], rows: list[tuple[int, list[str]]]) -> dict[int, set[str]]:
    """The values of each habit, by the index of its column."""
    places = [place for place, name in enumerate(names) if name and name not in _NO_HABIT]
    return {place: {row[place] for _, row in rows} for place in places}


def _habit(title: str, column: set[str], cells: CellReader) -> Habit:
    unit = cells.unit(column)
    return Habit(title, title, bool(unit) or cells.is_number(column), unit=unit)


def _take(reading: FileReading, habit: Habit, on: date, said: CellSaid) -> None:
    if said is CellState.SKIPPED:
        reading.skipped(habit.id, on)
    elif not isinstance(said, CellState):
        reading.mark(habit.id, on, said)
    elif tick(said):
        reading.done(habit.id, on)
    else:
        reading.no_entry("undone")


def _of_days(rows: list[tuple[int, list[str]]], at: int, reading: FileReading) -> list[tuple[int, list[str]]]:
    """The rows without totals: a row of totals names them in place of a date, or is at the end without a date."""
    kept = [(line, row) for line, row in rows if not names_totals(row[at])]
    while kept and not kept[-1][1][at]:
        kept.pop()
    if not kept:
        return rows
    reading.remark("totals", len(rows) - len(kept))
    return kept


FORMAT = Format("csv", "CSV", _recognises, _read)
