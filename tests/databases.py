"""Migrated, empty databases for tests, without a migration for each: copies of one SQLite file, and PostgreSQL
databases that are emptied and reused."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg
import pytest

import storage

T = TypeVar("T")

ON_SQLITE = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For modules whose tests all use a store, of rules that are the same on both databases."""
BARE, GUARDED = "migrated", "guarded"
"""The templates of databases. In the guarded one, a change to a tree without its marks fails."""
GUARD = Path(__file__).parent / "storage" / "guard.sql"

_SHAPE = """SELECT (SELECT version_num FROM alembic_version) || string_agg(relname || relnatts, ' ' ORDER BY relname)
FROM pg_class WHERE relnamespace = 'public'::regnamespace"""
"""A query for the revision of a database, its relations, and how many columns each has or had."""

_EMPTY = """DO $$
DECLARE one record;
BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT oid, relname, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> 'alembic_version'
    LOOP
        IF one.relkind = 'S' THEN
            PERFORM setval(one.oid::regclass, 1, false);
        ELSE
            EXECUTE format('DELETE FROM %I', one.relname);
        END IF;
    END LOOP;
END $$"""
"""A statement that ends other connections, deletes all rows without checking foreign keys, and restarts ids at 1.
Deleting the few rows of a test is many times faster than truncating every table."""


def migrated_sqlite(path: Path) -> str:
    """Create a migrated, empty SQLite file and return its URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_sqlite_template(), path)
    return sqlite_url(path)


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def url_of(host: str, database: str) -> str:
    """The URL of a database on the test server."""
    return f"postgresql+asyncpg://postgres@/{database}?host={host}"


class PostgresDatabases:
    """The databases of one worker on the test server."""

    def __init__(self, host: str) -> None:
        self.host = host
        self._shape = aside(_ask(host, BARE, _SHAPE))
        self._empty: dict[str, list[str]] = {BARE: [], GUARDED: []}

    @contextmanager
    def migrated(self, template: str = GUARDED) -> Iterator[str]:
        """The URL of a migrated, empty database. Afterwards it is emptied, or dropped if its schema was changed."""
        empty = self._empty[template]
        name = empty.pop() if empty else self._create(template)
        yield url_of(self.host, name)
        if aside(_emptied(self.host, name, self._shape)):
            empty.append(name)
        else:
            self._drop(name)

    @contextmanager
    def bare(self) -> Iterator[str]:
        """The URL of a database without tables; dropped afterwards."""
        name = self._create("template0")
        yield url_of(self.host, name)
        self._drop(name)

    def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        aside(execute(self.host, f"CREATE DATABASE {name} TEMPLATE {template}"))
        return name

    def _drop(self, name: str) -> None:
        aside(execute(self.host, f"DROP DATABASE {name} WITH (FORCE)"))


def aside(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on an event loop and thread of its own, whatever the test's loop does."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def execute(host: str, *statements: str) -> None:
    """Execute statements on the test server, outside the tests' databases."""
    connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def end_connections(url: str, application: str = "%") -> int:
    """Have the server end all connections to one database; returns how many there were."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        ended = await connection.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name LIKE $1",
            application,
        )
        return len(ended)
    finally:
        await connection.close()


async def make_postgres_template(host: str) -> None:
    """Create the template databases. Concurrent workers wait for the first."""
    connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
    try:
        await connection.execute("SELECT pg_advisory_lock(1)")  # until the connection closes
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", GUARDED):
            return
        # Test data need not survive a power cut.
        await connection.execute("ALTER SYSTEM SET fsync = off")
        await connection.execute("SELECT pg_reload_conf()")
        await connection.execute("CREATE DATABASE unfinished")
        await storage.migrate(url_of(host, "unfinished"))
        await connection.execute(f"ALTER DATABASE unfinished RENAME TO {BARE}")
        await connection.execute(f"CREATE DATABASE unfinished TEMPLATE {BARE}")
        await _guard(host, "unfinished")
        await connection.execute(f"ALTER DATABASE unfinished RENAME TO {GUARDED}")
    finally:
        await connection.close()


async def _guard(host: str, database: str) -> None:
    connection = await asyncpg.connect(host=host, user="postgres", database=database)
    try:
        await connection.execute(GUARD.read_text(encoding="utf-8"))
    finally:
        await connection.close()


async def _ask(host: str, database: str, question: str) -> object:
    connection = await asyncpg.connect(host=host, user="postgres", database=database)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def _emptied(host: str, database: str, shape: object) -> bool:
    """Whether a database could be emptied, which needs its schema to be unchanged."""
    connection = await asyncpg.connect(host=host, user="postgres", database=database)
    try:
        if await connection.fetchval(_SHAPE) != shape:
            return False
        await connection.execute(_EMPTY)
        return True
    finally:
        await connection.close()


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="goaltree-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    template = folder / "migrated.db"
    aside(storage.migrate(sqlite_url(template)))
    return template
