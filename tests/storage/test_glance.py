"""A single-statement read runs without a transaction on PostgreSQL, with the same result."""

from __future__ import annotations

import asyncio
import threading

import pytest

import storage
from core.ports.store import Store, Transaction
from storage import postgres
from storage.sql import Once
from storage.transaction import SqlTransaction
from tests.databases import end_connections
from tests.storage.planting import CHAT, NOW, planted


async def test_a_glance_gives_what_a_read_gives(store: Store) -> None:
    tree = await planted(store)
    await store.write(lambda tx: tx.conversations.put(CHAT, 7, {"asked": "x"}, NOW))

    def twice(tx: Transaction) -> object:
        return tx.owners.by_chat(CHAT), tx.trees.vision(tree.vision)

    def through_sqlalchemy(tx: Transaction) -> object:
        return tx.pauses.of_owner(tree.owner)

    assert await store.glance(lambda tx: tx.owners.by_chat(CHAT)) == await store.read(
        lambda tx: tx.owners.by_chat(CHAT)
    )
    assert await store.glance(twice) == await store.read(twice)
    assert await store.glance(through_sqlalchemy) == []
    senders = [(CHAT, 8), (CHAT + 1, 7), (CHAT, 7)]
    new, nowhere, asked = await store.glance(lambda tx: tx.conversations.beginnings(senders))
    assert nowhere is None
    assert new is not None
    assert new.state is None
    assert asked is not None
    assert (asked.owner.chat_id, asked.state) == (CHAT, {"asked": "x"})


async def test_only_one_that_asks_again_has_a_transaction(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    begin = postgres._begin

    def noted(*what: object) -> object:
        begun.append(what)
        return begin(*what)  # type: ignore[arg-type]

    async with storage.open_store(postgres_url) as store:
        await planted(store)
        monkeypatch.setattr(postgres, "_begin", noted)
        seen: list[type[object]] = []

        def twice(tx: Transaction) -> tuple[object, object]:
            assert isinstance(tx, SqlTransaction)
            seen.append(type(tx._sql))
            return tx.owners.by_chat(CHAT), tx.owners.by_chat(CHAT)

        await store.glance(lambda tx: tx.owners.by_chat(CHAT))
        assert begun == []
        first, second = await store.glance(twice)
        assert first == second
        assert len(begun) == 1
        assert [kind is Once for kind in seen] == [True, False]


async def test_a_failure_is_raised_and_leaves_the_connection_whole(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await planted(store)

        def fails(tx: Transaction) -> None:
            tx.owners.by_chat(CHAT)
            raise ArithmeticError

        for _ in range(20):  # more than there are connections
            with pytest.raises(ArithmeticError):
                await store.glance(fails)
        assert await end_connections(postgres_url)
        assert await store.glance(lambda tx: tx.owners.by_chat(CHAT)) is not None


async def test_on_sqlite_glances_that_come_together_share_a_snapshot_and_fail_alone(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await planted(store)
        threads: list[str] = []

        def seen(tx: Transaction) -> object:
            threads.append(threading.current_thread().name)
            return tx.owners.by_chat(CHAT)

        def fails(tx: Transaction) -> None:
            raise ValueError

        told = await asyncio.gather(*(store.glance(work) for work in (seen, fails, seen)), return_exceptions=True)
        assert told[0] == told[2] == await store.read(lambda tx: tx.owners.by_chat(CHAT))
        assert isinstance(told[1], ValueError)
        assert len(set(threads)) == 1


async def test_a_glance_sees_what_was_written_before_it(store: Store) -> None:
    await planted(store)

    async def change(number: int) -> None:
        state: dict[str, object] = {"asked": number}
        await store.write(lambda tx: tx.conversations.put(CHAT, number, state, NOW))
        answer = await store.glance(lambda tx: tx.conversations.get(CHAT, number))
        assert answer == state

    await asyncio.gather(*(change(number) for number in range(20)))


async def test_glances_that_wait_when_a_store_is_closed_are_answered(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await planted(store)
        waiting = [asyncio.create_task(store.glance(lambda tx: tx.owners.by_chat(CHAT))) for _ in range(3)]
        await asyncio.sleep(0)
    assert [owner.chat_id for owner in await asyncio.gather(*waiting) if owner] == [CHAT] * 3
