"""The one thread that writes to a SQLite file.

A thread hop costs more than the statements of a check-off, so a whole transaction is one hop. A commit costs more than
the rest, so all jobs that arrive during a commit share the next one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection

from core.ports.store import Transaction
from storage.kept import NotDone
from storage.sqlite_file import FileConnection
from storage.sqlite_jobs import Job, settle
from storage.transaction import SqlTransaction

T = TypeVar("T")

LARGEST_BATCH = 64
"""More would keep everybody waiting for too long. Fewer, and the next are written while these are answered: two threads
that take turns at the interpreter are slower than one after the other."""


class Writer:
    """Runs units of work in the order of arrival, many in one commit; a failing one is undone alone."""

    def __init__(self, connection: FileConnection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Opens the connection."""
        self._loop = asyncio.get_running_loop()
        ready: asyncio.Future[Any] = self._loop.create_future()
        opened = Job(lambda _: None, ready)
        self._thread = threading.Thread(target=self._work_off, args=(opened,), name="sqlite-writer", daemon=True)
        self._thread.start()
        await ready

    async def stop(self) -> None:
        """Finishes waiting work, then closes the connection."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    async def run(self, work: Callable[[Transaction], T], *, is_whole: bool = False) -> T:
        """Runs a unit of work; returns once it is committed. If the caller is cancelled it may still be. See `Job` for
        `is_whole`."""
        if self._thread is None:
            raise RuntimeError("the store is closed")
        job = Job(work, asyncio.get_running_loop().create_future(), is_whole=is_whole)
        self._queue.put(job)
        result: T = await job.future
        return result

    def _work_off(self, opened: Job) -> None:
        assert self._loop is not None
        try:
            self._connection.now()
        except BaseException as error:
            opened.error = error
            settle([opened], self._loop)
            return
        settle([opened], self._loop)
        with closing(self._connection):
            going_on = True
            while going_on:
                jobs, going_on = self._waiting()
                if jobs:
                    _commit_together(self._connection, jobs)
                    settle(jobs, self._loop)

    def _waiting(self) -> tuple[list[Job], bool]:
        """All jobs that wait now (at least one, unless the thread is to stop), and whether to go on after them."""
        jobs: list[Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == LARGEST_BATCH:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, True
        return jobs, False


def _commit_together(file: FileConnection, jobs: Sequence[Job]) -> None:
    """Runs all jobs in one transaction. If it cannot begin or commit, every job fails with that error."""
    try:
        connection = file.now()
        try:
            _in_transaction(connection, jobs, _run)
        except _Broken:
            _in_transaction(connection, jobs, _run_apart)
    except BaseException as error:
        for job in jobs:
            job.error = job.error or error


class _Broken(Exception):
    """A job that is whole was broken off, so that every job has to be run again, apart."""


def _in_transaction(connection: Connection, jobs: Sequence[Job], run: Callable[[Connection, Job], None]) -> None:
    """Runs jobs in a transaction and commits it.

    It takes the write lock at once, since a read snapshot cannot be upgraded. SQLAlchemy begins nothing here; once a
    statement goes through it, it takes this transaction for its own.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN IMMEDIATE")
    try:
        for job in jobs:
            run(connection, job)
        connection.commit()
        driver.commit()
    except BaseException:
        connection.rollback()
        driver.rollback()
        raise


def _run(connection: Connection, job: Job) -> None:
    """Runs a job. A savepoint for each costs as much as two of its statements, so one that is whole gets none."""
    if not job.is_whole:
        _run_apart(connection, job)
        return
    try:
        job.result = job.work(SqlTransaction(connection))
    except NotDone as error:
        job.error = error
    except BaseException as error:
        raise _Broken from error


def _run_apart(connection: Connection, job: Job) -> None:
    """Runs a job so that it can be undone without the others."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("SAVEPOINT job")
    try:
        job.result = job.work(SqlTransaction(connection))
    except BaseException as error:
        job.error = error
        # Fails, with the whole batch, if SQLite has rolled the transaction back (as on a full disk).
        driver.execute("ROLLBACK TO job")
    driver.execute("RELEASE job")
