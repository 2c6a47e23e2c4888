"""The period that a digest is about, and the first day whose entries it needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.goals.model import Level
from core.goals.periods import DAY, Period, period_of
from core.goals.tree import Tree
from core.records import record

_GRACE = {Level.WEEKLY: 3, Level.MONTHLY: 7, Level.QUARTERLY: 7, Level.YEARLY: 7}
"""The number of days at the beginning of a period on which a digest is still about the previous one."""


def period_for(level: Level, on: date, week_start: int = 0) -> Period:
    """The period that a scheduled digest sent on a date is about: in the first three days of a week the week before,
    in the first seven of a month, a quarter or a year the one before, else the current one."""
    current = period_of(level, on, week_start)
    if (on - current.start).days < _GRACE[level]:
        return previous_of(level, current, week_start)
    return current


def previous_of(level: Level, period: Period, week_start: int = 0) -> Period:
    """The period before."""
    return period_of(level, period.start - DAY, week_start)


@record
class Earlier:
    """The previous period, up to the point that corresponds to the day seen in the current one."""

    period: Period
    seen: date

    @property
    def is_whole(self) -> bool:
        """Whether it is seen at its end."""
        return self.seen == self.period.end


def earlier(level: Level, seen: date, week_start: int = 0) -> Earlier:
    """The point in the previous period that corresponds to a day. A shorter period may be over by then."""
    period = period_of(level, seen, week_start)
    previous = previous_of(level, period, week_start)
    same = previous.end if seen == period.end else min(previous.start + (seen - period.start), previous.end)
    return Earlier(previous, same)


def settled_on(period: Period, week_start: int = 0) -> date:
    """The day from which the figures of a period no longer move: its end, or the end of the last week that belongs to
    it by its middle day."""
    week = period_of(Level.WEEKLY, period.end, week_start)
    return max(period.end, week.end) if week.middle in period else period.end


def entries_from(level: Level, period: Period, trees: Iterable[Tree], week_start: int = 0) -> date:
    """The first day whose entries a digest needs. They cover every period up to a quarter (in a year's digest up to a
    year) that overlaps the digest's period, and the one before each of these, with all weeks that belong to them; and
    the years and ranges that overlap the digest's period."""
    quarter = period_of(Level.QUARTERLY, period.start, week_start)
    before = min(previous_of(level, period, week_start).start, previous_of(Level.QUARTERLY, quarter).start)
    for tree in trees:
        if tree.has_yearly:
            before = min(before, period_of(Level.YEARLY, before).start)
        ranges = (tree.active(node) for node in tree.nodes.values() if node.level is Level.RANGE)
        before = min([before, *(span.start for span in ranges if span.meets(period))])
    return period_of(Level.WEEKLY, before, week_start).start
