"""The storage on SQLite or PostgreSQL: tables, repositories, units of work and migrations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.observing import UNOBSERVED, Observer
from core.ports.store import Store
from storage.dump import BadBackup, Copied, NotEmpty
from storage.migrate import is_at_head, is_behind, migrate
from storage.moving import NotMigrated, backup, copy, restore, same_database
from storage.peers import join
from storage.sqlite import SqliteStore
from storage.trouble import translated
from storage.urls import database_url, sqlite_path

if TYPE_CHECKING:
    from storage.postgres import PostgresStore

__all__ = [
    "BadBackup",
    "Copied",
    "NotEmpty",
    "NotMigrated",
    "StoreNotReady",
    "backup",
    "copy",
    "file_of",
    "is_a_file",
    "is_at_head",
    "is_behind",
    "join",
    "migrate",
    "open_store",
    "restore",
    "same_database",
]


class StoreNotReady(Exception):
    """The database does not have the schema that this version needs; `goaltree migrate` migrates it."""


@asynccontextmanager
async def open_store(url: str, observer: Observer = UNOBSERVED) -> AsyncIterator[Store]:
    """The store of a URL, open within the block.

    A SQLite file is created and migrated as needed. PostgreSQL is only checked (`StoreNotReady`), since several
    processes may use it and the operator decides when to migrate. ValueError: unknown kind of database.
    `StoreUnavailable`: the file cannot be used.
    """
    address = database_url(url)
    path = sqlite_path(address)
    store: SqliteStore | PostgresStore
    if path is not None:
        with translated():
            if not (path.exists() and await is_at_head(url)):
                await migrate(url)
        store = SqliteStore(path, observer)
    else:
        if not await is_at_head(url):
            if await is_behind(url):
                raise StoreNotReady("The database is not up to date: run `goaltree migrate` first.")
            raise StoreNotReady("A newer version of goaltree has brought the database up to date: start that version.")
        from storage.postgres import PostgresStore  # a SQLite user does not load its driver

        store = PostgresStore(address, observer)
    try:
        await store.open()
        yield store
    finally:
        await store.close()


def is_a_file(url: str) -> bool:
    """Whether a URL names a SQLite file."""
    return file_of(url) is not None


def file_of(url: str) -> Path | None:
    """The file that a SQLite URL names; None for another database."""
    return sqlite_path(database_url(url))
