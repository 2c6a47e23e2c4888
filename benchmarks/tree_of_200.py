"""A tree of 200 nodes with its progress, from the store to the model, beside a plain select of 200 rows.

It is read as for a person's own front: in a single statement, outside of any transaction.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.harness import Bench, Row, at_most, side_by_side
from benchmarks.trees import NOW, TODAY, planted, two_hundred
from core.actions.log import log
from core.actions.logged import Log
from core.actions.read import read_trees
from core.goals.reading import Reading
from core.group.permissions import Actor
from core.ports.trees import TreeView
from storage import migrate, open_store

_PLAIN = text("SELECT * FROM nodes WHERE vision_id = :vision")


async def measure(bench: Bench) -> list[Row]:
    return [
        *await _measure_on(bench, bench.sqlite_url("tree"), "SQLite"),
        *await _measure_on(bench, await bench.postgres.database(), "PostgreSQL"),
    ]


async def _measure_on(bench: Bench, url: str, database: str) -> list[Row]:
    await migrate(url)
    engine = create_async_engine(url)
    async with open_store(url) as store:
        tree = await planted(store, 1, two_hundred())
        for leaf in tree.leaves()[: bench.times(200)]:
            await log(store, Actor.alone(1), Log(leaf.id, TODAY, value=leaf.target), NOW)

        async def view() -> list[TreeView]:
            return await store.glance(lambda tx: tx.trees.view_of_chat(1, TODAY))

        async def action() -> list[Reading]:
            return await read_trees(store, Actor.alone(1), TODAY)

        async def plain() -> int:
            async with engine.connect() as connection:
                rows = await connection.execute(_PLAIN, {"vision": 1})
                return len(rows.all())

        [seen] = await action()
        assert len(seen.tree.nodes) == await plain() == 200
        ours, acted, floor = await side_by_side([view, action, plain], bench.times(300))
    await engine.dispose()
    work = f"tree of 200 nodes, {database}:"
    return [
        Row(f"{work} trees.view_of_chat", ours, "ms", "select of 200 rows", floor, at_most(2)),
        Row(f"{work} read_trees", acted, "ms", "select of 200 rows", floor, at_most(2)),
    ]
