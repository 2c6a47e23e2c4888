"""Making and delivering what is due, with a messenger that does as it is told and a clock that is set by hand."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, time, timedelta

import pytest

import storage
from core.actions import deliver
from core.actions.claimed import LEASE
from core.actions.owners import change_settings
from core.asking.delivery import Delivered, DeliveryOutcome, Failed
from core.asking.reminders import Message, MessageKind
from core.asking.wave import AHEAD, FEWEST, WORDS_AT_ONCE, Intervals
from core.goals.model import QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler import postman as rules
from scheduler.postman import NOTED_EVERY, ON_THE_WAY, TICK, Postman
from tests.core.actions.reminding import ANNA, DAY, HOUR, MINUTE, NOON, at, outbox, person, states
from tests.core.reminders import list_reminders
from tests.storage.remembering import message, written

EVENING = at("Mon 20:00")
PATIENCE = 120.0


class FakeMessenger:
    """Notes what it is given; `does` says what becomes of it."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.takes = timedelta(0)
        self.sends: timedelta | None = None
        self.does: Callable[[Message], Awaitable[DeliveryOutcome]] = self.delivered

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        self.sent.append(message)
        return await self.does(message)

    def intervals(self) -> Intervals:
        return Intervals(self.takes, self.takes if self.sends is None else self.sends)

    def give_back(self) -> None:
        """Everything is on its way at once."""

    async def delivered(self, message: Message) -> DeliveryOutcome:
        return Delivered(message.id)

    @property
    def times(self) -> Counter[int]:
        """How often each message was sent."""
        return Counter(message.id for message in self.sent)


class Gate:
    """A messenger's answer that waits until it is opened."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.opened = asyncio.Event()

    async def __call__(self, message: Message) -> DeliveryOutcome:
        self.begun.put_nowait(message.id)
        await self.opened.wait()
        return Delivered(message.id)


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with storage.open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(NOON, seconds=lambda: 0.0)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def postman(store: Store, messenger: FakeMessenger, clock: SandboxClock) -> Postman:
    return Postman(store, messenger, clock, chance=lambda: 0.0)


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
