"""Shared by both exports of Loop Habit Tracker: habits and the states of days (uhabits, Entry.kt)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from core.importing.reading import AppReminder, FileReading, Habit
from core.importing.rhythm import HabitRhythm, level_of_days, rhythm
from core.records import record

KEY, TITLE = "loop", "Loop Habit Tracker"

UNKNOWN, NO, YES_AUTO, YES_MANUAL, SKIP = -1, 0, 1, 2, 3
STATES = {"UNKNOWN": UNKNOWN, "NO": NO, "YES_AUTO": YES_AUTO, "YES_MANUAL": YES_MANUAL, "SKIP": SKIP}
SILENT: Mapping[bool, Mapping[int, str]] = {
    False: {UNKNOWN: "unknown", NO: "undone", YES_AUTO: "computed"},
    True: {UNKNOWN: "unknown", YES_AUTO: "state_in_number", YES_MANUAL: "state_in_number"},
}
"""The states that make no entry, for ticks and for numbers, each with its remark."""
_THOUSAND = Decimal(1000)
"""Loop keeps numbers in thousandths."""


@record
class LoopHabit:
    """A habit with the fields of either export."""

    id: str
    title: str
    is_number: bool
    times: int
    days: int
    unit: str = ""
    target: Decimal | None = None
    is_limit: bool = False
    is_archived: bool = False
    asks: tuple[AppReminder, ...] = ()


def add_habit(reading: FileReading, habit: LoopHabit) -> None:
    """Adds a habit: a number is wanted once in a number of days, a tick several times."""
    if habit.is_number:
        rate = HabitRhythm(level_of_days(habit.days, reading, habit.title), habit.target)
    else:
        rate = rhythm(habit.times, habit.days, reading, habit.title)
    reading.add(
        Habit(
            habit.id,
            habit.title,
            is_number=habit.is_number,
            level=rate.level,
            target=rate.times,
            schedule=rate.schedule,
            unit=habit.unit if habit.is_number else "",
            is_limit=habit.is_limit and habit.is_number,
            is_archived=habit.is_archived,
            asks=habit.asks,
        )
    )


def add_day(reading: FileReading, habit: str, on: date, said: int, note: str) -> None:
    """Adds a day. For a number habit a state's code is that number, except the code of a skip: Loop's export does not
    tell them apart."""
    is_number = reading.habits[habit].is_number
    silent = SILENT[is_number].get(said)
    if silent is not None:
        reading.no_entry(silent, note)
    elif said == SKIP:
        reading.skipped(habit, on, note)
    elif is_number:
        reading.mark(habit, on, Decimal(said) / _THOUSAND, note)
    elif said == YES_MANUAL:
        reading.done(habit, on, note)
    else:
        reading.no_entry("undone", note)
