"""Two processes write to one SQLite file: `goaltree import` beside a running bot."""

from __future__ import annotations

import asyncio
import sys
from decimal import Decimal

import storage
from core.goals.progress import Cell
from core.ports.store import Store, Transaction
from tests.processes import started
from tests.storage.planting import CHAT, MONDAY, planted

WRITERS = 25
EACH = 8


async def add_ones(store: Store, node_id: int) -> None:
    """Add one to a cell that was read before, from many coroutines."""

    def add_one(transaction: Transaction) -> None:
        assert transaction.trees.lock_path(CHAT, node_id) is not None
        cells, _, _ = transaction.cache.read([(node_id, MONDAY)], [], node_id)
        value = (cells.get(node_id, Cell()).value or 0) + Decimal(1)
        transaction.cache.write([(node_id, MONDAY, Cell(value))], {})

    async def many() -> None:
        for _ in range(EACH):
            await store.write(add_one)

    await asyncio.gather(*[many() for _ in range(WRITERS)])


async def in_another_process(url: str, node_id: int) -> None:
    async with storage.open_store(url) as store:
        print("open", flush=True)
        await add_ones(store, node_id)


async def test_two_processes_with_many_writers_each_lose_nothing(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        tree = await planted(store)
        other = await started("tests.storage.test_two_processes", sqlite_url, str(tree.run))
        assert await other.stdout.readline() == b"open\n"
        await add_ones(store, tree.run)
        assert await other.wait() == 0
        cells = await store.read(lambda transaction: transaction.cache.leaf_cells(tree.run))
    assert cells[MONDAY].value == 2 * WRITERS * EACH


if __name__ == "__main__":
    asyncio.run(in_another_process(sys.argv[1], int(sys.argv[2])))
