"""Streaks (iOS), its .streaks backup: JSON with the log of each task."""

from __future__ import annotations

from core.importing.fields import day, number, objects, text, whole
from core.importing.format import Format
from core.importing.formats.streaks import KEY, TITLE, TaskEvent, add_task
from core.importing.opening import Json
from core.importing.options import Options
from core.importing.reading import FileReading, refuse_too_many_values

_KINDS = {
    1: "completed_manually",
    2: "completed_auto",
    4: "skipped_manually",
    5: "missed_auto",
    7: "timer_manually",
    11: "completed_manually_partial",
    15: "missed_auto_partial",
}
_NO_EVENT = 9
"""Events that only read the phone's health data, and say nothing about the day."""


def _recognises(json: Json) -> bool:
    tasks = objects(json.value.get("tasks")) if isinstance(json.value, dict) else []
    return any("log" in task and "t" in task for task in tasks)


def _read(json: Json, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    said = 0
    for task in objects(json.value["tasks"]):
        events = []
        for entry in objects(task.get("log")):
            said += 1
            refuse_too_many_values(said)
            on, kind = day(entry.get("d")), whole(entry.get("t"))
            if kind == _NO_EVENT:
                continue
            if on is None:
                reading.no_entry("rows_damaged")
            else:
                events.append(
                    TaskEvent(_KINDS.get(kind or 0, "unknown"), on, number(entry.get("p")), text(entry.get("notes")))
                )
        title = text(task.get("t")) or text(task.get("title"))
        add_task(reading, text(task.get("id")) or title, title, events)
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


FORMAT = Format(KEY, TITLE, _recognises, _read)
