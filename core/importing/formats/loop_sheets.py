"""Loop Habit Tracker: the sheet of one habit, and the sheet of all habits, in its zip or alone."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date

from core.errors import ImportRefused
from core.importing.dates import days_of
from core.importing.fields import whole
from core.importing.format import Format
from core.importing.formats.loop import KEY, SILENT, STATES, TITLE, LoopHabit, add_day, add_habit
from core.importing.options import Options
from core.importing.reading import FileReading
from core.importing.table import Table, stripped, table_of

_WRITES = "value="
_WRITTEN = re.compile(rf"\b{_WRITES}(-?\d+)")
"""Release 2.0.3 wrote its entries as the program prints them, with commas of their own."""
_SEEN_ROWS = 50
_LINES = {
    code: re.compile(rf"(?<=\n)\d{{4}}-\d\d-\d\d,(?:{word}|{code}),?\r?\n".encode(), re.ASCII)
    for word, code in STATES.items()
}
"""The lines of a state without a note."""


def take_days(reading: FileReading, habit: str, raw: bytes, options: Options) -> None:
    """Adds the sheet of one habit: date, value and note. Older exports have neither a header nor notes."""
    raw = _without_silent_days(reading, raw, is_number=reading.habits[habit].is_number)
    if not raw.strip():
        return
    reading.expect_days(raw.count(b"\n") - 1)
    rows = [row for row in table_of(raw).all_rows() if row[1][0].strip().lower() != "date"]
    days = days_of((row[0] for _, row in rows), options, reading)
    for line, row in rows:
        if len(row) < 2:
            raise ImportRefused("row_cut_off", line=line, count=len(row), columns=2)
        _take(reading, habit, (days[row[0]], row[1], row[2] if len(row) > 2 else ""))


def _without_silent_days(reading: FileReading, raw: bytes, *, is_number: bool) -> bytes:
    """A sheet without lines that only count as a remark, which is made here: over ten years most days do. A line break
    within quotes ends no line."""
    if raw.count(b'"') > 2 * raw.count(b"\n"):  # more notes than days: nothing to gain
        return raw
    parts = raw.split(b'"')
    for said, code in SILENT[is_number].items():
        for place in range(0, len(parts), 2):
            parts[place], count = _LINES[said].subn(b"", parts[place])
            reading.remark(code, count)
    return b'"'.join(parts)


def columns_of(table: Table) -> list[list[str]]:
    """The rows of the sheet of all habits, below its header."""
    return [cells for _, cells in stripped((line, _cells(row)) for line, row in table.all_rows())][1:]


def take_columns(
    reading: FileReading, rows: Sequence[Sequence[str]], habits: Sequence[str], wanted: Set[str], options: Options
) -> None:
    """Adds the sheet of all habits: a column for each, in order, since a comma in a name shifts the header."""
    if any(len(row) <= len(habits) or any(row[len(habits) + 1 :]) for row in rows):
        raise ImportRefused("columns_shifted")
    days = days_of((row[0] for row in rows), options, reading)
    for row in rows:
        for place, habit in enumerate(habits, 1):
            if habit in wanted:
                _take(reading, habit, (days[row[0]], row[place], ""))


def _cells(row: list[str]) -> list[str]:
    line = ",".join(row)
    written = _WRITTEN.findall(line) if _WRITES in line else ()
    return [row[0], *written] if written else row


def _take(reading: FileReading, habit: str, day: tuple[date, str, str]) -> None:
    on, said, note = day
    word = said.strip()
    value = STATES.get(word.upper())
    if value is None:
        value = whole(word)
    if value is None:
        reading.no_entry("unknown_states", note)
    else:
        add_day(reading, habit, on, value, note)


def _recognises(table: Table) -> bool:
    """Whether a sheet has state words, or rows of whole numbers with a trailing comma and the code for unknown among
    them."""
    if table.names[0] != "date":
        return False
    rows = [row for (_, row), _ in zip(table.all_rows(), range(_SEEN_ROWS), strict=False)][1:]
    cells = {cell.strip().upper() for row in rows for cell in _cells(row)[1:]} - {""}
    if cells & (STATES.keys() - {"NO", "SKIP"}) or any(map(_WRITTEN.search, map(",".join, rows))):
        return True
    return not table.names[-1] and "-1" in cells and all(whole(cell) is not None for cell in cells)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    if table.has("value", "notes"):
        add_habit(reading, LoopHabit(_ALONE, _ALONE, is_number=False, times=1, days=1))
        take_days(reading, _ALONE, table.raw, options)
    else:
        habits = [name.strip() for name in table.header[1:] if name.strip()]
        rows = columns_of(table)
        for place, habit in enumerate(habits, 1):
            codes = {whole(row[place]) for row in rows if len(row) > place}
            is_number = bool(codes - {None, *STATES.values()})
            add_habit(reading, LoopHabit(habit, habit, is_number, times=1, days=1))
        take_columns(reading, rows, habits, set(habits), options)
    reading.remark("frequency_unknown", len(reading.habits))
    return reading


_ALONE = "Habit"
"""The sheet of one habit does not name it."""

FORMAT = Format(KEY, TITLE, _recognises, _read)
