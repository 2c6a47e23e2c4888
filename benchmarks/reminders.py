"""An evening of 100,000 people: 5,000 reminders due in the same minute, and the prompts delivered at Telegram's pace.

Beside it APScheduler's own way, a job for each person in its SQLAlchemy job store, with the same work: a message in the
outbox for each. Both hold the same number of reminders in a SQLite file.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from bisect import bisect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import create_engine, event, insert

from benchmarks.apscheduler_jobs import JobEach
from benchmarks.harness import Bench, Row, at_least, at_most, side_by_side
from benchmarks.loop import run
from benchmarks.proc import resident
from benchmarks.trees import NOW, planted
from core.actions import due
from core.actions.reminders import add_check_in
from core.asking.reminders import FIRST_CHECK_IN
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import World
from storage import open_store
from storage.message_tables import ReminderRow
from storage.people_tables import OwnerRow

PEOPLE, AT_ONCE = 100_000, 5_000
EVENING = timedelta(hours=5)
BATCH = 500
DELIVERED = 600
"""Prompts that are really sent: twenty seconds' worth."""
LIKE_JOBS = 20
"""Reminders added to measure adding."""


async def measure(bench: Bench) -> list[Row]:
    people, at_once = bench.times(PEOPLE, quick=300), bench.times(AT_ONCE, quick=50)
    async with open_store(bench.sqlite_url("reminders")) as store, open_store(bench.sqlite_url("jobs_outbox")) as other:
        await asyncio.to_thread(fill, bench.directory / "reminders.db", people, at_once)
        somebody = await other.write(lambda tx: tx.owners.add(1, OwnerType.PRIVATE, "", "en", NOW))
        jobs = JobEach(bench.directory / "jobs.db", other, somebody.id)
        with jobs.running():
            jobs.fill(people, at_once, EVENING)
            rows = [*await _ticks(bench, store, jobs), *await _all_due(store, jobs, at_once)]
    return [*rows, *await _delivery(bench)]


