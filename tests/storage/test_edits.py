"""Edits of trees are kept unchanged for as long as they can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Node, Pause, Strategy
from core.goals.terms import DaySchedule, Terms
from core.planning.edits import Edit, EditKind, Effects, NodeChange, PauseChange
from core.ports.store import Store
from tests.storage.planting import CHAT, NOW, planted

TERMS = (
    Terms(target=Decimal("0.000001"), weight=Decimal("2.5"), schedule=DaySchedule(frozenset({0, 6}))),
    Terms(date(2026, 11, 3), Decimal(10) ** 9, schedule=DaySchedule(every=2), active=False),
    Terms(date(2026, 12, 3), None, schedule=DaySchedule(month_days=frozenset({1, 31}))),
)
NODE = Node(
    7, 2, "kéy", Kind.TARGET, Level.RANGE, "L\u00e4ufe \N{TURTLE}", Strategy.SUM, Measure.NUMBER, Aggregate.LAST, "km",
    Direction.AT_MOST, Decimal("-86.5"), TERMS, date(2026, 11, 2), date(2027, 1, 1), 3,
    Each(Measure.NUMBER, Aggregate.COUNT), 5, True,
)  # fmt: skip
EFFECTS = Effects(
    (NodeChange(3, None, NODE), NodeChange(3, replace(NODE, id=8, terms=(Terms(),)), None)),
    (PauseChange(None, Pause(1, date(2026, 11, 2), date(2026, 11, 9), 7)),),
    (4, 5, 6),
)


def edit(owner_id: int, **said: Any) -> Edit:
    bare = Edit(0, owner_id, CHAT, 7, "Title", NOW, None, EditKind.ADD, EFFECTS)
    return replace(bare, **said)


async def test_an_edit_comes_back_as_it_was(store: Store) -> None:
    tree = await planted(store)
    new = edit(tree.owner, source_key="7:1:7:0")
    kept = await store.write(lambda tx: tx.edits.add(new))
    assert kept == replace(new, id=kept.id)
    assert await store.read(lambda tx: tx.edits.by_source("7:1:7:0")) == kept
    assert await store.read(lambda tx: tx.edits.by_source("7:1:7:")) is None


async def test_the_last_of_somebody_is_the_one_that_was_not_taken_back(store: Store) -> None:
    tree = await planted(store)
    first = await store.write(lambda tx: tx.edits.add(edit(tree.owner)))
    second = await store.write(lambda tx: tx.edits.add(edit(tree.owner)))
    await store.write(lambda tx: tx.edits.add(edit(tree.owner, user_id=None)))
    assert await store.read(lambda tx: tx.edits.latest(tree.owner, CHAT)) == second
    await store.write(lambda tx: tx.edits.mark_undone(second.id, "7:9:7:0", NOW))
    assert await store.read(lambda tx: tx.edits.latest(tree.owner, CHAT)) == first
    assert await store.read(lambda tx: tx.edits.latest(tree.owner, CHAT + 1)) is None
    assert await store.read(lambda tx: tx.edits.undone_by("7:9:7:0")) == replace(second, undone=True)


async def test_old_messages_are_forgotten_and_all_of_a_forgotten_person(store: Store) -> None:
    tree = await planted(store)
    await store.write(lambda tx: tx.edits.add(edit(tree.owner, at=NOW - timedelta(days=91), source_key="old")))
    await store.write(lambda tx: tx.edits.add(edit(tree.owner, source_key="new")))
    assert await store.read(lambda tx: tx.edits.by_source("old")) is None
    await store.write(lambda tx: tx.edits.forget([tree.owner]))
    assert await store.read(lambda tx: tx.edits.by_source("new")) is None


async def test_the_id_of_a_node_that_an_edit_removed_is_not_given_again(store: Store) -> None:
    tree = await planted(store)
    [last] = await store.write(lambda tx: tx.trees.new_node_ids(1))
    gone = Effects((NodeChange(tree.vision, replace(NODE, id=last + 5), None),))
    await store.write(lambda tx: tx.edits.add(edit(tree.owner, effects=gone)))
    given = [(await store.write(lambda tx: tx.trees.new_node_ids(1)))[0] for _ in range(2)]
    assert all(one > last for one in given)
    if (await store.read(lambda tx: tx.trees.vision(tree.vision))) is not None:
        assert last + 5 not in given
