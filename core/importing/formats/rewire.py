"""Rewire, its backup: a SQLite file with habits and their check-ins (read by uhabits' RewireDBImporter too)."""

from __future__ import annotations

from typing import Any

from core.goals.model import Level
from core.goals.terms import DaySchedule
from core.importing.database import Database
from core.importing.fields import clock, day, number, text, weekdays_of, whole
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import AppReminder, FileReading, Habit
from core.importing.rhythm import HabitRhythm, rhythm

_FIELDS = (
    "_id", "name", "description", "archived", "schedule", "active_days", "days", "period", "repeating_count",
    "unit", "target_count", "start_date", "order_num",
)  # fmt: skip
_PERIODS = (7, 30, 365)
_SUNDAY = 6
_DONE = 2
_NOTHING = (0, 1)
"""The states of days that are not answered or not done."""


def _recognises(database: Database) -> bool:
    return database.has("habits", "name", "active_days", "schedule") and database.has("checkins", "habit_id", "date")


def _read(database: Database, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    units = {whole(unit): text(name) for unit, name in database.rows("unit", "_id", "unit_name")}
    asks = _asks(database)
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in database.rows("habits", *_FIELDS)]
    for fields in sorted(rows, key=lambda fields: whole(fields["order_num"]) or 0):
        habit_id = text(fields["_id"])
        target = number(fields["target_count"])
        rate = _rhythm(fields, reading)
        is_number = bool(target)
        reading.add(
            Habit(
                habit_id,
                text(fields["name"]),
                is_number=is_number,
                level=rate.level if not is_number else Level.DAILY,
                target=target if is_number else rate.times,
                schedule=rate.schedule,
                unit=units.get(whole(fields["unit"]), "") if is_number else "",
                starts_on=day(fields["start_date"]),
                is_archived=bool(whole(fields["archived"])),
                asks=tuple(asks.get(habit_id, ())),
            )
        )
        reading.remark("descriptions", bool(text(fields["description"])))
    for habit, on, kind, note, count in database.rows("checkins", "habit_id", "date", "type", "note", "actual_count"):
        _take(reading, text(habit), (on, whole(kind), text(note), count))
    return reading


def _rhythm(fields: dict[str, Any], reading: FileReading) -> HabitRhythm:
    match whole(fields["schedule"]):
        case 0:
            return HabitRhythm(schedule=DaySchedule(weekdays_of(text(fields["active_days"]).split(","), _SUNDAY)))
        case 1:
            period = whole(fields["period"]) or 0
            days = _PERIODS[period] if period in range(len(_PERIODS)) else 7
            return rhythm(whole(fields["days"]) or 1, days, reading, text(fields["name"]))
        case 2:
            return rhythm(1, whole(fields["repeating_count"]) or 1, reading, text(fields["name"]))
    return HabitRhythm()


def _asks(database: Database) -> dict[str, list[AppReminder]]:
    reminders: dict[str, list[AppReminder]] = {}
    for habit, minutes, days in database.rows("reminders", "habit_id", "time", "active_days"):
        at = clock(*divmod(whole(minutes) or 0, 60))
        if at is not None and whole(minutes):
            reminders.setdefault(text(habit), []).append(AppReminder(at, weekdays_of(text(days).split(","), _SUNDAY)))
    return reminders


def _take(reading: FileReading, habit_id: str, row: tuple[Any, int | None, str, Any]) -> None:
    said, kind, note, count = row
    on = day(said)
    if habit_id not in reading.habits:
        reading.no_entry("orphans")
    elif on is None:
        reading.no_entry("rows_damaged")
    elif kind in _NOTHING:
        reading.no_entry("undone", note)
    elif kind != _DONE:
        reading.no_entry("unknown_states", note)
    elif reading.habits[habit_id].is_number:
        reading.mark(habit_id, on, number(count) or reading.habits[habit_id].target, note)
    else:
        reading.done(habit_id, on, note)


FORMAT = Format("rewire", "Rewire", _recognises, _read)
