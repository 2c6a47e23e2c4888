"""A few threads that read a SQLite file, each on its own connection.

A thread hop costs more than most statements, so a whole read is one hop, and glances that come together share one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection

from core.ports.store import Transaction
from storage.sqlite_file import FileConnection
from storage.sqlite_jobs import Job, settle
from storage.transaction import SqlTransaction

T = TypeVar("T")


class Readers:
    """Runs read-only functions, each on one snapshot, as many at once as there are threads. Glances share a snapshot,
    which is as new as the newest of them."""

    def __init__(self, connect: Callable[[], FileConnection], count: int) -> None:
        self._connect = connect
        self._count = count
        self._queue: SimpleQueue[Sequence[Job] | None] = SimpleQueue()
        self._glances: list[Job] = []
        self._threads: list[threading.Thread] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Starts the threads; each opens its connection when it is first needed."""
        self._loop = asyncio.get_running_loop()
        self._threads = [
            threading.Thread(target=self._work_off, name=f"sqlite-reader-{number}", daemon=True)
            for number in range(self._count)
        ]
        for thread in self._threads:
            thread.start()

    async def stop(self) -> None:
        """Finishes waiting work, then closes the connections."""
        threads, self._threads = self._threads, []
        self._hand_over()
        for _ in threads:
            self._queue.put(None)

        def join() -> None:
            for thread in threads:
                thread.join()

        await asyncio.to_thread(join)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function and returns its result."""
        job = self._job(work)
        self._queue.put([job])
        result: T = await job.future
        return result

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        """The same for a short function, which may share a thread hop with others."""
        job = self._job(work)
        self._glances.append(job)
        if len(self._glances) == 1:
            asyncio.get_running_loop().call_soon(self._hand_over)
        result: T = await job.future
        return result

    def _job(self, work: Callable[[Transaction], T]) -> Job:
        if not self._threads:
            raise RuntimeError("the store is closed")
        return Job(work, asyncio.get_running_loop().create_future())

    def _hand_over(self) -> None:
        """Hands all waiting glances to a thread."""
        glances, self._glances = self._glances, []
        if glances:
            self._queue.put(glances)

    def _work_off(self) -> None:
        assert self._loop is not None
        connection = self._connect()
        try:
            while (jobs := self._queue.get()) is not None:
                try:
                    _on_a_snapshot(connection.now(), jobs)
                except BaseException as error:
                    for job in jobs:
                        job.error = job.error or error
                settle(jobs, self._loop)
        finally:
            connection.close()


def _on_a_snapshot(connection: Connection, jobs: Sequence[Job]) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN")
    try:
        for job in jobs:
            try:
                job.result = job.work(SqlTransaction(connection))
            except BaseException as error:
                job.error = error
    finally:
        # Ends SQLAlchemy's notion of a transaction, if a statement went through it, and the real one.
        connection.rollback()
        driver.rollback()
