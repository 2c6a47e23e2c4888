"""A time zone in iCalendar's form, for readers that do not know it by name.

Each change of the clocks is listed by itself, because not all calendars read lists and rules of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

YEARS = 6
"""How far ahead the changes of the clocks are listed."""
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


def described(zone: ZoneInfo, first: date) -> icalendar.Timezone:
    """The VTIMEZONE component from a date on."""
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    made.add_component(_observance(zone, begins, begins))
    for change in _changes(zone, begins, begins + YEARS * 366 * _DAY):
        made.add_component(_observance(zone, change - _SECOND, change))
    return made


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The instants (UTC) at which a zone's clocks change."""
    while begins < ends:
        later = begins + _DAY
        if _offset(zone, later) != _offset(zone, begins):
            yield _change_within(zone, begins, later)
        begins = later


def _change_within(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The change between two instants, to the second."""
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // (2 * _SECOND))
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _observance(
    zone: ZoneInfo, before: datetime, at: datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """The offset from an instant on. Its DTSTART is in the local time before the change."""
    local = at.astimezone(zone)
    made = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    made.add("dtstart", (at + _offset(zone, before)).replace(tzinfo=None))
    made.add("tzoffsetfrom", _offset(zone, before))
    made.add("tzoffsetto", _offset(zone, at))
    made.add("tzname", local.tzname() or zone.key)
    return made


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
