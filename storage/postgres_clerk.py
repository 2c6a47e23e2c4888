"""Check-offs on PostgreSQL: those that wait are done together, in one read and one write on a connection of their own.

Nothing is locked in between. What is written is bound to the marks of the trees as they were read
(`storage.repositories.marks`), so it is written on nothing else. Where another process was faster, those of that tree
wait for its lock together, and keep no others waiting.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from core.errors import GoaltreeError
from core.ports.store import Transaction, Work
from storage.kept import KeptPath, KeptPaths
from storage.postgres_batch import BatchJob, NotDone, write
from storage.repositories import batches
from storage.repositories.batches import BatchReading
from storage.repositories.trees import SqlTrees
from storage.sql import Sql
from storage.transaction import SqlTransaction
from storage.trouble import trouble_of

LARGEST_BATCH = 64
ATTEMPTS = 3
"""How often one is begun, if its tree is another one each time, before it is done by itself."""

Transact = Callable[[Callable[[Transaction], Any]], Coroutine[Any, Any, Any]]


class Clerk:
    """Does check-offs in the order they come, as many at once as wait; those of one leaf one after the other.
    `transact` runs a unit of work in a transaction."""

    def __init__(self, engine: AsyncEngine, transact: Transact) -> None:
        self._engine = engine
        self._transact = transact
        self._connection: Connection | None = None
        self._kept = KeptPaths()
        self._waiting: deque[BatchJob] = deque()
        self._task: asyncio.Task[None] | None = None
        self._contended: dict[int, list[BatchJob]] = {}
        """By the vision that is locked for them, or will be."""
        self._locking: dict[int, asyncio.Task[None]] = {}

    async def check_off(self, work: Work[Any, Any]) -> Any:
        """Does one; returns once it is durable. If the caller is cancelled it may be done all the same. Raises
        `NotDone` where it is to be done by itself: nothing was written then, or what has its source key."""
        job = BatchJob(work, asyncio.get_running_loop().create_future())
        self._wait(job)
        return await job.future

    async def close(self) -> None:
        """Finishes what waits, and closes the connection."""
        while tasks := [task for task in (self._task, *self._locking.values()) if task and not task.done()]:
            await asyncio.wait(tasks)
        if self._connection is not None:
            await greenlet_spawn(self._connection.close)
            self._connection = None

    def _wait(self, job: BatchJob) -> None:
        self._waiting.append(job)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        while self._waiting:
            jobs = self._next()
            try:
                await greenlet_spawn(self._do, jobs)
            except BaseException as error:
                for job in jobs:
                    job.fail(error)
                if not isinstance(error, Exception):
                    raise

    def _next(self) -> list[BatchJob]:
        """The next batch: of those of one leaf, the first alone."""
        jobs: dict[tuple[int, int], BatchJob] = {}
        later = []
        while self._waiting and len(jobs) < LARGEST_BATCH:
            job = self._waiting.popleft()
            if job.future.done():
                continue
            route = job.work.route
            if jobs.setdefault((route.chat_id, route.node_id), job) is not job:
                later.append(job)
        self._waiting.extendleft(reversed(later))
        return list(jobs.values())

    def _do(self, jobs: Sequence[BatchJob]) -> None:
        """A whole batch, within `greenlet_spawn`."""
        ready, reading = self._read(jobs)
        try:
            written = write(self._sql(), ready, reading)
        except Exception as error:
            lost = self._is_lost()
            for job in ready:
                job.give_up(error, lost=lost)
            return
        for job, told in written.items():
            job.done(told)
        for job in ready:
            if not job.future.done():
                self._contend(job)

    def _read(self, jobs: Sequence[BatchJob]) -> tuple[list[BatchJob], BatchReading]:
        """Those that can go on, and what they need. Reading again does no harm: a connection that was lost meanwhile is
        made anew once."""
        try:
            ready, reading = self._read_once(self._sql(), jobs)
        except Exception:
            if not self._is_lost():
                raise
            ready, reading = self._read_once(self._sql(), jobs)
        for job in jobs:
            if job not in ready and not job.future.done() and job.known.vision_id not in self._locking:
                self._again(job)
        return ready, reading

    def _read_once(
        self, sql: Sql, jobs: Sequence[BatchJob], *, is_locked: bool = False
    ) -> tuple[list[BatchJob], BatchReading]:
        """Those whose trees are as they are known, and what they need."""
        known = [job for job in jobs if not job.future.done() and self._prepared(sql, job)]
        if not is_locked:
            known = [job for job in known if not self._joins(job)]
        if not known:
            return [], BatchReading()
        reading = batches.read(sql, [job.known.vision_id for job in known], [job.needs for job in known])
        ready, spans = [], 0
        for job in known:
            job.first_span = spans
            spans += len(job.needs.spans)
            mark = reading.marks.get(job.known.vision_id)
            if mark is not None and mark[1] == job.known.shape:
                ready.append(job)
        return ready, reading

    def _prepared(self, sql: Sql, job: BatchJob) -> bool:
        """Whether a check-off can be done here, and what it needs: on what is remembered, or else was read now."""
        route = job.work.route
        known = self._kept.get(route)
        if known is None:
            vision = SqlTrees(sql).path(route.chat_id, route.node_id, route.user_id, route.on)
            if vision is None or vision.stale:
                job.fail(NotDone())
                return False
            known = KeptPath.of(vision, job.work)
            self._kept.keep(route, known)
        try:
            needs = job.work.needs(known.path)
        except GoaltreeError:
            needs = None
        if needs is None:
            job.fail(NotDone())
            return False
        job.known, job.needs = known, needs
        return True

    def _again(self, job: BatchJob) -> None:
        """Begins one again, since its tree has changed."""
        self._kept.forget(job.work.route)
        job.attempts += 1
        if job.attempts < ATTEMPTS:
            self._waiting.append(job)
        else:
            job.fail(NotDone())

    # Under the lock of a vision

    def _joins(self, job: BatchJob) -> bool:
        """Whether a check-off joins those that wait for the lock of its vision already."""
        if job.known.vision_id not in self._locking:
            return False
        self._contended.setdefault(job.known.vision_id, []).append(job)
        return True

    def _contend(self, job: BatchJob) -> None:
        """Somebody else was faster on its tree: it waits for the lock, with those of the tree that come meanwhile."""
        vision_id = job.known.vision_id
        self._contended.setdefault(vision_id, []).append(job)
        if vision_id not in self._locking:
            self._locking[vision_id] = asyncio.get_running_loop().create_task(self._work_off_locked(vision_id))

    async def _work_off_locked(self, vision_id: int) -> None:
        jobs: list[BatchJob] = []
        try:
            while jobs := self._next_locked(vision_id):
                try:
                    written = await self._transact(lambda tx, jobs=jobs: self._do_locked(tx, vision_id, jobs))  # type: ignore[misc]
                except Exception as error:
                    lost = trouble_of(error) is not None
                    for job in jobs:
                        job.give_up(error, lost=lost)
                    continue
                for job, told in written.items():
                    job.done(told)
                for job in jobs:
                    if not job.future.done():
                        self._kept.forget(job.work.route)
                        job.fail(NotDone())
        finally:
            del self._locking[vision_id]
            for job in (*jobs, *self._contended.pop(vision_id, ())):
                job.fail(NotDone())

    def _next_locked(self, vision_id: int) -> list[BatchJob]:
        """The next batch of a vision: of those of one leaf, the first alone."""
        jobs: dict[int, BatchJob] = {}
        later = []
        for job in self._contended.pop(vision_id, ()):
            if len(jobs) == LARGEST_BATCH or jobs.setdefault(job.needs.leaf_id, job) is not job:
                later.append(job)
        if later:
            self._contended[vision_id] = later
        return list(jobs.values())

    def _do_locked(self, tx: Transaction, vision_id: int, jobs: Sequence[BatchJob]) -> dict[BatchJob, Any]:
        """A batch of one vision, in a transaction that has its lock. Gives what is told once that is committed."""
        sql = cast(SqlTransaction, tx).sql
        SqlTrees(sql).keep_out_others(vision_id)
        ready, reading = self._read_once(sql, jobs, is_locked=True)
        return write(sql, ready, reading)

    # The connection

    def _sql(self) -> Sql:
        if self._connection is None:
            self._connection = self._engine.sync_engine.connect()
        return Sql(self._connection)

    def _is_lost(self) -> bool:
        """Whether the connection was lost; there will be another one then."""
        connection = self._connection
        if connection is None:
            return True
        if not connection.connection.driver_connection.is_closed():  # type: ignore[union-attr]
            return False
        self._connection = None
        connection.invalidate()
        connection.close()
        return True
