"""When something is due next, on the wall clock of a place.

This is separate from turning an instant into a date (design.md §2). The two agree on one thing: a time before the
owner's day start belongs to the day before, so it is due in the night after the chosen day.

A time that the clocks skip in spring is due at the first moment after the gap; a time that they show twice in autumn is
due the first time. Whatever falls into quiet hours is put off to their end, and still belongs to the day it was due on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from core.goals.model import Level, Owner, QuietHours
from core.goals.periods import DAY, period_of
from core.goals.terms import ALL_WEEK
from core.records import record

NOON = time(12, 0)
_SECOND = timedelta(seconds=1)


@record
class Schedule:
    """A wall-clock time on the chosen weekdays or, with `end_of` (a level from months on), at the end of each such
    period: on its last day or, for a time before noon, on the morning after, when all of it is known."""

    at: time
    weekdays: frozenset[int] = ALL_WEEK
    end_of: Level | None = None

    @property
    def is_morning_after(self) -> bool:
        """Whether it is due on the day after the end of a period, not on its last day."""
        return self.end_of is not None and self.at < NOON

    def days_from(self, first: date) -> Iterator[date]:
        """The chosen days from a date on, in order; none if no weekday is chosen."""
        if self.end_of is not None:
            behind = DAY if self.is_morning_after else 0 * DAY
            day = first - behind
            while True:
                day = period_of(self.end_of, day).end
                yield day + behind
                day += DAY
        day = first
        while self.weekdays:
            if day.weekday() in self.weekdays:
                yield day
            day += DAY


@record
class Due:
    """When something is due (UTC), and the owner's day that it is for."""

    at: datetime
    on: date


def next_due(schedule: Schedule, owner: Owner, after: datetime) -> Due | None:
    """The first due time after an instant; None if no weekday is chosen. There is one for each chosen local day that
    exists (Samoa's calendar has no 30 December 2011), each later than the one before."""
    # From three days before: quiet hours may have put off an earlier day's, and a night follows its day.
    first = after.astimezone(ZoneInfo(owner.timezone)).date() - 3 * DAY
    return next((due for due in dues_from(schedule, owner, first) if due.at > after), None)


def dues_from(schedule: Schedule, owner: Owner, first: date) -> Iterator[Due]:
    """All due times for an owner's chosen days from a day on, in order."""
    zone = ZoneInfo(owner.timezone)
    night = DAY if schedule.at < owner.day_start else timedelta(0)
    for day in schedule.days_from(first):
        slot = instant_of(day + night, schedule.at, zone)
        if slot is not None:
            yield Due(out_of_quiet(slot, zone, owner.quiet), day)


def past_and_next_due(schedule: Schedule, owner: Owner, since: datetime, now: datetime) -> tuple[list[Due], Due | None]:
    """(all due times from `since` to `now`, both inclusive; the next one after `now`)."""
    past, due = list[Due](), next_due(schedule, owner, since - _SECOND)
    while due is not None and due.at <= now:
        past.append(due)
        due = next_due(schedule, owner, due.at)
    return past, due


def instant_of(day: date, wall: time, zone: tzinfo, *, fold: int = 0) -> datetime | None:
    """The first instant (UTC) at which the clocks of a zone show a time of a day or, if they skip it, a later time.
    `fold=1`: the second such instant, if they show the time twice. None if the zone's calendar skips the whole day."""
    wanted = datetime.combine(day, wall, tzinfo=zone)
    instant = wanted.astimezone(UTC)
    if _shown(instant, zone) == wanted.replace(tzinfo=UTC):
        return wanted.replace(fold=fold).astimezone(UTC)
    # Within a gap: fold=0 counts on from the clock before it, past its end; fold=1 back from the clock after it.
    instant = _jump_past(wanted, wanted.replace(fold=1).astimezone(UTC), instant, zone)
    midnight = datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)
    return None if _shown(instant, zone).date() > day and _shown(midnight, zone).date() > day else instant


def out_of_quiet(instant: datetime, zone: tzinfo, quiet: QuietHours | None) -> datetime:
    """The instant (UTC), or the end of the quiet hours that it falls into."""
    while quiet is not None and quiet.cover(_shown(instant, zone).time()):
        instant = _next_end(instant, zone, quiet)
    return instant


def _next_end(instant: datetime, zone: tzinfo, quiet: QuietHours) -> datetime:
    day = _shown(instant, zone).date()
    while True:
        for fold in (0, 1):
            end = instant_of(day, quiet.end, zone, fold=fold)
            if end is not None and end > instant:
                return end
        day += DAY


def _shown(instant: datetime, zone: tzinfo) -> datetime:
    """The local time of a zone as if it were UTC: for comparing, not for scheduling."""
    return instant.astimezone(zone).replace(tzinfo=UTC, fold=0)


def _jump_past(wanted: datetime, before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The moment between two instants, to the second, at which the clocks jump past a time."""
    wanted = wanted.replace(tzinfo=UTC)
    seconds = int((after - before).total_seconds())
    low, high = 0, seconds
    while low < high:
        middle = (low + high) // 2
        if _shown(before + middle * _SECOND, zone) >= wanted:
            high = middle
        else:
            low = middle + 1
    return before + low * _SECOND
