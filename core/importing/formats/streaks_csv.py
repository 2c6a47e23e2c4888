"""Streaks (iOS), CSV: a row for each event of a task, in both versions; columns are found by name."""

from __future__ import annotations

from core.importing.dates import days_of
from core.importing.fields import number
from core.importing.format import Format
from core.importing.formats.streaks import KEY, TITLE, TaskEvent, add_task
from core.importing.options import Options
from core.importing.reading import FileReading, refuse_too_many
from core.importing.table import Table

_COLUMNS = ("title", "entry_type", "entry_date")


def _recognises(table: Table) -> bool:
    return table.has(*_COLUMNS)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    rows = list(table.picked(_COLUMNS, ("task_id", "quantity", "notes")))
    days = days_of((cells[2] for _, cells in rows), options, reading)
    tasks: dict[str, tuple[str, list[TaskEvent]]] = {}
    for _, (title, kind, day, habit_id, quantity, notes) in rows:
        _, events = tasks.setdefault(habit_id or title, (title, []))
        refuse_too_many(len(tasks))
        events.append(TaskEvent(kind.lower(), days[day], number(quantity.replace(",", ".")), notes))
    for habit_id, (title, events) in tasks.items():
        add_task(reading, habit_id, title, events)
    reading.remark("frequency_unknown", len(tasks))
    return reading


FORMAT = Format(KEY, TITLE, _recognises, _read)
