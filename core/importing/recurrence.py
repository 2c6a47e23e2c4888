"""Recurrence rules (RFC 5545, RRULE), and a few words for them, as goaltree's periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.goals.model import Level
from core.goals.terms import DaySchedule
from core.importing.fields import whole
from core.importing.reading import FileReading
from core.importing.rhythm import HabitRhythm
from core.records import record

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_WEEKDAYS, _DATES = range(7), range(1, 32)
_LEVELS = {"DAILY": Level.DAILY, "WEEKLY": Level.WEEKLY, "MONTHLY": Level.MONTHLY, "YEARLY": Level.YEARLY}


@record
class _Rule:
    """A parsed rule. `days` are weekdays; None for a day such as the month's last Friday."""

    level: Level | None
    interval: int
    days: tuple[int | None, ...]
    dates: tuple[int | None, ...]

    @property
    def has_days(self) -> bool:
        return bool(self.days or self.dates)

    def schedule(self) -> DaySchedule | None:
        """The days that it names, if goaltree can express them."""
        if self.interval != 1:
            return None
        if self.level is Level.MONTHLY:
            dates = _all_of(self.dates, _DATES)
            return DaySchedule(month_days=dates) if dates else None
        days = _all_of(self.days, _WEEKDAYS)
        return DaySchedule(days) if days and self.level in (Level.DAILY, Level.WEEKLY) else None


def _all_of(numbers: Sequence[int | None], allowed: range) -> frozenset[int]:
    """The numbers, if all are different and allowed; else none."""
    kept = frozenset(number for number in numbers if number is not None and number in allowed)
    return kept if len(kept) == len(numbers) else frozenset()


def rhythm_of_rule(said: str, reading: FileReading, title: str) -> HabitRhythm:
    """The rhythm of a rule. A rule without a counterpart is read as every day, with a remark."""
    rule = _parsed(said.strip().upper().removeprefix("RRULE:"))
    schedule = rule.schedule()
    if schedule is not None:
        return HabitRhythm(schedule=schedule)
    level = None if rule.has_days else rule.level
    if level is not None and rule.interval == 1:
        return HabitRhythm(level)
    if level is Level.DAILY and rule.interval <= 366:
        reading.remark("every_days_from_start", title=title, days=rule.interval)
        return HabitRhythm(schedule=DaySchedule(every=rule.interval))
    reading.remark("rule_unknown", title=title, rule=said[:60])
    return HabitRhythm(level or Level.DAILY)


def _parsed(rule: str) -> _Rule:
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    return _Rule(
        level=_LEVELS.get(parts.get("FREQ", rule)),
        interval=whole(parts.get("INTERVAL", "1")) or 1,
        days=tuple(map(_DAYS.get, _listed(parts, "BYDAY"))),
        dates=tuple(map(whole, _listed(parts, "BYMONTHDAY"))),
    )


def _listed(parts: Mapping[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []
