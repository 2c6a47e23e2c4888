"""A check-off in a SQLite file of a million entries, beside one in a file of a thousand.

Both hold the same number of trees, which in the larger file have five years of entries each.
"""

from __future__ import annotations

from benchmarks.filling import filled, in_turn
from benchmarks.harness import Bench, Row, at_most, side_by_side
from core.actions.cache import verify
from core.group.permissions import Actor
from storage import open_store

TREES = 50


async def measure(bench: Bench) -> list[Row]:
    few_entries, many_entries = bench.times(1_000, quick=500), bench.times(1_000_000, quick=2_000)
    few = await filled(bench.sqlite_url("few"), few_entries, TREES)
    many = await filled(bench.sqlite_url("many"), many_entries, TREES)
    async with open_store(few.url) as few_store, open_store(many.url) as many_store:
        works = [in_turn(many.check_offs(many_store)), in_turn(few.check_offs(few_store))]
        at_many, at_few = await side_by_side(works, bench.times(1000))
        for store in (few_store, many_store):
            _, differences = await verify(store, Actor.host(few.chats[-1]))
            assert not differences
    name = f"check-off at {many_entries:,} entries"
    return [Row(name, at_many, "ms", f"at {few_entries:,} entries", at_few, at_most(1.3))]
