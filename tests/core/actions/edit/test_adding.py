"""A new goal below an existing one."""

from __future__ import annotations

from datetime import date

import pytest

from core.actions.edit.adding import NewGoal, add
from core.actions.edit.edited import Edited, EditOutcome
from core.caps import Caps
from core.errors import CapReached, InvalidPlan
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person


def plan(line: str) -> PlanNode:
    [vision] = parse_outline(f"New\n{line}", WEDNESDAY)
    return vision.children[0]


async def added(anna: Person, below: str, line: str, key: str | None = None, caps: Caps | None = None) -> Edited:
    wanted = NewGoal((await anna.node(below)).id, plan(line))
    return await add(anna.store, anna.actor, wanted, anna.now, caps or Caps(), source_key=key)


async def test_it_begins_today_as_the_last_one_below(store: Store) -> None:
    anna = await Person(store).open()
    done = await added(anna, "50 km a week", "  D: Walk = 2 km", key="7:1:7:a")
    assert (done.outcome, done.before) == (EditOutcome.DONE, None)
    assert done.node is not None
    assert (done.node.title, done.node.starts_on) == ("Walk", WEDNESDAY)
    again = await added(anna, "50 km a week", "  D: Walk = 2 km", key="7:1:7:a")
    assert (again.outcome, again.before, again.node) == (EditOutcome.REPEATED, None, done.node)
    await anna.log("Walk", 2)
    assert "    D: Run = 5 km\n    D: Stretch [mon wed fri]\n    D: Walk = 2 km" in await anna.outline()
    await anna.all()


async def test_it_comes_with_what_stands_below_it(store: Store) -> None:
    anna = await Person(store).open()
    await added(anna, "Run a marathon", "  W: Strength\n    D: Gym\n    D!: First session")
    first = await anna.node("First session")
    assert (first.starts_on, first.ends_on) == (WEDNESDAY, WEDNESDAY)
    assert (await anna.node("Gym")).parent_id == (await anna.node("Strength")).id


async def test_a_leaf_without_entries_becomes_a_goal_with_others_below(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Read", 5)
    with pytest.raises(InvalidPlan) as refused:
        await added(anna, "Read", "  D: A chapter")
    assert [fault.code for fault in refused.value.faults] == ["logged_parent"]
    await added(anna, "Run a marathon", "  W: Body")
    await added(anna, "Body", "  D: Gym")
    assert (await anna.node("Gym")).parent_id == (await anna.node("Body")).id
    await anna.all()


@pytest.mark.parametrize(
    ("below", "line", "code"),
    [
        ("50 km a week", "  D: RUN = 2 km", "title_taken"),
        ("Run a marathon", "  W: Body\n    D: Gym\n    D: gym", "title_taken"),
        ("50 km a week", "  M: Month", "coarser_than_parent"),
        ("Run a marathon", "  D: Swim each", "each_without_group"),
        ("Run a marathon", "  D: Swim (until 2026-01-01)", "outside_vision"),
    ],
)
async def test_an_impossible_addition_changes_nothing(store: Store, below: str, line: str, code: str) -> None:
    anna = await Person(store).open()
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await added(anna, below, line)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await anna.all() == before


async def test_there_are_only_so_many(store: Store) -> None:
    anna = await Person(store).open()
    with pytest.raises(CapReached):
        await added(anna, "Calm", "  D: Tea", caps=Caps(nodes=6))


async def test_below_a_vision_that_has_not_begun_it_begins_with_it(store: Store) -> None:
    anna = await Person(store).open("Later (from 2026-12-07)\n  D: Run\n")
    await added(anna, "Later", "  W!: First week")
    assert (await anna.node("First week")).starts_on == date(2026, 12, 7)
