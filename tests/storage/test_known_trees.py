"""A process's knowledge of trees' figures: what it would read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.util import greenlet_spawn

import storage
from core.actions.log import log
from core.actions.logged import Log
from core.actions.read import read_trees
from core.goals.crowd import Crowd
from core.goals.model import Entry
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, Sums
from core.goals.streaks import Run
from core.goals.windows import ChildCells
from core.group.permissions import Actor
from core.ports.check_offs import Made, Needs, StoredRows
from core.ports.entries import NewEntry
from storage.known_trees import KnownTree, KnownTrees
from storage.postgres_clerk import Clerk
from storage.repositories import batches
from storage.repositories.batches import BatchReading
from tests.laws.shared_tree import CHAT, all_is_well, make
from tests.laws.stream import NOON

MONDAY = date(2026, 11, 23)
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)
LEAF, BESIDE, WEEK = 3, 4, 2
DONE = Cell(progress=ONE)


def needs_on(on: date) -> Needs:
    """The needs of a check-off of the leaf, below a week with another leaf."""
    spans = [ChildCells(node_id, MONDAY, SUNDAY) for node_id in (LEAF, BESIDE)]
    return Needs(LEAF, Period(on, on), [(LEAF, on), (WEEK, MONDAY)], spans)


def entry(on: date, entry_id: int = 9) -> Entry:
    return Entry(entry_id, LEAF, on, None)


def read_on_monday() -> KnownTree:
    """A tree of which the leaf's Monday was read: it is done, and its sibling is half done."""
    reading = BatchReading(
        cells={(LEAF, MONDAY): DONE, (WEEK, MONDAY): Cell(progress=ONE // 7)},
        sums={
            (LEAF, MONDAY, MONDAY + timedelta(days=6)): Sums(ONE),
            (BESIDE, MONDAY, MONDAY + timedelta(days=6)): Sums(5),
        },
        last_cells={LEAF: MONDAY, BESIDE: TUESDAY},
        runs={LEAF: (Run(1, 1, MONDAY), MONDAY)},
        entries={LEAF: [entry(MONDAY)]},
    )
    known = KnownTree(1, 2)
    known.learn(needs_on(MONDAY), reading)
    return known


def test_rows_that_were_read_are_known() -> None:
    assert read_on_monday().rows(needs_on(MONDAY)) == StoredRows(
        [entry(MONDAY)],
        {LEAF: DONE, WEEK: Cell(progress=ONE // 7)},
        {LEAF: Sums(ONE), BESIDE: Sums(5)},
        Run(1, 1, MONDAY),
    )


def test_behind_the_last_entry_of_a_leaf_nothing_is_logged() -> None:
    rows = read_on_monday().rows(needs_on(TUESDAY))
    assert rows is not None
    assert (rows.entries, rows.cells) == ([], {WEEK: Cell(progress=ONE // 7)})


def test_behind_the_last_cells_of_nodes_is_nothing() -> None:
    known, next_monday = read_on_monday(), SUNDAY + timedelta(days=1)
    spans = [ChildCells(node_id, next_monday, next_monday + timedelta(days=6)) for node_id in (LEAF, BESIDE)]
    coming = Needs(LEAF, Period(next_monday, next_monday), [(LEAF, next_monday)], spans)
    rows = known.rows(coming)
    assert rows is not None
    assert rows.sums == {LEAF: Sums(), BESIDE: Sums()}
    # Another leaf's change there is known from then on.
    known.change(coming, Made(NewEntry(BESIDE, next_monday, None), [(BESIDE, next_monday, DONE)], {}, _told))
    rows = known.rows(coming)
    assert rows is not None
    assert rows.sums == {LEAF: Sums(), BESIDE: Sums(ONE)}
    # Nothing is known of the time before a last cell, nor of a node whose last cell was not read.
    assert known.rows(replace(coming, spans=[ChildCells(BESIDE, next_monday + DAY, SUNDAY)])) is not None
    assert known.rows(replace(coming, spans=[ChildCells(BESIDE, next_monday - DAY, SUNDAY)])) is None
    assert known.rows(replace(coming, cells=[(WEEK, next_monday)])) is None


def _told() -> Callable[[Entry], None]:
    return lambda _: None


@pytest.mark.parametrize(
    "needs",
    [
        needs_on(MONDAY - timedelta(days=1)),
        Needs(BESIDE, Period(TUESDAY, TUESDAY), [(BESIDE, TUESDAY)], []),
        Needs(LEAF, Period(TUESDAY, TUESDAY), [(LEAF, TUESDAY), (WEEK, TUESDAY)], []),
        Needs(LEAF, Period(TUESDAY, TUESDAY), [(LEAF, TUESDAY)], [ChildCells(BESIDE, TUESDAY, TUESDAY)]),
    ],
    ids=["a day before it", "another leaf", "another window", "another span"],
)
def test_rows_that_were_not_read_are_not_known(needs: Needs) -> None:
    assert read_on_monday().rows(needs) is None


def test_the_others_crowd_is_known_for_a_period_that_was_read() -> None:
    each, known = 5, KnownTree(1, 2)
    needs = Needs(
        LEAF, Period(MONDAY, MONDAY), [(LEAF, MONDAY), (each, MONDAY)], [ChildCells(each, MONDAY, SUNDAY)], each
    )
    others = Crowd().with_(Cell(progress=1))
    reading = BatchReading(
        cells={(LEAF, MONDAY): DONE, (each, MONDAY): DONE},
        last_cells={each: MONDAY},
        crowds={(each, MONDAY): others.with_(DONE)},
        runs={LEAF: (Run(), MONDAY)},
    )
    known.learn(needs, reading)
    rows = known.rows(needs)
    assert rows is not None
    assert rows.others == replace(others, most=None)
    # The goal of all has no cell on the day after, but somebody's skip may be there.
    after = replace(needs, period=Period(TUESDAY, TUESDAY), cells=[(LEAF, TUESDAY), (each, TUESDAY)])
    assert known.rows(replace(after, each_id=None)) is not None
    assert known.rows(after) is None


def test_a_check_offs_result_is_known_from_then_on() -> None:
    known, needs = read_on_monday(), needs_on(TUESDAY)
    assert known.rows(needs) is not None
    cells = [(LEAF, TUESDAY, DONE), (WEEK, MONDAY, Cell(progress=2 * ONE // 7))]
    made: Made[None] = Made(NewEntry(LEAF, TUESDAY, None), cells, {LEAF: Run(2, 2, TUESDAY)}, _told)
    known.change(needs, made)
    known.log(needs, entry(TUESDAY))
    assert known.rows(needs) == StoredRows(
        [entry(TUESDAY)],
        {LEAF: DONE, WEEK: Cell(progress=2 * ONE // 7)},
        {LEAF: Sums(2 * ONE), BESIDE: Sums(5)},
        Run(2, 2, TUESDAY),
    )
    # Done with half of it instead: the sums hold only the present value.
    known.change(needs, Made(made.entry, [(LEAF, TUESDAY, Cell(progress=ONE // 2))], {}, made.tell))
    rows = known.rows(needs)
    assert rows is not None
    assert rows.sums[LEAF] == Sums(ONE + ONE // 2)
    assert known.rows(needs_on(TUESDAY + timedelta(days=1))) is not None


def test_a_tree_is_taken_once_and_those_not_used_for_longest_go_first() -> None:
    size = read_on_monday().figures
    trees = KnownTrees(most=2 * size, most_of_one=size)
    one, two, three = read_on_monday(), read_on_monday(), read_on_monday()
    trees.keep(1, one)
    trees.keep(2, two)
    assert trees.take(1) is one
    assert trees.take(1) is None
    trees.keep(1, one)
    trees.keep(3, three)
    assert [trees.take(vision_id) for vision_id in (1, 2, 3)] == [one, None, three]
    one.log(needs_on(MONDAY), entry(MONDAY))
    trees.keep(1, one)
    assert trees.take(1) is None


def test_the_last_periods_of_a_leaf_are_known() -> None:
    known, sizes = read_on_monday(), []
    for number in range(1, 6):
        needs = needs_on(MONDAY + timedelta(days=number))
        assert known.rows(needs) is not None
        cells = [(LEAF, needs.period.start, DONE)]
        known.change(needs, Made(NewEntry(LEAF, MONDAY, None), cells, {}, _told))
        known.log(needs, entry(needs.period.start))
        sizes.append(known.figures)
    assert len(set(sizes[2:])) == 1
    all_rows = [known.rows(needs_on(MONDAY + timedelta(days=number))) for number in range(7)]
    assert [rows and rows.sums[LEAF] for rows in all_rows] == [None] * 3 + [Sums(6 * ONE)] * 4


async def test_after_any_check_offs_what_is_known_is_what_would_be_read(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, compared = random.Random(5), 0
    reads = Clerk._read

    async def held_against_a_reading(clerk: Clerk, jobs: Any) -> Any:
        nonlocal compared
        ready = await reads(clerk, jobs)
        for job in ready.jobs:
            vision_id = job.known.vision_id
            if vision_id in ready.remembered:
                read = await greenlet_spawn(lambda: batches.read(clerk._line.sql(), [vision_id], [job.needs]))  # noqa: B023
                tree = KnownTree(*read.marks[vision_id])
                tree.learn(job.needs, read)
                known = ready.trees[vision_id]
                assert (known.revision, known.shape) == (tree.revision, tree.shape)
                assert known.rows(job.needs) == tree.rows(job.needs)
                compared += 1
        return ready

    monkeypatch.setattr(Clerk, "_read", held_against_a_reading)
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [reading] = await read_trees(store, Actor.alone(CHAT), NOON.date())
        leaves = reading.tree.leaves()
        for number in range(120):
            leaf, on = chance.choice(leaves), NOON.date() - timedelta(days=30 - number // 4 + chance.choice((0, 0, 1)))
            value, source = Decimal(chance.randint(1, 6)), f"{CHAT}:{number}:0"
            await log(store, Actor.alone(CHAT), Log(leaf.id, on, value=value, source_key=source), NOON)
        await all_is_well(store)
    assert compared > 40
