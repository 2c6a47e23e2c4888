"""Any sheet with a row for each habit and day, such as goaltree's own sheet of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import NamedTuple

from core.errors import ImportRefused
from core.importing.cells import CellReader, CellSaid, CellState, cells_of, tick, without_unit
from core.importing.dates import days_of, names_totals
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import ONE, ZERO, FileReading, Habit, refuse_too_many
from core.importing.table import Table
from core.sheets import periods
from core.sheets.entries import AUTHOR, HEADER
from core.sheets.writing import unquoted

HABIT = ("goal", "habit", "habitname", "habit name", "name", "task", "title", "activity")
DATE = (
    "date", "day", "calendardate", "timestamp", "datetime", "date/time", "datum", "tag", "fecha", "día", "jour", "data",
    "giorno", "dia", "dátum", "tarih", "дата", "день", "日期", "日付",
)  # fmt: skip
"""Names of the date column, in common languages of sheets."""
VALUE = ("value", "amount", "total log", "status", "done", "state", "quantity", "count", "completed", "result", "entry")
NOTE = ("note", "notes", "comment", "comments", "text")
UNIT = ("unit", "units")
SKIPPED = ("skipped", "skip")
_AMOUNTS = frozenset("123456789")


class _Row(NamedTuple):
    """The cells of a row, in the order of picking."""

    day: str
    title: str
    value: str
    note: str
    unit: str
    skipped: str
    path: str
    state: str
    author: str


class _Words(NamedTuple):
    """The words of a row for its day; many rows have the same."""

    value: str
    skipped: str
    state: str
    """A second column beside an amount: "completed", "skipped"."""


@dataclass(slots=True)
class _Goal:
    """A goal with its rows, by column: their line numbers, dates, notes and words. `unit` is the first one named."""

    title: str
    unit: str = ""
    lines: list[int] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: list[_Words] = field(default_factory=list)


def _first(table: Table, names: Sequence[str]) -> str:
    return next((name for name in names if name in table.names), "")


def _state_column(table: Table) -> str:
    """The column with the state of a day, beside the one with its amount."""
    return next((name for name in VALUE if name in table.names and name != _first(table, VALUE)), "")


def _recognises(table: Table) -> bool:
    return bool(_first(table, HABIT) and _first(table, DATE))


def _read(table: Table, options: Options) -> FileReading:
    is_own = table.has(*HEADER)
    reading = FileReading(options.entries, separate=is_own)
    goals = _goals(table, reading, options.names, is_own=is_own)
    days = days_of(chain.from_iterable(goal.days for goal in goals.values()), options, reading)
    values = {words.value for goal in goals.values() for words in goal.words}
    cells = cells_of(values, table.separator, options.words)
    for habit_id, goal in goals.items():
        _take(reading, habit_id, goal, days, cells)
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


def _goals(table: Table, reading: FileReading, own: frozenset[str] | None, *, is_own: bool) -> dict[str, _Goal]:
    """The goals by id: the same name at another place in a tree is another goal. From a sheet with authors only the
    importer's rows are taken, by their `own` names."""
    has_authors = is_own and table.has(AUTHOR)
    goals = _Goals(reading)
    for line, row in _rows(table, reading, is_own=is_own):
        if not has_authors or _is_taken(row.author, own, reading):
            goals.add(line, row)
    if has_authors and not goals.by_id:
        raise ImportRefused("sheet_of_others")
    return goals.by_id


def _rows(table: Table, reading: FileReading, *, is_own: bool) -> Iterator[tuple[int, _Row]]:
    """The rows of days with their line numbers."""
    needed, optional = _columns(table, is_own=is_own)
    is_total = cache(names_totals)
    for line, cells in table.picked(needed, optional, as_written=is_own):
        if is_total(cells[0]):
            reading.no_entry("totals")
        elif cells[0] or cells[1]:
            yield line, _Row(*map(unquoted, cells)) if is_own else _Row(*cells)


