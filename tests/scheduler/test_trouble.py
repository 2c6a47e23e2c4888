"""Messengers that break, take too long, or fail, and marks that do."""

from __future__ import annotations

from collections import Counter

import pytest

from core.actions import deliver
from core.actions.claimed import LEASE
from core.asking.delivery import Delivered, DeliveryOutcome, Failed
from core.asking.reminders import Message
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler import postman as rules
from scheduler.postman import Postman
from tests.core.actions.reminding import ANNA, MINUTE, outbox, person, states
from tests.databases import ON_SQLITE
from tests.scheduler.messengers import EVENING, FakeMessenger, Gate

pytestmark = ON_SQLITE


async def test_a_messenger_that_breaks_harms_only_its_message(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock, caplog: pytest.LogCaptureFixture
) -> None:
    for chat_id in (1, 2):
        await person(store, chat_id, "20:00")

    async def breaks(message: Message) -> DeliveryOutcome:
        if message.chat_id == 1:
            raise KeyError("no writer")
        return Delivered(message.id)

    messenger.does = breaks
    clock.set(EVENING)
    await postman.settle()
    for _ in range(5):
        clock.advance(10 * MINUTE)
        await postman.settle()
    assert Counter(one.chat_id for one in messenger.sent) == {1: 3, 2: 1}
    assert sorted(kept.state for kept in await outbox(store)) == ["dead", "sent"]
    assert "is dead: KeyError; it may have arrived" in caplog.text


async def test_one_that_takes_too_long_gives_its_place_up(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PATIENCE", 0.0)
    await person(store, ANNA, "20:00")
    clock.set(EVENING)
    messenger.does = Gate()
    await postman.settle()
    [kept] = await outbox(store)
    assert (kept.state, kept.reason) == ("retry", "took too long")


async def test_a_failure_is_tried_again_when_its_pause_is_over(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    await person(store, ANNA, "20:00")
    outcomes: list[DeliveryOutcome] = [Failed("Bad Gateway"), Failed("Bad Gateway"), Delivered(1)]

    async def in_turn(message: Message) -> DeliveryOutcome:
        return outcomes.pop(0)

    messenger.does = in_turn
    clock.set(EVENING)
    await postman.settle()
    while outcomes:
        due = await postman.next_due()
        assert due is not None
        clock.set(due)
        await postman.settle()
    assert (clock() - EVENING).total_seconds() == 2.5 + 10
    assert await states(store) == [("Mon", "sent")]


async def test_a_mark_that_fails_leaves_the_message_to_be_claimed_again(
    postman: Postman,
    messenger: FakeMessenger,
    store: Store,
    clock: SandboxClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await person(store, ANNA, "20:00")
    clock.set(EVENING)
    with monkeypatch.context() as broken:

        async def no_disk(*_: object) -> None:
            raise OSError("disk full")

        broken.setattr(deliver, "settle", no_disk)
        await postman.settle()
    assert "could not mark message" in caplog.text
    await postman.settle()
    assert len(messenger.sent) == 1
    clock.advance(LEASE)
    await postman.settle()
    assert len(messenger.sent) == 2  # the one window
    assert await states(store) == [("Mon", "sent")]
