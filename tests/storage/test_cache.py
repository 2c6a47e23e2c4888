"""Cells and runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.goals.progress import ONE, Cell, Sums
from core.goals.streaks import Run
from core.goals.tree import ENDLESS
from core.goals.windows import ChildCells
from core.ports.store import Store
from tests.storage.planting import CHAT, MONDAY, planted

DAYS = [date(2026, 11, day) for day in range(21, 26)]


async def test_one_read_gives_cells_sums_of_spans_and_the_run(store: Store) -> None:
    tree = await planted(store)
    cells = [
        (tree.run, DAYS[0], Cell(Decimal(1), ONE)),
        (tree.run, DAYS[1], Cell(Decimal(1), ONE // 3)),
        (tree.run, DAYS[2], Cell(Decimal(0), ONE, counts=False, excused=True)),
        (tree.run, DAYS[3], Cell(Decimal(1), ONE, counts=False)),
        (tree.run, DAYS[4], Cell(Decimal(1), ONE)),
        (tree.week, MONDAY, Cell(Decimal("3.5"), 7)),
    ]
    run = Run(3, 9, MONDAY)
    await store.write(lambda transaction: transaction.cache.write(cells, {tree.run: run}))
    spans = [ChildCells(tree.run, DAYS[1], DAYS[3]), ChildCells(tree.stretch, DAYS[0], DAYS[4])]
    asked = [(tree.week, MONDAY), (tree.run, DAYS[2]), (tree.root, MONDAY)]
    result = await store.read(lambda transaction: transaction.cache.read(asked, spans, tree.run))
    assert result == ({tree.week: cells[5][2], tree.run: cells[2][2]}, {tree.run: Sums(ONE // 3, 1)}, run)


async def test_an_empty_cache_has_no_cells_and_an_empty_run(store: Store) -> None:
    tree = await planted(store)
    assert await store.read(lambda transaction: transaction.cache.read([], [], tree.run)) == ({}, {}, Run())


async def test_a_year_of_full_days_sums_exactly(store: Store) -> None:
    tree = await planted(store)
    start = date(2026, 1, 1).toordinal()
    days = [(tree.run, date.fromordinal(start + day), Cell(Decimal(1), ONE - 1)) for day in range(365)]
    await store.write(lambda transaction: transaction.cache.write(days, {}))
    span = ChildCells(tree.run, days[0][1], days[-1][1])
    _, sums, _ = await store.read(lambda transaction: transaction.cache.read([], [span], tree.run))
    assert sums == {tree.run: Sums(365 * (ONE - 1))}


async def test_cells_and_runs_are_written_over_what_is_there(store: Store) -> None:
    tree, other = await planted(store), await planted(store, CHAT + 1)

    async def write(cell: Cell, run: Run) -> None:
        cells = [(tree.run, MONDAY, cell), (other.run, MONDAY, cell)]
        await store.write(lambda transaction: transaction.cache.write(cells, {tree.run: run, other.run: run}))

    await write(Cell(Decimal(1), 5, True, False), Run(1, 4, None))
    cell, run = Cell(Decimal("2.25"), 5, True, False), Run(2, 4, None)
    await write(cell, run)
    assert await store.read(lambda transaction: transaction.cache.all_cells(tree.vision)) == {tree.run: {MONDAY: cell}}
    assert await store.read(lambda transaction: transaction.cache.leaf_cells(tree.run)) == {MONDAY: cell}
    assert await store.read(lambda transaction: transaction.cache.all_runs(tree.vision)) == {tree.run: run}


async def test_the_cells_of_several_nodes_come_in_one_read(store: Store) -> None:
    tree = await planted(store)
    cells = [(node, day, Cell(Decimal(node), 1)) for node in (tree.run, tree.stretch, tree.week) for day in DAYS]
    await store.write(lambda transaction: transaction.cache.write(cells, {}))
    result = await store.read(lambda transaction: transaction.cache.cells_of({tree.run, tree.week, tree.root}))
    assert result == {node: {day: Cell(Decimal(node), 1) for day in DAYS} for node in (tree.run, tree.week)}
    assert await store.read(lambda transaction: transaction.cache.cells_of(())) == {}


async def test_cells_within_ranges_of_each_node_come_in_one_read(store: Store) -> None:
    tree = await planted(store)
    cells = [(node, day, Cell(Decimal(node), 1)) for node in (tree.run, tree.stretch, tree.week) for day in DAYS]
    await store.write(lambda transaction: transaction.cache.write(cells, {}))
    spans = [
        ChildCells(tree.run, date.min, DAYS[0]),
        ChildCells(tree.run, DAYS[3], ENDLESS),
        ChildCells(tree.week, DAYS[2], DAYS[2]),
        ChildCells(tree.root, date.min, ENDLESS),
    ]
    result = await store.read(lambda transaction: transaction.cache.cells_within(spans))
    assert {node: sorted(of_node) for node, of_node in result.items()} == {
        tree.run: [DAYS[0], DAYS[3], DAYS[4]],
        tree.week: [DAYS[2]],
    }
    assert await store.read(lambda transaction: transaction.cache.cells_within([])) == {}
    whole = await store.read(lambda transaction: transaction.cache.cells_between([tree.run], date.min, ENDLESS))
    assert sorted(whole[tree.run]) == DAYS


async def test_removed_cells_are_gone_and_no_others(store: Store) -> None:
    tree = await planted(store)
    cells = [(node, day, Cell()) for node in (tree.run, tree.week) for day in DAYS]
    await store.write(lambda transaction: transaction.cache.write(cells, {}))
    gone = [(tree.run, DAYS[1]), (tree.week, DAYS[3])]
    await store.write(lambda transaction: transaction.cache.remove(gone))
    left = await store.read(lambda transaction: transaction.cache.all_cells(tree.vision))
    assert {(node, day) for node, days in left.items() for day in days} == {(n, d) for n, d, _ in cells} - set(gone)
