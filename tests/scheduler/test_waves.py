"""Many digests that are due at once."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

from core.actions.owners import change_settings
from core.asking.delivery import Delivered, DeliveryOutcome
from core.asking.reminders import Message, MessageKind
from core.asking.wave import AHEAD, FEWEST, WORDS_AT_ONCE
from core.goals.model import QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler.postman import Postman
from tests.core.actions.reminding import ANNA, HOUR, NOON, person, states
from tests.databases import ON_SQLITE
from tests.scheduler.messengers import EVENING, PATIENCE, FakeMessenger, Gate
from tests.storage.remembering import message, written

pytestmark = ON_SQLITE


async def test_a_thousand_digests_due_at_once_all_come_and_no_more_are_in_hand_than_can_be_drawn(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    kind = MessageKind.WEEKLY_DIGEST
    await written(
        store,
        *[message(reminder.owner_id, f"d{number}", EVENING, chat_id=number + 1, kind=kind) for number in range(1_000)],
        message(reminder.owner_id, "prompt", EVENING, chat_id=5_000),
    )
    messenger.takes = timedelta(seconds=1)
    clock.set(EVENING)
    messenger.does = gate = Gate()
    can = AHEAD // messenger.takes
    for _ in range(3):
        await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        for _ in range(can + 1):
            await gate.begun.get()
        assert gate.begun.empty()
        # A prompt of the same minute, written after them all, waits behind none of them.
        assert MessageKind.CHECK_IN in [one.kind for one in messenger.sent]
        gate.opened.set()
    in_hand = most = 0

    async def drawn(message: Message) -> DeliveryOutcome:
        nonlocal in_hand, most
        in_hand += 1
        most = max(most, in_hand)
        await asyncio.sleep(0)
        in_hand -= 1
        return Delivered(message.id)

    messenger.does = drawn
    last = (await store.read(lambda tx: tx.statistics.counts(EVENING))).digests.until
    assert last is not None
    assert abs(last - EVENING - 1_000 * messenger.takes) < AHEAD
    # They are drawn faster than was thought, so nobody waits for the place that they were given.
    await postman.settle()
    assert 0 < most <= can
    assert set(messenger.times.values()) == {1}
    assert len(messenger.sent) == 1_001
    assert {state for _, state in await states(store)} == {"sent"}
    assert {message.attempt for message in messenger.sent} == {1}


async def test_the_next_run_goes_on_with_a_wave(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    kind = MessageKind.WEEKLY_DIGEST
    new = [message(reminder.owner_id, f"d{number}", EVENING, chat_id=number + 1, kind=kind) for number in range(100)]
    await written(store, *new)
    messenger.takes = timedelta(minutes=1)
    clock.set(EVENING)
    messenger.does = gate = Gate()
    await postman.deliver()
    async with asyncio.timeout(PATIENCE):
        await gate.begun.get()
    another = FakeMessenger()
    another.takes = messenger.takes
    await Postman(store, another, clock, chance=lambda: 0.0).settle()
    gate.opened.set()
    await postman.finish()
    assert len(messenger.sent) == FEWEST
    assert len(another.sent) == 100 - FEWEST
    assert {state for _, state in await states(store)} == {"sent"}


async def test_words_of_digests_go_ahead_of_late_pictures_and_each_picture_follows_once(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    kind = MessageKind.WEEKLY_DIGEST
    new = [message(reminder.owner_id, f"d{number}", EVENING, chat_id=number + 1, kind=kind) for number in range(100)]
    await written(store, *new)
    messenger.takes, messenger.sends = timedelta(minutes=1), timedelta(seconds=1)
    clock.set(EVENING)

    async def sent(message: Message) -> DeliveryOutcome:
        return Delivered(message.id, owes_picture=message.words_first)

    messenger.does = sent
    await postman.deliver()
    await postman.settle()
    ahead = [message.id for message in messenger.sent if message.words_first]
    assert len(ahead) >= WORDS_AT_ONCE
    pictures = [message for message in messenger.sent if message.kind is MessageKind.PICTURE]
    assert sorted(message.after or 0 for message in pictures) == sorted(ahead)
    assert [message.chat_id for message in pictures] == [message.after for message in pictures]
    assert len(messenger.sent) == 100 + len(ahead)
    assert set(messenger.times.values()) == {1}
    assert {state for _, state in await states(store)} == {"sent"}


async def test_a_digest_that_waits_for_the_end_of_quiet_hours_is_not_called_before(
    postman: Postman, messenger: FakeMessenger, store: Store, clock: SandboxClock
) -> None:
    [reminder] = await person(store, ANNA, "08:00")
    quiet, awake = QuietHours(time(19), time(21)), await person(store, 8, "08:00")
    await change_settings(store, Actor.host(ANNA), NOON, quiet=quiet)
    kind = MessageKind.WEEKLY_DIGEST
    await written(
        store,
        *[message(reminder.owner_id, f"asleep{number}", EVENING, chat_id=ANNA, kind=kind) for number in range(5)],
        *[message(awake[0].owner_id, f"d{number}", EVENING, chat_id=8, kind=kind) for number in range(100)],
    )
    messenger.takes = timedelta(minutes=1)
    clock.set(EVENING)
    await postman.settle()
    assert [message.chat_id for message in messenger.sent] == [8] * 100
    clock.set(EVENING + HOUR)
    await postman.settle()
    assert [message.chat_id for message in messenger.sent[100:]] == [ANNA] * 5
    assert {message.attempt for message in messenger.sent} == {1}
