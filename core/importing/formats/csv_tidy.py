"""Any sheet with a row for each habit and day; goaltree's own sheet of entries is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import ImportRefused
from core.importing.cells import CellReader, CellState, cells_of, tick, without_unit
from core.importing.dates import days_of, names_totals
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import ZERO, FileReading, Habit
from core.importing.table import Table
from core.sheets import periods
from core.sheets.entries import HEADER
from core.sheets.writing import unquoted

HABIT = ("goal", "habit", "habitname", "habit name", "name", "task", "title", "activity")
DATE = (
    "date", "day", "calendardate", "timestamp", "datetime", "date/time", "datum", "tag", "fecha", "día", "jour", "data",
    "giorno", "dia", "dátum", "tarih", "дата", "день", "日期", "日付",
)  # fmt: skip
"""In the languages of those who write such sheets."""
VALUE = ("value", "amount", "status", "done", "state", "quantity", "count", "completed", "result", "entry")
NOTE = ("note", "notes", "comment", "comments", "text")
UNIT = ("unit", "units")
SKIPPED = ("skipped", "skip")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    day: str
    habit: str
    value: str
    note: str
    unit: str
    skipped: str
    state: str
    """What a second column says of the day beside an amount: "completed", "skipped"."""
    habit_id: str
    """Goals of the same name at other places in a tree are others."""


def _first(table: Table, names: Sequence[str]) -> str:
    return next((name for name in names if name in table.names), "")


def _state_column(table: Table) -> str:
    """The column that says what became of a day, where another one has its amount."""
    return next((name for name in VALUE if name in table.names and name != _first(table, VALUE)), "")


def _recognises(table: Table) -> bool:
    return bool(_first(table, HABIT) and _first(table, DATE))


def _read(table: Table, options: Options) -> FileReading:
    is_own = table.has(*HEADER)
    reading = FileReading(separate=is_own)
    rows = _rows(table, reading, is_own=is_own)
    days = days_of((row.day for row in rows), options, reading)
    cells = cells_of({row.value for row in rows}, table.separator, options.words)
    titles: dict[str, str] = {}
    values: dict[str, set[str]] = {}
    units: dict[str, str] = {}
    behind: dict[str, str] = {}
    """Units that stand in the cells of the values themselves."""
    for row in rows:
        titles.setdefault(row.habit_id, row.habit)
        values.setdefault(row.habit_id, set()).add(row.value or row.state)
        units[row.habit_id] = units.get(row.habit_id) or row.unit
    for habit_id, title in titles.items():
        behind[habit_id] = cells.unit(values[habit_id])
        unit = units[habit_id] or behind[habit_id]
        reading.add(Habit(habit_id, title, cells.is_number(values[habit_id]) or bool(unit), unit=unit))
    for row in rows:
        _take(reading, row, without_unit(row.value, behind[row.habit_id]), days[row.day], cells)
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


def _rows(table: Table, reading: FileReading, *, is_own: bool) -> list[_Row]:
    needed = (_first(table, DATE), _first(table, HABIT))
    optional = [*(_first(table, names) for names in (VALUE, NOTE, UNIT, SKIPPED, ("path",))), _state_column(table)]
    rows = []
    for line, cells in table.picked(needed, optional, as_written=is_own):
        if names_totals(cells[0]):
            reading.remark("totals")
        elif cells[0] or cells[1]:
            day, habit, value, note, unit, skipped, path, state = map(unquoted, cells) if is_own else cells
            habit_id = f"{path} / {habit}" if path else habit
            rows.append(_Row(line, day, habit, value, note, unit, skipped, state, habit_id))
    return rows


def _take(reading: FileReading, row: _Row, value: str, on: date, cells: CellReader) -> None:
    habit_id = row.habit_id
    state, is_number = cells.state(row.state), reading.habits[habit_id].is_number
    if state is CellState.SKIPPED or (row.skipped and cells.state(row.skipped) is CellState.DONE):
        reading.skipped(habit_id, on, row.note)
        return
    if not value and not (is_number and state is CellState.DONE):  # without its amount
        value = row.state
    if not value:
        reading.nothing("unknown", row.note)
        return
    said = cells.said(value, is_number=is_number, line=row.line)
    if said is CellState.SKIPPED:
        reading.skipped(habit_id, on, row.note)
    elif not isinstance(said, CellState):
        reading.mark(habit_id, on, said, row.note)
    elif tick(said):
        reading.done(habit_id, on, row.note)
    elif reading.separate:
        # goaltree wrote that somebody said so.
        reading.mark(habit_id, on, ZERO, row.note)
    else:
        reading.nothing("undone", row.note)


def _refuse(table: Table, options: Options) -> FileReading:
    raise ImportRefused("sheet_of_periods")


PERIODS = Format("csv", "CSV", lambda table: table.has(*periods.HEADER), _refuse)
"""goaltree's own sheet of periods, from which no entries follow."""
FORMAT = Format("csv", "CSV", _recognises, _read)
