"""How often a habit is due, in goaltree's periods."""

from __future__ import annotations

from decimal import Decimal

from core.goals.model import Level
from core.goals.terms import EVERY_DAY, DaySchedule
from core.importing.reading import FileReading
from core.records import record

_LEVELS = {7: Level.WEEKLY, **dict.fromkeys((28, 29, 30, 31), Level.MONTHLY), **dict.fromkeys((365, 366), Level.YEARLY)}
"""The level for a number of days."""
_LONGEST_GAP = 366
"""The most days between two due days (`core.planning.term_rules`)."""


@record
class HabitRhythm:
    """The level of a habit, how often or how much in its period, and the days of a daily one."""

    level: Level = Level.DAILY
    times: Decimal | None = None
    schedule: DaySchedule = EVERY_DAY


def rhythm(times: int, days: int, reading: FileReading, title: str) -> HabitRhythm:
    """The rhythm of a number of times in a number of days. Rolling counts of the app become weeks, months or every so
    many days, with a remark."""
    if times < 1 or days < 1 or times >= days:
        return HabitRhythm()
    if days in _LEVELS:
        return HabitRhythm(_LEVELS[days], Decimal(times))
    if times == 1 and days <= _LONGEST_GAP:
        reading.remark("every_days_from_start", title=title, days=days)
        return HabitRhythm(schedule=DaySchedule(every=days))
    level, length = (Level.WEEKLY, 7) if days < 28 else (Level.MONTHLY, 30) if days < 365 else (Level.YEARLY, 365)
    share = max(times * length // days, 1)
    reading.remark(f"rolling_{level}", title=title, times=times, days=days, share=share)
    return HabitRhythm(level, Decimal(share))


def level_of_days(days: int, reading: FileReading, title: str) -> Level:
    """The level of an amount per number of days."""
    level = Level.DAILY if days == 1 else _LEVELS.get(days)
    if level is None:
        level = Level.DAILY if days < 7 else Level.WEEKLY if days < 28 else Level.MONTHLY
        reading.remark("period_changed", title=title, days=days, level=level)
    return level
