"""Occasions missed in an outage: asked once if still useful, and recorded."""

from __future__ import annotations

from collections import Counter
from datetime import time

import pytest

from core.actions.deliver import claim
from core.actions.due import MERGED, MISSED, STALE, make_due
from core.actions.owners import change_settings
from core.actions.reminders import change_reminder, set_digest
from core.asking.schedule import Schedule
from core.goals.model import Level, QuietHours
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
from tests.core.reminders import list_reminders
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def test_after_an_outage_over_the_evening_each_person_gets_one_prompt_for_all(store: Store) -> None:
    for chat_id in range(1, 6):
        await person(store, chat_id, "17:00", "19:00", "21:00")
    await all_due(store, at("Mon 23:00"), limit=4)
    assert await settled(store, at("Mon 23:00"))
    result = await outbox(store)
    assert Counter((kept.chat, kept.state) for kept in result if kept.state != "dropped") == {
        (chat, "sent"): 1 for chat in range(1, 6)
    }
    assert Counter(kept.reason for kept in result) == {MERGED: 10, None: 5}


async def test_an_outage_over_midnight_leaves_nothing_to_ask_and_says_so(store: Store) -> None:
    await person(store, ANNA, "17:00", "21:00")
    await all_due(store, at("Tue 01:00"))
    assert await settled(store, at("Tue 01:00")) == []
    assert [(kept.state, kept.reason) for kept in await outbox(store)] == [("dropped", STALE)] * 2
    assert await next_dues(store) == [at("Tue 17:00"), at("Tue 21:00")]


async def test_after_three_days_outage_only_useful_prompts_are_sent(store: Store) -> None:
    await person(store, ANNA, "08:00")
    await all_due(store, at("Thu 09:00"))
    assert await states(store) == [("Wed", "dropped"), ("Thu", "pending")]
    assert await next_dues(store) == [at("Fri 08:00")]


@pytest.mark.parametrize(
    ("until", "reasons"),
    [
        ("Tue 09:00", [None]),
        ("Wed 09:00", ["1, from 2026-11-24 to 2026-11-24", None]),
        ("Sun 09:00", ["5, from 2026-11-24 to 2026-11-28", None]),
    ],
)
async def test_occasions_missed_in_an_outage_are_recorded_in_one_row_for_each_reminder(
    store: Store, until: str, reasons: list[str | None]
) -> None:
    await person(store, ANNA, "08:00", "21:00")
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, Schedule(time(8), frozenset({2})), NOON)
    [morning] = [
        result for result in await list_reminders(store, Actor.host(ANNA)) if result.schedule == Schedule(time(8))
    ]
    for result in await list_reminders(store, Actor.host(ANNA)):
        if result.id != morning.id:
            await change_reminder(store, Actor.host(ANNA), result.id, NOON, paused=True)
    await all_due(store, at(until))
    assert [kept.reason for kept in await outbox(store)] == [
        None if reason is None else f"{MISSED}: {reason}" for reason in reasons
    ]


async def test_digests_that_were_missed_are_on_record_too(store: Store) -> None:
    await person(store)
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, Schedule(time(19), frozenset({6})), NOON)
    await all_due(store, at("Sun 20:00") + 14 * DAY)
    assert [(kept.kind, kept.state, kept.reason) for kept in await outbox(store)] == [
        ("weekly_digest", "dropped", f"{MISSED}: 2, from 2026-11-29 to 2026-12-06"),
        ("weekly_digest", "pending", None),
    ]


async def test_a_very_long_outage_is_not_gone_through_day_by_day(store: Store) -> None:
    await person(store, ANNA, "08:00")
    late = at("Mon 09:00") + 4000 * DAY
    assert await make_due(store, Actor.host(), late, 10) == 1
    assert await next_dues(store) == [late + 23 * HOUR]
    record, now = await outbox(store)
    assert (record.reason or "").startswith(f"{MISSED}: more than ")
    assert now.state == "pending"


async def test_a_prompt_held_up_by_an_outage_waits_for_the_end_of_quiet_hours(store: Store) -> None:
    await person(store, ANNA, "20:00")
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(22), time(23)))
    await all_due(store, at("Mon 22:30"))
    assert await states(store) == [("Mon", "pending")]
    assert await claim(store, Actor.host(), at("Mon 22:59"), 10) == []
    assert len(await claim(store, Actor.host(), at("Mon 23:00"), 10)) == 1