def fill(path: Path, people: int, at_once: int) -> None:
    """People with a reminder each: `at_once` are due now, the others over the following evening."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _connected(connection: object, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

    owners = [
        {
            "id": 1 + number, "chat_id": 1 + number, "type": "private", "title": "", "timezone": "Europe/Berlin",
            "day_start": FIRST_CHECK_IN.at.replace(hour=0), "week_start": 0, "locale": "en", "zone_chosen": True,
            "defaults_given": True, "created_at": NOW,
        }
        for number in range(people)
    ]  # fmt: skip
    step = EVENING / max(1, people - at_once)
    reminders = [
        {
            "owner_id": 1 + number, "kind": "check_in", "at_time": FIRST_CHECK_IN.at,
            "weekdays": FIRST_CHECK_IN.weekdays, "paused": False, "created_at": NOW,
            "next_due": NOW - timedelta(hours=1) if number < at_once else NOW + (number - at_once + 1) * step,
        }
        for number in range(people)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(OwnerRow), owners)
        connection.execute(insert(ReminderRow), reminders)
    engine.dispose()


async def _ticks(bench: Bench, store: Store, jobs: JobEach) -> list[Row]:
    """The cost of finding that nothing is due, and of adding one more."""
    before = NOW - timedelta(days=1)
    ours, theirs = await side_by_side(
        [lambda: due.something_is_due(store, Actor.host(), before), jobs.look], bench.times(200)
    )
    owners = count(1)

    async def add() -> None:
        await add_check_in(store, Actor.host(next(owners)), Schedule(FIRST_CHECK_IN.at.replace(hour=6)), NOW)

    added, job_added = await side_by_side([add, jobs.add_one], bench.times(LIKE_JOBS), warm=3)
    beside = "APScheduler, a job each"
    return [
        Row("tick with nothing due", ours, "ms", beside, theirs, at_most(1)),
        Row("adding a reminder", added, "ms", beside, job_added),
    ]


async def _all_due(store: Store, jobs: JobEach, at_once: int) -> list[Row]:
    """Turn all due reminders into messages, and measure how long the event loop is blocked."""

    async def make_all() -> None:
        made = 0
        while made < at_once:
            made += await due.make_due(store, Actor.host(), NOW, BATCH)

    ours = await watched(make_all)
    theirs = await watched(lambda: jobs.run_due(at_once))
    counts = await store.read(lambda tx: tx.statistics.counts(NOW))
    assert counts.outbox["pending"] == at_once
    beside = "APScheduler, a job each"
    return [
        Row(f"{at_once:,} reminders due at once", at_once / ours.seconds, "/s", beside, at_once / theirs.seconds),
        Row("longest stall of the loop meanwhile", ours.stall, "ms", beside, theirs.stall),
    ]


@dataclass(frozen=True, slots=True)
class Watched:
    """The duration of some work, and the longest time (ms) for which it blocked the event loop."""

    seconds: float
    stall: float


async def watched(work: Callable[[], Awaitable[None]]) -> Watched:
    """Do some work and watch the event loop."""
    stalls = [0.0]

    async def watch() -> None:
        while True:
            begun = perf_counter()
            await asyncio.sleep(0)
            stalls.append((perf_counter() - begun) * 1000)
            await asyncio.sleep(0.001)

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    begun = perf_counter()
    await work()
    taken = perf_counter() - begun
    await asyncio.sleep(0.01)
    watcher.cancel()
    return Watched(taken, max(stalls))


# --- delivery: the bot and its scheduler in a process of their own ---


async def _delivery(bench: Bench) -> list[Row]:
    """Prompts, each with a tree behind it, through the limiter to the local Telegram over HTTP."""
    people = bench.times(DELIVERED, quick=5)
    arrived: list[float] = []
    async with _telegram(people, arrived) as (telegram, chats):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.reminders", str(bench.directory), telegram.base_url, telegram.token),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate(json.dumps(chats).encode())
    figures = json.loads(output.splitlines()[-1])
    assert len(arrived) == people
    rate = (people - 1) / (arrived[-1] - arrived[0])
    most = max(bisect(arrived, at + 1) - number for number, at in enumerate(arrived))
    return [
        Row("prompts delivered", rate, "/s", hold=at_least(28), absolute=True),
        Row("most arrivals in any one second", most, "rows", absolute=True),
        Row("share of a core meanwhile", figures["cpu"] * 100, "%", hold=at_most(20), absolute=True),
        Row("resident memory meanwhile", figures["memory"], "MB", absolute=True),
    ]


@asynccontextmanager
async def _telegram(people: int, arrived: list[float]) -> AsyncIterator[tuple[LocalTelegram, list[int]]]:
    clock = SandboxClock(NOW)
    world = World(clock)
    world.listeners.append(lambda event: arrived.append(perf_counter()) if event.kind == "sent" else None)
    telegram = LocalTelegram(world, clock)
    await telegram.start()
    try:
        yield telegram, [world.private(world.person(f"Person {number}")).id for number in range(people)]
    finally:
        await telegram.stop()


async def _deliver(directory: Path, base_url: str, token: str, chats: list[int]) -> None:
    """The server process: everybody's prompt is due; measures how fast and at what cost they are sent."""
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from bot.telegram.limits import Limits
    from scheduler.postman import Postman
    from scheduler.ticks import Tick, Ticks

    async with open_store(f"sqlite+aiosqlite:///{directory / 'delivery.db'}") as store:
        for chat_id in chats:
            await planted(store, chat_id)
            await add_check_in(store, Actor.host(chat_id), FIRST_CHECK_IN, NOW - timedelta(hours=12))
        bot = GoaltreeBot(store, lambda: NOW, token, BotOptions(base_url=base_url, limits=Limits()))
        await bot.start()
        postman = Postman(store, bot.messenger, bot.services.clock)
        ticks = Ticks([Tick("remind", 1, postman.remind), Tick("deliver", 1, postman.deliver)])
        await postman.remind()
        begun, cpu = perf_counter(), process_time()
        ticks.start()
        sent = 0
        while sent < len(chats):
            await asyncio.sleep(0.2)
            sent = (await store.read(lambda tx: tx.statistics.counts(NOW))).outbox["sent"]
        seconds, cpu = perf_counter() - begun, process_time() - cpu
        memory = resident(os.getpid())
        await ticks.stop()
        await bot.stop()
    print(json.dumps({"cpu": cpu / seconds, "memory": memory}), flush=True)


if __name__ == "__main__":
    run(_deliver(Path(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(sys.stdin.read())))
