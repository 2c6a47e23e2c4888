"""Which period a digest is about, and from which day on the entries matter to it."""

from __future__ import annotations

from datetime import date

from core.model import Level
from core.periods import DAY, Period, period_of

_GRACE = {Level.WEEKLY: 3, Level.MONTHLY: 7, Level.QUARTERLY: 7}
"""The first days of a period, on which a digest still closes the one before."""


def period_for(level: Level, on: date, week_start: int = 0) -> Period:
    """The period that a scheduled digest sent on a date is about: in the first three days of a week the week before,
    in the first seven of a month or a quarter the one before, else the current one."""
    current = period_of(level, on, week_start)
    if (on - current.start).days < _GRACE[level]:
        return previous_of(level, current, week_start)
    return current


def previous_of(level: Level, period: Period, week_start: int = 0) -> Period:
    """The period before."""
    return period_of(level, period.start - DAY, week_start)


def settled_on(period: Period, week_start: int = 0) -> date:
    """The day from which on the figures of a period move no more: its end, or that of the last week that belongs to it
    by its middle day."""
    week = period_of(Level.WEEKLY, period.end, week_start)
    return max(period.end, week.end) if week.middle in period else period.end


def entries_from(level: Level, period: Period, week_start: int = 0) -> date:
    """The first day whose entries a digest needs: with them every period up to a quarter is whole that holds a day of
    the period or of the previous one's end, the weeks included that belong to such a quarter by their middle day."""
    quarter = period_of(Level.QUARTERLY, previous_of(level, period, week_start).start, week_start)
    return period_of(Level.WEEKLY, quarter.start, week_start).start
