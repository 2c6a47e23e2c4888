"""Any sheet with a row for each day and a column for each habit."""

from __future__ import annotations

from collections import Counter

from core.errors import ImportRefused
from core.importing.cells import CellState, cells_of, tick, without_unit
from core.importing.dates import days_of, names_totals
from core.importing.format import Format
from core.importing.formats.csv_tidy import DATE, NOTE
from core.importing.options import Options
from core.importing.reading import FileReading, Habit
from core.importing.table import Table, stripped

_BESIDE = ("weekday", "week", "month", "year")
"""Columns that say again when it was."""


def _recognises(table: Table) -> bool:
    return table.names[0] in DATE or any(name in DATE for name in table.names)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    names = table.names
    twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        raise ImportRefused("column_twice", name=twice[0][:40])
    at = names.index(next(name for name in DATE if name in names))
    notes = [place for place, name in enumerate(names) if name in NOTE]
    places = [place for place, name in enumerate(names) if name and name not in (*DATE, *NOTE, *_BESIDE)]
    rows = list(stripped(table.rows()))
    rows = _of_days(rows, at, reading)
    days = days_of((row[at] for _, row in rows), options, reading)
    cells = cells_of({row[place] for _, row in rows for place in places}, table.separator, options.words)
    units: dict[int, str] = {}
    for place in places:
        title = table.header[place].strip()
        column = {row[place] for _, row in rows}
        unit = units[place] = cells.unit(column)
        reading.add(Habit(title, title, bool(unit) or cells.is_number(column), unit=unit))
    for line, row in rows:
        for place in places:
            title = table.header[place].strip()
            if not row[place]:
                continue
            said = cells.said(
                without_unit(row[place], units[place]), is_number=reading.habits[title].is_number, line=line
            )
            if said is CellState.SKIPPED:
                reading.skipped(title, days[row[at]])
            elif not isinstance(said, CellState):
                reading.mark(title, days[row[at]], said)
            elif tick(said):
                reading.done(title, days[row[at]])
            else:
                reading.nothing("undone")
        reading.remark("notes_of_days", sum(bool(row[place]) for place in notes))
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


def _of_days(rows: list[tuple[int, list[str]]], at: int, reading: FileReading) -> list[tuple[int, list[str]]]:
    """The rows without totals, which stand below a word anywhere, and at the end also below nothing."""
    kept = [(line, row) for line, row in rows if not names_totals(row[at])]
    while kept and not kept[-1][1][at]:
        kept.pop()
    if not kept:
        return rows
    reading.remark("totals", len(rows) - len(kept))
    return kept


FORMAT = Format("csv", "CSV", _recognises, _read)
