"""Where the goals live: tables, repositories, units of work, the outbox and the migrations, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.ports import Store
from storage.migrate import is_at_head, migrate
from storage.postgres import PostgresStore
from storage.sqlite import SqliteStore, backup_file
from storage.urls import database_url, sqlite_path

__all__ = ["StoreNotReady", "backup", "is_a_file", "is_at_head", "migrate", "open_store"]


class StoreNotReady(Exception):
    """The database does not have the shape that this version needs; `goaltree migrate` gives it that."""


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[Store]:
    """The store that a URL names, open for the length of the block.

    A SQLite file is made and migrated as needed. PostgreSQL is only checked (`StoreNotReady`): several processes may
    use it, and whoever upgrades them decides when. ValueError: no such kind of database.
    """
    address = database_url(url)
    path = sqlite_path(address)
    store: SqliteStore | PostgresStore
    if path is not None:
        await migrate(url)
        store = SqliteStore(path)
    else:
        if not await is_at_head(url):
            raise StoreNotReady("The database is not up to date: run `goaltree migrate` first.")
        store = PostgresStore(address)
    try:
        await store.open()
        yield store
    finally:
        await store.close()


def is_a_file(url: str) -> bool:
    """Whether a URL names a SQLite file, which `backup` can copy."""
    return sqlite_path(database_url(url)) is not None


async def backup(url: str, path: Path) -> None:
    """Copies a SQLite database, beside those who use it, to a file; ValueError for another database."""
    source = sqlite_path(database_url(url))
    if source is None:
        raise ValueError("only SQLite databases are backed up here; for PostgreSQL use pg_dump")
    await backup_file(source, path)
