"""A few threads that read a SQLite file, each on a connection of its own.

A thread hop costs more than most statements: so a whole reading is one hop, whatever it asks.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection

from core.ports.store import Transaction
from storage.sqlite_file import FileConnection
from storage.sqlite_jobs import Job, settle
from storage.transaction import SqlTransaction

T = TypeVar("T")


class Readers:
    """Runs functions that only read, each on one snapshot, as many at once as there are threads."""

    def __init__(self, connect: Callable[[], FileConnection], count: int) -> None:
        self._connect = connect
        self._count = count
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
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
        """Works off what waits, then closes the connections."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._queue.put(None)
        for thread in threads:
            await asyncio.to_thread(thread.join)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function and gives what it returns."""
        if not self._threads:
            raise RuntimeError("the store is closed")
        job = Job(work, asyncio.get_running_loop().create_future())
        self._queue.put(job)
        result: T = await job.future
        return result

    def _work_off(self) -> None:
        assert self._loop is not None
        connection = self._connect()
        try:
            while (job := self._queue.get()) is not None:
                try:
                    job.result = _on_a_snapshot(connection.now(), job.work)
                except BaseException as error:
                    job.error = error
                settle([job], self._loop)
        finally:
            connection.close()


def _on_a_snapshot(connection: Connection, work: Callable[[Transaction], T]) -> T:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN")
    try:
        return work(SqlTransaction(connection))
    finally:
        # Ends SQLAlchemy's notion of a transaction, if a statement went through it, and the real one.
        connection.rollback()
        driver.rollback()
