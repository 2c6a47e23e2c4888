"""Messages of one chat, which go one after the other."""

from __future__ import annotations

import asyncio

import pytest

from core.actions import deliver
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler import postman as rules
from scheduler.postman import Postman
from tests.core.actions.reminding import ANNA, MINUTE, outbox, person
from tests.databases import ON_SQLITE
from tests.scheduler.messengers import EVENING, PATIENCE, FakeMessenger, Gate
from tests.storage.remembering import message, written

pytestmark = ON_SQLITE


async def test_one_chat_s_messages_go_one_behind_the_other_and_others_do_not_wait(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    await person(store, 8)
    await written(
        store,
        *[message(reminder.owner_id, key, EVENING, chat_id=chat) for key, chat in (("a", ANNA), ("b", ANNA), ("c", 8))],
    )
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        first, other = [await gate.begun.get() for _ in range(2)]
        assert gate.begun.empty()
        gate.opened.set()
        second = await gate.begun.get()
        await postman.settle()
    assert (first, other, second) == (1, 3, 2)


async def test_the_end_gives_back_what_waits_behind_another_and_a_new_beginning_sends_it_in_turn(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    await written(store, *[message(reminder.owner_id, key, EVENING) for key in ("a", "b")])
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        first = await gate.begun.get()
        ending = asyncio.create_task(postman.finish())
        await asyncio.sleep(0)
        gate.opened.set()
        await ending
    assert first == 1
    assert [(kept.state, kept.reason) for kept in await outbox(store)] == [
        ("sent", None),
        ("retry", deliver.GIVEN_BACK),
    ]
    # It leads once more: what waits behind another is sent behind it, not given back again.
    await written(store, message(reminder.owner_id, "c", EVENING))
    await postman.deliver()
    await postman.settle()
    assert messenger.times == {1: 1, 2: 1, 3: 1}
    rows = await store.read(lambda tx: [tx.outbox.by_id(number, ANNA) for number in (1, 2, 3)])
    assert [row.attempt for row in rows if row] == [1, 2, 1]


async def test_a_message_whose_turn_does_not_come_is_tried_again_without_a_doubt(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "TURN", 0.0)
    [reminder] = await person(store, ANNA, "08:00")
    await written(store, *[message(reminder.owner_id, key, EVENING) for key in ("a", "b")])
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        await gate.begun.get()
        await asyncio.wait([postman._sending[2]])
        assert [kept.reason for kept in await outbox(store)] == [None, "its turn did not come"]
        gate.opened.set()
        clock.set(EVENING + MINUTE)
        await postman.settle()
    assert messenger.times == {1: 1, 2: 1}
    assert [kept.state for kept in await outbox(store)] == ["sent", "sent"]
