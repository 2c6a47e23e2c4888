"""HabitTrove: its habits.json, alone or in a backup with settings.json, which has the time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from core.importing.archive import Archive
from core.importing.fields import elements, instant, number, objects, text, truth
from core.importing.format import Format
from core.importing.opening import Json, json_of
from core.importing.options import Options
from core.importing.reading import FileReading, Habit
from core.importing.recurrence import rhythm_of_rule


def _is_json(json: Json) -> bool:
    habits = objects(json.value.get("habits")) if isinstance(json.value, dict) else []
    return any(isinstance(habit.get("completions"), list) for habit in habits)


def _is_zip(archive: Archive) -> bool:
    return bool(archive.named("habits.json"))


def _read_json(json: Json, options: Options) -> FileReading:
    system = _settings(json.value)
    return _read(objects(json.value["habits"]), system, options)


def _read_zip(archive: Archive, options: Options) -> FileReading:
    settings = archive.named("settings.json")
    system = _settings(_loaded(archive, settings[0])) if settings else None
    habits = _loaded(archive, archive.named("habits.json")[0])
    return _read(objects(habits.get("habits")), system, options)


def _loaded(archive: Archive, name: str) -> dict[str, Any]:
    loaded = json_of(archive.read(name))
    return loaded.value if isinstance(loaded, Json) and isinstance(loaded.value, dict) else {}


def _settings(value: Mapping[str, Any]) -> tzinfo | None:
    system = value.get("system") or value.get("settings", {})
    system = system.get("system", system) if isinstance(system, dict) else {}
    try:
        return ZoneInfo(text(system.get("timezone"))) if text(system.get("timezone")) else None
    except (ValueError, OSError, KeyError):
        return None


def _read(habits: list[dict[str, Any]], zone: tzinfo | None, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    for fields in habits:
        if truth(fields.get("isTask")):
            reading.remark("tasks")
            continue
        habit_id, title = text(fields.get("id")), text(fields.get("name"))
        target = number(fields.get("targetCompletions")) or Decimal(1)
        rate = rhythm_of_rule(text(fields.get("frequency")) or "daily", reading, title)
        reading.add(
            Habit(
                habit_id,
                title,
                is_number=target > 1,
                level=rate.level,
                target=target,
                schedule=rate.schedule,
                unit="times" if target > 1 else "",
                is_archived=truth(fields.get("archived")),
            )
        )
        reading.remark("descriptions", bool(text(fields.get("description"))))
        for completion in elements(fields.get("completions")):
            at = instant(completion)
            if at is None:
                reading.no_entry("rows_damaged")
            else:
                reading.remark("dated_by_zone", zone is None)
                reading.done(habit_id, at.astimezone(zone or options.zone).date())
    return reading


JSON = Format("habittrove", "HabitTrove", _is_json, _read_json)
ZIP = Format("habittrove", "HabitTrove", _is_zip, _read_zip)
