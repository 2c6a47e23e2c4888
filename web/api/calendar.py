"""The calendar feed: a secret address serves a person's reminders and deadlines as iCalendar (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import icalendar
from pydantic import Field

from core.actions.calendar import Agenda, Deadline, Reminded, read_calendar
from core.goals.model import Level
from core.goals.periods import DAY
from core.goals.terms import ALL_WEEK
from core.tokens import Scope
from core.values import plain_text
from language.feed import deadline_title, reminder_title
from language.i18n import Words, words
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Shape
from web.api.zones import described

ICS = "text/calendar"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = {Level.MONTHLY: 1, Level.QUARTERLY: 3, Level.YEARLY: 12}
_LASTS = timedelta(minutes=10)
"""The length of a reminder's event."""
_REFRESH = timedelta(hours=6)
"""The interval after which a calendar should reload the feed."""


class FeedQuery(Shape):
    secret: Annotated[str, Field(max_length=256)]


async def calendar_feed(call: Call[FeedQuery, Nothing]) -> Answer:
    """A person's reminders and deadlines, for a calendar that subscribes to a secret address."""
    seen = await read_calendar(call.store, call.actor, call.now)
    content = feed(seen)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "inline; filename=goaltree.ics",
    }
    if call.known is not None and tag in (one.strip().removeprefix("W/") for one in call.known.split(",")):
        return Answer(None, 304, headers)
    return Answer(content, headers=headers, media_type=f"{ICS}; charset=utf-8")


def feed(seen: Agenda) -> bytes:
    """The calendar as text, identical for the whole day."""
    w = words(seen.owner.locale)
    made = icalendar.Calendar()
    for name, value in (
        ("prodid", "-//goaltree//EN"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", "goaltree"),
        ("x-wr-timezone", seen.owner.timezone),
    ):
        made.add(name, value)
    made.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    if seen.reminders:
        made.add_component(described(ZoneInfo(seen.owner.timezone), seen.today.replace(month=1, day=1)))
    for one in seen.reminders:
        made.add_component(_reminder(one, seen, w))
    for due in seen.deadlines:
        made.add_component(_deadline(due, seen, w))
    return bytes(made.to_ical())


def _event(uid: str, seen: Agenda) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@goaltree")
    # DTSTAMP is the day rather than the moment, so that an unchanged feed is byte-identical.
    event.add("dtstamp", datetime(seen.today.year, seen.today.month, seen.today.day, tzinfo=UTC))
    return event


def _reminder(one: Reminded, seen: Agenda, w: Words) -> icalendar.Event:
    event = _event(f"reminder-{one.id}", seen)
    at = one.next.at.astimezone(ZoneInfo(seen.owner.timezone))
    event.add("dtstart", at)
    event.add("duration", _LASTS)
    event.add("rrule", _rule(one, (at.date() - one.next.on).days))
    event.add("summary", reminder_title(one.kind, one.title, w))
    event.add("transp", "TRANSPARENT")
    return event


def _rule(one: Reminded, nights: int) -> dict[str, object]:
    """The recurrence of a reminder; `nights` is how many days after its own day it is sent."""
    schedule = one.schedule
    if schedule.end_of is not None:
        # The last day of a month; or, if it is sent after midnight, the first days of the next.
        behind = nights + schedule.is_morning_after
        return {"freq": "monthly", "interval": _MONTHS[schedule.end_of], "bymonthday": behind or -1}
    if schedule.weekdays == ALL_WEEK:
        return {"freq": "daily"}
    return {"freq": "weekly", "byday": [_DAYS[(day + nights) % 7] for day in sorted(schedule.weekdays)]}


def _deadline(due: Deadline, seen: Agenda, w: Words) -> icalendar.Event:
    event = _event(f"goal-{due.node.id}", seen)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + DAY)
    event.add("summary", deadline_title(due.node.title, w))
    said = [due.path] if due.path else []
    if due.node.target is not None:
        said.append(" ".join(filter(None, (plain_text(due.node.target), due.node.unit))))
    if said:
        event.add("description", "\n".join(said))
    event.add("transp", "TRANSPARENT")
    return event


ENDPOINTS: Sequence[Endpoint] = (
    Endpoint(
        "GET", "/calendar/{secret}.ics", Scope.CALENDAR, calendar_feed, FeedQuery, None, files=(ICS,), is_tagged=True
    ),
)
