"""Check-offs on PostgreSQL: waiting ones are done together, in one read and one write on a separate connection.

Nothing is locked in between. A write requires the marks of the trees as they were read (`storage.repositories.marks`),
so it never overwrites another change. If another process was faster, the check-offs of that tree wait for its lock
together, and do not delay others.

While one batch is being written, the next one is computed on the trees as they will be then. If the first write fails,
the trees do not get the marks that the next batch requires, so that is not written either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from core.ports.store import Transaction, Work
from storage.kept import KeptPath, KeptPaths, NotDone
from storage.known_trees import KnownTrees
from storage.postgres_batch import Batch, BatchJob, Ready, by_tree, failing
from storage.postgres_line import PostgresLine
from storage.repositories import batches
from storage.repositories.trees import SqlTrees
from storage.sql import Sql
from storage.transaction import SqlTransaction
from storage.trouble import trouble_of

LARGEST_BATCH = 64
WORTH_HALVING = 4
"""With fewer waiting jobs a second batch costs more than computing it ahead gains."""
UNDIVIDED = 32
"""How many batches are not halved after another process was faster on a tree: computing ahead would be in vain."""
ATTEMPTS = 3
"""How often a check-off is started whose tree differs each time, before it is done separately."""

Transact = Callable[[Callable[[Transaction], Any]], Coroutine[Any, Any, Any]]


class Clerk:
    """Does check-offs in the order of arrival, all waiting ones at once, except that those of one leaf follow one
    another. `transact` runs a unit of work in a transaction."""

    def __init__(self, engine: AsyncEngine, transact: Transact) -> None:
        self._transact = transact
        self._kept = KeptPaths()
        self._trees = KnownTrees()
        self._coming: list[BatchJob] = []
        """New jobs, whose paths are not known yet."""
        self._waiting: list[BatchJob] = []
        self._line = PostgresLine(engine)
        self._tasks: set[asyncio.Task[None]] = set()
        self._preparing: asyncio.Task[None] | None = None
        """The task that makes the next batch."""
        self._written: asyncio.Future[None] | None = None
        """Done once the last batch has been written."""
        self._undivided = 0
        """The number of batches that are still not to be halved."""
        self._leaves: set[int] = set()
        """The leaves of the batches that are under way."""
        self._contended: dict[int, list[BatchJob]] = {}
        """By the vision that is or will be locked for them."""
        self._locking: dict[int, asyncio.Task[None]] = {}

    async def check_off(self, work: Work[Any, Any]) -> Any:
        """Does one check-off; returns once it is durable. If the caller is cancelled it may still be done. Raises
        `NotDone` if it has to be done separately: then nothing was written, or its source key shows that it was."""
        job = BatchJob(work, asyncio.get_running_loop().create_future())
        self._coming.append(job)
        self._go_on()
        return await job.future

    async def close(self) -> None:
        """Finishes waiting check-offs, and closes the connection."""
        while tasks := {*self._tasks, *self._locking.values()}:
            await asyncio.wait(tasks)
        await greenlet_spawn(self._line.close)

    def _go_on(self) -> None:
        """Starts the next batch, if anything waits and no batch is being made."""
        if self._is_wanted() and self._preparing is None:
            self._preparing = task = asyncio.create_task(self._do())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _is_wanted(self) -> bool:
        return bool(self._coming or self._waiting)

    async def _do(self) -> None:
        """Makes a batch, and writes it once the one before is written."""
        jobs: dict[int, BatchJob] = {}
        written = asyncio.get_running_loop().create_future()
        try:
            await self._find_paths()
            while not (jobs := self._next()) and self._is_wanted():
                await self._before_is_written()
                await self._find_paths()
            self._leaves.update(jobs)
            with failing(jobs.values()):
                await self._make_and_write(list(jobs.values()), written)
        finally:
            self._leaves.difference_update(jobs)
            if not written.done():  # otherwise cancelling the batch that waits for this one would cancel this one, too
                written.set_result(None)
            if self._preparing is asyncio.current_task():
                self._preparing = None
            self._go_on()

    async def _make_and_write(self, jobs: Sequence[BatchJob], written: asyncio.Future[None]) -> None:
        ready = await self._read(jobs)
        batch = Batch.of(ready)
        if batch is not None:
            for vision_id in batch.vision_ids:
                self._trees.keep(vision_id, ready.trees[vision_id])
            await self._before_is_written()
            self._written, self._preparing = written, None
            self._go_on()
            await self._write(ready, batch)
        for job in ready.jobs:
            if not job.future.done():
                self._contend(job, ready)

    async def _before_is_written(self) -> None:
        if self._written is not None:
            await self._written

    def _next(self) -> dict[int, BatchJob]:
        """The next batch: the first job of each leaf, without leaves of a batch that is being written. If none is being
        written it takes half of the waiting jobs, so that the other half is computed meanwhile."""
        jobs: dict[int, BatchJob] = {}
        waiting, self._waiting = [job for job in self._waiting if not job.future.done()], []
        is_halved = len(waiting) >= WORTH_HALVING and not self._leaves and not self._undivided
        self._undivided = max(0, self._undivided - 1)
        most = min(len(waiting) // 2, LARGEST_BATCH) if is_halved else LARGEST_BATCH
        for job in waiting:
            if job.leaf_id in self._leaves or len(jobs) == most or jobs.setdefault(job.leaf_id, job) is not job:
                self._waiting.append(job)
        return jobs

    async def _write(self, ready: Ready, batch: Batch) -> None:
        """Writes a batch, and hands over the results. This is mostly a single statement."""
        try:
            rows = await self._line.rows_while(batch.prepare_results, batches.WRITE, batch.parameters)
        except Exception as error:
            lost = self._line.is_lost()
            for job in ready.jobs:
                self._trees.take(job.known.vision_id)
                job.give_up(error, lost=lost)
            return
        for job, result in batch.results(rows).items():
            job.done(result)

    async def _read(self, jobs: Sequence[BatchJob]) -> Ready:
        """The jobs that can go on, with the rows that they need."""
        prepared = [job for job in jobs if job.is_prepared() and not self._joins(job)]
        ready = self._split_known(prepared)
        if ready.unread:
            await self._ask(ready.read)
        for job in set(prepared).difference(ready.jobs):
            if not job.future.done():
                self._kept.forget(job.route)
                self._again(job)
        return ready

    async def _ask(self, read: Callable[[Sql], None]) -> None:
        """Reads, after the previous batch is written. Reads once more on a new connection if this one was lost, which
        does no harm."""
        await self._before_is_written()
        try:
            await greenlet_spawn(lambda: read(self._line.sql()))
        except Exception:
            if not self._line.is_lost():
                raise
            await greenlet_spawn(lambda: read(self._line.sql()))

    async def _find_paths(self) -> None:
        """Finds the paths of new check-offs, without which their leaves are unknown, and queues them."""
        coming, self._coming = self._coming, []
        for job in coming:
            (self._waiting if self._recall(job) else self._coming).append(job)
        unknown, self._coming = self._coming[:LARGEST_BATCH], self._coming[LARGEST_BATCH:]
        if unknown:
            with failing(unknown):
                await self._ask(lambda sql: self._read_paths(sql, unknown))
            self._waiting += unknown

    def _recall(self, job: BatchJob) -> bool:
        """Takes a check-off's path from the cache; False if it has to be read."""
        known = self._kept.get(job.route)
        if known is not None:
            job.known = known
        return known is not None or job.future.done()

    def _read_paths(self, sql: Sql, jobs: Sequence[BatchJob]) -> None:
        """Reads the paths of check-offs, and fails those that cannot be done in a batch."""
        for job in jobs:
            route = job.route
            vision = SqlTrees(sql).path(route.chat_id, route.node_id, route.user_id, route.on)
            if vision is None or vision.stale:
                job.fail(NotDone())
                continue
            job.known = KeptPath.of(vision, job.work)
            self._kept.keep(route, job.known)

    def _split_known(self, jobs: Sequence[BatchJob]) -> Ready:
        """The jobs whose needs are all cached, and the others, which have to read."""
        ready = Ready()
        for vision_id, those in by_tree(jobs).items():
            tree = self._trees.take(vision_id)
            if tree is not None and all(tree.knows(job.known.shape, job.needs) for job in those):
                ready.remembered.add(vision_id)
                ready.trees[vision_id] = tree
                ready.jobs.extend(those)
            else:
                ready.unread.extend(those)
                if tree is not None:
                    ready.before[vision_id] = tree
        return ready

    def _again(self, job: BatchJob) -> None:
        """Starts a check-off again, since its tree is not as it was cached."""
        job.attempts += 1
        if job.attempts < ATTEMPTS:
            self._coming.append(job)
        else:
            job.fail(NotDone())

    # Under the lock of a vision

    def _joins(self, job: BatchJob) -> bool:
        """Queues a check-off with those that already wait for its vision's lock; False if there are none."""
        if job.known.vision_id not in self._locking:
            return False
        self._contended.setdefault(job.known.vision_id, []).append(job)
        return True

    def _contend(self, job: BatchJob, ready: Ready) -> None:
        """Handles a check-off whose tree was changed by another process. If nothing was read for it, that may have been
        long ago, and it starts again. Otherwise it waits for the lock, with later ones of the same tree."""
        vision_id = job.known.vision_id
        self._trees.take(vision_id)
        self._undivided = UNDIVIDED
        if vision_id in ready.remembered:
            self._again(job)
            return
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
                for job, result in written.items():
                    job.done(result)
                for job in jobs:
                    if not job.future.done():
                        self._kept.forget(job.route)
                        job.fail(NotDone())
        finally:
            del self._locking[vision_id]
            for job in (*jobs, *self._contended.pop(vision_id, ())):
                job.fail(NotDone())

    def _next_locked(self, vision_id: int) -> list[BatchJob]:
        """The next batch of a vision: the first job of each leaf."""
        jobs: dict[int, BatchJob] = {}
        later = []
        for job in self._contended.pop(vision_id, ()):
            if job.future.done():
                continue
            if len(jobs) == LARGEST_BATCH or jobs.setdefault(job.leaf_id, job) is not job:
                later.append(job)
        if later:
            self._contended[vision_id] = later
        return list(jobs.values())

    def _do_locked(self, tx: Transaction, vision_id: int, jobs: Sequence[BatchJob]) -> dict[BatchJob, Any]:
        """Does a batch of one vision, in a transaction that holds its lock. Returns the results, which are valid once
        that is committed."""
        sql = cast(SqlTransaction, tx).sql
        SqlTrees(sql).lock_vision(vision_id)
        self._trees.take(vision_id)
        ready = Ready(unread=list(jobs))
        ready.read(sql)
        batch = Batch.of(ready)
        if batch is None:
            return {}
        rows = sql.rows(batches.WRITE, *batch.parameters)
        batch.prepare_results()
        return batch.results(rows)
