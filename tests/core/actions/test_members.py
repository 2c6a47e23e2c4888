"""Joining, leaving, coming back, and changing one's name."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.actions.log import log
from core.actions.logged import Log
from core.actions.members import join, renamed
from core.actions.owners import moved, welcome
from core.errors import DateRefused, Refused
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, MONDAY, OUTLINE, Circle


@pytest.mark.parametrize(("logged", "last"), [(False, MONDAY + timedelta(days=1)), (True, MONDAY + timedelta(days=2))])
async def test_someone_who_leaves_is_expected_no_longer(store: Store, logged: bool, last: date) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today = MONDAY + timedelta(days=2)
    await circle.log(ANN, "Read", 20)
    if logged:
        await circle.log(BEN, "Read", 10)
    await circle.leave(BEN)
    assert [leaf.ends_on for leaf in await circle.leaves()] == [None, last]
    assert await circle.percent("Read") == (75 if logged else 100)
    with pytest.raises(Refused):
        await circle.log(BEN, "Read", 5)
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    assert await circle.percent("Read") == 100
    await circle.sound()


async def test_someone_who_returns_at_once_continues_and_later_starts_over(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today = MONDAY + timedelta(days=2)
    await circle.leave(BEN)
    await circle.join(BEN)
    assert [(leaf.starts_on, leaf.ends_on) for leaf in await circle.leaves()] == [(MONDAY, None)] * 2
    await circle.leave(BEN)
    circle.today += timedelta(days=5)
    await circle.join(BEN)
    ranges = [(leaf.starts_on, leaf.ends_on) for leaf in await circle.leaves()]
    assert ranges[1:] == [(MONDAY, MONDAY + timedelta(days=1)), (circle.today, None)]
    done = await circle.log(BEN, "Read", 20)
    assert done.leaf.starts_on == circle.today
    old = Log(done.leaf.parent_id or 0, MONDAY, value=Decimal(20), source_key="x:9:0")
    assert (await log(store, circle.by(BEN), old, circle.now)).leaf.ends_on == MONDAY + timedelta(days=1)
    gap = Log(done.leaf.parent_id or 0, MONDAY + timedelta(days=3), value=Decimal(20))
    with pytest.raises(DateRefused):
        await log(store, circle.by(BEN), gap, circle.now)
    await circle.sound()


async def test_someone_who_joins_and_leaves_within_a_day_was_not_there(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.join(BEN)
    await circle.leave(BEN)
    assert [leaf.title for leaf in await circle.leaves()] == ["Ann"]
    await circle.sound()


async def test_someone_who_joined_a_chat_that_turns_out_to_be_an_older_one_is_in_that(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await welcome(store, Actor.host(-777), OwnerType.GROUP, "Friends", "en", circle.now)
    await join(store, Actor.in_group(-777, BEN), "Ben", circle.now)
    await moved(store, Actor.host(circle.chat), -777, circle.now)
    circle.chat = -777
    assert [leaf.title for leaf in await circle.leaves()] == ["Ann", "Ben"]
    await circle.log(BEN, "Read", 20)
    await circle.sound()


async def test_a_name_changes_on_ones_leaves_too(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await renamed(store, Actor.alone(ANN), "Anna\n💫", circle.now)
    assert [leaf.title for leaf in await circle.leaves()] == ["Anna💫"]
    await renamed(store, Actor.alone(ANN), "", circle.now)
    assert len(await circle.leaves()) == 1
