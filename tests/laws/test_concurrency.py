"""Many concurrent writers: no entry is lost, and the cache agrees with the entries."""

from __future__ import annotations

import asyncio

import storage
from core.actions.log import log
from core.actions.logged import LogOutcome
from core.group.permissions import Actor
from core.ports.store import Store
from tests.laws.shared_tree import CHAT, all_is_well, make, source_keys, start_stream
from tests.laws.stream import NOON, wanted


async def test_fifty_check_offs_into_one_vision_at_once(store: Store) -> None:
    await make(store)
    logs = [await wanted(store, CHAT, number) for number in range(50)]
    done = await asyncio.gather(*(log(store, Actor.alone(CHAT), item, NOON) for item in logs))
    assert {check_off.outcome for check_off in done} == {LogOutcome.LOGGED}
    assert sorted(map(str, await source_keys(store))) == sorted(f"{CHAT}:{number}:0" for number in range(50))
    await all_is_well(store)


async def test_the_same_message_fifty_times_at_once_is_logged_once(store: Store) -> None:
    await make(store)
    item = await wanted(store, CHAT, 1)
    done = await asyncio.gather(*(log(store, Actor.alone(CHAT), item, NOON) for _ in range(50)))
    assert [check_off.outcome for check_off in done].count(LogOutcome.LOGGED) == 1
    assert await source_keys(store) == [item.source_key]
    await all_is_well(store)


async def test_two_processes_write_to_one_database(store_url: str) -> None:
    async with storage.open_store(store_url) as store:
        await make(store)
        streams = [await start_stream(store_url, first, 50) for first in (0, 1000)]
        told = [await process.communicate() for process in streams]
        assert [error.decode() for _, error in told] == ["", ""]  # no "database is locked" either
        assert [len(output.split()) for output, _ in told] == [50, 50]
        keys = {f"{CHAT}:{first + number}:0" for first in (0, 1000) for number in range(50)}
        result = await source_keys(store)
        assert len(result) == 100
        assert set(result) == keys
        await all_is_well(store)
