"""Recurrence rules (RFC 5545, RRULE) and the few words that stand for them, in goaltree's periods."""

from __future__ import annotations

from core.goals.model import Level
from core.goals.terms import DaySchedule
from core.importing.fields import whole
from core.importing.reading import FileReading
from core.importing.rhythm import HabitRhythm

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LEVELS = {"DAILY": Level.DAILY, "WEEKLY": Level.WEEKLY, "MONTHLY": Level.MONTHLY, "YEARLY": Level.YEARLY}


def rhythm_of_rule(said: str, reading: FileReading, title: str) -> HabitRhythm:
    """How often a rule wants something. One that has no counterpart is read as every day, with a remark."""
    rule = said.strip().upper().removeprefix("RRULE:")
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    level = _LEVELS.get(parts.get("FREQ", rule))
    interval = whole(parts.get("INTERVAL", "1")) or 1
    days = frozenset(_DAYS[name] for name in parts.get("BYDAY", "").split(",") if name in _DAYS)
    dates = frozenset(number for number in map(whole, parts.get("BYMONTHDAY", "").split(",")) if number is not None)
    if days and interval == 1 and level in (Level.DAILY, Level.WEEKLY) and len(days) == parts["BYDAY"].count(",") + 1:
        return HabitRhythm(schedule=DaySchedule(days))
    if dates and interval == 1 and level is Level.MONTHLY and all(1 <= number <= 31 for number in dates):
        return HabitRhythm(schedule=DaySchedule(month_days=dates))
    if parts.keys() & {"BYDAY", "BYMONTHDAY"} or level is None:
        reading.remark("rule_unknown", title=title, rule=said[:60])
        return HabitRhythm()
    if interval == 1:
        return HabitRhythm(level)
    if level is Level.DAILY and interval <= 366:
        reading.remark("every_days_from_start", title=title, days=interval)
        return HabitRhythm(schedule=DaySchedule(every=interval))
    reading.remark("rule_unknown", title=title, rule=said[:60])
    return HabitRhythm(level)
