"""Which period a digest is about, and from which day on the entries matter to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.goals.model import Level
from core.goals.periods import DAY, Period, period_of
from core.goals.tree import Tree

_GRACE = {Level.WEEKLY: 3, Level.MONTHLY: 7, Level.QUARTERLY: 7, Level.YEARLY: 7}
"""The first days of a period, on which a digest still closes the one before."""


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


@dataclass(frozen=True, slots=True)
class Earlier:
    """The period before one, up to the point at which that one was seen: its end, if that one had come to its own."""

    period: Period
    seen: date

    @property
    def is_whole(self) -> bool:
        """Whether it is seen at its end."""
        return self.seen == self.period.end


def earlier(level: Level, seen: date, week_start: int = 0) -> Earlier:
    """The same point in the period before the one that holds a day. A shorter one may be over by then."""
    period = period_of(level, seen, week_start)
    previous = previous_of(level, period, week_start)
    same = previous.end if seen == period.end else min(previous.start + (seen - period.start), previous.end)
    return Earlier(previous, same)


def settled_on(period: Period, week_start: int = 0) -> date:
    """The day from which on the figures of a period move no more: its end, or that of the last week that belongs to it
    by its middle day."""
    week = period_of(Level.WEEKLY, period.end, week_start)
    return max(period.end, week.end) if week.middle in period else period.end


def entries_from(level: Level, period: Period, trees: Iterable[Tree], week_start: int = 0) -> date:
    """The first day whose entries a digest needs: with them every period up to a quarter is whole that holds a day of
    the period (in a year's digest the year, too), and the one before each of these, the weeks included that belong to
    them; and the years and ranges that hold days of the period."""
    quarter = period_of(Level.QUARTERLY, period.start, week_start)
    before = min(previous_of(level, period, week_start).start, previous_of(Level.QUARTERLY, quarter).start)
    for tree in trees:
        if tree.has_yearly:
            before = min(before, period_of(Level.YEARLY, before).start)
        ranges = (tree.active(node) for node in tree.nodes.values() if node.level is Level.RANGE)
        before = min([before, *(span.start for span in ranges if span.meets(period))])
    return period_of(Level.WEEKLY, before, week_start).start
