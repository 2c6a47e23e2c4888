"""The store on a SQLite file: one writing connection on a thread of its own, and a few readers."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from core.ports import Transaction
from storage.sqlite_writer import Writer
from storage.transaction import SqlTransaction

T = TypeVar("T")

READERS = 4
BUSY_TIMEOUT = 30_000
"""Milliseconds that a transaction waits for another process."""


class SqliteStore:
    """`core.ports.Store` on a file. Writers queue for the one writing connection and share commits; readers see the
    last commit before they began and wait for nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Writer | None = None
        self._readers: AsyncEngine | None = None

    async def open(self) -> None:
        """Opens the connections; the file must be migrated."""
        self._readers = reading_engine(self._path)
        self._writer = Writer(writing_engine(self._path))
        await self._writer.start()

    async def close(self) -> None:
        """Finishes what waits, then closes. The writer goes last: the last to leave folds the log into the file."""
        if self._readers is not None:
            await self._readers.dispose()
            self._readers = None
        if self._writer is not None:
            await self._writer.stop()
            self._writer = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work on the writing thread; returns when its commit is on disk."""
        if self._writer is None:
            raise RuntimeError("the store is not open")
        return await self._writer.run(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function that only reads, on one snapshot."""
        if self._readers is None:
            raise RuntimeError("the store is not open")
        async with self._readers.connect() as connection:
            return await connection.run_sync(lambda inner: work(_begun(inner)))


def _begun(connection: Connection) -> SqlTransaction:
    connection.begin()
    return SqlTransaction(connection)


def writing_engine(path: Path) -> Engine:
    """An engine whose transactions take the write lock at once: a snapshot that was read from cannot be upgraded.

    `synchronous=FULL`: what was acknowledged survives a power cut.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=NullPool,
        # The driver must not begin by itself (it would, late and deferred). The connection stays on one thread.
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(path: Path) -> AsyncEngine:
    """An engine that cannot write, whose transactions see one snapshot."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT / 1000,
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _began(connection: Connection) -> None:
        # Straight to aiosqlite: one thread hop instead of SQLAlchemy's four.
        driver = connection.connection.driver_connection
        assert isinstance(driver, aiosqlite.Connection)
        await_only(driver.execute_fetchall("BEGIN"))

    return engine


async def backup_file(source: Path, target: Path) -> None:
    """Copies the database beside its readers and writers, as it stood at one moment."""
    await asyncio.to_thread(_copy, source, target)


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(unfinished)) as copy:
        original.execute("PRAGMA query_only = ON")
        original.backup(copy)
    unfinished.replace(target)  # a backup is there whole, or not at all
