"""A check-off on a SQLite file, beside one durable insert; and 32 chats at once, beside one."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

from sqlalchemy import Column, Date, Index, Integer, MetaData, Table, event, insert
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.harness import Bench, Row, Work, at_least, at_most, rates, side_by_side
from benchmarks.trees import TODAY, check_offs_in
from storage import open_store

CHATS = 32

_BARE = Table(
    "bare_logs",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("node_id", Integer, nullable=False),
    Column("on_date", Date, nullable=False),
    Column("value", Integer),
    Index(None, "node_id", "on_date"),
)
_BARE_TABLE = (
    "CREATE TABLE bare_logs (id INTEGER PRIMARY KEY, node_id INTEGER NOT NULL, on_date DATE NOT NULL, value INTEGER)",
    "CREATE INDEX ix_bare_logs_node_id_on_date ON bare_logs (node_id, on_date)",
)
_INSERT = "INSERT INTO bare_logs (node_id, on_date, value) VALUES (?, ?, ?)"
_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")


async def measure(bench: Bench) -> list[Row]:
    async with open_store(bench.sqlite_url("check_off")) as store, bare_insert(bench) as insert_one:
        check_offs = await check_offs_in(store, 1)
        with bare_sqlite3(bench) as insert_plainly:
            works = [check_offs.next, insert_one, insert_plainly]
            ours, core, bare = await side_by_side(works, bench.times(1000))
        chats = [await check_offs_in(store, chat) for chat in range(2, CHATS + 2)]
        each = bench.times(15, quick=1)

        async def alone() -> None:
            for _ in range(each * 8):
                await check_offs.next()

        async def together() -> None:
            await asyncio.gather(*(_repeat(chat.next, each) for chat in chats))

        many, one = await rates([together, alone], [each * CHATS, each * 8], bench.times(9, quick=1))
    return [
        Row("check-off, SQLite", ours, "ms", "async Core insert", core, at_most(1)),
        Row("check-off, SQLite", ours, "ms", "bare sqlite3 insert", bare, at_most(4)),
        Row(f"check-offs of {CHATS} chats at once, SQLite", many, "/s", "of one chat", one, at_least(1.5)),
    ]


async def _repeat(work: Work, times: int) -> None:
    for _ in range(times):
        await work()


@asynccontextmanager
async def bare_insert(bench: Bench) -> AsyncIterator[Work]:
    """One row in a durable transaction, through SQLAlchemy and aiosqlite."""
    engine = create_async_engine(bench.sqlite_url("bare_core"))

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    async with engine.begin() as connection:
        await connection.run_sync(_BARE.metadata.create_all)

    async def insert_one() -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(_BARE), {"node_id": 7, "on_date": TODAY, "value": 1_000_000})

    yield insert_one
    await engine.dispose()


@contextmanager
def bare_sqlite3(bench: Bench) -> Iterator[Work]:
    """The same with the standard library's driver, on the calling thread."""
    with closing(sqlite3.connect(bench.directory / "bare_sqlite3.db")) as connection:
        for statement in (*_PRAGMAS, *_BARE_TABLE):
            connection.execute(statement)

        async def insert_one() -> None:
            connection.execute(_INSERT, (7, TODAY.isoformat(), 1_000_000))
            connection.commit()

        yield insert_one
