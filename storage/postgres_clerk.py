"""Check-offs on PostgreSQL: those that wait are done together, in one read and one write on a connection of their own.

Nothing is locked in between. What is written is bound to the marks of the trees as they were read
(`storage.repositories.marks`), so it is written on nothing else; who was slower than another begins again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from core.errors import GoaltreeError
from core.goals.check_off import Span
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.ports.check_offs import Made, Needs, Stand
from core.ports.store import Work
from storage.kept import Kept, Known
from storage.repositories import batches
from storage.repositories.batches import Item, Place, Reading
from storage.repositories.entries import added
from storage.repositories.trees import SqlTrees
from storage.sql import Sql

LARGEST_BATCH = 64
ATTEMPTS = 3
"""How often one is begun in a batch, if others are faster each time, before it waits for its turn alone."""


class NotDone(Exception):
    """A check-off was not done with others: it is to be done by itself."""


class Job:
    """A check-off on its way through a batch."""

    __slots__ = ("attempts", "first_span", "future", "known", "made", "needs", "work")

    def __init__(self, work: Work[Any, Any], future: asyncio.Future[Any]) -> None:
        self.work = work
        self.future = future
        self.attempts = 0
        self.known: Known
        self.needs: Needs
        self.first_span = 0
        """Where its spans begin among those of all that are read with it."""
        self.made: Made[Any]

    def fail(self, error: BaseException) -> None:
        """Tells whoever waits, if anybody still does."""
        if not self.future.done():
            self.future.set_exception(error)


class Clerk:
    """Does check-offs in the order they come, as many at once as wait; those of one leaf one after the other."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._kept = Kept()
        self._waiting: deque[Job] = deque()
        self._task: asyncio.Task[None] | None = None

    async def check_off(self, work: Work[Any, Any]) -> Any:
        """Does one; returns once it is durable. If the caller is cancelled it may be done all the same. Raises
        `NotDone` where it is to be done by itself: nothing was written then, or what has its source key."""
        job = Job(work, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work_off())
        return await job.future

    async def close(self) -> None:
        """Finishes what waits, and closes the connection."""
        if self._task is not None:
            await self._task
        if self._connection is not None:
            await greenlet_spawn(self._connection.close)
            self._connection = None

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

    def _next(self) -> list[Job]:
        """The next batch: of those of one leaf, the first alone."""
        jobs: dict[tuple[int, int], Job] = {}
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

    def _do(self, jobs: Sequence[Job]) -> None:
        """A whole batch, within `greenlet_spawn`."""
        ready, reading = self._read(jobs)
        if not ready:
            return
        marks = {job.known.vision_id: reading.marks[job.known.vision_id] for job in ready}
        made, cells, runs = _reckon(ready, reading)
        if not made:
            return
        items = [_item(job) for job in made]
        sql = self._sql()
        try:
            written = batches.write(sql, marks, items, cells, runs)
        except Exception as error:
            self._failed(made, error)
            return
        for job in made:
            entry_id = written.get(job.made.entry.node_id)
            if entry_id is None:
                self._again(job)
            elif not job.future.done():
                job.future.set_result(job.made.tell(added(entry_id, job.made.entry, job.work.now)))

    def _read(self, jobs: Sequence[Job]) -> tuple[list[Job], Reading]:
        """Those that can go on, and what they need. Reading again does no harm: a connection that was lost meanwhile is
        made anew once."""
        try:
            return self._read_once(jobs)
        except Exception:
            if not self._is_lost():
                raise
            return self._read_once(jobs)

    def _read_once(self, jobs: Sequence[Job]) -> tuple[list[Job], Reading]:
        sql = self._sql()
        known = [job for job in jobs if not job.future.done() and self._prepared(sql, job)]
        if not known:
            return [], Reading()
        reading = batches.read(sql, [job.known.vision_id for job in known], [job.needs for job in known])
        ready, spans = [], 0
        for job in known:
            job.first_span = spans
            spans += len(job.needs.spans)
            mark = reading.marks.get(job.known.vision_id)
            if mark is not None and mark[1] == job.known.shape:
                ready.append(job)
            else:
                self._again(job)
        return ready, reading

    def _prepared(self, sql: Sql, job: Job) -> bool:
        """Whether a check-off can be done here, and what it needs: on what is remembered, or else was read now."""
        route = job.work.route
        known = self._kept.get(route)
        if known is None:
            vision = SqlTrees(sql).path(route.chat_id, route.node_id, route.user_id, route.on)
            if vision is None or vision.stale:
                job.fail(NotDone())
                return False
            known = Known.of(vision, job.work)
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

    def _again(self, job: Job) -> None:
        """Begins one again, on what will be there then."""
        self._kept.forget(job.work.route)
        job.attempts += 1
        if job.attempts < ATTEMPTS:
            self._waiting.append(job)
        else:
            job.fail(NotDone())

    def _failed(self, made: Sequence[Job], error: Exception) -> None:
        """Nothing was written, as where one has a source key that is there already: each is done by itself. Or nobody
        knows, since the connection was lost: who has a source key is told by that."""
        lost = self._is_lost()
        for job in made:
            job.fail(error if lost and job.made.entry.source_key is None else NotDone())

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


