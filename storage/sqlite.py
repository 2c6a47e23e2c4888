"""The store on a SQLite file: one writing connection on a thread of its own, and a few readers."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from core.observing import UNOBSERVED, Observer
from core.ports.store import Transaction, Use, Work
from storage.files import unfinished
from storage.kept import NotDone
from storage.sqlite_check_offs import Quick
from storage.sqlite_file import DatabaseFile, FileConnection
from storage.sqlite_readers import Readers
from storage.sqlite_writer import Writer
from storage.watch import READ, WRITTEN, Watch

P = TypeVar("P")
T = TypeVar("T")

READERS = 4
_READERS, _WRITER = "readers", "writer"
BUSY_TIMEOUT = 30_000
"""Milliseconds that a transaction waits for another process."""


class SqliteStore:
    """`core.ports.store.Store` on a file. Writers queue for the one writing connection and share commits. Readers see
    the last commit before they began, and never wait."""

    def __init__(self, path: Path, observer: Observer = UNOBSERVED) -> None:
        self._path = path
        self._watch = Watch(observer, {_READERS: READERS, _WRITER: 1})
        self._writer: Writer | None = None
        self._readers: Readers | None = None
        self._quick = Quick()

    def use(self) -> Mapping[str, Use]:
        """How busy the connections of each pool are now."""
        return self._watch.use()

    def away(self) -> str | None:
        """See `core.ports.store.Store`."""
        return self._watch.away()

    async def open(self) -> None:
        """Opens the connections; the file must be migrated."""
        file = DatabaseFile(self._path)
        reading = reading_engine(self._path, "rw")  # one for all: what a statement is in SQL is worked out once
        self._readers = Readers(lambda: FileConnection(file, reading), READERS)
        await self._readers.start()
        self._writer = Writer(FileConnection(file, writing_engine(self._path)))
        await self._writer.start()

    async def close(self) -> None:
        """Finishes waiting work, then closes. The writer goes last: the last connection writes the WAL into the
        file."""
        if self._readers is not None:
            await self._readers.stop()
            self._readers = None
        if self._writer is not None:
            await self._writer.stop()
            self._writer = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work on the writing thread; returns once its commit is on disk."""
        if self._writer is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_WRITER, WRITTEN):
            return await self._watch.write(self._writer.run, work)

    async def check_off(self, work: Work[P, T]) -> T:
        """See `core.ports.store.Store`."""
        if self._writer is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_WRITER, WRITTEN):
            run = partial(self._writer.run, is_whole=True)
            try:
                result: Callable[[], T] = await self._watch.write(run, self._quick.work_of(work))
            except NotDone:
                return await self._watch.write(self._writer.run, work.slowly)
            return result()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function that only reads, on one snapshot."""
        if self._readers is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_READERS, READ):
            return await self._readers.run(work)

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        """Runs a short read-only function, together with others that wait."""
        if self._readers is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_READERS, READ):
            return await self._readers.glance(work)


def writing_engine(path: Path) -> Engine:
    """An engine that may write; its users begin with BEGIN IMMEDIATE. `synchronous=FULL`: acknowledged writes survive a
    power cut. `secure_delete`: removed data is not left in the file's free pages, nor in copies of it."""
    url = URL.create("sqlite+pysqlite", database=str(path))
    return _engine(url, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


def reading_engine(path: Path, mode: str = "rwc") -> Engine:
    """An engine that cannot write. Mode "rw" creates no file where there is none: SQLite would remove the WAL beside it
    as a left-over, although the file may only be moved away for a moment."""
    url = URL.create("sqlite+pysqlite", database=f"file:{quote(str(path))}", query={"mode": mode, "uri": "true"})
    return _engine(url, "query_only = ON")


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Sets a pragma. If two connections switch a new file to WAL at once, one gets "locked" whatever its time-out,
    since SQLite sees a deadlock; it tries again."""
    for pause in (0.02, 0.1, 0.5):
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(pause)
    connection.execute(f"PRAGMA {pragma}")


def _engine(url: URL, *pragmas: str) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,  # errors quote them, and they are what people wrote
        # The driver must not begin by itself (it would, late and deferred). A connection stays on one thread.
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            _set(connection, pragma)

    return engine


async def backup_file(source: Path, target: Path) -> None:
    """Copies a snapshot of the database without blocking its readers and writers."""
    await asyncio.to_thread(_copy, source, target)


def _copy(source: Path, target: Path) -> None:
    with (
        unfinished(target) as part,
        closing(sqlite3.connect(source)) as original,
        closing(sqlite3.connect(part)) as copy,
    ):
        original.execute("PRAGMA query_only = ON")
        original.backup(copy)
