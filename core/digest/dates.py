"""The days as of which a digest looks at its trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.digest.when import Earlier, earlier, previous_of, settled_on
from core.goals.model import Level
from core.goals.periods import DAY, Period
from core.records import record

LEVELS = (Level.DAILY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY)
"""The levels for which every digest has a line; a year's digest has one for its own level, too."""


def levels_of(level: Level) -> Sequence[Level]:
    """The levels for which the digest of a level has a line, finest first."""
    return LEVELS if level in LEVELS else (*LEVELS, level)


@record
class Dates:
    """The dates of a digest. `seen` is the last day of its `period` that it looks at; days before `at` have ended; from
    `settled` on the figures no longer move. `back` has for each level the same point in the previous period, with the
    day from which its figures no longer move."""

    period: Period
    previous: Period
    seen: date
    at: date
    settled: date
    back: Mapping[Level, tuple[Earlier, date]]

    @property
    def cuts(self) -> frozenset[date]:
        """The days at whose ends the trees are looked at."""
        then = [day for earlier, settled in self.back.values() for day in (earlier.seen, settled)]
        return frozenset((self.previous.end, self.seen, self.settled, *then))


def dates_of(level: Level, period: Period, on: date, week_start: int = 0) -> Dates:
    """The dates of a level's digest about a period, read on a date that is not before it."""
    previous = previous_of(level, period, week_start)
    seen = min(on, period.end)
    back = {}
    for own in levels_of(level):
        if own.rank >= level.rank:
            then = earlier(own, seen, week_start)
            is_settled = own is level and then.is_whole
            back[own] = then, min(on, settled_on(previous, week_start)) if is_settled else then.seen
    return Dates(period, previous, seen, min(on, period.end + DAY), min(on, settled_on(period, week_start)), back)
