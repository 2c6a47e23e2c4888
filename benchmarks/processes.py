"""Check-offs per second by 1, 2 and 4 processes on one PostgreSQL, beside the seed's trigger driven the same way.

Each process has a store of its own and eight concurrent writers, either on trees of their own or all on one tree (then
each writer has its own leaf). One process on SQLite with as many writers stands beside them. The last row counts stale
figures afterwards.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack

from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.check_off_postgres import STALE, TREES, TRIGGER, WRITERS, at_once, insert_through, seed_database
from benchmarks.harness import Bench, Row, Work, at_least, at_most, rates
from benchmarks.loop import run
from benchmarks.trees import CheckOffs, broad, check_offs_in, deep_leaves, planted, tree_of_chat
from benchmarks.worker import Worker, carry_out, working
from core.actions.cache import verify
from core.group.permissions import Actor
from storage import migrate, open_store

PROCESSES = (1, 2, 4)
MOST = max(PROCESSES)
SHARED = 99
"""The chat whose tree all write to."""


async def measure(bench: Bench) -> list[Row]:
    each, rounds = bench.times(12, quick=1), bench.times(7, quick=1)
    url, seed_url, sqlite = await bench.postgres.database(), await seed_database(bench), bench.sqlite_url("one_process")
    await migrate(url)
    async with open_store(url) as store:
        await planted(store, SHARED, broad(MOST * WRITERS))
    async with AsyncExitStack() as stack:

        async def started(kind: str, on: str, count: int) -> list[Worker]:
            module = "benchmarks.processes"
            return [await stack.enter_async_context(working(module, kind, on, place)) for place in range(count)]

        ours = await started("goaltree", url, MOST)
        trigger = await started("trigger", seed_url, MOST)
        [alone] = await started("goaltree", sqlite, 1)
        works: list[Work] = [
            _together(workers[:count], f"{where} {each}")
            for where in ("apart", "one")
            for workers in (ours, trigger)
            for count in PROCESSES
        ]
        counts = [count * WRITERS * each for count in PROCESSES] * 4
        works.append(_together([alone], f"apart {each}"))
        per_second = await rates(works, [*counts, WRITERS * each], rounds)
    apart, apart_trigger, one, one_trigger = (per_second[start : start + 3] for start in (0, 3, 6, 9))
    async with open_store(url) as store:
        _, differences = await verify(store, Actor.host())
    engine = create_async_engine(seed_url)
    async with engine.connect() as connection:
        stale = (await connection.execute(STALE)).scalar_one()
    await engine.dispose()
    rows = []
    for place, figures, floors in (("their own trees", apart, apart_trigger), ("one tree", one, one_trigger)):
        for count, figure, floor in zip(PROCESSES, figures, floors, strict=True):
            name = f"check-offs, PostgreSQL, {count} process{'es' if count > 1 else ''} on {place}"
            rows.append(Row(name, figure, "/s", "the trigger", floor, at_least(1)))
    return [
        *rows,
        Row("check-offs, SQLite, 1 process", per_second[-1], "/s", "PostgreSQL, 1 process", apart[0]),
        Row("stale figures afterwards", len(differences), "rows", "the trigger", stale, at_most(0), absolute=True),
    ]


def _together(workers: list[Worker], wish: str) -> Work:
    async def all_of_them() -> None:
        await asyncio.gather(*(worker.do(wish) for worker in workers))

    return all_of_them


# --- the other processes ---


async def _goaltree(url: str, place: int) -> None:
    async with open_store(url) as store:
        apart = [await check_offs_in(store, 1000 + place * WRITERS + writer) for writer in range(WRITERS)]
        shared = []
        if place or "postgresql" in url:
            leaves = deep_leaves(await tree_of_chat(store, SHARED))[place * WRITERS : (place + 1) * WRITERS]
            shared = [CheckOffs(store, SHARED, [leaf]) for leaf in leaves]
        await _carry_out({"apart": [writer.next for writer in apart], "one": [writer.next for writer in shared]})


async def _trigger(url: str, place: int) -> None:
    engine = create_async_engine(url, pool_size=WRITERS)
    each_its_own = [insert_through(engine, TRIGGER, TREES, place * WRITERS + writer) for writer in range(WRITERS)]
    on_one = [insert_through(engine, TRIGGER, 1, place * WRITERS + writer) for writer in range(WRITERS)]
    await _carry_out({"apart": each_its_own, "one": on_one})
    await engine.dispose()


async def _carry_out(writers: dict[str, list[Work]]) -> None:
    async def write(wish: str) -> None:
        where, each = wish.split()
        await at_once(writers[where], int(each))()

    await carry_out(write)


_KINDS: dict[str, Callable[[str, int], object]] = {"goaltree": _goaltree, "trigger": _trigger}

if __name__ == "__main__":
    run(_KINDS[sys.argv[1]](sys.argv[2], int(sys.argv[3])))  # type: ignore[arg-type]
