"""`/log` through the whole bot and the local Telegram, beside an echo bot on the same library and server.

One process holds the server and both bots. Every message is a whole check-off: stored, logged, rolled up, answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.harness import Bench, Row, Work, at_least, rates
from benchmarks.trees import DAY, FIRST, NOW, planted
from bot.application import GoaltreeBot
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Person
from sandbox.server import LocalTelegram
from sandbox.world import Event, World
from storage import open_store

CHATS = 40


async def measure(bench: Bench) -> list[Row]:
    """See the module."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    each = bench.times(10, quick=1)
    async with _goaltree(bench) as ours, _echo() as echo:
        works = [ours.round_of(each), echo.round_of(each)]
        ours_rate, echo_rate = await rates(works, [each * CHATS] * 2, bench.times(5, quick=1))
    return [Row(f"/log in {CHATS} chats", ours_rate, "/s", "echo bot", echo_rate, at_least(0.5))]


class Crowd:
    """People who write to a bot, each in a private chat, all at once."""

    def __init__(self, world: World, answer: str) -> None:
        self._world = world
        self._answer = answer
        self._awaited = 0
        self._answered = asyncio.Event()
        self._days = count()
        people = [world.person(f"Person {number}") for number in range(CHATS)]
        self.people: list[tuple[Person, Chat]] = [(person, world.private(person)) for person in people]
        world.listeners.append(self._hear)

    def round_of(self, each: int) -> Work:
        """Everybody writes that often; done when every message is answered."""

        async def run() -> None:
            self._awaited = each * CHATS
            self._answered.clear()
            for _ in range(each):
                day = FIRST + next(self._days) * DAY
                for person, chat in self.people:
                    self._world.say(person, chat, f"/log run 5 {day}")
            await asyncio.wait_for(self._answered.wait(), 60)

        return run

    def _hear(self, event: Event) -> None:
        text = event.message.get("text", "") if event.message else ""
        if event.kind != "sent" or not text.startswith(self._answer):
            raise AssertionError(f"the bot did something else: {event}")
        self._awaited -= 1
        if self._awaited == 0:
            self._answered.set()


@asynccontextmanager
async def _goaltree(bench: Bench) -> AsyncIterator[Crowd]:
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    async with open_store(bench.sqlite_url("bot")) as store:
        crowd = Crowd(world, "✅ ")
        for _, chat in crowd.people:
            await planted(store, chat.id)
        bot = GoaltreeBot(store=store, clock=clock, token=telegram.token, base_url=await telegram.start())
        await bot.start()
        try:
            yield crowd
        finally:
            await bot.stop()
            await telegram.stop()


@asynccontextmanager
async def _echo() -> AsyncIterator[Crowd]:
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    address = await telegram.start()

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text)

    app = Application.builder().token(telegram.token).base_url(f"{address}/bot").job_queue(None).build()
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
