"""How long others wait for answers while one person floods a group, while fifty people tap at once, and without either.

The bot is a process of its own and keeps Telegram's limits: a message a second in a chat, twenty a minute in a group.
The others write at a steady pace throughout, so waits before the rush stand beside those during it.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from benchmarks.harness import Bench, Row, at_least, at_most, percentile
from benchmarks.loop import run, search_seldom
from benchmarks.trees import NOW
from benchmarks.worker import carry_out, working
from core.actions.members import join
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Person
from sandbox.server import LocalTelegram
from sandbox.world import Event, World
from storage import open_store

PLAN = "Together (from 2026-10-01)\n  D: Run = 5 km\n  D: Read = 20 pages each\n"
MEMBERS, ALONE, CROWD, FLOOD = 4, 12, 50, 45
GROUP_EVERY, ALONE_EVERY = 7.0, 0.5
"""Seconds between two messages of the others: nine a minute in a group."""
CALM, RUSH = 28.0, 56.0
HELD = 2.0
"""The most seconds by which answers to others may be delayed."""
PATIENCE = 120.0


@dataclass
class Others:
    """People who write in turn, each in a chat, and how long each waited for an answer."""

    people: list[tuple[Person, Chat]]
    every: float
    waits: list[float] = field(default_factory=list)
    asked: dict[str, float] = field(default_factory=dict)
    calls: deque[float] = field(default_factory=deque)
    most: int = 0

    def hear(self, event: Event) -> None:
        """Note which answers a message holds, and how many came within a minute."""
        if event.kind not in ("sent", "edited") or event.message is None:
            return
        now, text = perf_counter(), event.message.get("text", "")
        for awaited in [one for one in self.asked if one in text]:
            self.waits.append(now - self.asked.pop(awaited))
        if event.kind == "sent":
            self.calls.append(now)
            while self.calls[0] < now - 60:
                self.calls.popleft()
            self.most = max(self.most, len(self.calls))

    async def write(self, world: World, seconds: float, first: int) -> list[float]:
        """Write at a steady pace for some seconds; returns the waits in order."""
        begun, number = perf_counter(), 0
        self.waits = []
        while number * self.every < seconds:
            await asyncio.sleep(max(0.0, begun + number * self.every - perf_counter()))
            amount = f"{10 + (first + number) / 100:.2f}".rstrip("0").rstrip(".")
            self.asked[f"Read  {amount} pages"] = perf_counter()
            world.say(*self.people[number % len(self.people)], f"/log read {amount}")
            number += 1
        async with asyncio.timeout(PATIENCE):
            while self.asked:  # noqa: ASYNC110 - no event for it
                await asyncio.sleep(0.01)
        return sorted(self.waits)


async def measure(bench: Bench) -> list[Row]:
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    async with open_store(bench.sqlite_url("busy")) as store:
        flooded, rushed = [await _group(store, world, name) for name in ("Flooded", "Rushed")]
        alone = await _alone(store, world)
    all_others = (flooded, rushed, alone)
    chats = {chat.id: one for one in all_others for _, chat in one.people}
    world.listeners.append(lambda event: chats[event.chat_id].hear(event) if event.chat_id in chats else None)
    crowd = [world.person(f"Crowd {number}") for number in range(CROWD)]
    for person in crowd:
        world.join(person, rushed.people[0][1])
    address = await telegram.start()
    calm, rush = bench.times(round(CALM), quick=1), bench.times(round(RUSH), quick=1)
    async with working("benchmarks.busy_group", bench.directory, address, telegram.token):
        before = await asyncio.gather(*(one.write(world, calm, 1) for one in all_others))
        flooding = asyncio.create_task(_flood(world, flooded, rush))
        tapping = asyncio.create_task(_tap(world, rushed, crowd))
        during = await asyncio.gather(*(one.write(world, rush, 100) for one in all_others))
        await asyncio.gather(flooding, tapping)
    await telegram.stop()
    rows = []
    for name, one, calm_waits, waits in zip(
        ("in a group that one person floods", "in a group where fifty tap", "alone meanwhile"),
        all_others, before, during, strict=True,
    ):  # fmt: skip
        for share, what in ((50, "half within"), (100, "all within")):
            figure, floor = (percentile(times, share) for times in (waits, calm_waits))
            rows.append(Row(f"answers {name}: {what}", figure, "s", "before", floor, absolute=True))
        rows.append(
            Row(f"answers {name}: delayed at most", max(waits) - percentile(calm_waits, 50), "s", hold=at_most(HELD))
        )
        if one is not alone:
            rows.append(Row("messages there in the busiest minute", one.most, "rows", hold=at_most(20)))
    rows.append(Row("answers that came", sum(map(len, during)), "rows", "asked", _asked(rush), at_least(1)))
    return rows


def _asked(seconds: float) -> int:
    """The number of messages that the others write in this time."""
    return sum(-int(-seconds // every) for every in (GROUP_EVERY, GROUP_EVERY, ALONE_EVERY))


async def _group(store: Store, world: World, title: str) -> Others:
    people = [world.person(f"{title} {number}") for number in range(MEMBERS)]
    chat = world.group(title, people[0])
    await _planted(store, chat.id, OwnerType.GROUP, PLAN)
    for person in people:
        world.join(person, chat)
        await join(store, Actor.in_group(chat.id, person.id), person.first_name, NOW)
    return Others([(person, chat) for person in people], GROUP_EVERY)


async def _alone(store: Store, world: World) -> Others:
    people = [world.person(f"Alone {number}") for number in range(ALONE)]
    for person in people:
        await _planted(store, world.private(person).id, OwnerType.PRIVATE, PLAN.replace(" each", ""))
    return Others([(person, world.private(person)) for person in people], ALONE_EVERY)


async def _planted(store: Store, chat_id: int, kind: OwnerType, plan: str) -> None:
    await welcome(store, Actor.host(chat_id), kind, "", "en", NOW)
    await change_settings(store, Actor.host(chat_id), NOW, timezone="UTC")
    await plant(store, Actor.host(chat_id), parse_outline(plan, NOW.date()), NOW.date(), NOW)


async def _flood(world: World, others: Others, seconds: float) -> None:
    """One person's messages: many at once, then one after the other."""
    person = world.person("Flood")
    _, chat = others.people[0]
    world.join(person, chat)
    world.say(person, chat, "/join")
    for number in range(FLOOD):
        world.say(person, chat, f"/log run {1 + number / 100}")
    for number in range(round(seconds)):
        await asyncio.sleep(1)
        world.say(person, chat, ("/tree", "/board", f"/log run {2 + number / 100}")[number % 3])


async def _tap(world: World, others: Others, crowd: list[Person]) -> None:
    """Fifty people tap Join at once, and then a day's goal."""
    member, chat = others.people[0]
    world.say(member, chat, "/log")
    await asyncio.sleep(2)
    asked = next(m for m in reversed(chat.messages.values()) if "reply_markup" in m)
    button = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for data in ("join:", button):
        for person in crowd:
            world.tap(person, chat, asked["message_id"], data)
        await asyncio.sleep(1)


async def _serve(directory: Path, address: str, token: str) -> None:
    """The server process: the bot, with the limits of Telegram and of people."""
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from bot.telegram.limits import Limits
    from bot.telegram.throttle import Allowance

    async with open_store(f"sqlite+aiosqlite:///{directory / 'busy.db'}") as store:
        options = BotOptions(base_url=address, limits=Limits(), allowance=Allowance())
        bot = GoaltreeBot(store, SandboxClock(NOW), token, options)
        search_seldom()
        await bot.start()
        await carry_out(lambda _: asyncio.sleep(0))
        await bot.stop()


if __name__ == "__main__":
    run(_serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
