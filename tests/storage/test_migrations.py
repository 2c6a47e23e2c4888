"""The migrations lead from an empty database to the tables."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import storage
from storage.revisions import head, revisions
from storage.schema import whole_schema
from tests.databases import sqlite_url
from tests.storage.test_peers import execute


async def test_the_migrated_schema_is_that_of_the_tables(store_url: str) -> None:
    await storage.migrate(store_url)
    engine = create_async_engine(store_url, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


def _differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), whole_schema()))


def test_the_revisions_are_those_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert list(revisions()) == [script.revision for script in scripts.walk_revisions()][::-1]
    assert head() == scripts.get_current_head()


async def test_a_file_that_is_not_there_is_made_and_migrated_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "goaltree.db")
    assert not await storage.is_at_head(url)
    await asyncio.gather(*[storage.migrate(url) for _ in range(4)])
    assert await storage.is_at_head(url)


async def test_postgresql_is_not_migrated_by_opening_it(bare_postgres_url: str) -> None:
    url = bare_postgres_url
    with pytest.raises(storage.StoreNotReady, match="goaltree migrate"):
        async with storage.open_store(url):
            pass
    await asyncio.gather(*[storage.migrate(url) for _ in range(3)])
    assert await storage.is_at_head(url)
    async with storage.open_store(url) as store:
        assert await store.read(lambda transaction: transaction.owners.all()) == []


async def test_an_older_version_that_starts_after_an_upgrade_says_so(postgres_url: str) -> None:
    await execute(postgres_url, "UPDATE alembic_version SET version_num = 'later'")
    with pytest.raises(storage.StoreNotReady, match="newer version"):
        async with storage.open_store(postgres_url):
            pass
    assert not await storage.is_behind(postgres_url)
