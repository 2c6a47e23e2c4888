"""kill -9 at every stage of a delivery, and two processes that deliver at once: counted at the receiving end."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, time

import pytest

import storage
from core.actions.claimed import LEASE
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.ports.store import Transaction
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.core.actions.reminding import NOON, at, outbox
from tests.processes import Started, started
from tests.scheduler.courier import KILLED_AT, TOKEN

pytestmark = pytest.mark.long

EVENING = at("Mon 20:00")
PEOPLE = 150
PATIENCE = 180.0


class Town:
    """A local Telegram with many people, each of whom has a prompt due at 20:00."""

    def __init__(self) -> None:
        clock = SandboxClock(EVENING, seconds=lambda: 0.0)
        self.world = World(clock)
        self.telegram = LocalTelegram(self.world, clock, token=TOKEN)
        self.chats = [self.world.private(self.world.person(f"Person {number}")) for number in range(PEOPLE)]

    async def subscribe(self, url: str) -> None:
        async with storage.open_store(url) as store:
            await store.write(self._subscribe)

    def _subscribe(self, tx: Transaction) -> None:
        for chat in self.chats:
            owner = tx.owners.add(chat.id, OwnerType.PRIVATE, chat.name, "en", NOON)
            schedule = Schedule(time(20))
            tx.reminders.add(Reminder(0, owner.id, MessageKind.CHECK_IN, schedule, next_due=EVENING), NOON)

    async def courier(self, url: str, now: datetime, end: str = "") -> Started:
        arguments = [url, self.telegram.base_url, now.isoformat(), *([end] if end else [])]
        return await started("tests.scheduler.courier", *arguments)

    @property
    def arrived(self) -> Counter[int]:
        """The number of prompts in each chat."""
        return Counter({chat.id: len(chat.messages) for chat in self.chats})


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    town = Town()
    await town.telegram.start()
    yield town
    await town.telegram.stop()


async def ready(process: Started) -> None:
    async with asyncio.timeout(PATIENCE):
        assert await process.stdout.readline() == b"open\n"


async def ended(process: Started) -> int:
    """Let it begin and wait for its end."""
    async with asyncio.timeout(PATIENCE):
        _, errors = await process.communicate(b"go\n")
    assert errors == b"", errors.decode()
    assert process.returncode is not None
    return process.returncode


async def test_killed_at_every_stage_everybody_is_asked_once(sqlite_url: str, town: Town) -> None:
    await town.subscribe(sqlite_url)
    now, on_their_way = EVENING, set[int]()
    for end, made, sent in (
        ("making", 50, 0),
        ("made", PEOPLE, 0),
        ("claimed", PEOPLE, 0),
        ("sent", PEOPLE, KILLED_AT),
    ):
        assert await ended(await town.courier(sqlite_url, now, end)) == -signal.SIGKILL
        async with storage.open_store(sqlite_url) as store:
            assert len(await outbox(store)) == made
            on_their_way = {kept.chat for kept in await outbox(store) if kept.state == "sending"}
        assert town.arrived.total() >= sent
        now += LEASE

    assert await ended(await town.courier(sqlite_url, now)) == 0
    assert all(town.arrived[chat.id] for chat in town.chats)
    # Only messages that Telegram had taken when the process was killed, before they were marked, come twice.
    assert set(town.arrived.values()) == {1, 2}
    assert {chat for chat, times in town.arrived.items() if times > 1} <= on_their_way
    async with storage.open_store(sqlite_url) as store:
        assert Counter(kept.state for kept in await outbox(store)) == {"sent": PEOPLE}


async def test_two_processes_that_deliver_at_once_ask_everybody_once(store_url: str, town: Town) -> None:
    await town.subscribe(store_url)
    couriers = [await town.courier(store_url, EVENING) for _ in range(2)]
    for courier in couriers:
        await ready(courier)
    assert await asyncio.gather(*map(ended, couriers)) == [0, 0]
    assert set(town.arrived.values()) == {1}
    async with storage.open_store(store_url) as store:
        assert Counter(kept.state for kept in await outbox(store)) == {"sent": PEOPLE}
