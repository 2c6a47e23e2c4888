"""Rescheduling after a change of a setting, a reminder or the clock."""

from __future__ import annotations

from datetime import time, timedelta

from core.actions.deliver import claim, settle
from core.actions.due import make_due, move_on_all
from core.actions.owners import change_settings
from core.actions.reminders import add_check_in, change_reminder, set_digest
from core.asking.delivery import Delivered
from core.asking.schedule import Schedule
from core.goals.model import Level, QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.reminding import (
    ANNA,
    DAY,
    MINUTE,
    NOON,
    all_due,
    at,
    next_dues,
    person,
    settled,
    states,
)  # fmt: skip
from tests.databases import ON_SQLITE
from tests.evenings import WEEKLY

pytestmark = ON_SQLITE


async def test_a_digest_that_came_is_not_promised_again_where_it_is_moved_to_later_on_its_day(store: Store) -> None:
    await person(store)
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, WEEKLY, NOON)
    await all_due(store, at("Sun 19:00"))
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, Schedule(time(21), WEEKLY.weekdays), at("Sun 19:10"))
    assert await next_dues(store) == [at("Sun 21:00") + timedelta(days=7)]


async def test_prompts_put_off_by_quiet_hours_are_asked_in_the_order_of_their_days(store: Store) -> None:
    await person(store)
    await change_settings(store, Actor.host(ANNA), NOON, day_start=time(4))
    await add_check_in(store, Actor.host(ANNA), Schedule(time(6)), NOON)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(23)), NOON)
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(22), time(7)))
    await all_due(store, at("Tue 07:00"))
    assert [message.on.day for message in await claim(store, Actor.host(), at("Tue 07:00"), 10)] == [23, 24]


async def test_someone_who_moves_a_reminder_to_later_in_the_evening_is_asked_again(store: Store) -> None:
    [reminder] = await person(store, ANNA, "20:00")
    await all_due(store, at("Mon 20:00"))
    await settled(store, at("Mon 20:00"))
    await change_reminder(store, Actor.host(ANNA), reminder.id, at("Mon 20:10"), schedule=Schedule(time(21)))
    await all_due(store, at("Mon 21:00"))
    assert await states(store) == [("Mon", "sent"), ("Mon", "pending")]
    # And back again: this evening's 20:00 has been asked for.
    await change_reminder(store, Actor.host(ANNA), reminder.id, at("Mon 19:00"), schedule=Schedule(time(20)))
    await all_due(store, at("Mon 21:00"))
    assert len(await states(store)) == 2


async def test_an_overdue_prompt_is_asked_though_a_setting_changed_first(store: Store) -> None:
    await person(store, ANNA, "20:00")
    await change_settings(store, Actor.host(ANNA), at("Mon 20:30"), quiet=QuietHours(time(23), time(7)))
    await all_due(store, at("Mon 20:30"))
    assert await states(store) == [("Mon", "pending")]


async def test_a_nudge_that_is_planned_is_dropped_with_the_setting(store: Store) -> None:
    await person(store, ANNA, "20:00")
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=timedelta(hours=1))
    await all_due(store, at("Mon 20:00"))
    [prompt] = await claim(store, Actor.host(), at("Mon 20:00"), 10)
    await settle(store, Actor.host(), prompt, Delivered(1), at("Mon 20:00"), 0.0)
    await change_settings(store, Actor.host(ANNA), at("Mon 20:05"), nudge_after=None)
    assert await states(store) == [("Mon", "sent"), ("Mon", "dropped")]


async def test_after_the_clock_went_back_nobody_waits_for_the_day_it_came_from(store: Store) -> None:
    for chat_id in range(1, 6):
        await person(store, chat_id, "20:00")
    [paused] = await person(store, 6, "20:00")
    await change_reminder(store, Actor.host(6), paused.id, NOON, paused=True)
    wrong = at("Mon 21:00") + 300 * DAY
    await all_due(store, wrong)
    assert await move_on_all(store, Actor.host(), at("Mon 21:30"), batch=2) == 5
    assert [await next_dues(store, chat_id) for chat_id in (1, 5, 6)] == [[at("Tue 20:00")], [at("Tue 20:00")], [None]]
    assert await move_on_all(store, Actor.host(), at("Mon 21:30"), batch=2) == 0


async def test_overdue_reminders_stay_so_when_all_are_rescheduled(store: Store) -> None:
    await person(store, ANNA, "20:00")
    assert await move_on_all(store, Actor.host(), at("Mon 20:00") + MINUTE) == 0
    assert await make_due(store, Actor.host(), at("Mon 20:00") + MINUTE, 10) == 1


async def test_quiet_hours_put_the_evening_s_question_off_to_the_morning(store: Store) -> None:
    await person(store, ANNA, "23:00")
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(22), time(7)))
    assert await next_dues(store) == [at("Mon 07:00") + timedelta(days=1)]
    await all_due(store, at("Tue 07:30"))
    assert await states(store) == [("Mon", "pending")]
