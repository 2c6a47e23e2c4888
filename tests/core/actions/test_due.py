"""What has become due, above all after an outage: once if it is still of use, one prompt for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import storage
from core.actions.deliver import claim, settle
from core.actions.due import MERGED, MISSED, PUT_OFF, STALE, make_due, move_on_all, something_is_due
from core.actions.owners import change_settings, welcome
from core.actions.reminders import add_check_in, change_reminder, set_digest, set_up_first
from core.asking.delivery import Delivered
from core.asking.reminders import MessageKind
from core.asking.schedule import Schedule
from core.goals.model import Level, OwnerType, QuietHours
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.core.actions.reminding import (
    ANNA,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    Kept,
    all_due,
    at,
    outbox,
    person,
    settled,
    states,
)  # fmt: skip
from tests.core.reminders import list_reminders
from tests.evenings import WEEKLY
from tests.storage.planting import planted


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with storage.open_store(sqlite_url) as opened:
        yield opened


async def next_dues(store: Store, chat_id: int = ANNA) -> list[object]:
    return [reminder.next_due for reminder in await list_reminders(store, Actor.host(chat_id))]


async def test_a_due_reminder_makes_its_message_once_and_moves_on(store: Store) -> None:
    await person(store, ANNA, "20:00")
    assert not await something_is_due(store, Actor.host(), at("Mon 19:59"))
    assert await make_due(store, Actor.host(), at("Mon 19:59"), 10) == 0
    assert await something_is_due(store, Actor.host(), at("Mon 20:00"))
    assert await make_due(store, Actor.host(), at("Mon 20:00"), 10) == 1
    assert await make_due(store, Actor.host(), at("Mon 20:00"), 10) == 0
    assert await outbox(store) == [Kept(ANNA, "check_in", "Mon", "pending", (), None)]
    assert await next_dues(store) == [at("Tue 20:00")]


async def test_after_an_outage_over_the_evening_each_person_gets_one_prompt_for_all(store: Store) -> None:
    for chat_id in range(1, 6):
        await person(store, chat_id, "17:00", "19:00", "21:00")
    await all_due(store, at("Mon 23:00"), limit=4)
    assert await settled(store, at("Mon 23:00"))
    found = await outbox(store)
    assert Counter((kept.chat, kept.state) for kept in found if kept.state != "dropped") == {
        (chat, "sent"): 1 for chat in range(1, 6)
    }
    assert Counter(kept.reason for kept in found) == {MERGED: 10, None: 5}


async def test_a_batch_s_border_does_not_part_what_is_one_person_s(store: Store) -> None:
    await person(store, ANNA, "17:00", "18:00", "19:00", "20:00")
    await person(store, 8, "17:30")
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 4
    assert len(await settled(store, at("Mon 22:00"))) == 1  # delivered between two batches
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 1
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 0


async def test_an_outage_over_midnight_leaves_nothing_to_ask_and_says_so(store: Store) -> None:
    await person(store, ANNA, "17:00", "21:00")
    await all_due(store, at("Tue 01:00"))
    assert await settled(store, at("Tue 01:00")) == []
    assert [(kept.state, kept.reason) for kept in await outbox(store)] == [("dropped", STALE)] * 2
    assert await next_dues(store) == [at("Tue 17:00"), at("Tue 21:00")]


async def test_a_prompt_for_late_in_the_day_is_of_use_for_an_hour(store: Store) -> None:
    await person(store, ANNA, "23:30")
    await all_due(store, at("Tue 00:20"))
    assert await states(store) == [("Mon", "pending")]
    assert await settled(store, at("Tue 00:31")) == []
    assert await states(store) == [("Mon", "dropped")]


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
        found for found in await list_reminders(store, Actor.host(ANNA)) if found.schedule == Schedule(time(8))
    ]
    for found in await list_reminders(store, Actor.host(ANNA)):
        if found.id != morning.id:
            await change_reminder(store, Actor.host(ANNA), found.id, NOON, paused=True)
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


async def test_a_digest_is_of_use_for_three_days(store: Store) -> None:
    await person(store)
    weekly = Schedule(time(19), frozenset({0}))
    for chat_id in (ANNA, 8):
        await person(store, chat_id)
        await set_digest(store, Actor.host(chat_id), Level.WEEKLY, weekly, NOON)
    await all_due(store, at("Thu 18:59"))
    assert {kept.state for kept in await outbox(store)} == {"pending"}
    assert len(await settled(store, at("Thu 18:59"))) == 2
    await all_due(store, at("Thu 19:00") + 7 * DAY)
    assert [kept.state for kept in await outbox(store)] == ["sent", "sent", "dropped", "dropped"]


async def test_a_digest_does_not_stand_in_for_a_prompt_nor_the_other_way_round(store: Store) -> None:
    await person(store, ANNA, "19:00", "20:00")
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, Schedule(time(19), frozenset({0})), NOON)
    await all_due(store, at("Mon 22:00"))
    assert Counter((kept.kind, kept.state) for kept in await outbox(store)) == {
        ("check_in", "dropped"): 1, ("check_in", "pending"): 1, ("weekly_digest", "pending"): 1,
    }  # fmt: skip


async def test_a_very_long_outage_is_not_gone_through_day_by_day(store: Store) -> None:
    await person(store, ANNA, "08:00")
    late = at("Mon 09:00") + 4000 * DAY
    assert await make_due(store, Actor.host(), late, 10) == 1
    assert await next_dues(store) == [late + 23 * HOUR]
    record, now = await outbox(store)
    assert (record.reason or "").startswith(f"{MISSED}: more than ")
    assert now.state == "pending"


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
    """An instant at which the clocks of a zone show "Sun 18:00" of the week of the tests."""
    return at(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


CHECK_IN, WEEKLY_DIGEST = MessageKind.CHECK_IN, MessageKind.WEEKLY_DIGEST
TRAVELS = [
    # East over the hour: today's is asked at once, once; of a day that is over there nothing comes.
    ("Europe/Berlin", "Mon 19:30", "Asia/Dubai", CHECK_IN, ["Mon pending"], "now"),
    ("Europe/Berlin", "Mon 18:00", "Asia/Tokyo", CHECK_IN, [], "Tue 20:00"),
    ("America/New_York", "Mon 17:00", "Europe/London", CHECK_IN, ["Mon pending"], "now"),
    ("Europe/Berlin", "Mon 12:00", "Asia/Kolkata", CHECK_IN, [], "Mon 20:00"),
    ("America/St_Johns", "Mon 12:00", "Pacific/Apia", CHECK_IN, [], "Tue 20:00"),
    ("Europe/Berlin", "Sun 18:00", "Asia/Tokyo", WEEKLY_DIGEST, ["Sun pending"], "now"),
    ("America/New_York", "Sun 18:30", "Europe/Berlin", WEEKLY_DIGEST, ["Sun pending"], "now"),
    ("Pacific/Apia", "Sun 12:00", "Pacific/Auckland", WEEKLY_DIGEST, [], "Sun 19:00"),
    # West, after it was asked: the hour is met again, and the next is another day's.
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
    [found] = await next_dues(store)
    assert isinstance(found, datetime)
    if due == "now":
        assert found <= now
    else:
        weeks = due.startswith("next ") * timedelta(days=7)
        assert found == on_the_clock(there, due.removeprefix("next ")) + weeks
    await all_due(store, now)
    assert [f"{one.on} {one.state}" for one in await outbox(store)] == kept
    await settled(store, now)
    # Home again, and all of the day there and here: nothing comes for it a second time.
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


async def test_branches_of_the_same_day_are_asked_for_together(store: Store) -> None:
    tree = await planted(store, ANNA)
    await person(store, ANNA)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(18)), NOON, tree.stretch)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(19)), NOON, tree.run)
    await all_due(store, at("Mon 18:00"))  # waits, and is not sent
    await all_due(store, at("Mon 19:00"))
    found = await outbox(store)
    assert [(kept.nodes, kept.state) for kept in found] == [
        ((tree.stretch,), "dropped"), ((tree.run, tree.stretch), "pending"),
    ]  # fmt: skip
    await add_check_in(store, Actor.host(ANNA), Schedule(time(20)), NOON)
    await all_due(store, at("Mon 20:00"))
    assert [(kept.nodes, kept.state) for kept in await outbox(store)][-1] == ((), "pending")


async def test_a_prompt_of_another_day_is_a_question_of_its_own_unless_it_is_late(store: Store) -> None:
    tree = await planted(store, ANNA)
    await person(store, ANNA)
    await change_settings(store, Actor.host(ANNA), NOON, day_start=time(4))
    await add_check_in(store, Actor.host(ANNA), Schedule(time(2)), NOON, tree.stretch)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(5)), NOON, tree.run)
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(1), time(5)))
    await all_due(store, at("Tue 05:00"))
    found = {(kept.on, kept.nodes): kept.state for kept in await outbox(store)}
    assert found == {("Mon", (tree.stretch,)): "pending", ("Tue", (tree.run,)): "pending"}
    await all_due(store, at("Wed 05:30"))  # held up: one question, about the latest day
    late = {(kept.on, kept.nodes): kept.state for kept in await outbox(store)}
    assert late[("Tue", (tree.stretch,))] == "dropped"
    assert late[("Wed", (tree.run,))] == "pending"


async def test_a_prompt_held_up_by_an_outage_waits_for_the_end_of_quiet_hours(store: Store) -> None:
    await person(store, ANNA, "20:00")
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(22), time(23)))
    await all_due(store, at("Mon 22:30"))
    assert await states(store) == [("Mon", "pending")]
    assert await claim(store, Actor.host(), at("Mon 22:59"), 10) == []
    assert len(await claim(store, Actor.host(), at("Mon 23:00"), 10)) == 1


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


async def test_a_message_being_sent_is_not_taken_back(store: Store) -> None:
    await person(store, ANNA, "18:00", "18:01")
    await all_due(store, at("Mon 18:00"))
    assert len(await claim(store, Actor.host(), at("Mon 18:00"), 10)) == 1
    await all_due(store, at("Mon 18:01"))
    assert await states(store) == [("Mon", "sending"), ("Mon", "pending")]


async def test_one_that_cannot_be_worked_out_keeps_no_other_waiting(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await person(store, 1, "20:00")
    [theirs] = await person(store, 2, "20:00")

    def lose_the_zone(tx: Transaction) -> None:
        owner = tx.owners.by_chat(1)
        assert owner is not None
        tx.owners.save(replace(owner, timezone="Mars/Olympus"))

    await store.write(lose_the_zone)
    await all_due(store, at("Mon 20:00"))
    assert [(kept.chat, kept.state) for kept in await outbox(store)] == [(2, "pending")]
    assert await next_dues(store, 1) == [at("Mon 20:00") + PUT_OFF]
    assert "putting it off" in caplog.text
    # The clock goes back by a day: theirs is worked out anew all the same.
    assert await move_on_all(store, Actor.host(), at("Mon 10:00"), batch=1) == 1
    assert await next_dues(store, 2) == [at("Mon 20:00")]
    assert theirs.next_due == at("Mon 20:00")


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
