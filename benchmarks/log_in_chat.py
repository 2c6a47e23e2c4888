"""`/log` through the whole bot and the local Telegram, beside an echo bot on the same library and server.

Three processes, each with a server and a bot, as in `goaltree chat`; they take turns. Every message is a whole
check-off: stored, logged, rolled up, answered. One echo bot is on the stock library, one on goaltree's connections.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from itertools import count as numbers
from pathlib import Path

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
    """See the module."""
    each = bench.times(10, quick=1)
    module = "benchmarks.log_in_chat"
    async with (
        working(module, "goaltree", bench.directory, each) as ours,
        working(module, "echo", bench.directory, each) as echo,
        working(module, "lean", bench.directory, each) as lean,
    ):
        rounds, count = bench.times(7, quick=1), each * CHATS
        bots = (ours, echo, lean)
        await asyncio.gather(*(bot.do() for bot in bots))
        before = [bot.processor_time for bot in bots]
        ours_rate, echo_rate, lean_rate = await rates([bot.do for bot in bots], [count] * len(bots), rounds)
        spent = [bot.processor_time - start for bot, start in zip(bots, before, strict=True)]
    # `rates` does each once more, to warm up.
    ours_ms, echo_ms, lean_ms = (seconds * 1000 / (count * (rounds + 1)) for seconds in spent)
    work = f"/log in {CHATS} chats"
    spends = "/log, processor time with the local Telegram's"
    return [
        Row(work, ours_rate, "/s", "echo bot", echo_rate, at_least(1)),
        Row(work, ours_rate, "/s", "echo bot on our connections", lean_rate),
        Row(spends, ours_ms, "ms", "echo bot", echo_ms, at_most(1)),
        Row(spends, ours_ms, "ms", "echo bot on our connections", lean_ms),
    ]


async def _serve(bot: str, directory: Path, each: int) -> None:
    """The other process: a round for every line of standard input."""
    bots: dict[str, AbstractAsyncContextManager[Crowd]] = {
        "goaltree": _goaltree(directory),
        "echo": _echo(),
        "lean": _echo(lean=True),
    }
    async with AsyncExitStack() as stack:
        crowd = await stack.enter_async_context(bots[bot])
        await carry_out(lambda _: crowd.write(each))


class Crowd:
    """People who write to a bot, each in a private chat, all at once."""

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
        """Everybody writes that often; returns when every message is answered."""
        self._awaited = each * CHATS
        self._answered.clear()
        for _ in range(each):
            day = FIRST + next(self._days) * DAY
            for person, chat in self.people:
                self._world.say(person, chat, f"/log run 5 {day}")
        await asyncio.wait_for(self._answered.wait(), 60)

    def _hear(self, event: Event) -> None:
        text = event.message.get("text", "") if event.message else ""
        if event.kind != "sent" or not text.startswith(self._answer):
            raise AssertionError(f"the bot did something else: {event}")
        self._awaited -= 1
        if self._awaited == 0:
            self._answered.set()


# Each imports what it needs by itself: the echo bot's process knows nothing of goaltree's bot.


@asynccontextmanager
async def _goaltree(directory: Path) -> AsyncIterator[Crowd]:
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from storage import open_store

    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    async with open_store(f"sqlite+aiosqlite:///{directory / 'bot.db'}") as store:
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
    run(_serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
