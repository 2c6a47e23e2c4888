"""Any sheet with a row for each day and a column for each habit."""

from __future__ import annotations

from collections import Counter

from core.errors import ImportRefused
from core.importing.cells import State, cells_of, tick
from core.importing.dates import days_of
from core.importing.format import Format
from core.importing.formats.csv_tidy import DATE, NOTE
from core.importing.options import Options
from core.importing.reading import Habit, Reading
from core.importing.table import Table

_BESIDE = ("weekday", "week", "month", "year")
"""Columns that say again when it was."""


def _recognises(table: Table) -> bool:
    return table.names[0] in DATE or any(name in DATE for name in table.names)


def _read(table: Table, options: Options) -> Reading:
    reading = Reading()
    names = table.names
    twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        raise ImportRefused("column_twice", name=twice[0][:40])
    at = next(place for place, name in enumerate(names) if name in DATE)
    notes = [place for place, name in enumerate(names) if name in NOTE]
    places = [place for place, name in enumerate(names) if name and place != at and name not in (*NOTE, *_BESIDE)]
    rows = [(line, [cell.strip() for cell in row]) for line, row in table.rows()]
    days = days_of((row[at] for _, row in rows), options)
    cells = cells_of({row[place] for _, row in rows for place in places}, table.separator, options.words)
    for place in places:
        title = table.header[place].strip()
        reading.add(Habit(title, title, cells.is_number({row[place] for _, row in rows})))
    for line, row in rows:
        for place in places:
            title = table.header[place].strip()
            if not row[place]:
                continue
            said = cells.said(row[place], is_number=reading.habits[title].is_number, line=line)
            if said is State.SKIPPED:
                reading.skipped(title, days[row[at]])
            elif not isinstance(said, State):
                reading.mark(title, days[row[at]], said)
            elif tick(said):
                reading.done(title, days[row[at]])
            else:
                reading.nothing("undone")
        reading.remark("notes_of_days", sum(bool(row[place]) for place in notes))
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


FORMAT = Format("csv", "CSV", _recognises, _read)
