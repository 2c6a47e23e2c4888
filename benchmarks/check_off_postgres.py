"""A check-off on PostgreSQL, beside a bare insert and the seed's trigger, with one writer and with eight.

Eight writers are measured on eight trees and on one tree. Afterwards every parent is compared with its children: ours
with `verify`, the trigger's with a query.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.harness import Bench, Row, Work, at_least, at_most, rates, side_by_side
from benchmarks.trees import CheckOffs, check_offs_in, deep_leaves, planted
from core.actions.cache import verify
from core.group.permissions import Actor
from storage import migrate, open_store

WRITERS = 8
TREES = 1000

_BARE = text("INSERT INTO bare_logs(kpi_id, log_date, value) VALUES (:kpi, current_date, 1)")
TRIGGER = text("INSERT INTO kpi_logs(kpi_id, log_date, value) VALUES (:kpi, current_date, 1)")
STALE = text("""
    SELECT count(*) FROM kpi_progress_cache c WHERE progress_percentage <> (
        SELECT avg(x.progress_percentage)::int FROM kpi_progress_cache x JOIN vision_kpis k ON k.id = x.kpi_id
        WHERE k.parent_kpi_id = c.kpi_id)""")


async def measure(bench: Bench) -> list[Row]:
    url = await bench.postgres.database()
    await migrate(url)
    async with open_store(url) as store, _seed(bench) as engine:
        check_offs = await check_offs_in(store, 1)
        apart = [await check_offs_in(store, chat) for chat in range(2, WRITERS + 2)]
        leaves = deep_leaves(await planted(store, 99))
        shared = [CheckOffs(store, 99, leaves[writer : writer + 1]) for writer in range(WRITERS)]
        works = [check_offs.next, insert_through(engine, TRIGGER, TREES), insert_through(engine, _BARE, TREES)]
        ours, trigger, bare = await side_by_side(works, bench.times(600))

        each, rounds = bench.times(25, quick=1), bench.times(9, quick=1)
        count = each * WRITERS
        many, many_trigger = await rates(
            [
                at_once([writer.next for writer in apart], each),
                at_once([insert_through(engine, TRIGGER, TREES)] * WRITERS, each),
            ],
            [count, count],
            rounds,
        )
        one_tree, one_tree_trigger = await rates(
            [
                at_once([writer.next for writer in shared], each),
                at_once([insert_through(engine, TRIGGER, 1)] * WRITERS, each),
            ],
            [count, count],
            rounds,
        )
        _, differences = await verify(store, Actor.host())
        async with engine.connect() as connection:
            stale = (await connection.execute(STALE)).scalar_one()
    name = "check-offs, PostgreSQL,"
    return [
        Row("check-off, PostgreSQL", ours, "ms", "the seed's trigger", trigger, at_most(1)),
        Row("check-off, PostgreSQL", ours, "ms", "bare insert", bare),
        Row(f"{name} {WRITERS} writers on {WRITERS} trees", many, "/s", "the trigger", many_trigger, at_least(1.3)),
        Row(f"{name} {WRITERS} writers on one tree", one_tree, "/s", "the trigger", one_tree_trigger, at_least(2.5)),
        Row("stale figures afterwards", len(differences), "rows", "the trigger", stale, at_most(0), absolute=True),
    ]


def insert_through(engine: AsyncEngine, statement: object, trees: int, seed: int = 7) -> Work:
    """An insert in a transaction of its own, for a random daily KPI of that many trees."""
    chance = random.Random(seed)

    async def insert_one() -> None:
        kpi = chance.randint(1, trees) * 1000 + 101 + chance.randint(0, 59)
        async with engine.begin() as connection:
            await connection.execute(statement, {"kpi": kpi})  # type: ignore[call-overload]

    return insert_one


def at_once(writers: list[Work], each: int) -> Work:
    """All writers at the same time, `each` times."""

    async def repeat(work: Work) -> None:
        for _ in range(each):
            await work()

    async def run() -> None:
        await asyncio.gather(*(repeat(work) for work in writers))

    return run


@asynccontextmanager
async def _seed(bench: Bench) -> AsyncIterator[AsyncEngine]:
    """The seed's tables and trigger in a database of their own, over the same driver."""
    engine = create_async_engine(await seed_database(bench), pool_size=WRITERS)
    yield engine
    await engine.dispose()


async def seed_database(bench: Bench) -> str:
    """The URL of a new database with the seed's tables and trigger."""
    url = await bench.postgres.database()
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute((Path(__file__).parent / "seed_trigger.sql").read_text(encoding="utf-8"))
    await connection.execute("ANALYZE")
    await connection.close()
    return url
