"""Making and delivering what is due."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

import pytest

from core.actions.claimed import LEASE
from core.actions.owners import change_settings
from core.asking.reminders import MessageKind
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler import postman as rules
from scheduler.postman import NOTED_EVERY, ON_THE_WAY, TICK, Postman
from tests.core.actions.reminding import ANNA, DAY, HOUR, MINUTE, NOON, at, outbox, person, states
from tests.core.reminders import list_reminders
from tests.databases import ON_SQLITE
from tests.scheduler.messengers import EVENING, PATIENCE, FakeMessenger, Gate
from tests.storage.remembering import message, written

pytestmark = ON_SQLITE


async def test_a_due_reminder_is_made_and_sent_and_its_next_time_known(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    for chat_id in range(1, 4):
        await person(store, chat_id, "20:00")
    await postman.settle()
    assert messenger.sent == []
    assert await postman.next_due() == EVENING
    clock.set(EVENING)
    await postman.settle()
    assert sorted(one.chat_id for one in messenger.sent) == [1, 2, 3]
    assert {kept.state for kept in await outbox(store)} == {"sent"}
    assert await postman.next_due() == EVENING + DAY


async def test_eight_hours_outage_over_an_evening_give_each_person_one_prompt(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BATCH", 7)
    for chat_id in range(1, 31):
        await person(store, chat_id, "16:00", "18:30", "21:00")
    clock.set(at("Mon 23:30"))

    async def tick() -> None:
        while await postman.next_due() != at("Tue 16:00"):
            await postman.deliver()

    # Deliveries go on while the batches are made.
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(postman.remind(), tick())
        await postman.settle()
    assert Counter(one.chat_id for one in messenger.sent) == dict.fromkeys(range(1, 31), 1)


async def test_no_more_is_on_the_way_than_the_limiter_lets_through(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    await written(
        store,
        *[message(reminder.owner_id, f"k{number}", EVENING, chat_id=number + 1) for number in range(ON_THE_WAY + 6)],
    )
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.deliver()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        begun = [await gate.begun.get() for _ in range(ON_THE_WAY)]
        assert gate.begun.empty()
        gate.opened.set()
        await postman.settle()
    assert len(begun) == ON_THE_WAY
    assert set(messenger.times.values()) == {1}
    assert len(messenger.sent) == ON_THE_WAY + 6


async def test_a_clock_that_jumps_past_the_lease_sends_nothing_twice(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    await person(store, ANNA, "20:00")
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.remind()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        await gate.begun.get()
        for _ in range(3):
            clock.advance(2 * LEASE)
            await postman.deliver()
        gate.opened.set()
        await postman.finish()
    clock.advance(HOUR)
    await postman.settle()
    assert len(messenger.sent) == 1
    assert await states(store) == [("Mon", "sent")]


async def test_the_tick_is_noted_now_and_then(postman: Postman, store: Store, clock: SandboxClock) -> None:
    async def noted() -> datetime:
        await postman.remind()
        return (await store.read(lambda tx: tx.journal.all()))[TICK].at

    assert await noted() == NOON
    clock.advance(NOTED_EVERY / 2)
    assert await noted() == NOON
    clock.advance(NOTED_EVERY / 2)
    assert await noted() == NOON + NOTED_EVERY


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_was_ahead_leaves_nobody_waiting(
    postman: Postman,
    messenger: FakeMessenger,
    store: Store,
    clock: SandboxClock,
    restarted: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await person(store, ANNA, "20:00")
    clock.set(EVENING + 30 * DAY)
    await postman.settle()
    clock.set(at("Mon 19:00"))
    if restarted:
        postman = Postman(store, messenger, clock)
    await postman.settle()
    assert "the clock went back" in caplog.text
    assert [one.next_due for one in await list_reminders(store, Actor.host(ANNA))] == [EVENING]
    clock.set(EVENING)
    await postman.settle()
    assert [one.on.isoformat() for one in messenger.sent] == ["2026-12-23", "2026-11-23"]


async def test_a_small_step_back_is_waited_out(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    await person(store, ANNA, "20:00")
    clock.set(EVENING + MINUTE)
    await postman.settle()
    clock.set(EVENING - MINUTE)
    await postman.settle()
    clock.set(EVENING + MINUTE)
    await postman.settle()
    assert len(messenger.sent) == 1


async def test_a_nudge_and_a_second_reminder_at_the_same_minute_ask_once(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    await person(store, ANNA, "20:00", "22:00")
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=2 * HOUR)
    for now in (EVENING, EVENING + 2 * HOUR):
        clock.set(now)
        await postman.deliver()  # before the tick that makes what is due
        await postman.settle()
    assert [one.kind for one in messenger.sent] == [MessageKind.CHECK_IN, MessageKind.CHECK_IN]
    assert [(kept.kind, kept.state) for kept in await outbox(store)] == [
        ("check_in", "sent"), ("nudge", "dropped"), ("check_in", "sent"), ("nudge", "pending"),
    ]  # fmt: skip
