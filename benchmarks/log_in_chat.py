"""`/log` through the whole bot and the local Telegram, beside an echo bot on the same library and server.

Four processes take turns, each with a Telegram and a bot, as in `goaltree chat`. Every message is a whole check-off:
stored, logged, rolled up, answered. One bot is on SQLite and one on PostgreSQL, whose server is another process; one
echo bot uses the stock library, one goaltree's connections.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count as numbers

from benchmarks.harness import Bench, Row, at_least, at_most, rates
from benchmarks.loop import run, search_seldom
from benchmarks.trees import DAY, FIRST, NOW, planted
from benchmarks.worker import carry_out, working
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Person
from sandbox.server import LocalTelegram
from sandbox.world import Event, World

CHATS = 40


async def measure(bench: Bench) -> list[Row]:
    each = bench.times(10, quick=1)
    module, postgres = "benchmarks.log_in_chat", await bench.postgres.database()
    async with (
        working(module, "goaltree", each, bench.sqlite_url("bot")) as on_sqlite,
        working(module, "goaltree", each, postgres) as on_postgres,
        working(module, "echo", each) as echo,
        working(module, "lean", each) as lean,
    ):
        rounds, count = bench.times(15, quick=1), each * CHATS
        bots = (on_sqlite, on_postgres, echo, lean)
        await asyncio.gather(*(bot.do() for bot in bots))
        before = [bot.processor_time for bot in bots]
        speeds = await rates([bot.do for bot in bots], [count] * len(bots), rounds)
        spent = [bot.processor_time - start for bot, start in zip(bots, before, strict=True)]
    # `rates` runs each once more, to warm up.
    times = [seconds * 1000 / (count * (rounds + 1)) for seconds in spent]
    *ours, stock, lean_echo = zip(speeds, times, strict=True)
    rows = []
    for name, (speed, time), least in zip(("SQLite", "PostgreSQL"), ours, (1, 0.9), strict=True):
        work = f"/log in {CHATS} chats, {name}"
        spends = f"/log, {name}, processor time with the local Telegram's"
        rows += [
            Row(work, speed, "/s", "echo bot", stock[0], at_least(least)),
            Row(work, speed, "/s", "echo bot on our connections", lean_echo[0]),
            Row(spends, time, "ms", "echo bot", stock[1], at_most(1) if name == "SQLite" else None),
            Row(spends, time, "ms", "echo bot on our connections", lean_echo[1]),
        ]
    return rows


async def _serve(bot: str, each: str, *url: str) -> None:
    """The other process: a round for every line of standard input."""
    async with _goaltree(*url) if bot == "goaltree" else _echo(lean=bot == "lean") as crowd:
        await carry_out(lambda _: crowd.write(int(each)))


class Crowd:
    """People who write to a bot at the same time, each in a private chat."""

    def __init__(self, world: World, answer: str) -> None:
        self._world = world
        self._answer = answer
        self._awaited = 0
        self._answered = asyncio.Event()
        self._days = numbers()
        people = [world.person(f"Person {number}") for number in range(CHATS)]
        self.people: list[tuple[Person, Chat]] = [(person, world.private(person)) for person in people]
        world.listeners.append(self._hear)

    async def write(self, each: int) -> None:
        """Everybody writes `each` times; returns when every message is answered."""
        self._awaited = each * CHATS
        self._answered.clear()
        for _ in range(each):
            day = FIRST + next(self._days) * DAY
            for person, chat in self.people:
                self._world.say(person, chat, f"/log run 5 {day}")
        async with asyncio.timeout(60):
            await self._answered.wait()

    def _hear(self, event: Event) -> None:
        text = event.message.get("text", "") if event.message else ""
        if event.kind != "sent" or not text.startswith(self._answer):
            raise AssertionError(f"the bot did something else: {event}")
        self._awaited -= 1
        if self._awaited == 0:
            self._answered.set()


# Imports are local, so that the echo bot's process loads nothing of goaltree's bot.


@asynccontextmanager
async def _goaltree(url: str) -> AsyncIterator[Crowd]:
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from storage import migrate, open_store

    await migrate(url)
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    async with open_store(url) as store:
        crowd = Crowd(world, "✅ ")
        for _, chat in crowd.people:
            await planted(store, chat.id)
        bot = GoaltreeBot(store, clock, telegram.token, BotOptions(base_url=await telegram.start()))
        search_seldom()
        await bot.start()
        try:
            yield crowd
        finally:
            await bot.stop()
            await telegram.stop()


@asynccontextmanager
async def _echo(*, lean: bool = False) -> AsyncIterator[Crowd]:
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    address = await telegram.start()

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text)

    builder = Application.builder().token(telegram.token).base_url(f"{address}/bot").job_queue(None)
    if lean:
        from bot.telegram.connections import Connections, certificates, single

        trusted = certificates()
        builder = builder.request(Connections(trusted)).get_updates_request(single(trusted))
    app = builder.build()
    app.add_handler(MessageHandler(filters.ALL, answer))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(allowed_updates=["message"])
        try:
            yield Crowd(world, "/log ")
        finally:
            await app.updater.stop()
            await app.stop()
            await telegram.stop()


if __name__ == "__main__":
    run(_serve(*sys.argv[1:]))
