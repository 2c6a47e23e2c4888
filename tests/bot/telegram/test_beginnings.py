"""The beginnings of updates that come together are read together; each gets its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from bot.telegram.beginnings import Beginnings
from core.goals.model import OwnerType
from core.ports.conversations import Beginning
from core.ports.store import Store, StoreUnavailable, Transaction
from storage.sql import Statement
from storage.transaction import SqlTransaction
from tests.storage.planting import NOW

SPOILED = Statement("UPDATE owners SET day_start = 'noon' WHERE chat_id = 2")


class Reads:
    """A store whose reads are counted. Each first waits until `go_on` is set, and then raises what `fails` says."""

    def __init__(self, store: Store, fails: Callable[[int], Exception | None] = lambda _: None) -> None:
        self._store = store
        self._fails = fails
        self.count = 0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def glance(self, work: Callable[[Transaction], Any]) -> Any:
        self.count += 1
        number = self.count
        await self.go_on.wait()
        if error := self._fails(number):
            raise error
        return await self._store.glance(work)


def read_through(reads: Reads) -> Beginnings:
    return Beginnings(reads)  # type: ignore[arg-type]


async def planted(store: Store) -> None:
    """Chats 1 to 9, in each of which the user of the same number was asked their number."""

    def plant(tx: Transaction) -> None:
        for number in range(1, 10):
            tx.owners.add(number, OwnerType.PRIVATE, f"Person {number}", "en", NOW)
            tx.conversations.put(number, number, {"asked": number}, NOW)

    await store.write(plant)


def asked(beginning: Beginning | None) -> object:
    return beginning and (beginning.owner.chat_id, beginning.state)


async def test_all_that_come_together_share_a_read_and_each_gets_its_own(store: Store) -> None:
    await planted(store)
    reads = Reads(store)
    beginnings = read_through(reads)
    read = await asyncio.gather(
        *(beginnings.read(chat_id, chat_id) for chat_id in (3, 12, 1, 9, 3)), beginnings.read(1, 2)
    )
    assert [asked(one) for one in read] == [
        (3, {"asked": 3}), None, (1, {"asked": 1}), (9, {"asked": 9}), (3, {"asked": 3}), (1, None),
    ]  # fmt: skip
    assert reads.count == 1


async def test_a_call_sees_what_was_written_before_it_although_a_read_is_under_way(store: Store) -> None:
    await planted(store)
    reads = Reads(store)
    beginnings = read_through(reads)
    reads.go_on.clear()
    first = asyncio.create_task(beginnings.read(1, 1))
    await asyncio.sleep(0.01)
    await store.write(lambda tx: tx.conversations.put(1, 1, {"asked": "anew"}, NOW))
    later = [asyncio.create_task(beginnings.read(1, 1)) for _ in range(3)]
    await asyncio.sleep(0.01)
    reads.go_on.set()
    await first
    assert {str(asked(one)) for one in await asyncio.gather(*later)} == {str((1, {"asked": "anew"}))}
    assert reads.count == 2


async def test_a_row_that_cannot_be_read_fails_no_other(store: Store) -> None:
    await planted(store)
    await store.write(lambda tx: cast(SqlTransaction, tx).sql.run(SPOILED))
    beginnings = Beginnings(store)
    read = await asyncio.gather(*(beginnings.read(chat_id, chat_id) for chat_id in (1, 2, 3)), return_exceptions=True)
    assert isinstance(read[1], ValueError)
    assert [asked(one) for one in read if not isinstance(one, BaseException)] == [(1, {"asked": 1}), (3, {"asked": 3})]


async def test_a_store_that_is_away_is_asked_once_for_all_and_again_later(store: Store) -> None:
    await planted(store)
    reads = Reads(store, lambda number: StoreUnavailable("away") if number == 1 else None)
    beginnings = read_through(reads)
    read = await asyncio.gather(*(beginnings.read(chat_id, chat_id) for chat_id in (1, 2)), return_exceptions=True)
    assert [type(one) for one in read] == [StoreUnavailable, StoreUnavailable]
    assert reads.count == 1
    assert asked(await beginnings.read(1, 1)) == (1, {"asked": 1})


async def test_a_caller_that_is_cancelled_takes_nobody_with_it(store: Store) -> None:
    await planted(store)
    reads = Reads(store)
    beginnings = read_through(reads)
    reads.go_on.clear()
    tasks = [asyncio.create_task(beginnings.read(chat_id, chat_id)) for chat_id in (1, 2)]
    await asyncio.sleep(0.01)
    tasks[0].cancel()
    reads.go_on.set()
    assert asked(await tasks[1]) == (2, {"asked": 2})
