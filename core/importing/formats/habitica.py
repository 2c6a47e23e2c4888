"""Habitica, userdata.json (HabitRPG/habitica: the export controller, and preenHistory, which thins out the past)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from core.errors import ImportRefused
from core.goals.model import Level
from core.goals.terms import DaySchedule
from core.importing.fields import (
    day,
    elements,
    fields_of,
    instant,
    instant_of_ms,
    number,
    objects,
    text,
    truth,
    whole,
    zone_of,
)
from core.importing.format import Format
from core.importing.opening import Json
from core.importing.options import Options
from core.importing.reading import AppReminder, FileReading, Habit
from core.importing.rhythm import HabitRhythm, rhythm
from core.importing.table import Table

_WEEKDAYS = {"m": 0, "t": 1, "w": 2, "th": 3, "f": 4, "s": 5, "su": 6}
_DATES = range(1, 32)
_HISTORY = ("task name", "task id", "task type", "date", "value")


def _recognises(json: Json) -> bool:
    tasks = fields_of(fields_of(json.value).get("tasks"))
    return "dailys" in tasks or "habits" in tasks


def _read(json: Json, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    tasks = json.value["tasks"]
    preferences = fields_of(json.value.get("preferences"))
    ahead = number(preferences.get("timezoneOffset"))
    # As in JavaScript: the minutes that UTC is ahead of the zone.
    zone = (None if ahead is None else zone_of(-ahead)) or options.zone
    begins = whole(preferences.get("dayStart")) or 0
    clock = _Clock(zone, begins if 0 <= begins < 24 else 0)
    for fields in objects(tasks.get("dailys")):
        _take_daily(reading, fields, clock)
    for fields in objects(tasks.get("habits")):
        _take_habit(reading, fields, clock)
    reading.remark("tasks", len(objects(tasks.get("todos"))))
    reading.remark("dated_by_zone", len(reading.marks) if ahead is None else 0)
    return reading


class _Clock:
    """Dates of instants where the person lives."""

    def __init__(self, zone: tzinfo, day_start: int) -> None:
        self._zone, self._begins = zone, timedelta(hours=day_start)
        self.zone = zone

    def date(self, ms: object) -> date | None:
        """The date of an instant; before the day start it is the day before."""
        moment = instant_of_ms(ms) or instant(ms)
        return None if moment is None else (moment.astimezone(self._zone) - self._begins).date()


def _take_daily(reading: FileReading, fields: dict[str, Any], clock: _Clock) -> None:
    habit_id, title = _id(fields), text(fields.get("text"))
    rate = _rhythm(fields, reading, title)
    began = instant(fields.get("startDate"))
    reading.add(
        Habit(
            habit_id,
            title,
            level=rate.level,
            target=rate.times,
            schedule=rate.schedule,
            starts_on=began.astimezone(clock.zone).date() if began else day(fields.get("startDate")),
            asks=tuple(_asks(fields, clock)),
        )
    )
    reading.remark("descriptions", bool(text(fields.get("notes"))))
    for row in objects(fields.get("history")):
        on = clock.date(row.get("date"))
        if on is None:
            reading.no_entry("rows_damaged")
        elif "completed" not in row:
            reading.no_entry("thinned_out")
        elif truth(row["completed"]):
            reading.done(habit_id, on)
        else:
            reading.no_entry("computed_misses")


def _take_habit(reading: FileReading, fields: dict[str, Any], clock: _Clock) -> None:
    """Takes in a habit that is counted: ups are tracked; a habit with only a minus is a limit of zero."""
    habit_id, title = _id(fields), text(fields.get("text"))
    is_limit = truth(fields.get("down")) and not truth(fields.get("up"))
    target = Decimal(0) if is_limit else None
    reading.add(Habit(habit_id, title, is_number=True, unit="times", target=target, is_limit=is_limit))
    reading.remark("descriptions", bool(text(fields.get("notes"))))
    reading.remark("limit_needs_word", is_limit, title=title)
    for row in objects(fields.get("history")):
        on = clock.date(row.get("date"))
        if on is None:
            reading.no_entry("rows_damaged")
        elif "scoredUp" not in row and "scoredDown" not in row:
            reading.no_entry("thinned_out")
        else:
            _take_count(reading, reading.habits[habit_id], on, row)


def _take_count(reading: FileReading, habit: Habit, on: date, row: dict[str, Any]) -> None:
    ups, downs = number(row.get("scoredUp")), number(row.get("scoredDown")) or Decimal(0)
    if not habit.is_limit and 0 < downs < 10**6:
        reading.remark("minuses", int(downs))
    if count := downs if habit.is_limit else ups:
        reading.mark(habit.id, on, count)


def _id(fields: dict[str, Any]) -> str:
    return text(fields.get("_id")) or text(fields.get("id")) or text(fields.get("text"))


def _rhythm(fields: dict[str, Any], reading: FileReading, title: str) -> HabitRhythm:
    every = whole(fields.get("everyX"))
    every = 1 if every is None else every
    said = text(fields.get("frequency"))
    if said.lower() == "daily" and every >= 1:
        return rhythm(1, every, reading, title)
    if said.lower() in _RHYTHMS and every == 1:
        return _RHYTHMS[said.lower()](fields, reading, title)
    return _unknown(reading, title, said)


def _weekly(fields: dict[str, Any], reading: FileReading, title: str) -> HabitRhythm:
    repeat = fields_of(fields.get("repeat"))
    days = frozenset(number for name, number in _WEEKDAYS.items() if truth(repeat.get(name)))
    return HabitRhythm(schedule=DaySchedule(days)) if days else _unknown(reading, title, text(fields.get("frequency")))


def _monthly(fields: dict[str, Any], reading: FileReading, title: str) -> HabitRhythm:
    numbers = map(whole, elements(fields.get("daysOfMonth")))
    dates = frozenset(number for number in numbers if number is not None and number in _DATES)
    if dates:
        return HabitRhythm(schedule=DaySchedule(month_days=dates))
    reading.remark("rule_unknown", title=title, rule="weeksOfMonth")
    return HabitRhythm(Level.MONTHLY)


def _yearly(*_: object) -> HabitRhythm:
    return HabitRhythm(Level.YEARLY)


def _unknown(reading: FileReading, title: str, rule: str) -> HabitRhythm:
    reading.remark("rule_unknown", title=title, rule=rule[:60])
    return HabitRhythm()


_RHYTHMS: dict[str, Callable[[dict[str, Any], FileReading, str], HabitRhythm]] = {
    "weekly": _weekly,
    "monthly": _monthly,
    "yearly": _yearly,
}


def _asks(fields: dict[str, Any], clock: _Clock) -> list[AppReminder]:
    moments = [instant(item.get("time")) for item in objects(fields.get("reminders"))]
    return [AppReminder(at.astimezone(clock.zone).time().replace(second=0, microsecond=0)) for at in moments if at]


def _is_history(table: Table) -> bool:
    return table.has(*_HISTORY)


def _refuse_history(_: Table, __: Options) -> FileReading:
    """Refuses history.csv, which says how red a task is, and not whether it was done."""
    raise ImportRefused("habitica_history")


JSON = Format("habitica", "Habitica", _recognises, _read)
HISTORY = Format("habitica", "Habitica", _is_history, _refuse_history)
