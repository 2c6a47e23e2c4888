"""Databases with years of entries: one tree is filled through the store, the others are copied in SQL."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import cycle

from sqlalchemy import inspect, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from benchmarks.harness import Work
from benchmarks.trees import BALANCED, DAY, NOW, TODAY, CheckOffs, deep_leaves, planted
from core.actions.cache import rebuild, tree_of
from core.actions.logged import CheckOff
from core.goals.engine import Cache, realise
from core.goals.model import Level
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from storage import migrate, open_store

MEASURED = 60
"""The last days, which are checked off during the measurement."""
SHIFT = 10_000
"""The offset from a tree's ids to those of the next."""
_IDS: dict[str, tuple[str, ...]] = {
    "owners": ("id", "chat_id"),
    "visions": ("id", "owner_id"),
    "nodes": ("id", "owner_id", "vision_id", "parent_id"),
    "node_targets": ("node_id",),
    "entries": ("vision_id", "node_id"),
    "cells": ("node_id",),
    "runs": ("node_id",),
}


class Filled:
    """A database of equal trees, each in its own chat."""

    def __init__(self, url: str, tree: Tree, trees: int) -> None:
        self.url = url
        self.tree = tree
        self.shifts = range(0, trees * SHIFT, SHIFT)

    @property
    def chats(self) -> list[int]:
        """The chats, in the order of their trees."""
        return [1 + shift for shift in self.shifts]

    def check_offs(self, store: Store) -> list[CheckOffs]:
        """The check-offs of every chat, on the measured days."""
        leaves = deep_leaves(self.tree)
        first = TODAY - (MEASURED - 1) * DAY
        return [
            CheckOffs(store, 1 + shift, [replace(leaf, id=leaf.id + shift) for leaf in leaves], first)
            for shift in self.shifts
        ]


def in_turn(people: Sequence[CheckOffs]) -> Work:
    """Check-offs that go round all people."""
    turns = cycle(people)

    async def next_one() -> CheckOff:
        return await next(turns).next()

    return next_one


def for_somebody(database: Filled, work: Callable[[int], Awaitable[object]]) -> Work:
    """The work in a chat, a different one each time."""
    chance = random.Random(3)
    chats = database.chats

    async def for_one() -> None:
        await work(chance.choice(chats))

    return for_one


async def computed_anew(store: Store, chat_id: int) -> Cache:
    """Compute every figure of a tree from the entries, as would be necessary without a cache."""

    def compute(tx: Transaction) -> Cache:
        owner = tx.owners.by_chat(chat_id)
        assert owner
        [vision] = tx.trees.visions_of(owner.id)
        return realise(tree_of(vision), tx.entries.of_vision(vision.id))

    return await store.read(compute)


async def filled(url: str, entries: int, trees: int, outline: str = BALANCED) -> Filled:
    """A new database with that many entries; the measured days have none."""
    await migrate(url)
    async with open_store(url) as store:
        tree = await planted(store, 1, outline)
        new = _entries(tree, entries // trees)
        await store.write(lambda tx: tx.entries.add_many(1, new, NOW))
        await rebuild(store, Actor.host())
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        if make_url(url).get_backend_name() == "sqlite":
            await connection.execute(text("PRAGMA synchronous = OFF"))
        if trees > 1:
            await _copy(connection, trees)
        await connection.commit()
        await connection.execute(text("ANALYZE"))
        there = (await connection.execute(text("SELECT count(*) FROM entries"))).scalar_one()
        await connection.commit()
    await engine.dispose()
    assert there == entries // trees * trees
    return Filled(url, tree, trees)


async def _copy(connection: AsyncConnection, trees: int) -> None:
    for table, ids in _IDS.items():
        columns = await connection.run_sync(lambda sync, table=table: inspect(sync).get_columns(table))  # type: ignore[misc]
        kept = [column["name"] for column in columns if table != "entries" or column["name"] != "id"]
        moved = ", ".join(f"t.{column} + shift" if column in ids else f"t.{column}" for column in kept)
        await connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(kept)}) "
                "WITH RECURSIVE shifts(shift) AS "
                "(SELECT CAST(:step AS bigint) UNION ALL SELECT shift + :step FROM shifts WHERE shift < :last) "
                f"SELECT {moved} FROM shifts CROSS JOIN {table} t WHERE t.{ids[0]} < :step"
            ),
            {"step": SHIFT, "last": (trees - 1) * SHIFT},
        )


def _entries(tree: Tree, count: int) -> Sequence[NewEntry]:
    """Every daily leaf done on every day before the measured ones, as far back as needed."""
    daily = [leaf for leaf in tree.leaves() if leaf.level is Level.DAILY]
    last = TODAY - MEASURED * DAY
    return [
        NewEntry(leaf.id, last - back * DAY, leaf.target or Decimal(1))
        for back in range(count // len(daily) + 1)
        for leaf in daily
    ][:count][::-1]
