"""Who leads, and who has which chat, as the databases record it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

import storage
from core.peers import ChatLocks, Disconnected, Peers
from tests.databases import end_connections

PATIENCE = 120.0
LOCKS = "goaltree locks"
"""The application name of connections that hold locks."""


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def two(stack: AsyncExitStack, url: str) -> tuple[Peers, Peers]:
    return await stack.enter_async_context(storage.join(url)), await stack.enter_async_context(storage.join(url))


async def chats_of(stack: AsyncExitStack, url: str) -> tuple[ChatLocks, ChatLocks]:
    first, second = await two(stack, url)
    assert first.chats
    assert second.chats
    return first.chats, second.chats


async def execute(url: str, statement: str) -> Any:
    parsed = make_url(url)
    connection = await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database=parsed.database)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()


async def test_one_leads_until_it_resigns_and_then_another(store_url: str, stack: AsyncExitStack) -> None:
    async with storage.open_store(store_url):
        first, second = await two(stack, store_url)
        async with asyncio.timeout(PATIENCE):
            await first.leadership.gained()
            waiting = asyncio.create_task(second.leadership.gained())
            for _ in range(3):
                await asyncio.sleep(0)
            assert not waiting.done()
            await first.leadership.resign()
            await waiting
            await second.leadership.resign()


async def test_a_process_that_leaves_leads_no_longer(store_url: str) -> None:
    async with storage.open_store(store_url), asyncio.timeout(PATIENCE):
        for _ in range(2):
            async with storage.join(store_url) as peers:
                await peers.leadership.gained()


async def test_a_chat_is_of_one_process_until_it_is_given_up(postgres_url: str, stack: AsyncExitStack) -> None:
    first, second = await chats_of(stack, postgres_url)
    assert await first.exchange([], [-5, 7, 2**52]) == {-5, 7, 2**52}
    assert await second.exchange([], [7, 8]) == {8}
    assert await first.exchange([7], [8, 0]) == {0}
    assert await second.exchange([], [7]) == {7}


async def test_a_lost_connection_is_noticed_and_its_locks_are_free(postgres_url: str, stack: AsyncExitStack) -> None:
    first, second = await two(stack, postgres_url)
    assert first.chats
    assert second.chats
    told = asyncio.Event()
    first.chats.when_lost(told.set)
    async with asyncio.timeout(PATIENCE):
        await first.leadership.gained()
        assert await first.chats.exchange([], [7]) == {7}
        await end_connections(postgres_url, LOCKS)
        await told.wait()
        await first.leadership.lost()
        while True:
            try:
                assert await second.chats.exchange([], [7]) == {7}
                break
            except Disconnected:  # it was cut as well
                await asyncio.sleep(0)
        assert await first.chats.exchange([], [7, 8]) == {8}
        await first.leadership.gained()


async def test_a_connection_that_ends_while_it_is_asked_is_lost(
    postgres_url: str, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ended:
        async def fetch(self, *_: object) -> None:
            raise asyncpg.InternalClientError

    chats, _ = await chats_of(stack, postgres_url)
    told = asyncio.Event()
    chats.when_lost(told.set)
    await chats.exchange([], [7])
    monkeypatch.setattr(chats, "_driver", Ended())
    with pytest.raises(Disconnected):
        await chats.exchange([], [8])
    async with asyncio.timeout(PATIENCE):
        await told.wait()
    assert await chats.exchange([], [7, 8]) == {7, 8}


async def test_a_server_that_takes_no_connection_yet_is_asked_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, DBAPIError("", None, Exception("57P03")))
    monkeypatch.setattr("storage.peers_postgres.INTERVAL", 0.0)
    async with asyncio.timeout(PATIENCE), storage.join(postgres_url) as peers:
        await peers.leadership.gained()


async def test_an_unforeseen_error_ends_the_waiters(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, ValueError())
    async with asyncio.timeout(PATIENCE), storage.join(postgres_url) as peers:
        with pytest.raises(ValueError):
            await peers.leadership.gained()


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The next connection is refused."""
    connect, errors = AsyncEngine.connect, [error]

    def refuse(engine: AsyncEngine) -> Any:
        if errors:
            raise errors.pop()
        return connect(engine)

    monkeypatch.setattr(AsyncEngine, "connect", refuse)
