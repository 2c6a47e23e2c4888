"""Daylio, CSV: moods and the activities of a day. Activities have no target, so they are tracked."""

from __future__ import annotations

from decimal import Decimal

from core.goals.model import Aggregate
from core.importing.dates import days_of
from core.importing.format import Format
from core.importing.options import Options
from core.importing.reading import FileReading, Habit
from core.importing.table import Table

_COLUMNS = ("full_date", "mood", "activities")
_MOODS = {"rad": 5, "good": 4, "meh": 3, "bad": 2, "awful": 1}
"""Daylio's default moods; people may rename them."""
_MOOD = "mood"


def _recognises(table: Table) -> bool:
    return table.has(*_COLUMNS)


def _read(table: Table, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    rows = list(table.picked(_COLUMNS, ("note_title", "note")))
    days = days_of((cells[0] for _, cells in rows), options, reading)
    reading.add(Habit(_MOOD, "Mood", is_number=True, aggregate=Aggregate.AVERAGE))
    for _, (day, mood, activities, heading, text) in rows:
        note = "\n".join(filter(None, (heading, text.replace("<br>", "\n"))))
        value = _MOODS.get(mood.lower())
        if value is None:
            reading.no_entry("unknown_moods", note)
        else:
            reading.mark(_MOOD, days[day], Decimal(value), note)
        for name in dict.fromkeys(filter(None, map(str.strip, activities.split("|")))):
            reading.add(Habit(f"activity {name}", name, is_number=True, unit="times"))
            reading.done(f"activity {name}", days[day])
    return reading


FORMAT = Format("daylio", "Daylio", _recognises, _read)
