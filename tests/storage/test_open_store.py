"""URLs, and the copy of a database in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

import storage
from storage.sqlite import reading_engine
from tests.storage.planting import NOW, logged, planted


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://localhost/goals", "mysql is no database that goaltree knows"),
        ("goals.db", "cannot be read"),
        ("sqlite+aiosqlite://", "in a file"),
        ("sqlite:///:memory:", "in a file"),
    ],
)
async def test_a_url_of_another_database_is_refused_in_a_sentence(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        async with storage.open_store(url):
            pass


async def test_short_urls_name_the_same_databases(tmp_path: Path, postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path / 'new' / 'goals.db'}", postgres_url.replace("+asyncpg", "")):
        async with storage.open_store(url) as store:
            await planted(store)
    assert (tmp_path / "new" / "goals.db").exists()


async def test_a_backup_taken_while_in_use_is_a_store_with_all_that_was_acknowledged(
    sqlite_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    async with storage.open_store(sqlite_url) as store:
        tree = await planted(store)
        await store.write(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), NOW))
        await storage.backup(sqlite_url, copy, NOW)
    async with storage.open_store(f"sqlite:///{copy}") as store:
        assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 1


def test_a_reader_makes_no_file_where_one_was_moved_away_and_leaves_its_log(tmp_path: Path) -> None:
    file, log = tmp_path / "100% mine?.db", tmp_path / "100% mine?.db-wal"
    log.write_bytes(b"what was acknowledged")
    with pytest.raises(OperationalError, match="unable to open"), reading_engine(file, "rw").connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    assert log.exists()
    assert not file.exists()


async def test_a_closed_store_says_so(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        pass
    with pytest.raises(RuntimeError, match="not open"):
        await store.write(lambda _: None)
    with pytest.raises(RuntimeError, match="not open"):
        await store.read(lambda _: None)
