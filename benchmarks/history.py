"""A check-off in a SQLite file of a million entries, beside the same in one of a thousand.

Both hold the same number of trees; with a million entries each has five years behind it. One tree is filled through
the store, the others are its copies, made in SQL.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import cycle

from benchmarks.harness import Bench, Row, Work, at_most, side_by_side
from benchmarks.trees import DAY, NOW, TODAY, CheckOffs, deep_leaves, planted
from core.actions.cache import rebuild, verify
from core.actions.log import CheckOff
from core.model import Level
from core.ports import NewEntry, Store
from core.tree import Tree
from storage import open_store

TREES = 50
MEASURED = 60
"""The last days: those that are checked off while it is measured."""

_SHIFTS = range(0, TREES * 1_000, 1_000)
"""What is added to every id of the first tree to get those of each tree."""
_IDS: dict[str, tuple[str, ...]] = {
    "owners": ("id", "chat_id"),
    "visions": ("id", "owner_id"),
    "nodes": ("id", "owner_id", "vision_id", "parent_id"),
    "node_targets": ("node_id",),
    "entries": ("vision_id", "node_id"),
    "cells": ("node_id",),
    "runs": ("node_id",),
}


async def measure(bench: Bench) -> list[Row]:
    """See the module."""
    few, many = bench.times(1_000, quick=500), bench.times(1_000_000, quick=2_000)
    sizes = {"few": few, "many": many}
    trees = {name: await _filled(bench, name, entries) for name, entries in sizes.items()}
    async with open_store(bench.sqlite_url("few")) as few_store, open_store(bench.sqlite_url("many")) as many_store:
        works = [_in_turn(many_store, trees["many"]), _in_turn(few_store, trees["few"])]
        at_many, at_few = await side_by_side(works, bench.times(1000))
        for store in (few_store, many_store):
            _, differences = await verify(store, chat_id=1 + _SHIFTS[-1])
            assert not differences
    return [Row(f"check-off at {many:,} entries", at_many, "ms", f"at {few:,} entries", at_few, at_most(1.3))]


def _in_turn(store: Store, tree: Tree) -> Work:
    """Check-offs that go round all trees."""
    leaves = deep_leaves(tree)
    first = TODAY - (MEASURED - 1) * DAY
    people = [
        CheckOffs(store, 1 + shift, [replace(leaf, id=leaf.id + shift) for leaf in leaves], first) for shift in _SHIFTS
    ]
    turns = cycle(people)

    async def next_one() -> CheckOff:
        return await next(turns).next()

    return next_one


async def _filled(bench: Bench, name: str, entries: int) -> Tree:
    """The first tree of a file of that many entries."""
    async with open_store(bench.sqlite_url(name)) as store:
        tree = await planted(store, 1)
        new = _entries(tree, entries // TREES)
        await store.write(lambda tx: tx.entries.add_many(1, new, NOW))
        await rebuild(store)
    with closing(sqlite3.connect(bench.directory / f"{name}.db")) as connection:
        _copy(connection)
        [(there,)] = connection.execute("SELECT count(*) FROM entries")
    assert there == entries
    return tree


def _entries(tree: Tree, count: int) -> list[NewEntry]:
    """Every daily leaf done on every day up to those that are measured, as far back as it takes."""
    daily = [leaf for leaf in tree.leaves() if leaf.level is Level.DAILY]
    last = TODAY - MEASURED * DAY
    return [
        NewEntry(leaf.id, last - back * DAY, leaf.target or Decimal(1))
        for back in range(count // len(daily) + 1)
        for leaf in daily
    ][:count][::-1]


def _copy(connection: sqlite3.Connection) -> None:
    """Adds the other trees, as copies of the first."""
    connection.execute("PRAGMA synchronous = OFF")
    for table, ids in _IDS.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = [column for column in columns if table != "entries" or column != "id"]
        moved = ", ".join(f"{column} + ?" if column in ids else column for column in kept)
        add = f"INSERT INTO {table} ({', '.join(kept)}) SELECT {moved} FROM {table} WHERE {ids[0]} < {_SHIFTS[1]}"
        connection.executemany(add, [(shift,) * len(ids) for shift in _SHIFTS[1:]])
    connection.commit()
