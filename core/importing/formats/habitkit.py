"""HabitKit, JSON (the form that five independent readers agree on)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from core.goals.model import Level
from core.importing.fields import clock, elements, instant, number, objects, text, truth, weekdays_of, whole, zone_of
from core.importing.format import Format
from core.importing.opening import Json
from core.importing.options import Options
from core.importing.reading import ONE, AppReminder, FileReading, Habit

_LEVELS = {"week": Level.WEEKLY, "month": Level.MONTHLY, "year": Level.YEARLY}
_MONDAY = 0


def _recognises(json: Json) -> bool:
    value = json.value
    return isinstance(value, dict) and {"habits", "completions", "intervals"} <= value.keys()


def _read(json: Json, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    offsets = {text(item.get("habitId")): item.get("timezoneOffsetInMinutes") for item in _completions(json)}
    intervals = _by_habit(json, "intervals")
    reminders = _by_habit(json, "reminders")
    for fields in sorted(objects(json.value["habits"]), key=lambda fields: whole(fields.get("orderIndex")) or 0):
        habit_id = text(fields.get("id"))
        own = [
            (_local(item.get("startDate"), offsets.get(habit_id), options), item)
            for item in sorted(intervals.get(habit_id, []), key=lambda item: text(item.get("startDate")))
        ]
        reading.add(_habit(fields, own, reminders.get(habit_id, []), reading))
        reading.remark("descriptions", bool(text(fields.get("description"))))
    reading.remark("groupings", len(objects(json.value.get("categoryMappings"))))
    for item in _completions(json):
        _take(reading, item, options)
    return reading


def _completions(json: Json) -> list[dict[str, Any]]:
    return objects(json.value["completions"])


def _by_habit(json: Json, name: str) -> dict[str, list[dict[str, Any]]]:
    by_habit: dict[str, list[dict[str, Any]]] = {}
    for item in objects(json.value.get(name)):
        by_habit.setdefault(text(item.get("habitId")), []).append(item)
    return by_habit


def _local(said: object, offset: object, options: Options) -> date | None:
    """The date of an instant where it was logged, by the file's own offset or else in the owner's zone."""
    moment = instant(said)
    return None if moment is None else moment.astimezone(zone_of(offset) or options.zone or UTC).date()


def _habit(
    fields: dict[str, Any],
    intervals: Sequence[tuple[date | None, dict[str, Any]]],
    reminders: Sequence[dict[str, Any]],
    reading: FileReading,
) -> Habit:
    """A habit from its intervals: the last one gives its period, those before the earlier targets."""
    title = text(fields.get("name"))
    last = intervals[-1][1] if intervals else {}
    level = _level(last)
    is_limit = truth(fields.get("isInverse"))
    is_number = is_limit or any(_per_day(item) > 1 for _, item in intervals)
    same = [(since, item) for since, item in intervals if _level(item) is level]
    reading.remark("earlier_period", len(intervals) - len(same), title=title)
    reading.remark("limit_needs_word", is_limit, title=title)
    return Habit(
        text(fields.get("id")),
        title,
        is_number=is_number,
        level=level,
        target=Decimal(0) if is_limit else ONE,
        targets=tuple(
            (since or date.min, _target(item, level, is_limit=is_limit, is_number=is_number))
            for since, item in [*same[:1], *filter(itemgetter(0), same[1:])]
        ),
        unit="times" if is_number else "",
        is_limit=is_limit,
        is_archived=truth(fields.get("archived")),
        asks=tuple(_asks(reminders)),
    )


def _level(interval: dict[str, Any]) -> Level:
    return _LEVELS.get(text(interval.get("type")).lower(), Level.DAILY)


def _per_day(interval: dict[str, Any]) -> Decimal:
    return number(interval.get("requiredNumberOfCompletionsPerDay")) or ONE


def _target(interval: dict[str, Any], level: Level, *, is_limit: bool, is_number: bool) -> Decimal:
    """The target of an interval. A limit is one less than the app's number, which is the count that breaks it."""
    a_day = _per_day(interval)
    days = number(interval.get("requiredNumberOfCompletions")) or ONE
    if is_limit:
        return max((a_day if level is Level.DAILY else days * a_day) - 1, Decimal(0))
    if level is Level.DAILY:
        return a_day
    return days * a_day if is_number else days


def _asks(reminders: Sequence[dict[str, Any]]) -> list[AppReminder]:
    asked = []
    for item in reminders:
        at = clock(item.get("hour"), item.get("minute"))
        if at is not None:
            asked.append(AppReminder(at, weekdays_of(elements(item.get("weekdayIndices")), _MONDAY)))
    return asked


def _take(reading: FileReading, item: dict[str, Any], options: Options) -> None:
    habit_id, note, amount = text(item.get("habitId")), text(item.get("note")), number(item.get("amountOfCompletions"))
    on = _local(item.get("date"), item.get("timezoneOffsetInMinutes"), options)
    if habit_id not in reading.habits:
        reading.no_entry("orphans")
    elif on is None:
        reading.no_entry("rows_damaged")
    elif not amount:
        reading.no_entry("undone", note)
    else:
        if whole(item.get("timezoneOffsetInMinutes")) is None:
            reading.remark("dated_by_zone")
        reading.mark(habit_id, on, amount if reading.habits[habit_id].is_number else ONE, note)


FORMAT = Format("habitkit", "HabitKit", _recognises, _read)
