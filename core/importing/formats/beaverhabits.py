"""beaverhabits, JSON. Its `backup` holds a bot's secret, which is never read."""

from __future__ import annotations

from typing import Any

from core.importing.fields import day, elements, fields_of, objects, text, truth, whole
from core.importing.format import Format
from core.importing.opening import Json
from core.importing.options import Options
from core.importing.reading import FileReading, Habit
from core.importing.rhythm import HabitRhythm, rhythm

_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def _recognises(json: Json) -> bool:
    habits = objects(fields_of(json.value).get("habits"))
    return any(isinstance(habit.get("records"), list) for habit in habits)


def _read(json: Json, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    order = [habit_id for habit_id in elements(json.value.get("order")) if isinstance(habit_id, str)]
    places = {habit_id: place for place, habit_id in enumerate(order)}
    for fields in sorted(objects(json.value["habits"]), key=lambda fields: places.get(_id(fields), len(places))):
        status = text(fields.get("status")).lower()
        if status == "soft_delete":
            reading.remark("deleted")
        else:
            _take(reading, fields, is_archived=status.startswith("archive"))
    return reading


def _take(reading: FileReading, fields: dict[str, Any], *, is_archived: bool) -> None:
    habit_id, title = _id(fields), text(fields.get("name"))
    rate = _rhythm(fields_of(fields.get("period")), reading, title)
    reading.add(
        Habit(habit_id, title, level=rate.level, target=rate.times, schedule=rate.schedule, is_archived=is_archived)
    )
    reading.remark("groupings", len(elements(fields.get("tags"))))
    for record in objects(fields.get("records")):
        on, note = day(record.get("day")), text(record.get("text"))
        if on is None:
            reading.no_entry("rows_damaged")
        elif truth(record.get("done")):
            reading.done(habit_id, on, note)
        else:
            reading.no_entry("undone", note)


def _id(fields: dict[str, Any]) -> str:
    return text(fields.get("id")) or text(fields.get("name"))


def _rhythm(period: dict[str, Any], reading: FileReading, title: str) -> HabitRhythm:
    days = _DAYS.get(text(period.get("period_type")).upper(), 1) * (whole(period.get("period_count")) or 1)
    return rhythm(whole(period.get("target_count")) or 1, days, reading, title)


FORMAT = Format("beaverhabits", "beaverhabits", _recognises, _read)
