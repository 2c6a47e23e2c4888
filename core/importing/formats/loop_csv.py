"""Loop Habit Tracker, CSV: a zip with Habits.csv and a folder for each habit, in both versions (before and from 2.3.1
on; uhabits, HabitsCSVExporter.kt)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from core.importing.archive import Archive
from core.importing.fields import number, truth, whole
from core.importing.format import Format
from core.importing.formats.loop import KEY, TITLE, LoopHabit, add_habit
from core.importing.formats.loop_sheets import columns_of, take_columns, take_days
from core.importing.limits import MOST_LINES
from core.importing.options import Options
from core.importing.reading import FileReading, refuse_too_many_values
from core.importing.table import table_of

_NUMBER_AHEAD = re.compile(r"\d+")
_FIELDS = ("position", "name", "type", "frequencynumerator", "frequencydenominator", "numrepetitions", "interval")
_MORE_FIELDS = ("unit", "target type", "target value", "archived?", "question", "description")


def _is_zip(archive: Archive) -> bool:
    return bool(archive.named("Habits.csv"))


def _read_zip(archive: Archive, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    path = archive.named("Habits.csv")[0]
    top = PurePosixPath(path).parent
    files = _checkmarks(archive, top)
    positions: dict[int, str] = {}
    for _, cells in table_of(archive.read(path)).picked(("name",), (*_FIELDS, *_MORE_FIELDS)):
        fields = dict(zip(("name", *_FIELDS, *_MORE_FIELDS), cells, strict=True))
        habit = _habit(fields, set(positions.values()))
        positions[whole(fields["position"]) or len(positions) + 1] = habit.id
        add_habit(reading, habit)
        reading.remark("descriptions", bool(fields["question"] or fields["description"]))
    for position, habit_id in positions.items():
        if position in files:
            take_days(reading, habit_id, archive.read(files[position]), options)
    missing = [habit_id for position, habit_id in positions.items() if position not in files]
    root = str(top / "Checkmarks.csv")
    if missing and root in archive.names:
        take_columns(reading, columns_of(table_of(archive.read(root))), list(positions.values()), set(missing), options)
    return reading


def _checkmarks(archive: Archive, top: PurePosixPath) -> dict[int, str]:
    """The sheets of single habits, by the number at the beginning of their folder. Raises ImportRefused, before any is
    read, if they are too long."""
    files = {}
    lines = 0
    for name in archive.named("Checkmarks.csv"):
        folder = PurePosixPath(name).parent
        number_ahead = _NUMBER_AHEAD.match(folder.name)
        if folder.parent == top and number_ahead:
            files[int(number_ahead[0])] = name
            lines += archive.read(name).count(b"\n")
            refuse_too_many_values(lines, MOST_LINES)
    return files


def _habit(fields: dict[str, str], taken: set[str]) -> LoopHabit:
    title = habit_id = fields["name"]
    count = 1
    while habit_id in taken:
        count += 1
        habit_id = f"{title} {count}"
    return LoopHabit(
        id=habit_id,
        title=title,
        is_number=fields["type"].upper() == "NUMERICAL",
        times=whole(fields["frequencynumerator"] or fields["numrepetitions"]) or 1,
        days=whole(fields["frequencydenominator"] or fields["interval"]) or 1,
        unit=fields["unit"],
        target=number(fields["target value"]),
        is_limit=fields["target type"].upper() == "AT_MOST",
        is_archived=truth(fields["archived?"]),
    )


FORMAT = Format(KEY, TITLE, _is_zip, _read_zip)
