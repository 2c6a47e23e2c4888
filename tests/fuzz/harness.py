"""The real bot on a real SQLite store, with Telegram in the same process: thousands of updates a minute.

Two people attack and two are protected: everything of Ben and of his group is marked with words that nobody else
writes, so that such a word in a call to another chat is a leak.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import shutil
import sqlite3
import tempfile
from contextlib import AsyncExitStack, closing
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from bot.application import GoaltreeBot
from bot.options import BotOptions
from core.actions.log import log
from core.actions.logged import How, Log
from core.actions.members import join
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.actions.reminders import add_check_in, set_up_first
from core.asking.reminders import MessageKind, NewMessage
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Json, Person
from sandbox.server import LocalTelegram
from sandbox.world import World
from scheduler.postman import Postman
from storage import open_store
from tests.bot.conftest import QuickPainter
from tests.bot.in_process import NOWHERE, InProcess, new_bot
from tests.sandbox.bot_api import assert_valid_request

EVENING = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)
STARTED = date(2026, 10, 1)
MARKER = "qzvmark"
"""Part of every word of the victims."""

ANNA, BEN, CLEO = Person(701, "Anna"), Person(707, "Ben" + MARKER), Person(702, "Cleo", language_code=None)
BENS_GROUP, GROUP, NEW_GROUP = -1007, -1001, -1002
VICTIMS = (BEN.id, BENS_GROUP)

MOVES_WITH_TIME = ("next_due", "unanswered", "asked_on")
"""Columns that the scheduler changes as evenings pass."""

_TREES = """Run a marathon (from 2026-10-01 until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
        D: Run club
Feel strong (from 2026-10-01)
  W: Strength
    D: Gym
    D: Stretch [mon wed fri] x2
  W: Read 20 pages = 3 times
"""
_SECRETS = f"""{MARKER} vision (from 2026-10-01)
  Q: {MARKER} quarter = 600 {MARKER} sum
    D: {MARKER} deed = 5 {MARKER}
  W: {MARKER} week
    D: {MARKER} check
"""
_OF_VICTIMS = {
    "owners": "SELECT x.* FROM owners x WHERE chat_id IN (707, -1007)",
    **{
        table: f"SELECT x.* FROM {table} x JOIN owners o ON o.id = x.owner_id WHERE o.chat_id IN (707, -1007)"
        for table in ("visions", "nodes", "reminders")
    },
    **{
        table: f"SELECT x.* FROM {table} x JOIN nodes n ON n.id = x.node_id JOIN owners o ON o.id = n.owner_id "
        "WHERE o.chat_id IN (707, -1007)"
        for table in ("node_targets", "entries", "cells", "runs")
    },
    "conversations": "SELECT x.* FROM conversations x WHERE chat_id IN (707, -1007)",
}


class Complaints(logging.Handler):
    """The errors that the bot logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Harness:
    """A bot that has been in use, and the results."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = SandboxClock(EVENING, seconds=lambda: 0.0)
        self.world = World(self.clock, privacy=False)
        self.telegram = LocalTelegram(self.world, self.clock, record=True)
        self.request = InProcess(self.telegram)
        self.complaints = Complaints()
        self.updates = 0
        self.store: Store
        self.bot: GoaltreeBot
        self.postman: Postman
        self._open = AsyncExitStack()
        self._numbers = iter(range(500_000_000, 600_000_000))
        for person in (ANNA, BEN, CLEO):
            self.world.people[person.id] = person
            self.world.chats[person.id] = Chat(
                person.id, "private", person.first_name, members={person.id: "member", self.world.bot.id: "member"}
            )
        for chat_id, title in ((BENS_GROUP, f"{MARKER} friends"), (GROUP, "Friends"), (NEW_GROUP, "Others")):
            members = {self.world.bot.id: "member", (BEN if chat_id == BENS_GROUP else ANNA).id: "creator"}
            self.world.chats[chat_id] = Chat(chat_id, "supergroup", title, members=members)

    async def open(self, *, over_http: bool = False) -> None:
        """Open the store and start the bot on it."""
        shutil.copyfile(_filled(), self.path)
        if over_http:
            await self.telegram.start()
            self._open.push_async_callback(self.telegram.stop)
        self.store = await self._open.enter_async_context(open_store(f"sqlite+aiosqlite:///{self.path}"))
        options = BotOptions(base_url=self.telegram.base_url or NOWHERE, painter=QuickPainter())
        self.bot = new_bot(self.store, self.clock, self.telegram, options, None if over_http else self.request)
        await self.bot.bot.initialize()
        self._open.push_async_callback(self.bot.bot.shutdown)
        self.postman = Postman(self.store, self.bot.messenger, self.clock, chance=lambda: 0.0)
        logging.getLogger("bot").addHandler(self.complaints)
        self._open.callback(logging.getLogger("bot").removeHandler, self.complaints)
        self._open.push_async_callback(self.bot._inbox.close)

    async def close(self) -> None:
        """Close the store; the conversation stays readable."""
        await self._open.aclose()

    # --- what comes in ---

    async def take(self, *updates: Json) -> None:
        """Deliver updates as Telegram would, and wait until all are handled."""
        self.updates += len(updates)
        await self.bot._inbox.take(updates)
        await self.bot.settle()

    async def taken(self) -> None:
        """Deliver what people did in the world."""
        await self.take(*self.world.updates.take(0, 100))
        self.world.updates.clear()

    def next_id(self) -> int:
        """A new update id."""
        return next(self._numbers)

    # --- what must hold ---

    def of_victims(self) -> dict[str, list[str]]:
        """Every row of the victims, without the times at which reminders are due, which change by themselves."""
        result = {}
        with closing(sqlite3.connect(self.path)) as database:
            database.row_factory = sqlite3.Row
            for table, question in _OF_VICTIMS.items():
                rows = map(dict, database.execute(question))
                result[table] = sorted(str({k: v for k, v in row.items() if k not in MOVES_WITH_TIME}) for row in rows)
        assert all(result.values())
        return result

    async def check(self, *, well_formed: bool) -> None:
        """Assert that everything was handled, nothing leaked, and Telegram was asked for nothing that it refuses."""
        await self.bot._inbox.flush()
        assert await self.store.read(lambda tx: tx.inbox.pending()) == []
        for method, params in self.telegram.requests:
            if well_formed:
                assert_valid_request(method, params)
            if str(params.get("chat_id")) not in map(str, VICTIMS):
                assert MARKER not in json.dumps(params, ensure_ascii=False).casefold(), (method, params)
        for chat_id, content in self.request.uploads:
            assert chat_id in map(str, VICTIMS) or MARKER.encode() not in content.lower(), chat_id
        if well_formed:
            assert not self.complaints.lines, self.complaints.lines
            assert not self.bot.failed


@cache
def _folder() -> Path:
    fast = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="goaltree-fuzz-", dir=fast if fast.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def new_harness() -> Harness:
    """A harness on a file that the next harness overwrites."""
    for suffix in ("", "-wal", "-shm"):
        (_folder() / f"harness.db{suffix}").unlink(missing_ok=True)
    return Harness(_folder() / "harness.db")


@cache
def _filled() -> Path:
    """A database in which two chats have trees, and two have secrets."""
    path = _folder() / "filled.db"

    async def fill() -> None:
        async with open_store(f"sqlite+aiosqlite:///{path}") as store:
            for chat_id, outline in ((ANNA.id, _TREES), (BEN.id, _SECRETS), (GROUP, _TREES), (BENS_GROUP, _SECRETS)):
                await _fill(store, chat_id, outline)

    # On a thread: the caller may be in an event loop.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill()).result()
    return path


async def _fill(store: Store, chat_id: int, outline: str) -> None:
    secret = outline is _SECRETS
    kind = OwnerType.PRIVATE if chat_id > 0 else OwnerType.GROUP
    await welcome(store, Actor.host(chat_id), kind, MARKER if secret else "Somebody", "en", EVENING)
    await change_settings(store, Actor.host(chat_id), EVENING, timezone="Europe/Berlin")
    person = BEN if secret else ANNA
    actor = Actor.alone(chat_id) if kind is OwnerType.PRIVATE else Actor.in_group(chat_id, person.id)
    if kind is OwnerType.GROUP:
        await join(store, Actor.in_group(chat_id, person.id), person.first_name, EVENING)
    made = await plant(store, Actor.host(chat_id), parse_outline(outline, STARTED), STARTED, EVENING)
    for at, one in enumerate(made):
        for leaf in one.tree.leaves():
            value = None if one.tree.measure(leaf) == "check" else leaf.target
            note = f"{MARKER} note" if secret else "felt great"
            entry = Log(leaf.id, date(2026, 11, 23 + at), How.ADD, value, note, f"{chat_id}:{leaf.id}:0")
            await log(store, actor, entry, EVENING)
    if chat_id > 0:
        await set_up_first(store, Actor.host(chat_id), EVENING)
        await add_check_in(store, Actor.host(chat_id), Schedule(time(21, 30)), EVENING, made[0].tree.leaves()[0].id)

    def more(tx: Any) -> None:
        owner = tx.owners.by_chat(chat_id)
        tx.conversations.put(chat_id, chat_id, {"state": "first", "words": MARKER if secret else ""}, EVENING)
        tx.outbox.add(
            [
                NewMessage(
                    key=f"check_in:{chat_id}:extra",
                    kind=MessageKind.CHECK_IN,
                    owner_id=owner.id,
                    chat_id=chat_id,
                    on=date(2026, 11, 25),
                    due_at=EVENING.replace(hour=23),
                    useful_until=EVENING.replace(day=26),
                )
            ],
            EVENING,
        )

    await store.write(more)
