"""People who change their zone: one prompt for each day, one digest for each period."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.actions.owners import change_settings, welcome
from core.actions.reminders import add_check_in, set_digest, set_up_first
from core.asking.reminders import MessageKind
from core.asking.schedule import Schedule
from core.goals.model import Level, OwnerType
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.reminding import (
    ANNA,
    DAY,
    HOUR,
    NOON,
    all_due,
    at,
    next_dues,
    outbox,
    person,
    settled,
    states,
)  # fmt: skip
from tests.databases import ON_SQLITE
from tests.evenings import WEEKLY

pytestmark = ON_SQLITE


async def test_another_zone_does_not_ask_twice_for_the_same_day(store: Store) -> None:
    await person(store, ANNA, "20:00")
    await all_due(store, at("Mon 20:00"))
    await settled(store, at("Mon 20:00"))
    await change_settings(store, Actor.host(ANNA), at("Mon 20:30"), timezone="America/New_York")
    assert await next_dues(store) == [at("Wed 01:00")]
    await all_due(store, at("Tue 01:00"))
    assert await states(store) == [("Mon", "sent")]
    await all_due(store, at("Wed 01:00"))
    assert await states(store) == [("Mon", "sent"), ("Tue", "pending")]


def on_the_clock(zone: str, text: str) -> datetime:
    """An instant at which the clocks of a zone show "Sun 18:00" of the test week."""
    return at(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


CHECK_IN, WEEKLY_DIGEST = MessageKind.CHECK_IN, MessageKind.WEEKLY_DIGEST
TRAVELS = [
    # Eastwards over the hour: today's is asked at once, once; nothing comes for a day that is over there.
    ("Europe/Berlin", "Mon 19:30", "Asia/Dubai", CHECK_IN, ["Mon pending"], "now"),
    ("Europe/Berlin", "Mon 18:00", "Asia/Tokyo", CHECK_IN, [], "Tue 20:00"),
    ("America/New_York", "Mon 17:00", "Europe/London", CHECK_IN, ["Mon pending"], "now"),
    ("Europe/Berlin", "Mon 12:00", "Asia/Kolkata", CHECK_IN, [], "Mon 20:00"),
    ("America/St_Johns", "Mon 12:00", "Pacific/Apia", CHECK_IN, [], "Tue 20:00"),
    ("Europe/Berlin", "Sun 18:00", "Asia/Tokyo", WEEKLY_DIGEST, ["Sun pending"], "now"),
    ("America/New_York", "Sun 18:30", "Europe/Berlin", WEEKLY_DIGEST, ["Sun pending"], "now"),
    ("Pacific/Apia", "Sun 12:00", "Pacific/Auckland", WEEKLY_DIGEST, [], "Sun 19:00"),
    # Westwards, after it was asked: the hour comes again, but belongs to another day.
    ("Europe/Berlin", "Mon 20:30", "America/New_York", CHECK_IN, ["Mon sent"], "Tue 20:00"),
    ("Asia/Tokyo", "Sun 19:30", "America/Los_Angeles", WEEKLY_DIGEST, ["Sun sent"], "next Sun 19:00"),
    # Australia/Lord_Howe is half an hour away, to the east and back.
    ("Australia/Sydney", "Mon 19:45", "Australia/Lord_Howe", CHECK_IN, [], "Mon 20:00"),
]


@pytest.mark.parametrize(("home", "leaves", "there", "kind", "kept", "due"), TRAVELS)
async def test_a_traveller_is_asked_once_for_each_day_and_told_once_of_each_period(
    store: Store, home: str, leaves: str, there: str, kind: MessageKind, kept: list[str], due: str
) -> None:
    await person(store)
    await change_settings(store, Actor.host(ANNA), NOON - DAY, timezone=home)
    if kind is CHECK_IN:
        await add_check_in(store, Actor.host(ANNA), Schedule(time(20)), on_the_clock(home, "Mon 11:00"))
    else:
        await set_digest(store, Actor.host(ANNA), Level.WEEKLY, WEEKLY, on_the_clock(home, "Sun 11:00"))
    now = on_the_clock(home, leaves)
    await all_due(store, now)
    await settled(store, now)
    await change_settings(store, Actor.host(ANNA), now, timezone=there)
    [result] = await next_dues(store)
    assert isinstance(result, datetime)
    if due == "now":
        assert result <= now
    else:
        weeks = due.startswith("next ") * timedelta(days=7)
        assert result == on_the_clock(there, due.removeprefix("next ")) + weeks
    await all_due(store, now)
    assert [f"{one.on} {one.state}" for one in await outbox(store)] == kept
    await settled(store, now)
    # Home again, with that day asked for in both places: nothing comes a second time.
    await change_settings(store, Actor.host(ANNA), now + HOUR, timezone=home)
    await all_due(store, now + HOUR)
    await change_settings(store, Actor.host(ANNA), now + 2 * HOUR, timezone=there)
    await all_due(store, now + 20 * HOUR)
    asked = Counter(one.on for one in await outbox(store) if one.state != "dropped")
    assert max(asked.values(), default=1) == 1


async def test_someone_who_tells_their_zone_for_the_first_time_has_not_travelled(store: Store) -> None:
    await welcome(store, Actor.host(ANNA), OwnerType.PRIVATE, "", "en", NOON)
    await set_up_first(store, Actor.host(ANNA), NOON)
    await change_settings(store, Actor.host(ANNA), NOON, timezone="Asia/Tokyo")  # where it is 21:00
    assert min(due for due in await next_dues(store) if isinstance(due, datetime)) == at("Tue 11:00")


async def test_someone_who_is_home_again_the_same_evening_is_asked_though_the_day_was_over_there(store: Store) -> None:
    await person(store)
    await change_settings(store, Actor.host(ANNA), NOON - DAY, timezone="Europe/Berlin")
    await add_check_in(store, Actor.host(ANNA), Schedule(time(20)), NOON)
    for zone, clock in (("Asia/Tokyo", "Mon 18:00"), ("Europe/Berlin", "Mon 19:00")):
        now = on_the_clock("Europe/Berlin", clock)
        await change_settings(store, Actor.host(ANNA), now, timezone=zone)
        await all_due(store, now)
    assert await next_dues(store) == [on_the_clock("Europe/Berlin", "Mon 20:00")]
