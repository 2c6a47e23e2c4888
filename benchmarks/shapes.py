"""The processor time of a check-off in trees of other shapes: 64 siblings beside none, 20 levels beside 3.

On PostgreSQL it is the client's time. The siblings are checked off in turn, day by day.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import process_time

from benchmarks.harness import Bench, Row, at_most, side_by_side
from benchmarks.trees import DAY, FIRST, NOW, TODAY, planted
from core.actions.log import log
from core.actions.logged import CheckOff, Log
from core.group.permissions import Actor
from core.ports.store import Store
from storage import migrate, open_store

SIBLINGS, DEEP, FLAT = 64, 20, 3


async def measure(bench: Bench) -> list[Row]:
    url = await bench.postgres.database()
    await migrate(url)
    rows = []
    for name, where in (("SQLite", bench.sqlite_url("shapes")), ("PostgreSQL", url)):
        async with open_store(where) as store:
            outlines = (_with_siblings(SIBLINGS), _with_siblings(1), _of_levels(DEEP), _of_levels(FLAT))
            works = [await _check_offs(store, chat, outline) for chat, outline in enumerate(outlines, 1)]
            many, one, deep, flat = await side_by_side(works, bench.times(600), clock=process_time)
        what = f"check-off, {name}, processor time with"
        rows.append(Row(f"{what} {SIBLINGS} siblings", many, "ms", "with none", one, at_most(2.5)))
        rows.append(Row(f"{what} {DEEP} levels", deep, "ms", f"{FLAT} levels", flat, at_most(2.5)))
    return rows


def _with_siblings(count: int) -> str:
    above = "Live well (from 2014-01-01)\n  Q: Be fit\n    M: Train\n      W: Week\n        W: Sport\n"
    return above + "\n".join(f"          D: Habit {number} = 5 km" for number in range(count))


def _of_levels(count: int) -> str:
    lines = ["Live well (from 2014-01-01)"]
    for depth in range(1, count - 1):
        lines.append(f"{'  ' * depth}{'QMW'[min(depth, 3) - 1]}: Part {depth}")
    return "\n".join([*lines, f"{'  ' * (count - 1)}D: Run = 5 km"])


async def _check_offs(store: Store, chat_id: int, outline: str) -> Callable[[], Awaitable[CheckOff]]:
    leaves = (await planted(store, chat_id, outline)).leaves()
    coming = ((leaf, FIRST + n * DAY) for n in range((TODAY - FIRST).days) for leaf in leaves)

    async def check_off() -> CheckOff:
        leaf, on = next(coming)
        wanted = Log(leaf.id, on, value=leaf.target, source_key=f"{chat_id}:{leaf.id}-{on}:0")
        return await log(store, Actor.alone(chat_id), wanted, NOW)

    return check_off