class _Chain:
    """What stands for one check-off after the other of a batch: what was read, with what those before changed."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._changed: dict[int, dict[date, Cell]] = {}

    def stand(self, job: Job) -> Stand:
        """What stands for the next one."""
        needs = job.needs
        cells = {}
        for node_id, start in needs.cells:
            cell = self._changed.get(node_id, {}).get(start) or self._reading.cells.get((node_id, start))
            if cell is not None:
                cells[node_id] = cell
        sums = {}
        for at, span in enumerate(needs.spans, job.first_span):
            sums[span.node_id] = self._sum(span, self._reading.sums.get(at, Sums()))
        leaf_id = needs.leaf_id
        return Stand(self._reading.entries.get(leaf_id, []), cells, sums, self._reading.runs.get(leaf_id, Run()))

    def _sum(self, span: Span, read: Sums) -> Sums:
        for start, cell in self._changed.get(span.node_id, {}).items():
            if span.first <= start <= span.last:
                before = self._reading.cells.get((span.node_id, start))
                read = (read.without(before) if before is not None else read).with_(cell)
        return read

    def change(self, made: Made[Any]) -> None:
        """Notes what one has changed."""
        for node_id, start, cell in made.cells:
            self._changed.setdefault(node_id, {})[start] = cell


def _reckon(
    jobs: Sequence[Job], reading: Reading
) -> tuple[list[Job], dict[Place, tuple[int, Cell]], dict[int, tuple[int, Run]]]:
    """The jobs that come to an entry, and the cells and runs that follow, each beside its vision's id."""
    chain = _Chain(reading)
    made: list[Job] = []
    cells: dict[Place, tuple[int, Cell]] = {}
    runs: dict[int, tuple[int, Run]] = {}
    for job in jobs:
        stand = chain.stand(job)
        if not _makes(job, stand):
            continue
        chain.change(job.made)
        made.append(job)
        vision_id = job.known.vision_id
        cells.update({(node_id, start): (vision_id, cell) for node_id, start, cell in job.made.cells})
        runs.update({leaf_id: (vision_id, run) for leaf_id, run in job.made.runs.items()})
    return made, cells, runs


def _makes(job: Job, stand: Stand) -> bool:
    try:
        made = job.work.makes(job.known.path, stand)
    except GoaltreeError:
        made = None
    except Exception as error:
        job.fail(error)
        return False
    if made is None:
        job.fail(NotDone())
        return False
    job.made = made
    return True


def _item(job: Job) -> Item:
    return Item(job.known.vision_id, job.known.owner, job.work.route, job.made.entry, job.work.now)
