"""A Sunday of 100,000 people whose digests, each with a picture, are due in the same minute.

All are put into their places in the wave. A part is really drawn and sent, and the rest is extrapolated. Meanwhile
other people write to the bot, as they did before the wave.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.harness import Bench, Row, at_least, at_most, percentile
from benchmarks.latency import Crowd
from benchmarks.loop import run
from benchmarks.proc import children, processor_time, resident
from benchmarks.reminders import fill, watched
from benchmarks.trees import DAY, NOW, TODAY, deep_leaves, planted
from benchmarks.worker import carry_out, working
from core.actions import deliver
from core.actions.cache import rebuild
from core.actions.digest import read_digest
from core.actions.log import log
from core.actions.logged import Log
from core.asking.reminders import DIGEST_IS_USEFUL, MessageKind, NewMessage
from core.asking.wave import WORDS_AT_ONCE, Intervals, Wave
from core.digest.when import period_for
from core.goals.model import Level
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.entries import NewEntry
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import Event, World
from storage import open_store

PEOPLE, DRAWN, WRITERS = 100_000, 300, 10
THOUSAND = 1_000
EVERY = 0.25
"""Seconds between two messages: as often as Telegram lets a bot answer."""


async def measure(bench: Bench) -> list[Row]:
    people = bench.times(PEOPLE, quick=300)
    wave = await _wave(bench, people, bench.times(DRAWN, quick=4))
    return [*await _composed(bench), *await _places(bench, people), *wave]


async def a_thousand(bench: Bench) -> list[Row]:
    """The wave alone, with more digests that are really drawn and sent."""
    return await _wave(bench, bench.times(PEOPLE, quick=300), bench.times(THOUSAND, quick=6))


async def _composed(bench: Bench) -> list[Row]:
    """The digest of one tree, composed after more and more days."""
    spans = {"a week": 7, "twelve weeks": 84, "a year": 365, "ten years": 3650}
    period = period_for(Level.WEEKLY, TODAY)
    taken: dict[str, list[float]] = {name: [] for name in spans}
    async with AsyncExitStack() as stores:
        opened = {}
        for name, days in spans.items():
            store = opened[name] = await stores.enter_async_context(open_store(bench.sqlite_url(name)))
            tree, days = await planted(store, 1), bench.times(days, quick=min(days, 90))
            new = list(_logged(tree, days))
            await store.write(lambda tx, new=new: tx.entries.add_many(1, new, NOW))  # type: ignore[misc]
            await rebuild(store, Actor.host())
        for _ in range(bench.times(20)):
            for name, store in opened.items():
                begun = process_time()
                await read_digest(store, Actor.host(1), Level.WEEKLY, period, TODAY)
                taken[name].append((process_time() - begun) * 1000)
    first, *later = ((name, median(times)) for name, times in taken.items())
    return [
        Row(f"a weekly digest after {name}: composed (processor time)", cost, "ms", f"after {first[0]}", first[1], hold)
        for (name, cost), hold in zip(later, (None, None, at_most(2)), strict=True)
    ]


def _logged(tree: Tree, days: int) -> Iterator[NewEntry]:
    """The logs of somebody who keeps most of a tree."""
    chance = random.Random(3)
    for back in range(days, -1, -1):
        for leaf in tree.leaves():
            is_daily = leaf.level is Level.DAILY
            if chance.random() < (0.85 if is_daily else 0.3):
                yield NewEntry(leaf.id, TODAY - back * DAY, leaf.target if is_daily and leaf.target else Decimal(1))


async def _places(bench: Bench, people: int) -> list[Row]:
    """The time to give all digests their places in the wave."""
    async with open_store(bench.sqlite_url("sunday")) as store:
        await asyncio.to_thread(fill, bench.directory / "sunday.db", people, 0)
        await _due(store, range(1, people + 1))
        wave, drawn = Wave(), timedelta(milliseconds=40)

        async def all_of_them() -> None:
            while await deliver.something_waits(store, Actor.host(), NOW):
                wave.flow(NOW, Intervals(drawn, drawn), (), WORDS_AT_ONCE)
                await deliver.claim(store, Actor.host(), NOW, 64, wave)

        wave_time = await watched(all_of_them)
        last = (await store.read(lambda tx: tx.statistics.counts(NOW))).digests.until
    assert last is not None
    assert last - NOW >= people * drawn
    return [
        Row(f"{people:,} digests due at once, put into their places", wave_time.seconds, "s", absolute=True),
        Row("longest stall of the loop meanwhile", wave_time.stall, "ms", absolute=True),
    ]


async def _due(store: Store, chats: range | list[int]) -> None:
    """A digest for each of these chats, due now."""
    owners = await store.read(lambda tx: {owner.chat_id: owner.id for owner in tx.owners.all()})
    useful = NOW + DIGEST_IS_USEFUL
    kind = MessageKind.WEEKLY_DIGEST
    new = [NewMessage(f"sunday:{chat}", kind, owners[chat], chat, TODAY, NOW, useful) for chat in chats]
    for first in range(0, len(new), 1_000):
        await store.write(lambda tx, first=first: tx.outbox.add(new[first : first + 1_000], NOW))  # type: ignore[misc]


class Writers(Crowd):
    """People who write while others get digests."""

    def __init__(self, world: World, size: int) -> None:
        self.sent = self.pictures = 0
        super().__init__(world, size)

    async def write(self, messages: int) -> list[float]:
        """Write at a steady pace, one message after the other; returns each wait for an answer."""
        self._begin(messages, 0)
        begun = perf_counter()
        for number in range(messages):
            due = begun + number * EVERY
            await asyncio.sleep(max(0.0, due - perf_counter()))
            self._send(number % len(self.people), due)
        return await self._end()

    def _hear(self, event: Event) -> None:
        if event.chat_id in self._place:
            super()._hear(event)
        elif event.kind == "sent" and event.message:
            self.sent += 1
            self.pictures += "photo" in event.message


async def _wave(bench: Bench, people: int, drawn: int) -> list[Row]:
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    writers = Writers(world, WRITERS)
    readers = [world.private(world.person(f"Reader {number}")).id for number in range(drawn)]
    async with open_store(bench.sqlite_url("wave")) as store:
        await asyncio.gather(*(planted(store, chat.id) for _, chat in writers.people))
        for chat in readers:
            tree = await planted(store, chat)
            for leaf, back in zip(deep_leaves(tree), range(1, 8), strict=False):
                wanted = Log(leaf.id, TODAY - back * DAY, value=leaf.target, source_key=f"{chat}:{leaf.id}")
                await log(store, Actor.alone(chat), wanted, NOW)
    address = await telegram.start()
    async with working("benchmarks.sunday", bench.directory, address, telegram.token) as bot:
        quiet = await writers.write(bench.times(60, quick=4))
        cpu, begun = bot.processor_time, perf_counter()
        wave = asyncio.create_task(bot.do("wave"))
        busy: list[float] = []
        while not wave.done():
            busy += await writers.write(bench.times(20, quick=2))
        await wave
        seconds, cpu = perf_counter() - begun, bot.processor_time - cpu
        memory = resident(bot.pid)
        drawing = sum(processor_time(child) for child in children(bot.pid))
    await telegram.stop()
    each, p50 = seconds / drawn, percentile(sorted(quiet), 50) * 1000
    return [
        Row("digests that came with their picture", writers.pictures, "rows", "due", drawn, at_least(1)),
        Row("a digest: composed, drawn, sent", each * 1000, "ms", absolute=True),
        Row("of it the bot, with its answers to those who write", cpu / drawn * 1000, "ms", absolute=True),
        Row("of it the processes that draw", drawing / drawn * 1000, "ms", absolute=True),
        Row(f"a wave of {people:,}, reckoned from {drawn:,}", people * each / 3600, "h", absolute=True),
        Row("resident memory of the bot after it", memory, "MB", absolute=True),
        Row("/log during the wave: p50", percentile(sorted(busy), 50) * 1000, "ms", "before it", p50, at_most(2)),
    ]


async def _serve(directory: Path, address: str, token: str) -> None:
    """The server process: the bot, and its scheduler once the wave begins."""
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from bot.telegram.limits import Limits
    from scheduler.postman import Postman
    from scheduler.ticks import Tick, Ticks

    begun = perf_counter()

    def clock() -> datetime:
        return NOW + timedelta(seconds=perf_counter() - begun)

    async with open_store(f"sqlite+aiosqlite:///{directory / 'wave.db'}") as store:
        bot = GoaltreeBot(store, clock, token, BotOptions(base_url=address, limits=Limits()))
        await bot.start()
        owners = await store.read(lambda tx: tx.owners.all())
        readers = [owner.chat_id for owner in owners][WRITERS:]

        async def wave(_: str) -> None:
            await _due(store, readers)
            postman = Postman(store, bot.messenger, clock)
            ticks = Ticks([Tick("deliver", 1, postman.deliver)])
            ticks.start()
            while (await store.read(lambda tx: tx.statistics.counts(NOW))).digests.waiting:  # noqa: ASYNC110 - no event for it
                await asyncio.sleep(0.2)
            await ticks.stop()

        await carry_out(wave)
        await bot.stop()


if __name__ == "__main__":
    run(_serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
