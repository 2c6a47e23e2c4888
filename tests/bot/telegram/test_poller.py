"""Polling for updates: on a new connection after trouble, and never deaf without saying so."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from telegram.error import TimedOut
from telegram.request import BaseRequest

from bot.telegram import poller
from bot.telegram.poller import Poller
from bot.telegram.updates import Json
from tests.bot.conftest import Stage, Talk

TAKEN = "Pool timeout: All connections in the connection pool are occupied."


class Request(BaseRequest):
    """A connection that gives one update and then hangs; a `taken` one only times out."""

    def __init__(self, number: int, *, taken: bool = False) -> None:
        self.number, self.taken = number, taken
        self.closed = False
        self.asked = 0
        self.waits = asyncio.Event()

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing."""

    async def shutdown(self) -> None:
        self.closed = True

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        self.asked += 1
        if self.taken:
            raise TimedOut(TAKEN)
        if self.asked > 1:
            self.waits.set()
            await asyncio.Event().wait()
        return 200, b'{"ok": true, "result": [{"update_id": %d}]}' % self.number


class Polled:
    """A poller, its connections and its updates."""

    def __init__(self, *, taken: int = 0) -> None:
        self.made: list[Request] = []
        self.updates: list[int] = []
        self.some = asyncio.Event()
        self._taken = taken
        self.poller = Poller(self._connect, "http://telegram", self._take, lambda: self.now)
        self.now = 0.0
        self.first = asyncio.Event()

    def _connect(self) -> Request:
        self.made.append(Request(len(self.made), taken=len(self.made) < self._taken))
        self.first.set()
        return self.made[-1]

    async def _take(self, updates: Sequence[Json]) -> None:
        self.updates += [update["update_id"] for update in updates]
        self.some.set()

    async def until_some(self) -> None:
        """Poll until there are updates, and be cancelled in the next poll."""
        self.some.clear()
        task = asyncio.create_task(self.poller.run())
        async with asyncio.timeout(60):
            await self.some.wait()
            await self.made[-1].waits.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_each_run_has_a_new_connection() -> None:
    polled = Polled()
    await polled.until_some()
    await polled.until_some()
    assert polled.updates == [0, 1]
    assert [request.closed for request in polled.made] == [True, True]


async def test_a_connection_that_counts_as_taken_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "_longer", lambda pause: 0.0)
    polled = Polled(taken=3)
    await polled.until_some()
    assert polled.updates == [3]
    assert [request.asked for request in polled.made] == [1, 1, 1, 2]


async def test_it_says_that_it_is_deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "_longer", lambda pause: 0.0)
    polled = Polled(taken=10**9)
    task = asyncio.create_task(polled.poller.run())
    await polled.first.wait()
    polled.now = poller.DEAF_AFTER
    assert not polled.poller.is_deaf
    polled.now += 1
    assert polled.poller.is_deaf
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not polled.poller.is_deaf  # it does not listen


async def test_polling_that_is_broken_off_and_begun_again_hears_what_was_said_meanwhile(
    stage: Stage, chat: Talk
) -> None:
    for _ in range(5):
        await stage.bot.stop_polling()
        stage.world.say(chat.person, chat.chat, "/help")
        await stage.bot.begin_polling()
        await stage.quiet()
    assert sum("Tick off" in str(message) for message in chat.chat.messages.values()) == 5
