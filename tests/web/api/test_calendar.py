"""The calendar feed, read by an independent reader, and its times against those at which reminders are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import vobject

from core.actions.owners import change_settings
from core.actions.reminders import add_check_in, set_digest
from core.actions.tokens import list_tokens, revoke_token
from core.asking.reminders import MessageKind
from core.asking.schedule import Schedule, next_due
from core.goals.model import Level, Owner, QuietHours
from core.group.permissions import Actor
from core.ports.store import Transaction
from core.tokens import ADDRESSES, Scope
from tests.core.reminders import list_reminders
from tests.web.api.conftest import ANN, NOW, Desk

ME = Actor.alone(ANN)
DEADLINES = """Lose it (from 2026-11-02 until 2027-04-30)
  T: Weight = 80 -> 75 kg (until 2027-03-31)
  D: Weigh in = track
"""


async def fetched(desk: Desk, secret: str, **headers: str) -> httpx.Response:
    return await desk.ask("GET", f"/calendar/{secret}.ics", by=None, headers=headers)


async def events(desk: Desk) -> dict[str, Any]:
    """The events by title, as vobject reads them."""
    answer = await fetched(desk, await desk.address_of(ANN, Scope.CALENDAR))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = vobject.readOne(answer.text)
    return {one.summary.value: one for one in calendar.contents.get("vevent", [])}


async def set_up(desk: Desk, **changes: Any) -> Owner:
    def work(tx: Transaction) -> Owner:
        owner = tx.owners.by_chat(ANN)
        assert owner is not None
        changed = replace(owner, **changes)
        tx.owners.save(changed)
        return changed

    return await desk.store.write(work)


def expected(schedule: Schedule, owner: Owner, count: int) -> list[datetime]:
    """When the reminder is sent, on the owner's wall clock."""
    times, after = list[datetime](), NOW
    while len(times) < count:
        due = next_due(schedule, owner, after)
        assert due is not None
        after = due.at
        times.append(due.at.astimezone(ZoneInfo(owner.timezone)))
    return times


SCHEDULES = [
    Schedule(time(20)),
    Schedule(time(8, 30), frozenset({0, 2, 4})),
    Schedule(time(1), frozenset({6})),  # before the day starts: in the night after Sunday
    Schedule(time(23, 30), frozenset({5})),  # within the quiet hours
]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("schedule", SCHEDULES)
async def test_reminders_come_when_they_are_sent_over_both_changes_of_the_clocks(
    desk: Desk, zone: str, schedule: Schedule
) -> None:
    quiet = QuietHours(time(23), time(7)) if schedule.at == time(23, 30) else None
    owner = await set_up(desk, timezone=zone, day_start=time(4), quiet=quiet)
    await add_check_in(desk.store, ME, schedule, NOW)
    event = (await events(desk))["Check in with goaltree"]
    times = list(islice(iter(event.getrruleset(addRDate=True)), 400 if len(schedule.weekdays) == 7 else 110))
    wall = [one.replace(tzinfo=None) for one in expected(schedule, owner, len(times))]
    assert [one.replace(tzinfo=None) for one in times] == wall
    if zone == "Europe/Berlin":
        assert {one.utcoffset() for one in times} == {timedelta(hours=1), timedelta(hours=2)}
        instants = [one.astimezone(UTC) for one in expected(schedule, owner, len(times))]
        assert [one.astimezone(UTC) for one in times] == instants


async def test_digests_come_at_the_ends_of_their_periods(desk: Desk) -> None:
    owner = await set_up(desk, timezone="Europe/Berlin")
    for kind, schedule in (
        (MessageKind.WEEKLY_DIGEST, Schedule(time(19), frozenset({6}))),
        (MessageKind.MONTHLY_DIGEST, Schedule(time(8), end_of=Level.MONTHLY)),
        (MessageKind.QUARTERLY_DIGEST, Schedule(time(19), end_of=Level.QUARTERLY)),
    ):
        await set_digest(desk.store, ME, kind.digest_of, schedule, NOW)  # type: ignore[arg-type]
        level = kind.digest_of
        assert level is not None
        title = f"Your {level.value.removesuffix('ly')} in goaltree"
        event = (await events(desk))[title]
        times = list(islice(iter(event.getrruleset(addRDate=True)), 9))
        assert [one.replace(tzinfo=None) for one in times] == [
            one.replace(tzinfo=None) for one in expected(schedule, owner, 9)
        ]


async def test_goals_that_are_due_stand_on_their_last_day(desk: Desk) -> None:
    await desk.plant(ANN, DEADLINES)
    seen = await events(desk)
    weight = seen["Weight is due"]
    assert (weight.dtstart.value, weight.dtend.value) == (date(2027, 3, 31), date(2027, 4, 1))
    assert weight.description.value == "Lose it\n75 kg"
    assert seen["Lose it is due"].dtstart.value == date(2027, 4, 30)
    assert not {"Run is due", "Run a marathon is due", "Weigh in is due"} & seen.keys()
    desk.now = datetime(2027, 4, 1, 12, tzinfo=UTC)
    later = await events(desk)
    assert "Weight is due" not in later
    assert "Lose it is due" in later


async def test_titles_cannot_break_out_of_their_line(desk: Desk) -> None:
    await desk.plant(ANN, "A, b; c\\ BEGIN:VEVENT (from 2026-11-02 until 2026-12-31)\n  D: X\n")
    assert "A, b; c\\ BEGIN:VEVENT is due" in await events(desk)


async def test_a_feed_says_when_nothing_is_new_and_is_gone_when_revoked(desk: Desk) -> None:
    secret = await desk.address_of(ANN, Scope.CALENDAR)
    first = await fetched(desk, secret)
    known = await fetched(desk, secret, **{"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    await add_check_in(desk.store, ME, Schedule(time(6)), NOW)
    assert (await fetched(desk, secret, **{"If-None-Match": first.headers["etag"]})).status_code == 200
    paused = [one.id for one in await list_reminders(desk.store, ME)]
    assert paused
    [token] = await list_tokens(desk.store, ME, ADDRESSES)
    await revoke_token(desk.store, ME, token.id)
    gone = await fetched(desk, secret)
    assert (gone.status_code, gone.json()["code"]) == (404, "address_gone")


async def test_the_language_is_the_owners_and_settings_are_followed(desk: Desk) -> None:
    await change_settings(desk.store, ME, NOW, timezone="Asia/Tokyo")
    await add_check_in(desk.store, ME, Schedule(time(6)), NOW)
    event = (await events(desk))["Check in with goaltree"]
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Tokyo"]