def _columns(table: Table, *, is_own: bool) -> tuple[list[str], list[str]]:
    """The columns of a `_Row`: the required and the optional ones."""
    first = [_first(table, names) for names in (DATE, HABIT, VALUE, NOTE, UNIT, SKIPPED, ("path",))]
    author = AUTHOR if is_own and table.has(AUTHOR) else ""
    return first[:2], [*first[2:], _state_column(table), author]


class _Goals:
    """Collects the goals of a sheet from its rows."""

    def __init__(self, reading: FileReading) -> None:
        self.by_id: dict[str, _Goal] = {}
        self._reading = reading
        self._words: dict[_Words, _Words] = {}
        self._certain = 0

    def add(self, line: int, row: _Row) -> None:
        """Takes a row in. Raises ImportRefused if there are too many."""
        habit_id = f"{row.path} / {row.title}" if row.path else row.title
        goal = self.by_id.get(habit_id)
        if goal is None:
            refuse_too_many(len(self.by_id) + 1)
            goal = self.by_id[habit_id] = _Goal(row.title)
        goal.unit = goal.unit or row.unit
        goal.lines.append(line)
        goal.days.append(row.day)
        goal.notes.append(row.note)
        words = _Words(row.value, row.skipped, row.state)
        goal.words.append(self._words.setdefault(words, words))
        # Stopped before any row is understood, since each would make an entry.
        self._certain += row.value[:1] in _AMOUNTS
        self._reading.expect(self._certain)


def _is_taken(author: str, own: frozenset[str] | None, reading: FileReading) -> bool:
    """Whether a row of a sheet with authors is the importer's; every row is if they have no names of their own."""
    if own is None:
        reading.remark("authors", bool(author))
        return True
    if author and author in own:
        return True
    reading.no_entry("of_others" if author else "of_nobody")
    return False


def _take(reading: FileReading, habit_id: str, goal: _Goal, days: Mapping[str, date], cells: CellReader) -> None:
    said = {words.value or words.state for words in goal.words}
    # The value cells may contain the unit.
    behind = cells.unit(said)
    unit = goal.unit or behind
    habit = Habit(habit_id, goal.title, bool(unit) or cells.is_number(said), unit=unit)
    reading.add(habit)
    known: dict[_Words, Decimal | str | None] = {}
    for line, day, note, words in zip(goal.lines, goal.days, goal.notes, goal.words, strict=True):
        if words not in known:
            known[words] = _meant(words, behind, habit, cells, line, is_own=reading.separate)
        meant = known[words]
        if isinstance(meant, str):
            reading.no_entry(meant, note)
        else:
            reading.mark(habit_id, days[day], meant, note)


def _meant(
    words: _Words, unit: str, habit: Habit, cells: CellReader, line: int, *, is_own: bool
) -> Decimal | str | None:
    """The value that a row logs, None for a skip; the code of a remark if it logs nothing. goaltree itself writes 0 for
    "not done"."""
    state, value = cells.state(words.state), without_unit(words.value, unit)
    if state is CellState.SKIPPED or cells.state(words.skipped) is CellState.DONE:
        return None
    is_done_without_amount = habit.is_number and state is CellState.DONE
    said = value or ("" if is_done_without_amount else words.state)
    return _value(cells.said(said, is_number=habit.is_number, line=line), is_own=is_own) if said else "unknown"


def _value(said: CellSaid, *, is_own: bool) -> Decimal | str | None:
    if said is CellState.SKIPPED:
        return None
    if not isinstance(said, CellState):
        return said
    return ONE if tick(said) else ZERO if is_own else "undone"


def _refuse(table: Table, options: Options) -> FileReading:
    raise ImportRefused("sheet_of_periods")


PERIODS = Format("csv", "CSV", lambda table: table.has(*periods.HEADER), _refuse)
"""The header of goaltree's own sheet of periods, which has no entries."""
FORMAT = Format("csv", "CSV", _recognises, _read)
