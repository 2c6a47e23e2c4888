"""Reminders in APScheduler's own way, with a job for each in its SQLAlchemy job store, as a floor for `reminders`.

It reads the machine's clock, so due jobs are due now, and the rest in the hours after.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import insert

from benchmarks.trees import NOW, TODAY
from core.asking.reminders import MessageKind, NewMessage
from core.ports.store import Store

_SETTINGS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Desk:
    """The state that jobs share: a job is pickled, and finds the store through this module."""

    store: Store | None = None
    ran = 0
    all_ran = asyncio.Event()
    awaited = 0


async def remind(chat_id: int, owner_id: int) -> None:
    """The job: put the person's message into the outbox."""
    assert Desk.store is not None
    key = f"check_in:{chat_id}:{TODAY}"
    message = NewMessage(key, MessageKind.CHECK_IN, owner_id, chat_id, TODAY, NOW, NOW + timedelta(hours=4))
    await Desk.store.write(lambda tx: tx.outbox.add([message], NOW))
    Desk.ran += 1
    if Desk.ran == Desk.awaited:
        Desk.all_ran.set()


class JobEach:
    """A scheduler with a job per person; all messages go into one owner's outbox."""

    def __init__(self, path: Path, store: Store, owner_id: int) -> None:
        self._owner_id = owner_id
        self._jobs = SQLAlchemyJobStore(url=f"sqlite:///{path}")
        self._scheduler = AsyncIOScheduler(timezone="UTC", jobstores={"default": self._jobs}, job_defaults=_SETTINGS)
        self._more = count(10_000_000)
        Desk.store, Desk.ran = store, 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """The scheduler, paused until `run_due`."""
        self._scheduler.start(paused=True)
        try:
            yield
        finally:
            self._scheduler.shutdown(wait=False)

    def fill(self, people: int, at_once: int, evening: timedelta) -> None:
        """Create the jobs: the scheduler makes the first, the others are copies, since adding one takes over a
        millisecond."""
        first = self._add(0)
        state, now = first.__getstate__(), datetime.now(UTC)
        first.remove()
        step = evening / max(1, people - at_once)
        rows = []
        for number in range(people):
            due = now - timedelta(minutes=1) if number < at_once else now + (number - at_once + 1) * step + evening
            changed = {**state, "id": f"{number}", "args": (number, self._owner_id), "next_run_time": due}
            pickled = pickle.dumps(changed, pickle.HIGHEST_PROTOCOL)
            rows.append({"id": f"{number}", "next_run_time": due.timestamp(), "job_state": pickled})
        with self._jobs.engine.begin() as connection:
            connection.execute(insert(self._jobs.jobs_t), rows)

    async def add_one(self) -> None:
        """Add one person."""
        self._add(next(self._more))

    async def look(self) -> None:
        """The scheduler's query when it wakes and nothing is due."""
        self._jobs.get_due_jobs(datetime.now(UTC) - timedelta(days=1))
        self._jobs.get_next_run_time()

    async def run_due(self, at_once: int) -> None:
        """Run the due jobs; returns after the last."""
        Desk.awaited, Desk.all_ran = at_once, asyncio.Event()
        self._scheduler.resume()
        await Desk.all_ran.wait()
        self._scheduler.pause()

    def _add(self, number: int):  # type: ignore[no-untyped-def] # the library has no types
        trigger = CronTrigger(hour=20, timezone="Europe/Berlin")
        return self._scheduler.add_job(remind, trigger, args=(number, self._owner_id), id=f"{number}")
