"""A reading as a goaltree/1 document. The same reading gives the same document, so importing a file again changes
nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from core.errors import ImportRefused
from core.goals.model import WEEKDAY_NAMES
from core.goals.terms import ALL_WEEK, DaySchedule
from core.importing.reading import AppMark, FileReading, Habit
from core.planning.document.dumped import known
from core.planning.rules import LONGEST_NOTE, LONGEST_TITLE, LONGEST_UNIT
from core.text import undirected
from core.values import DECIMALS, LARGEST

_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_FINEST = Decimal(1).scaleb(-DECIMALS)
_MOST_ASKS = 20


def document_of(reading: FileReading, source: str, title: str) -> dict[str, Any]:
    """The document of a reading, as parsed JSON: one vision with the habits below it in order, their entries and
    reminders. Whatever cannot be kept becomes a remark in the reading. Raises ImportRefused if there is no habit."""
    if not reading.habits:
        raise ImportRefused("no_habits", app=title)
    marks = _marks_by_habit(reading)
    latest = max((mark.on for mark in reading.marks), default=None)
    key = f"import-{source}"
    children, asks = [], []
    entries: list[dict[str, Any]] = []
    for habit in reading.habits.values():
        own = f"{key}-{_key(habit.id)}"
        kept = [*_entries_of(habit, marks[habit.id], reading)]
        children.append({"key": own, **_node(habit, [mark.on for mark in kept], latest, reading)})
        entries += [_entry(own, mark, habit, reading) for mark in kept]
        if not habit.is_archived:
            asks += [_ask(own, ask.at.strftime("%H:%M"), ask.weekdays) for ask in habit.asks]
    entries.sort(key=itemgetter("date"))
    reading.remark("asks_left_out", len(asks[_MOST_ASKS:]), most=_MOST_ASKS)
    content: dict[str, Any] = {
        "format": "goaltree/1",
        "visions": [{"key": key, "title": title, "kind": "vision", "children": children}],
        "entries": entries,
    }
    if asks:
        content["reminders"] = asks[:_MOST_ASKS]
    return content


def _marks_by_habit(reading: FileReading) -> dict[str, list[AppMark]]:
    marks: dict[str, list[AppMark]] = {habit_id: [] for habit_id in reading.habits}
    for mark in reading.marks:
        if mark.habit in marks:
            marks[mark.habit].append(mark)
        else:
            reading.remark("orphans")
    return marks


def _key(habit_id: str) -> str:
    """The habit's part of a key: its id, or the letters of its name with a digest of the whole name."""
    if _PLAIN_ID.fullmatch(habit_id):
        return habit_id
    latin = unicodedata.normalize("NFKD", habit_id.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-")
    digest = hashlib.sha256(habit_id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def _span(habit: Habit, days: Sequence[date], latest: date | None) -> tuple[date | None, date | None]:
    """The start and end of a habit as a goal: its first day, and its last one if it has ended."""
    starts = min([*days, *([habit.starts_on] if habit.starts_on else [])], default=latest)
    ends = habit.ends_on
    if habit.is_archived:
        ends = max([*days, *([ends] if ends else [])], default=latest)
    return starts, starts if ends and starts and ends < starts else ends


def _node(habit: Habit, days: Sequence[date], latest: date | None, reading: FileReading) -> dict[str, Any]:
    starts, ends = _span(habit, days, latest)
    target, history = _targets(habit, starts, reading)
    is_limit = habit.is_limit and target is not None
    reading.remark("only_noted", habit.is_limit and not is_limit, title=habit.title[:LONGEST_TITLE])
    fields: dict[str, Any] = {
        "title": _clean(habit.title, LONGEST_TITLE, reading) or "?",
        **({"level": habit.level} if habit.baseline is None else {"kind": "target"}),
        "measure": "number" if habit.is_number else "check",
        "aggregate": habit.aggregate,
        "unit": _clean(habit.unit, LONGEST_UNIT, reading) or None,
        "direction": "at_most" if is_limit else None,
        "baseline": habit.baseline,
        "target": target,
        "targets": history,
        **_schedule(habit.schedule),
        "starts_on": _iso(starts),
        "ends_on": _iso(ends),
        "let_go": habit.is_archived or None,
    }
    return known(fields)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _targets(
    habit: Habit, starts: date | None, reading: FileReading
) -> tuple[Decimal | None, list[dict[str, Any]] | None]:
    """The target in force last, and the history if there is one, without what was in force before the start."""
    history = _history(habit, starts, reading)
    target = history[-1][1] if history else _fitting(habit.target, habit, reading)
    if len(history) < 2:
        return target, None
    first = {"target": history[0][1]}
    return target, [first, *({"from": since.isoformat(), "target": said} for since, said in history[1:])]


def _history(habit: Habit, starts: date | None, reading: FileReading) -> list[tuple[date, Decimal | None]]:
    """The targets that differ from those before them, each with its first day."""
    history: list[tuple[date, Decimal | None]] = []
    for since, target in sorted(habit.targets, key=lambda item: item[0]):
        said = _fitting(target, habit, reading)
        if said is None and habit.is_limit:
            continue
        if history and (starts is None or since <= starts or since == history[-1][0]):
            history[-1] = (since, said)
        elif not history or history[-1][1] != said:
            history.append((since, said))
    return history


def _fitting(target: Decimal | None, habit: Habit, reading: FileReading) -> Decimal | None:
    """A target that goaltree can hold; zero is a target only for a limit."""
    if target is None:
        return None
    rounded = _rounded(target, reading)
    if rounded is None or (habit.baseline is None and (rounded < 0 or (rounded == 0 and not habit.is_limit))):
        return None
    if not habit.is_number:
        return max(rounded.to_integral_value(), Decimal(1)) if not habit.is_limit else rounded.to_integral_value()
    return rounded


def _schedule(schedule: DaySchedule) -> dict[str, Any]:
    if schedule.every is not None:
        return {"every_days": schedule.every}
    if schedule.month_days:
        return {"month_days": sorted(schedule.month_days)}
    return {} if schedule.weekdays == ALL_WEEK else {"weekdays": _weekdays(schedule.weekdays)}


def _weekdays(days: frozenset[int]) -> list[str]:
    return [WEEKDAY_NAMES[day] for day in sorted(days)]


def _ask(key: str, at: str, weekdays: frozenset[int]) -> dict[str, Any]:
    days = {} if weekdays == ALL_WEEK else {"weekdays": _weekdays(weekdays)}
    return {"kind": "check_in", "at": at, **days, "node": key}


def _entries_of(habit: Habit, marks: Sequence[AppMark], reading: FileReading) -> Iterator[AppMark]:
    """The entries of a habit: one a day, unless each counts separately. Values that are too large are left out."""
    separate = reading.separate or habit.aggregate is not None
    for mark in marks if separate else _by_day(habit, marks, reading):
        if mark.value is None or mark.value.copy_abs() <= LARGEST:
            yield mark
        else:
            reading.remark("values_too_large", most=LARGEST)


def _by_day(habit: Habit, marks: Sequence[AppMark], reading: FileReading) -> Iterator[AppMark]:
    if len({mark.on for mark in marks}) == len(marks):
        yield from marks
        return
    by_day: dict[date, list[AppMark]] = {}
    for mark in marks:
        by_day.setdefault(mark.on, []).append(mark)
    for on, same in by_day.items():
        yield same[0] if len(same) == 1 else _merged(habit, on, same, reading)


def _merged(habit: Habit, on: date, same: Sequence[AppMark], reading: FileReading) -> AppMark:
    """Several marks of a day as one: numbers are added up, ticks are one tick, and a skip yields to anything done."""
    values = [mark.value for mark in same if mark.value is not None]
    reading.remark("added_up" if habit.is_number and len(values) > 1 else "repeated", len(same) - 1)
    value = None if not values else sum(values, Decimal(0)) if habit.is_number else values[-1]
    return AppMark(habit.id, on, value, "\n".join(dict.fromkeys(mark.note for mark in same if mark.note.strip())))


def _entry(key: str, mark: AppMark, habit: Habit, reading: FileReading) -> dict[str, Any]:
    fields: dict[str, Any] = {"node": key, "date": mark.on.isoformat()}
    if mark.value is None:
        fields["skipped"] = True
    elif habit.is_number or mark.value != 1:
        fields["value"] = _rounded(mark.value, reading)
    if mark.note:
        note = _clean(mark.note, LONGEST_NOTE, reading, lines=True)
        fields |= {"note": note} if note else {}
    return fields


def _rounded(value: Decimal, reading: FileReading) -> Decimal | None:
    if value.copy_abs() > LARGEST:
        return None
    if _is_fine(value):
        return value
    reading.remark("rounded", decimals=DECIMALS)
    return value.quantize(_FINEST)


@lru_cache(4096)
def _is_fine(value: Decimal) -> bool:
    return value == value.quantize(_FINEST)


def _clean(text: str, longest: int, reading: FileReading, *, lines: bool = False) -> str:
    """A text without characters that no store takes, cut to its limit."""
    text = undirected(text)
    sound = text if text.isprintable() else _printable(text, "\n\t\r" if lines else "")
    if not (lines and reading.separate) or not sound.strip():
        sound = sound.strip()
    if len(sound) <= longest:
        return sound
    reading.remark("texts_cut")
    return sound[: longest - 1] + "…"


def _printable(text: str, kept: str) -> str:
    """A text without the characters that no store takes; those that separate words become blanks."""
    return "".join(
        char if char in kept or unicodedata.category(char) not in ("Cc", "Cs") else " " if char in "\n\r\t" else ""
        for char in text
    )
