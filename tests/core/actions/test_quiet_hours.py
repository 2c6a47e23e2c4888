"""Deliveries in quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from core.actions.deliver import Snoozed, claim, settle, snooze
from core.actions.owners import change_settings
from core.asking.delivery import Delivered, Failed, NotNeeded
from core.goals.model import QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.delivering import EVENING, NIGHT, mark, next_try, prompt
from tests.core.actions.reminding import ANNA, MINUTE, NOON, all_due, at, outbox, person, settled, states
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def quiet(store: Store, now: datetime, hours: QuietHours = NIGHT) -> None:
    await change_settings(store, Actor.host(ANNA), now, quiet=hours)


async def test_a_retry_that_would_fall_into_quiet_hours_waits_for_their_end_or_is_given_up(store: Store) -> None:
    claimed = await prompt(store)
    await quiet(store, NOON, QuietHours(time(20, 1), time(21)))
    await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(minutes=5)))
    assert await next_try(store) == at("Mon 21:00")
    [claimed] = await claim(store, Actor.host(), at("Mon 21:00"), 10)
    await quiet(store, at("Mon 21:00"), QuietHours(time(21, 1), time(7)))
    await settle(store, Actor.host(), claimed, Failed("Bad Gateway", wait=timedelta(minutes=5)), at("Mon 21:00"), 0.0)
    assert await states(store) == [("Mon", "dead")]


@pytest.mark.parametrize("planned", ["nudge", "snooze", "prompt", "retry"])
@pytest.mark.parametrize(
    ("hours", "comes"), [(QuietHours(time(21), time(23)), "Mon 23:00"), (QuietHours(time(21), time(7)), None)]
)
async def test_messages_planned_before_quiet_hours_were_set_never_come_in_them(
    store: Store, planned: str, hours: QuietHours, comes: str | None
) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=timedelta(hours=1, minutes=30))
    if planned == "retry":
        await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(minutes=90)))
    elif planned == "prompt":
        await mark(store, claimed, NotNeeded("nothing is open"))
        await person(store, ANNA, "21:30")
    else:
        await mark(store, claimed, Delivered(41))
        if planned == "snooze":
            await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:30"), "tap", soon=True), EVENING)
    await all_due(store, at("Mon 20:59"))
    if planned == "prompt":
        await all_due(store, at("Mon 21:30"))
    await quiet(store, at("Mon 20:59"), hours)
    heard = []
    for minute in range(0, 24 * 60, 10):
        now = at("Mon 21:00") + minute * MINUTE
        heard += [now for message in await settled(store, now) if message.on == NOON.date()]
        if heard:
            break
    assert heard[:1] == ([] if comes is None else [at(comes)])
    if comes is None and planned != "prompt":
        assert {state for _, state in await states(store)} <= {"sent", "dropped", "dead"}


async def test_waiting_for_the_end_of_quiet_hours_is_no_failed_try(store: Store) -> None:
    await prompt(store)
    await person(store, 8, "20:00")
    await all_due(store, EVENING)
    await change_settings(store, Actor.host(8), NOON, quiet=QuietHours(time(19), time(22)))
    assert await claim(store, Actor.host(), EVENING, 10) == []
    assert [(kept.chat, kept.state) for kept in await outbox(store)] == [(ANNA, "sending"), (8, "pending")]
    result = [message for message in await claim(store, Actor.host(), at("Mon 22:00"), 10) if message.chat_id == 8]
    assert [message.doubts for message in result] == [0]


async def test_someone_who_snoozes_in_quiet_hours_is_awake_and_is_asked_when_they_say(store: Store) -> None:
    claimed = await prompt(store)
    await mark(store, claimed, Delivered(41))
    await quiet(store, NOON)
    late = at("Mon 22:10")
    before = await snooze(
        store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 22:30"), "1", soon=True), at("Mon 21:30")
    )
    assert before is not None
    assert before.due_at == at("Tue 07:00")  # asked for before they begin: they hold
    within = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, late + 15 * MINUTE, "2", soon=True), late)
    assert within is not None
    assert within.due_at == late + 15 * MINUTE
    [again] = await claim(store, Actor.host(), late + 15 * MINUTE, 10)
    await settle(store, Actor.host(), again, Failed("Bad Gateway"), late + 15 * MINUTE, 0.0)
    assert len(await settled(store, late + 16 * MINUTE)) == 1
    tomorrow = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Tue 06:00"), "3"), late)
    assert tomorrow is not None
    assert tomorrow.due_at == at("Tue 07:00")
