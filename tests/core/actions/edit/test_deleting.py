"""Deleting a goal, as if it had never been planned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actions.edit.deleting import delete
from core.actions.edit.edited import Edited, EditOutcome
from core.actions.edit.undo import undo_last
from core.errors import NotSure
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person


async def deleted(anna: Person, title: str, *, sure: bool = False, key: str | None = None) -> Edited:
    node_id = (await anna.node(title)).id
    return await delete(anna.store, anna.actor, node_id, anna.now, sure=sure, source_key=key)


async def test_a_goal_without_entries_goes_at_once(store: Store) -> None:
    anna = await Person(store).open()
    stretch = await anna.node("Stretch")
    done = await deleted(anna, "Stretch", key="7:1:7:d")
    assert (done.outcome, done.before, done.node) == (EditOutcome.DONE, stretch, None)
    assert "Stretch" not in await anna.outline()
    again = await delete(store, anna.actor, (await anna.node("Run")).id, anna.now, source_key="7:1:7:d")
    assert (again.outcome, again.before, again.node) == (EditOutcome.REPEATED, stretch, None)
    await anna.all()


async def test_entries_are_deleted_only_if_that_is_sure(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5)
    await anna.log("Run", 5, on=WEDNESDAY - timedelta(days=1))
    before = await anna.all()
    with pytest.raises(NotSure) as refused:
        await deleted(anna, "50 km a week")
    assert refused.value.values == {"title": "50 km a week", "count": 2}
    assert await anna.all() == before
    await deleted(anna, "50 km a week", sure=True)
    assert "Run =" not in await anna.outline()
    await anna.all()


async def test_the_goal_above_the_last_one_is_logged_itself(store: Store) -> None:
    anna = await Person(store).open()
    before = await anna.all()
    await deleted(anna, "Read")
    assert "  W: Calm" in await anna.outline()
    await anna.log("Calm")
    assert (await anna.standing("Calm")).percent == 100
    await deleted(anna, "Stretch")
    await deleted(anna, "Run")
    assert "  W: 50 km a week = 50 km\n" in await anna.outline() + "\n"
    await anna.all()
    for _ in range(4):
        await undo_last(store, anna.actor, anna.now, source_key=None)
    assert await anna.all() == before


async def test_a_whole_tree_goes_with_its_vision(store: Store) -> None:
    anna = await Person(store).open()
    await anna.open("Other\n  D: Swim\n")
    done = await deleted(anna, "Run a marathon")
    assert (done.is_gone, done.node) == (True, None)
    assert (await anna.outline()).startswith("Other")
    await anna.all()
