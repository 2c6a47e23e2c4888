"""Units of work: all or nothing, durable, and in sequence where it matters."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

import storage
from core.actions.owners import change_settings, closed
from core.goals.model import QuietHours
from core.goals.progress import Cell
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from storage import postgres
from tests.databases import end_connections
from tests.storage.planting import CHAT, MONDAY, NOW, logged, planted

PATIENCE = 120.0


class Refused(Exception):
    """Raised by a unit of work."""


async def test_a_failing_work_leaves_nothing_behind(store: Store) -> None:
    tree = await planted(store)

    def fail(transaction: Transaction) -> None:
        transaction.entries.add(tree.vision, logged(tree.run), NOW)
        transaction.trees.mark_stale(tree.vision)
        raise Refused

    with pytest.raises(Refused):
        await store.write(fail)
    [view] = await store.read(lambda transaction: transaction.trees.view(tree.owner, MONDAY, 0))
    assert (view.vision.stale, view.latest) == (False, None)


async def test_only_the_failing_one_of_many_is_undone(store: Store) -> None:
    tree = await planted(store)

    async def write(number: int) -> int:
        def work(transaction: Transaction) -> int:
            transaction.entries.add(tree.vision, logged(tree.run, value=str(number)), NOW)
            if number % 5 == 0:
                raise Refused(number)
            return number

        return await store.write(work)

    outcomes = await asyncio.gather(*[write(number) for number in range(40)], return_exceptions=True)
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [number % 5 == 0 for number in range(40)]
    entries = await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))
    assert sorted(int(entry.value or 0) for entry in entries) == [number for number in range(40) if number % 5]


async def test_two_hundred_concurrent_read_modify_writes_lose_nothing(store: Store) -> None:
    tree = await planted(store)

    def add_one(transaction: Transaction) -> None:
        assert transaction.trees.lock_path(CHAT, tree.run) is not None
        cells, _, _ = transaction.cache.read([(tree.run, MONDAY)], [], tree.run)
        value = (cells.get(tree.run, Cell()).value or 0) + Decimal(1)
        transaction.cache.write([(tree.run, MONDAY, Cell(value))], {})

    await asyncio.gather(*[store.write(add_one) for _ in range(200)])
    assert await store.read(lambda transaction: transaction.cache.leaf_cells(tree.run)) == {MONDAY: Cell(Decimal(200))}


async def test_a_locked_vision_keeps_other_writers_out_until_the_end(store: Store) -> None:
    tree = await planted(store)

    def extend(transaction: Transaction) -> None:
        vision = transaction.trees.vision(tree.vision, lock=True)
        assert vision is not None
        count = sum(1 for _ in transaction.entries.of_vision(tree.vision))
        transaction.entries.add(tree.vision, logged(tree.run, source_key=f"number {count}"), NOW)

    await asyncio.gather(*[store.write(extend) for _ in range(20)])
    entries = await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))
    assert [entry.source_key for entry in entries] == [f"number {count}" for count in range(20)]


async def test_settings_that_are_changed_at_the_same_moment_all_stay(store: Store) -> None:
    await planted(store)
    await asyncio.gather(
        change_settings(store, Actor.host(CHAT), NOW, timezone="Asia/Tokyo"),
        change_settings(store, Actor.host(CHAT), NOW, week_start=6),
        change_settings(store, Actor.host(CHAT), NOW, quiet=QuietHours(time(22), time(7))),
        closed(store, Actor.host(CHAT), "blocked", NOW),
    )
    owner = await store.read(lambda transaction: transaction.owners.by_chat(CHAT))
    assert owner is not None
    assert (owner.timezone, owner.week_start, owner.quiet) == ("Asia/Tokyo", 6, QuietHours(time(22), time(7)))
    assert owner.unreachable_since == NOW


async def test_a_path_that_changes_while_it_waits_for_its_lock_is_read_again(postgres_url: str) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        async with storage.open_store(postgres_url) as store:
            tree = await planted(store)
            change = other.transaction()
            await change.start()
            await other.execute("UPDATE nodes SET title = 'Swim' WHERE id = $1", tree.run)
            await other.execute("UPDATE visions SET stale = true, shape = shape + 1 WHERE id = $1", tree.vision)
            path = asyncio.ensure_future(store.write(lambda tx: tx.trees.lock_path(CHAT, tree.run)))
            while not await other.fetchval(waiting):
                assert not path.done()
            await change.commit()
            vision = await path
    finally:
        await other.close()
    assert vision is not None
    assert vision.stale
    assert [node.title for node in vision.nodes if node.id == tree.run] == ["Swim"]


async def test_a_cancelled_caller_harms_nobody(store: Store) -> None:
    tree = await planted(store)

    def log(transaction: Transaction) -> None:
        transaction.entries.add(tree.vision, logged(tree.run), NOW)

    tasks = [asyncio.ensure_future(store.write(log)) for _ in range(10)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await store.write(log)
    entries = await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))
    assert 6 <= len(entries) <= 11


async def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await _one_moment(store)


async def test_a_reader_of_postgresql_sees_one_moment_too(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await _one_moment(store)


async def _one_moment(store: Store) -> None:
    """Start a write within a read."""
    tree = await planted(store)
    loop = asyncio.get_running_loop()

    def log(transaction: Transaction) -> None:
        transaction.entries.add(tree.vision, logged(tree.run), NOW)

    def write() -> None:
        if threading.current_thread() is threading.main_thread():
            await_only(store.write(log))  # PostgreSQL: a reading is a coroutine in disguise
        else:
            asyncio.run_coroutine_threadsafe(store.write(log), loop).result(PATIENCE)

    def look_twice(transaction: Transaction) -> list[int]:
        first = transaction.entries.of_vision(tree.vision)
        write()
        return [len(first), len(transaction.entries.of_vision(tree.vision))]

    assert await store.read(look_twice) == [0, 0]
    assert await store.read(lambda transaction: len(transaction.entries.of_vision(tree.vision))) == 1


async def test_readers_do_not_write(store: Store) -> None:
    tree = await planted(store)
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await store.read(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), NOW))


async def test_waiting_writers_share_a_commit_on_sqlite(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        tree = await planted(store)
        gate = threading.Event()
        blocked = asyncio.ensure_future(store.write(lambda _: gate.wait(PATIENCE)))
        before = await _commits(store)

        def log(transaction: Transaction) -> None:
            transaction.entries.add(tree.vision, logged(tree.run), NOW)

        waiting = [asyncio.ensure_future(store.write(log)) for _ in range(30)]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(blocked, *waiting)
        assert await _commits(store) - before <= 2
        assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 30


async def _commits(store: Store) -> int:
    """A number that SQLite raises with every commit that changes the file, seen by another connection."""
    from storage.sql import Statement

    rows = await store.read(lambda transaction: transaction.entries._sql.rows(Statement("PRAGMA data_version")))  # type: ignore[attr-defined]
    return int(rows[0][0])


async def test_acknowledged_writes_are_there_when_the_store_is_opened_again(store_url: str) -> None:
    async with storage.open_store(store_url) as store:
        tree = await planted(store)
        await store.write(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), NOW))
    async with storage.open_store(store_url) as store:
        assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 1


async def test_a_full_disk_reaches_every_waiting_writer_and_the_store_goes_on(tmp_path: Path) -> None:
    from storage.sql import Statement

    async with storage.open_store(f"sqlite:///{tmp_path / 'small.db'}") as store:
        tree = await planted(store)

        def limit(pages: int, transaction: Transaction) -> None:
            transaction.entries._sql.rows(Statement(f"PRAGMA max_page_count = {pages}"))  # type: ignore[attr-defined]

        def note(size: int, transaction: Transaction) -> None:
            new = logged(tree.run)
            transaction.entries.add(tree.vision, type(new)(tree.run, MONDAY, None, True, "x" * size), NOW)

        await store.write(lambda transaction: limit(1, transaction))
        outcomes = await asyncio.gather(
            *[store.write(lambda transaction: note(100_000, transaction)) for _ in range(8)], return_exceptions=True
        )
        assert all("full" in str(outcome) for outcome in outcomes)
        await store.write(lambda transaction: limit(100_000, transaction))
        await store.write(lambda transaction: note(10, transaction))
        assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 1


async def test_a_connection_that_the_server_closed_is_replaced(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        tree = await planted(store)
        assert await end_connections(postgres_url)
        await store.write(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), NOW))
        assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 1


@pytest.mark.parametrize("broken_off", ["read", "write"])
async def test_a_transaction_that_is_broken_off_as_it_begins_is_nobody_else_s(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, broken_off: str
) -> None:
    """The server has begun it and the task is cancelled: the next one must not continue inside it."""
    begin = postgres._begin_once

    def cancelled(connection: Connection, mode: Mapping[str, Any]) -> Any:
        begin(connection, mode)
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await_only(asyncio.sleep(0))

    async with storage.open_store(postgres_url) as store, storage.open_store(postgres_url) as other:
        tree = await planted(store)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(postgres, "_begin_once", cancelled)
            task = asyncio.create_task(getattr(store, broken_off)(lambda tx: None))
            await asyncio.wait([task])
            assert task.cancelled()
        await store.write(lambda tx: tx.trees.mark_stale(tree.vision))
        for each in (other, store):
            vision = await each.read(lambda tx: tx.trees.vision(tree.vision))
            assert vision is not None
            assert vision.stale
