"""Another place in the tree."""

from __future__ import annotations

from datetime import date

import pytest

from core.actions.edit.edited import EditOutcome
from core.actions.edit.moving import NewPlace, move
from core.actions.edit.undo import undo_last
from core.actions.log import log
from core.actions.logged import Log
from core.errors import InvalidPlan, NotFound
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person

TREE = """\
Fit (from 2026-11-02)
  W: Body
    D: Gym
    D: Stretch
  W: 50 km a week = 50 km sum
    D: Run = 5 km
    D: Walk = 2 km
  M: Empty
"""


async def children(anna: Person, title: str) -> list[str]:
    above = await anna.node(title)
    below = [node for node in await anna.nodes() if node.parent_id == above.id]
    return [node.title for node in sorted(below, key=lambda node: node.position)]


async def moved(anna: Person, title: str, below: str, before: str | None = None, key: str | None = None) -> EditOutcome:
    before_id = None if before is None else (await anna.node(before)).id
    place = NewPlace((await anna.node(below)).id, before_id)
    done = await move(anna.store, anna.actor, (await anna.node(title)).id, place, anna.now, source_key=key)
    return done.outcome


async def test_a_goal_counts_where_it_stands_for_the_past_as_well(store: Store) -> None:
    anna = await Person(store).open(TREE)
    await anna.log("Gym", on=date(2026, 11, 3))
    past = date(2026, 11, 4)
    assert (await anna.standing("Body", past)).percent == 7
    assert await moved(anna, "Gym", "Fit", key="7:1:7:m") is EditOutcome.DONE
    assert (await anna.standing("Body", past)).percent == 0
    assert await children(anna, "Body") == ["Stretch"]
    assert await children(anna, "Fit") == ["Body", "50 km a week", "Empty", "Gym"]
    assert await moved(anna, "Gym", "Fit", key="7:1:7:m") is EditOutcome.REPEATED
    assert await moved(anna, "Gym", "Fit") is EditOutcome.UNCHANGED
    await anna.all()


async def test_siblings_stand_in_the_order_that_is_wanted(store: Store) -> None:
    anna = await Person(store).open(TREE)
    assert await moved(anna, "Empty", "Fit", before="Body") is EditOutcome.DONE
    assert await children(anna, "Fit") == ["Empty", "Body", "50 km a week"]
    assert await moved(anna, "Body", "Fit") is EditOutcome.DONE
    assert await children(anna, "Fit") == ["Empty", "50 km a week", "Body"]
    assert await moved(anna, "Body", "Fit", before="Body") is EditOutcome.UNCHANGED


async def test_a_leaf_without_entries_may_get_goals_below_it(store: Store) -> None:
    anna = await Person(store).open(TREE)
    await moved(anna, "Gym", "Empty")
    assert await children(anna, "Empty") == ["Gym"]
    await anna.all()


@pytest.mark.parametrize(
    ("title", "below", "code"),
    [
        ("Fit", "Body", "vision_stays"),
        ("Body", "Body", "below_itself"),
        ("Body", "Gym", "below_itself"),
        ("Empty", "Body", "coarser_than_parent"),
        ("Body", "Run", "coarser_than_parent"),
        ("Gym", "Stretch", "logged_parent"),
        ("Gym", "Other tree", "other_tree"),
        ("Twin", "Body", "title_taken"),
        ("Run", "Body", "sum_of_nothing"),
    ],
)
async def test_a_place_that_cannot_be_changes_nothing(store: Store, title: str, below: str, code: str) -> None:
    twin = "  W: Twins\n    D: gym\n    D: Third\n  W: Single\n    D: Only\n"
    anna = await Person(store).open(TREE.replace("    D: Walk = 2 km\n", "    D: Pause = 2 pages\n") + twin)
    await anna.open("Other tree\n  D: Anything\n")
    await anna.log("Stretch", on=date(2026, 11, 3))
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await moved(anna, "gym" if title == "Twin" else title, below)
    assert code in [fault.code for fault in refused.value.faults]
    assert await anna.all() == before


async def test_it_is_not_put_before_what_stands_elsewhere_or_below_what_is_not_there(store: Store) -> None:
    anna = await Person(store).open(TREE)
    with pytest.raises(NotFound):
        await moved(anna, "Gym", "Fit", before="Run")
    gym = (await anna.node("Gym")).id
    with pytest.raises(NotFound):
        await move(store, anna.actor, gym, NewPlace(10**6), anna.now, source_key=None)


async def test_a_goal_that_loses_the_last_one_below_it_is_logged_itself(store: Store) -> None:
    goals = "  M: Far = 80 km sum\n    D: Run = 5 km\n  W: Calm\n    D: Read\n"
    anna = await Person(store).open(f"Fit (from 2026-11-02)\n{goals}")
    await anna.log("Run", 5)
    before = await anna.all()
    await moved(anna, "Read", "Fit", before="Calm")
    await moved(anna, "Run", "Calm")
    assert (await anna.outline()).splitlines()[1:] == [
        "  M: Far = 80 km",
        "  D: Read",
        "  W: Calm",
        "    D: Run = 5 km",
    ]
    assert (await anna.standing("Far")).value == 0
    await anna.all()
    for _ in range(2):
        await undo_last(store, anna.actor, anna.now, source_key=None)
    assert await anna.all() == before


async def test_entries_since_then_on_the_goal_left_alone_prevent_an_undo(store: Store) -> None:
    anna = await Person(store).open("Fit (from 2026-11-02)\n  W: Calm\n    D: Read\n")
    await moved(anna, "Read", "Fit")
    anna.seconds += 1
    await log(store, Actor.alone(anna.chat), Log((await anna.node("Calm")).id, WEDNESDAY), anna.now)
    calm = NewPlace((await anna.node("Calm")).id)
    read = (await anna.node("Read")).id
    with pytest.raises(InvalidPlan) as refused:
        await move(store, anna.actor, read, calm, anna.now, source_key=None)
    assert [fault.code for fault in refused.value.faults] == ["logged_parent"]
    await anna.all()
