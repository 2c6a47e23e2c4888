"""The reads and writes of a check-off, in one go."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal

import asyncpg

import storage
from core.actions.cache import verify
from core.actions.log import log
from core.actions.logged import Log
from core.goals.periods import Period
from core.goals.progress import ONE, Cell, Sums
from core.goals.streaks import Run
from core.goals.windows import ChildCells
from core.group.permissions import Actor
from core.ports.check_offs import Needs, StoredRows
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from tests.storage.planting import CHAT, MONDAY, NOW, Planted, logged, planted

WEEK = Period(MONDAY, date(2026, 11, 29))
TUESDAY = date(2026, 11, 24)


async def test_reading_gives_what_the_entries_and_the_cache_give_one_by_one(store: Store) -> None:
    tree = await planted(store)
    whole = NewEntry(tree.run, MONDAY, Decimal("2.5"), note="felt great", author_id=7, source_key="1:2:0")

    def fill(transaction: Transaction) -> None:
        transaction.entries.add(tree.vision, replace(whole, on=TUESDAY, source_key=None), NOW)
        transaction.entries.add(tree.vision, whole, NOW)
        skip = transaction.entries.add(tree.vision, NewEntry(tree.run, MONDAY, None, skipped=True), NOW)
        gone = transaction.entries.add(tree.vision, logged(tree.run), NOW)
        assert skip
        assert gone
        transaction.entries.void([gone.id], NOW)
        for elsewhere in (
            logged(tree.stretch),
            logged(tree.run, date(2026, 11, 30)),
            logged(tree.run, date(2026, 11, 22)),
        ):
            transaction.entries.add(tree.vision, elsewhere, NOW)
        cells = [
            (tree.run, MONDAY, Cell(Decimal("2.5"), ONE // 3)),
            (tree.week, MONDAY, Cell(Decimal(9), 5, False, True)),
        ]
        transaction.cache.write(cells, {tree.run: Run(2, 5, MONDAY)})

    await store.write(fill)
    wanted = [(tree.run, MONDAY), (tree.week, MONDAY), (tree.root, MONDAY)]
    spans = [ChildCells(tree.run, MONDAY, WEEK.end), ChildCells(tree.stretch, MONDAY, WEEK.end)]
    needs = Needs(tree.run, WEEK, wanted, spans)

    def both(transaction: Transaction) -> tuple[object, object]:
        entries = transaction.entries.of_leaf(tree.run, WEEK.start, WEEK.end)
        others = transaction.cache.crowd(tree.week, MONDAY, tree.run)
        apart = StoredRows(entries, *transaction.cache.read(wanted, spans, tree.run), others)
        return transaction.check_offs.read(replace(needs, each_id=tree.week)), apart

    at_once, apart = await store.read(both)
    assert at_once == apart
    rows = await store.read(lambda tx: tx.check_offs.read(needs))
    assert [(entry.on, entry.value, entry.skipped) for entry in rows.entries] == [
        (MONDAY, Decimal("2.5"), False),
        (MONDAY, None, True),
        (TUESDAY, Decimal("2.5"), False),
    ]
    assert (len(rows.cells), rows.sums, rows.run) == (2, {tree.run: Sums(ONE // 3)}, Run(2, 5, MONDAY))
    assert rows.others is None


async def test_writing_keeps_the_entry_and_what_follows_from_it(store: Store) -> None:
    tree = await planted(store)
    cell, run = Cell(Decimal(1), ONE), Run(1, 1, MONDAY)
    entry = await store.write(
        lambda tx: tx.check_offs.write(tree.vision, logged(tree.run), NOW, [(tree.run, MONDAY, cell)], {tree.run: run})
    )
    assert await store.read(lambda tx: tx.entries.of_vision(tree.vision)) == [entry]
    assert await _cache_of(store, tree) == ({MONDAY: cell}, {tree.run: run})


async def test_an_entry_may_change_no_figure(store: Store) -> None:
    tree = await planted(store)
    entry = await store.write(lambda tx: tx.check_offs.write(tree.vision, logged(tree.run), NOW, [], {}))
    assert await store.read(lambda tx: tx.entries.of_vision(tree.vision)) == [entry]
    assert await _cache_of(store, tree) == ({}, {})


async def test_a_source_key_that_is_there_writes_nothing_even_if_its_entry_is_void(store: Store) -> None:
    tree = await planted(store)
    new = logged(tree.run, source_key="1:2:0")
    first = await store.write(lambda tx: tx.entries.add(tree.vision, new, NOW))
    assert first

    def again(transaction: Transaction) -> object:
        cell, run = Cell(Decimal(1), ONE), Run(1, 1, MONDAY)
        return transaction.check_offs.write(tree.vision, new, NOW, [(tree.run, MONDAY, cell)], {tree.run: run})

    assert await store.write(again) is None
    await store.write(lambda tx: tx.entries.void([first.id], NOW))
    assert await store.write(again) is None
    assert await store.read(lambda tx: tx.entries.of_vision(tree.vision)) == []
    assert await _cache_of(store, tree) == ({}, {})


async def test_a_tree_that_changes_before_it_is_locked_is_read_again(postgres_url: str) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        async with storage.open_store(postgres_url) as store:
            tree = await planted(store)
            change = other.transaction()
            await change.start()
            await other.execute("UPDATE nodes SET weight = 0 WHERE id = $1", tree.week)
            await other.execute("UPDATE visions SET stale = true, shape = shape + 1 WHERE id = $1", tree.vision)
            wanted = Log(tree.run, MONDAY, value=Decimal(5))
            logged_meanwhile = asyncio.ensure_future(log(store, Actor.alone(CHAT), wanted, NOW))
            while not await other.fetchval(waiting):
                assert not logged_meanwhile.done()
            await change.commit()
            result = await logged_meanwhile
            assert (result.tree.nodes[tree.week].weight, result.steps[1].standing.value) == (Decimal(0), Decimal(5))
            assert not (await store.read(lambda tx: tx.trees.vision(tree.vision))).stale  # type: ignore[union-attr]
            assert await verify(store, Actor.host()) == (1, [])
    finally:
        await other.close()


async def _cache_of(store: Store, tree: Planted) -> tuple[dict[date, Cell], dict[int, Run]]:
    return await store.read(lambda tx: (tx.cache.leaf_cells(tree.run), tx.cache.all_runs(tree.vision)))
