"""Being away, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actions.absences import come_back, go_away
from core.errors import InvalidSetting, Refused
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, MONDAY, OUTLINE, Circle


async def test_someone_who_is_away_misses_nothing_and_is_not_waited_for(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    await circle.log(BEN, "Read", 20)
    circle.today += timedelta(days=1)
    await go_away(store, circle.by(BEN), circle.today + timedelta(days=2), circle.now)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    assert await circle.percent("Read") == 100
    reading = await circle.reading()
    bens = (await circle.leaves())[1]
    streak = reading.standing(bens).streak
    assert streak is not None
    assert streak.current == 1
    # Logging while away counts.
    done = await circle.log(BEN, "Read", 10)
    assert (done.steps[0].standing.percent, done.steps[1].standing.percent) == (50, 75)
    circle.today += timedelta(days=1)
    away = await come_back(store, circle.by(BEN), circle.now)
    assert away.absence is not None
    assert await circle.percent("Read") == 0
    assert (await circle.log(BEN, "Read", 20)).steps[0].standing.streak is not None
    assert (await come_back(store, circle.by(BEN), circle.now)).absence is None
    await circle.sound()


async def test_a_streak_is_not_broken_by_an_absence_that_lies_ahead(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.log(ANN, "Read", 20)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=5), circle.now)
    [leaf] = await circle.leaves()
    for days, current in ((1, 2), (4, 2), (6, 2), (8, 0)):
        streak = (await circle.reading(MONDAY + timedelta(days=days))).standing(leaf).streak
        assert streak is not None
        assert streak.current == current
    # Today was done before, so today is no day of absence.
    assert await circle.percent("Read") == 100


async def test_a_week_is_skipped_where_at_least_half_of_it_is_away(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  W: Run = 10 km each\n", ANN)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=10), circle.now)
    reading = await circle.reading()
    [leaf] = reading.tree.children(await circle.node("Run"))
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    # All of this week, and Monday to Thursday of the next.
    assert [(start, cell.excused) for start, cell in sorted(cells.items())] == [
        (MONDAY, True),
        (MONDAY + timedelta(days=7), True),
    ]
    await come_back(store, circle.by(ANN), circle.now)
    await go_away(store, circle.by(ANN), MONDAY + timedelta(days=9), circle.now + timedelta(minutes=1))
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    assert [start for start, cell in sorted(cells.items()) if cell.excused] == [MONDAY]


async def test_someone_who_is_away_for_what_is_planned_meanwhile_and_not_for_too_long(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    with pytest.raises(InvalidSetting):
        await go_away(store, circle.by(ANN), MONDAY + timedelta(days=60), circle.now)
    with pytest.raises(InvalidSetting):
        await go_away(store, circle.by(ANN), MONDAY - timedelta(days=1), circle.now)
    with pytest.raises(Refused):
        await go_away(store, circle.by(BEN), None, circle.now)
    away = await go_away(store, circle.by(ANN), None, circle.now)
    assert away.absence is not None
    assert away.absence.last == MONDAY + timedelta(days=59)
    await circle.plan("Read more\n  D: Gym each")
    [leaf] = await circle.leaves("Gym")
    cells = await store.read(lambda tx: tx.cache.leaf_cells(leaf.id))
    assert (len(cells), all(cell.excused for cell in cells.values())) == (60, True)
    await circle.sound()
