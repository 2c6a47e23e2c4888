"""How long a person waits for the answer to `/log`, over HTTP, with 1, 100 and 1,000 active chats.

The bot is a process of its own; its database holds the trees of 1,000 chats. Messages first come at a steady 30 a
second, which is what Telegram lets a bot answer; then at saturation, when every active chat sends its next message as
soon as it has an answer. Every message is a whole check-off on a new day.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.harness import Bench, Row, at_most, percentile
from benchmarks.loop import run, search_seldom
from benchmarks.trees import DAY, FIRST, NOW, planted
from benchmarks.worker import carry_out, working
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Person
from sandbox.server import LocalTelegram
from sandbox.world import Event, World

ACTIVE = (1, 100, 1_000)
PACE = 30
SHARES = (50, 95, 99)
PATIENCE = timedelta(minutes=2).total_seconds()


async def measure(bench: Bench) -> list[Row]:
    """The numbers of chats take turns, so that any disturbance by the machine hits all."""
    sizes = (1, 2, 3) if bench.quick else ACTIVE
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    crowd = Crowd(world, max(sizes))
    await _plant(bench, crowd)
    address = await telegram.start()
    async with working("benchmarks.latency", bench.directory, address, telegram.token):
        await crowd.in_turn(sizes[1], 2 * sizes[1])
        paced: dict[int, list[float]] = {size: [] for size in sizes}
        for _ in range(bench.times(4, quick=1)):
            for size in sizes:
                paced[size] += await crowd.at_pace(size, bench.times(3 * PACE))
        full: dict[int, list[float]] = {size: [] for size in sizes}
        speeds: dict[int, list[float]] = {size: [] for size in sizes}
        for _ in range(bench.times(3, quick=1)):
            for size in sizes:
                begun = perf_counter()
                waits = await crowd.in_turn(size, bench.times(max(100, size, min(400, size * 4))))
                speeds[size].append(len(waits) / (perf_counter() - begun))
                full[size] += waits
    await telegram.stop()
    rows = []
    for name, every in ((f"/log, {PACE} a second", paced), ("/log, saturated", full)):
        by_size = {size: sorted(every[size]) for size in sizes}
        for size in sizes:
            for share in SHARES:
                rows.append(_row(name, by_size, size, share, is_paced=every is paced))
    for size in sizes:
        rate = sorted(speeds[size])[len(speeds[size]) // 2]
        rows.append(Row(f"/log, saturated, {size:,} chat{'' if size == 1 else 's'}: answered", rate, "/s"))
    return rows


def _row(name: str, waits: Mapping[int, Sequence[float]], size: int, share: int, *, is_paced: bool) -> Row:
    """A percentile of the waits with that many chats, beside one chat's. At a steady pace the slowest percentile of a
    hundred chats stands beside their median."""
    work = f"{name}, {size:,} chat{'' if size == 1 else 's'}: p{share}"
    figure, alone = percentile(waits[size], share) * 1000, next(iter(waits))
    if is_paced and share == max(SHARES):
        return Row(work, figure, "ms", "its p50", percentile(waits[size], 50) * 1000, at_most(2))
    if size == alone:
        return Row(work, figure, "ms")
    hold = at_most(2) if is_paced else None
    return Row(work, figure, "ms", "1 chat", percentile(waits[alone], share) * 1000, hold)


class Crowd:
    """People who write to the bot, and how many seconds each waited for an answer."""

    def __init__(self, world: World, size: int) -> None:
        self._world = world
        people = [world.person(f"Person {number}") for number in range(size)]
        self.people: list[tuple[Person, Chat]] = [(person, world.private(person)) for person in people]
        self._days = [count() for _ in people]
        self._place = {chat.id: place for place, (_, chat) in enumerate(self.people)}
        self._asked: list[deque[float]] = [deque() for _ in people]
        self._waits: list[float] = []
        self._awaited = 0
        self._to_send = 0
        self._answered = asyncio.Event()
        world.listeners.append(self._hear)

    async def at_pace(self, active: int, messages: int, pace: int = PACE) -> list[float]:
        """Send messages at a steady pace, from one active chat after the other."""
        self._begin(messages, 0)
        begun = perf_counter()
        for number in range(messages):
            due = begun + number / pace
            await asyncio.sleep(max(0.0, due - perf_counter()))
            self._send(number % active, due)
        return await self._end()

    async def in_turn(self, active: int, messages: int) -> list[float]:
        """Send messages, each chat's next one as soon as the last is answered."""
        at_first = min(active, messages)
        self._begin(messages, messages - at_first)
        for place in range(at_first):
            self._send(place, perf_counter())
        return await self._end()

    def _begin(self, messages: int, to_send: int) -> None:
        self._awaited, self._to_send, self._waits = messages, to_send, []
        self._answered.clear()

    async def _end(self) -> list[float]:
        async with asyncio.timeout(PATIENCE):
            await self._answered.wait()
        return self._waits

    def _send(self, place: int, asked: float) -> None:
        person, chat = self.people[place]
        self._asked[place].append(asked)
        self._world.say(person, chat, f"/log run 5 {FIRST + next(self._days[place]) * DAY}")

    def _hear(self, event: Event) -> None:
        text = event.message.get("text", "") if event.message else ""
        if event.kind != "sent" or not text.startswith("✅ "):
            raise AssertionError(f"the bot did something else: {event}")
        place = self._place[event.chat_id]
        now = perf_counter()
        self._waits.append(now - self._asked[place].popleft())
        self._awaited -= 1
        if self._to_send:
            self._to_send -= 1
            self._send(place, now)
        if self._awaited == 0:
            self._answered.set()


async def _plant(bench: Bench, crowd: Crowd) -> None:
    from storage import open_store

    async with open_store(bench.sqlite_url("latency")) as store:
        await asyncio.gather(*(planted(store, chat.id) for _, chat in crowd.people))


async def _serve(directory: Path, address: str, token: str) -> None:
    """The server process: the bot."""
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from storage import open_store

    async with open_store(f"sqlite+aiosqlite:///{directory / 'latency.db'}") as store:
        bot = GoaltreeBot(store, SandboxClock(NOW), token, BotOptions(base_url=address))
        search_seldom()
        await bot.start()
        await carry_out(lambda _: asyncio.sleep(0))
        await bot.stop()


if __name__ == "__main__":
    run(_serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
