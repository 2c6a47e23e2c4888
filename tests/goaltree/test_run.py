"""`goaltree run` as a process of its own, against the local Telegram over HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.actions.cache import verify
from core.actions.read import read_trees
from core.group.permissions import Actor
from sandbox.objects import Chat, Person
from sandbox.server import LocalTelegram
from sandbox.world import World
from storage import open_store
from tests.databases import migrated_sqlite, sqlite_url
from tests.processes import Started, started

pytestmark = pytest.mark.long

PATIENCE, AGAIN = 120.0, 0.05
OUTLINE = "/plan Fit\n  W: 50 km a week = 50 km sum\n    D: Run = 5 km"


class Hosted:
    """A local Telegram, and the process that serves it."""

    def __init__(self, folder: Path, telegram: LocalTelegram, world: World) -> None:
        self.folder, self.telegram, self.world = folder, telegram, world
        self.anna: Person = world.person("Anna")
        self.chat: Chat = world.private(self.anna)
        self.process: asyncio.subprocess.Process | Started | None = None
        self.settings: dict[str, str] = {}
        self.program: tuple[str, ...] = ()
        """The code that Python runs instead of `goaltree run`, from its very beginning."""
        self.heard = asyncio.Event()
        world.listeners.append(lambda _: self.heard.set())

    async def start(self, token: str | None = None) -> None:
        environment = {
            **os.environ,
            "GOALTREE_BOT_TOKEN": token or self.telegram.token,
            "GOALTREE_API_BASE_URL": self.telegram.base_url,
            "GOALTREE_DATA_DIR": str(self.folder),
            "GOALTREE_LOG_FORMAT": "json",
            **self.settings,
        }
        if self.program:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *self.program, env=environment, cwd=self.folder, stderr=asyncio.subprocess.PIPE
            )
        else:
            self.process = await started("goaltree", "run", env=environment, cwd=self.folder)

    async def end(self, number: int) -> tuple[int, str]:
        assert self.process
        self.process.send_signal(number)
        return await self.outcome()

    async def outcome(self) -> tuple[int, str]:
        assert self.process
        async with asyncio.timeout(PATIENCE):
            _, errors = await self.process.communicate()
        status = self.process.returncode
        assert status is not None
        self.process = None
        return status, errors.decode()

    @property
    def database(self) -> Path:
        return self.folder / "goaltree.db"

    @property
    def url(self) -> str:
        return sqlite_url(self.database)

    def answers(self) -> list[str]:
        return [m.get("text", "") for m in self.chat.messages.values() if m["from"]["is_bot"]]

    async def told(self, words: str, times: int = 1) -> None:
        """Wait until the bot has said something `times` times."""
        async with asyncio.timeout(PATIENCE):
            while sum(words in text for text in self.answers()) < times:
                self.heard.clear()
                await self.heard.wait()

    async def ticked(self) -> None:
        """Wait until its scheduler has noted a tick."""
        async with asyncio.timeout(PATIENCE), open_store(self.url) as store:
            while True:  # another process writes it
                if "tick" in await store.read(lambda tx: tx.journal.all()):
                    return
                await asyncio.sleep(AGAIN)

    def say(self, text: str) -> None:
        self.world.say(self.anna, self.chat, text)


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[Hosted]:
    def clock() -> datetime:
        return datetime.now(UTC)

    world = World(clock)
    telegram = LocalTelegram(world, clock)
    await telegram.start()
    hosted = Hosted(tmp_path, telegram, world)
    migrated_sqlite(hosted.database)
    try:
        yield hosted
    finally:
        if hosted.process:
            await hosted.end(signal.SIGKILL)
        await telegram.stop()


async def test_it_serves_until_sigterm_and_leaves_in_peace(hosted: Hosted) -> None:
    hosted.program = ("-m", "goaltree", "run")
    hosted.database.unlink()
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    hosted.say("run 5")
    await hosted.told("✅ Run")
    await hosted.ticked()
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    assert '"message": "ready"' in log
    assert hosted.telegram.token not in log
    assert "run 5" not in log
    assert "apscheduler" not in log  # a line for every tick would be noise
    assert (hosted.folder / "heartbeat").exists()


async def test_a_killed_process_has_lost_nothing_and_counts_nothing_twice(hosted: Hosted) -> None:
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    for _ in range(3):
        for _ in range(2):  # Telegram's pace: one answer a second
            hosted.say("run 1")
        await asyncio.sleep(0.1)  # in the middle of them
        await hosted.end(signal.SIGKILL)
        await hosted.start()
    hosted.say("/summary")
    await hosted.told("streaks")
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    async with open_store(hosted.url) as store:
        assert (await verify(store, Actor.host()))[1] == []
        today = datetime.now(UTC).date()
        reading: Any = (await read_trees(store, Actor.host(hosted.chat.id), today))[0]
        run = reading.tree.leaves()[0]
        assert reading.standing(run).value == 6


async def test_a_refused_token_ends_it_with_one_clear_line(hosted: Hosted) -> None:
    await hosted.start(token="2:WRONG")
    status, log = await hosted.outcome()
    assert status == 1
    assert "GOALTREE_BOT_TOKEN" in log.splitlines()[-1]
