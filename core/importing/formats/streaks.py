"""Shared by both exports of Streaks: the events of a task, and what each says about its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from core.importing.reading import FileReading, Habit

KEY, TITLE = "streaks", "Streaks"


class TaskEvent(NamedTuple):
    """Something that happened to a task. `kind` is Streaks' own word."""

    kind: str
    on: date
    quantity: Decimal | None
    notes: str


def add_task(reading: FileReading, habit_id: str, title: str, events: Sequence[TaskEvent]) -> None:
    """Adds a task. It is measured by a number if its events have quantities, and some are more than a single tick."""
    is_number = any(map(_has_amount, events)) and all(event.quantity for event in events if _is_done(event))
    reading.add(Habit(habit_id, title, is_number))
    for event in events:
        _take(reading, habit_id, event, is_number)


def _is_done(event: TaskEvent) -> bool:
    return event.kind in ("completed_manually", "completed_auto")


def _is_part(event: TaskEvent) -> bool:
    """Whether a part was done: Streaks' progress of a day, or a stopped timer."""
    return event.kind.endswith("_partial") or event.kind == "timer_manually"


def _has_amount(event: TaskEvent) -> bool:
    """Whether an event is more than a single tick."""
    return bool(event.quantity) and (_is_part(event) or (_is_done(event) and event.quantity != 1))


def _take(reading: FileReading, habit_id: str, event: TaskEvent, is_number: bool) -> None:
    if event.kind.startswith("skipped"):
        reading.skipped(habit_id, event.on, event.notes)
    elif not (_is_done(event) or _is_part(event)):
        missed = event.kind.startswith("missed")
        reading.no_entry("computed_misses" if missed else "unknown_states", event.notes)
    elif is_number and event.quantity:
        reading.mark(habit_id, event.on, event.quantity, event.notes)
    elif _is_done(event):
        reading.done(habit_id, event.on, event.notes)
    else:
        reading.no_entry("partly_done", event.notes)
