"""A format's reading of a file: habits, their days, and what was left out or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from core.errors import ImportRefused
from core.goals.model import Aggregate, Level
from core.goals.terms import ALL_WEEK, EVERY_DAY, DaySchedule
from core.importing.limits import MOST_HABITS, MOST_ROWS
from core.records import record


@record
class AppReminder:
    """A time at which the app asked about a habit."""

    at: time
    weekdays: frozenset[int] = ALL_WEEK


@record
class Habit:
    """A habit of another app. `id` identifies it in its app, and is the same in that app's next export. `targets` is
    the history, oldest first: (effective from, target); the first holds from the beginning. A number without a target
    is tracked."""

    id: str
    title: str
    is_number: bool = False
    level: Level = Level.DAILY
    target: Decimal | None = None
    targets: tuple[tuple[date, Decimal | None], ...] = ()
    schedule: DaySchedule = EVERY_DAY
    unit: str = ""
    is_limit: bool = False
    aggregate: Aggregate | None = None
    baseline: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_archived: bool = False
    asks: tuple[AppReminder, ...] = ()


class AppMark(NamedTuple):
    """A habit's entry on a day. `value` is None for a skip."""

    habit: str
    on: date
    value: Decimal | None
    note: str = ""


@record
class Remark:
    """Something that was left out or changed: a code with values, among them how often (`count`)."""

    code: str
    values: Mapping[str, object]


ZERO, ONE = Decimal(0), Decimal(1)


def refuse_too_many(habits: int) -> None:
    """Raises ImportRefused for too many habits."""
    if habits > MOST_HABITS:
        raise ImportRefused("too_many_habits", most=MOST_HABITS)


def refuse_too_many_values(count: int, most: int = MOST_ROWS) -> None:
    """Raises ImportRefused for too many values, meaningless ones included."""
    if count > most:
        raise ImportRefused("file_too_many_rows", most=most)


@dataclass(slots=True)
class FileReading:
    """Collects a file's habits and entries, up to a limit. `separate` keeps several entries of a habit on a day apart,
    as goaltree's own sheets have them; otherwise a day's numbers are added up, and its ticks are one."""

    most: int
    separate: bool = False
    habits: dict[str, Habit] = field(default_factory=dict)
    marks: list[AppMark] = field(default_factory=list)
    _days: int = 0
    _remarks: Counter[tuple[str, tuple[tuple[str, object], ...]]] = field(default_factory=Counter)

    def add(self, habit: Habit) -> None:
        """Adds a habit, unless one has the same id. Raises ImportRefused if there are too many."""
        self.habits.setdefault(habit.id, habit)
        refuse_too_many(len(self.habits))

    def mark(self, habit: str, on: date, value: Decimal | None, note: str = "") -> None:
        """Adds a value. Raises ImportRefused if there are too many."""
        self._count_day()
        self.expect(len(self.marks) + 1)
        self.marks.append(AppMark(habit, on, value, note))

    def done(self, habit: str, on: date, note: str = "") -> None:
        """Adds a tick."""
        self.mark(habit, on, ONE, note)

    def skipped(self, habit: str, on: date, note: str = "") -> None:
        """Adds a skipped day."""
        self.mark(habit, on, None, note)

    def no_entry(self, code: str, note: str = "") -> None:
        """Remarks on a day that makes no entry, and on its note, which is lost. Raises ImportRefused for too many
        days."""
        self._count_day()
        self.remark(code)
        if note.strip():
            self.remark("notes_alone")

    def expect(self, entries: int) -> None:
        """Raises ImportRefused if this many entries are too many."""
        if entries > self.most:
            raise ImportRefused("file_too_many_entries", most=self.most)

    def expect_days(self, days: int) -> None:
        """Raises ImportRefused if this many further days are too many."""
        refuse_too_many_values(self._days + days)

    def _count_day(self) -> None:
        self._days += 1
        refuse_too_many_values(self._days)

    def remark(self, code: str, count: int = 1, /, **values: object) -> None:
        """Counts something that was left out or changed."""
        if count:
            self._remarks[code, tuple(sorted(values.items())) if values else ()] += count

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All remarks, in the order in which they first came up."""
        return tuple(Remark(code, {**dict(values), "count": count}) for (code, values), count in self._remarks.items())
