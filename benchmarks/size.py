"""Costs against size, measured and drawn on a log-log plot for the documentation.

On one side the number of entries grows (in 50 trees), on the other the number of nodes of a tree. The curves: a
check-off on SQLite and on PostgreSQL, reading the tree for /tree, the seed's trigger on a tree of the same shape, and
computing the tree from its entries, as a bot without a cache would. The result is docs/cost-against-size.png.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.chart import Chart, Curve, write_png
from benchmarks.check_off_postgres import TRIGGER, seed_database
from benchmarks.filling import Filled, computed_anew, filled, for_somebody, in_turn
from benchmarks.harness import Bench, Row, Work, at_most, side_by_side
from benchmarks.trees import BALANCED, TODAY, grown
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.ports.store import Store
from storage import open_store

ENTRIES = (1_000, 10_000, 100_000, 1_000_000)
NODES = (10, 30, 100, 300, 1_000, 2_000)
TREES = 50
DAYS = 20
"""The days of entries behind every leaf while the nodes grow."""
PICTURE = Path(__file__).parent.parent / "docs" / "cost-against-size.png"
CURVES = ("check-off, SQLite", "check-off, PostgreSQL", "seed's trigger", "/tree", "computed anew")


@dataclass(frozen=True, slots=True)
class Size:
    """One position on an axis, with a work for each curve."""

    at: int
    works: Sequence[Work]


async def measure(bench: Bench) -> list[Row]:
    few, many = (500,), (10,)
    axes = []
    for make, sizes in ((_of_entries, few if bench.quick else ENTRIES), (_of_nodes, many if bench.quick else NODES)):
        async with AsyncExitStack() as stack:
            axes.append(await _measured([await make(bench, stack, size) for size in sizes], bench))
    picture = bench.directory / PICTURE.name if bench.quick else PICTURE
    write_png(
        [
            _chart("One operation against all entries", "entries in the database (50 trees)", axes[0]),
            _chart("One operation against the nodes of a tree", "nodes in the tree (20 days behind it)", axes[1]),
        ],
        picture,
        "Medians of one operation, side by side (python -m benchmarks size). A check-off does not grow with either; "
        "reading a tree grows with what it shows.",
    )
    rows = []
    for axis, what in zip(axes, ("entries", "nodes"), strict=True):
        (first, at_first), (last, at_last) = min(axis.items()), max(axis.items())
        for curve, low, high in zip(CURVES, at_first, at_last, strict=True):
            hold = at_most(1.3) if curve.startswith("check-off") else None
            rows.append(Row(f"{curve}, {last:,} {what}", high, "ms", f"{first:,} {what}", low, hold))
    return rows


async def _measured(sizes: Sequence[Size], bench: Bench) -> dict[int, list[float]]:
    """The milliseconds of each curve at each size; all sizes take turns. Slow work is repeated less often."""
    quick = [work for size in sizes for work in size.works[:-1]]
    medians = iter(await side_by_side(quick, bench.times(150)))
    anew = iter(await side_by_side([size.works[-1] for size in sizes], bench.times(7, quick=1), warm=1))
    return {size.at: [*(next(medians) for _ in CURVES[:-1]), next(anew)] for size in sizes}


async def _of_entries(bench: Bench, stack: AsyncExitStack, entries: int) -> Size:
    seed = await _seed(bench, stack)
    await seed.fill(TREES, entries // TREES)
    return await _size(
        bench, stack, "entries", entries, lambda url: filled(url, entries, TREES, BALANCED), seed.check_off()
    )


async def _of_nodes(bench: Bench, stack: AsyncExitStack, nodes: int) -> Size:
    outline = grown(nodes)
    leaves = outline.count("D: ")
    seed = await _seed(bench, stack)
    await seed.plant(nodes)
    return await _size(
        bench, stack, "nodes", nodes, lambda url: filled(url, leaves * DAYS, 1, outline), seed.check_off()
    )


async def _size(
    bench: Bench, stack: AsyncExitStack, what: str, at: int, fill: Callable[[str], object], trigger: Work
) -> Size:
    stores: list[tuple[Filled, Store]] = []
    for url in (bench.sqlite_url(f"{at}_{what}"), await bench.postgres.database()):
        there: Filled = await fill(url)  # type: ignore[misc]
        stores.append((there, await stack.enter_async_context(open_store(url))))
    [(on_sqlite, sqlite), (on_postgres, postgres)] = stores
    return Size(
        at,
        [
            in_turn(on_sqlite.check_offs(sqlite)),
            in_turn(on_postgres.check_offs(postgres)),
            trigger,
            for_somebody(on_sqlite, lambda chat: read_trees(sqlite, Actor.host(chat), TODAY)),
            for_somebody(on_sqlite, lambda chat: computed_anew(sqlite, chat)),
        ],
    )


class _Seed:
    """A database with the seed's tables and trigger."""

    def __init__(self, url: str, engine: AsyncEngine) -> None:
        self._url = url
        self._engine = engine
        self._leaves: list[int] = []

    async def fill(self, trees: int, each: int) -> None:
        """Give each of the trees `each` entries, with the trigger off."""
        leaves = [kpi for (kpi,) in await self._run(_DAILY, trees)]
        self._leaves = leaves
        await self._run(_ENTRIES, leaves, each * trees)

    async def plant(self, nodes: int) -> None:
        """Add a tree of the same shape as `grown` makes, with the same days of entries."""
        rows: list[tuple[int, int, str, int | None, int]] = []
        path: list[int] = []
        for number, line in enumerate(grown(nodes).splitlines()):
            depth = (len(line) - len(line.lstrip())) // 2
            level = _LEVELS[line.lstrip()[:2]]
            path = [*path[:depth], _FIRST + number]
            rows.append((path[-1], 5_000, level, path[-2] if depth else None, 1 if level == "daily" else 100))
        self._leaves = [row[0] for row in rows if row[2] == "daily"]
        connection = await asyncpg.connect(self._url.replace("+asyncpg", ""))
        await connection.executemany("INSERT INTO vision_kpis VALUES ($1, $2, $3, $4, $5)", rows)
        await connection.executemany("INSERT INTO kpi_progress_cache(kpi_id) VALUES ($1)", [row[:1] for row in rows])
        await connection.close()
        await self._run(_ENTRIES, self._leaves, len(self._leaves) * DAYS)

    def check_off(self) -> Work:
        """An insert for one leaf after the other."""
        turns = cycle(self._leaves)

        async def insert_one() -> None:
            async with self._engine.begin() as connection:
                await connection.execute(TRIGGER, {"kpi": next(turns)})

        return insert_one

    async def _run(self, statement: str, *parameters: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self._url.replace("+asyncpg", ""))
        try:
            await connection.execute("SET session_replication_role = replica")  # the trigger is off
            result = await connection.fetch(statement, *parameters)
            await connection.execute("ANALYZE kpi_logs")
        finally:
            await connection.close()
        return result


_FIRST = 9_000_000
_LEVELS = {"Li": "quarterly", "Q:": "quarterly", "M:": "monthly", "W:": "weekly", "D:": "daily"}
_DAILY = "SELECT id FROM vision_kpis WHERE vision_id <= $1 AND level = 'daily'"
_ENTRIES = """
    INSERT INTO kpi_logs(kpi_id, log_date, value)
    SELECT ($1::bigint[])[1 + n % cardinality($1::bigint[])], current_date - 1 - n / cardinality($1::bigint[]), 1
    FROM generate_series(0, $2::int - 1) n"""


async def _seed(bench: Bench, stack: AsyncExitStack) -> _Seed:
    url = await seed_database(bench)
    engine = create_async_engine(url)
    stack.push_async_callback(engine.dispose)
    return _Seed(url, engine)


def _chart(title: str, x: str, axis: dict[int, list[float]]) -> Chart:
    curves = [
        Curve(curve, [(size, figures[place]) for size, figures in sorted(axis.items())])
        for place, curve in enumerate(CURVES)
    ]
    return Chart(title, x, "milliseconds", curves)
