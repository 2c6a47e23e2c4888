"""Bringing a database to the newest shape, and knowing whether it has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from storage.postgres import postgres_engine
from storage.sqlite import writing_engine
from storage.urls import database_url, sqlite_path

T = TypeVar("T")

_ONE_AT_A_TIME = 7_041_994_421_208_513
"""Number of the PostgreSQL advisory lock that a migration holds."""


async def migrate(url: str) -> None:
    """Brings the database to the newest shape, in one transaction; another process that does the same waits."""
    await _with_connection(database_url(url), _upgrade)


async def is_at_head(url: str) -> bool:
    """Whether the database has the newest shape."""
    return await _with_connection(database_url(url), _is_at_head)


async def _with_connection(url: URL, work: Callable[[Connection], T]) -> T:
    path = sqlite_path(url)
    if path is not None:
        return await asyncio.to_thread(_with_file, path, work)
    engine = postgres_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _with_file(path: Path, work: Callable[[Connection], T]) -> T:
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing_engine(path).connect() as connection:
        # A migration may have to make a table anew, which must not empty those that refer to it. The pragma works
        # only outside a transaction.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            driver.execute("BEGIN IMMEDIATE")
            return work(connection)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
    command.upgrade(_config(connection), "head")


def _is_at_head(connection: Connection) -> bool:
    heads = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)
