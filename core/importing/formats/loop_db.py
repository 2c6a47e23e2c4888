"""Loop Habit Tracker, its backup: a SQLite file of schema 9 to 25 (uhabits, the SQL files of its migrations)."""

from __future__ import annotations

from typing import Any

from core.goals.terms import ALL_WEEK
from core.importing.database import Database
from core.importing.fields import clock, instant_of_ms, number, text, whole
from core.importing.format import Format
from core.importing.formats.loop import KEY, TITLE, YES_MANUAL, LoopHabit, add_day, add_habit
from core.importing.options import Options
from core.importing.reading import AppReminder, FileReading

_FIELDS = (
    "id", "uuid", "name", "question", "description", "freq_num", "freq_den", "archived", "position", "type",
    "target_value", "target_type", "unit", "reminder_hour", "reminder_min", "reminder_days",
)  # fmt: skip
_SATURDAY = 5


def _recognises(database: Database) -> bool:
    return database.has("habits", "id", "freq_num") and database.has("repetitions", "habit", "timestamp")


def _read(database: Database, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    ids = _take_habits(reading, database)
    for habit, ms, value, notes in database.rows("repetitions", "habit", "timestamp", "value", "notes"):
        # Loop keeps a day as its midnight in UTC.
        instant = instant_of_ms(ms)
        habit_id = ids.get(whole(habit))
        said = YES_MANUAL if value is None else whole(value)
        if habit_id is None:
            reading.no_entry("orphans")
        elif instant is None or said is None:
            reading.no_entry("rows_damaged")
        else:
            add_day(reading, habit_id, instant.date(), said, text(notes))
    return reading


def _take_habits(reading: FileReading, database: Database) -> dict[int | None, str]:
    """Adds the habits, in their order; returns the id of each by its row number."""
    habits = [dict(zip(_FIELDS, row, strict=True)) for row in database.rows("habits", *_FIELDS)]
    ids: dict[int | None, str] = {}
    for fields in sorted(habits, key=lambda fields: (whole(fields["position"]) or 0, whole(fields["id"]) or 0)):
        row = whole(fields["id"])
        if row is not None:
            ids[row] = text(fields["uuid"]) or str(row)
            add_habit(reading, _habit(fields, ids[row]))
            reading.remark("descriptions", bool(text(fields["question"]) or text(fields["description"])))
    return ids


def _habit(fields: dict[str, Any], habit_id: str) -> LoopHabit:
    is_number = whole(fields["type"]) == 1
    return LoopHabit(
        id=habit_id,
        title=text(fields["name"]),
        is_number=is_number,
        times=whole(fields["freq_num"]) or 1,
        days=whole(fields["freq_den"]) or 1,
        unit=text(fields["unit"]),
        target=number(fields["target_value"]) if is_number else None,
        is_limit=whole(fields["target_type"]) == 1,
        is_archived=bool(whole(fields["archived"])),
        asks=_asks(fields),
    )


def _asks(fields: dict[str, Any]) -> tuple[AppReminder, ...]:
    at = clock(fields["reminder_hour"], fields["reminder_min"])
    bits = whole(fields["reminder_days"])
    if at is None:
        return ()
    days = frozenset((bit + _SATURDAY) % 7 for bit in range(7) if (bits or 0) >> bit & 1)
    return (AppReminder(at, days or ALL_WEEK),)


FORMAT = Format(KEY, TITLE, _recognises, _read)
