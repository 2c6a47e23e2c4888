"""A process that checks off and acknowledges each check-off by a line: `-m tests.laws.stream URL CHAT FIRST COUNT`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import storage
from core.actions.log import log
from core.actions.logged import Log
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.ports.store import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def wanted(store: Store, chat_id: int, number: int) -> Log:
    """The check-off of a number: always the same leaf, day and source key."""
    [reading] = await read_trees(store, Actor.host(chat_id), NOON.date())
    leaves = reading.tree.leaves()
    on = NOON.date() - timedelta(days=number % 20)
    return Log(leaves[number % len(leaves)].id, on, value=Decimal(1), source_key=f"{chat_id}:{number}:0")


async def stream(url: str, chat_id: int, first: int, count: int) -> None:
    """Print a number once its action has returned."""
    async with storage.open_store(url) as store:
        for number in range(first, first + count):
            await log(store, Actor.alone(chat_id), await wanted(store, chat_id, number), NOON)
            print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(stream(sys.argv[1], *map(int, sys.argv[2:])))
