"""Tickmate, its backup: a SQLite file with tracks and their ticks, the month counted from 0."""

from __future__ import annotations

from datetime import date

from core.importing.database import Database
from core.importing.fields import EARLIEST, LATEST, text, whole
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import FileReading, Habit


def _recognises(database: Database) -> bool:
    return database.has("tracks", "name") and database.has("ticks", "_track_id", "year", "month", "day")


def _read(database: Database, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    fields = ("_id", "name", "description", "enabled", "multiple_entries_per_day", "order")
    rows = database.rows("tracks", *fields)
    for habit_id, name, description, enabled, several, _order in sorted(rows, key=lambda row: whole(row[5]) or 0):
        is_number = bool(whole(several))
        reading.add(
            Habit(
                text(habit_id),
                text(name),
                is_number,
                is_archived=whole(enabled) == 0,
                unit="times" if is_number else "",
            )
        )
        reading.remark("descriptions", bool(text(description)))
    for track, year, month, day in database.rows("ticks", "_track_id", "year", "month", "day"):
        on = _day(year, month, day)
        if on is None:
            reading.no_entry("rows_damaged")
        elif text(track) not in reading.habits:
            reading.no_entry("orphans")
        else:
            reading.done(text(track), on)
    return reading


def _day(year: object, month: object, day: object) -> date | None:
    numbers = whole(year), whole(month), whole(day)
    try:
        parsed = date(numbers[0] or 0, -1 if numbers[1] is None else numbers[1] + 1, numbers[2] or 0)
    except (ValueError, OverflowError):
        return None
    return parsed if EARLIEST <= parsed < LATEST else None


FORMAT = Format("tickmate", "Tickmate", _recognises, _read)
