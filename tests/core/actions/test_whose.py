"""Ownership of entries, and what nobody else may change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.actions.edit.ending import end
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.errors import NotFound, NothingToUndo, Refused
from core.group.permissions import Actor, Role
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, CLEO, MONDAY, OUTLINE, Circle


async def test_nobody_logs_for_another_and_who_did_not_join_logs_nothing(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    hers = (await circle.leaves())[0]
    wanted = Log(hers.id, MONDAY, value=Decimal(5), source_key="x:1:0")
    for actor, code in (
        (circle.by(BEN), "anothers"),
        (circle.by(BEN, Role.ADMIN), "anothers"),
        (circle.by(CLEO), "join_first"),
        (circle.by(None), "anonymous"),
    ):
        with pytest.raises(Refused) as refused:
            await log(store, actor, wanted, circle.now)
        assert refused.value.code == code
    for title in ("Read", "Run"):
        with pytest.raises(Refused):
            await circle.log(CLEO, title, 5)
    with pytest.raises(NotFound):
        await log(store, Actor.in_group(-999, ANN), wanted, circle.now)
    await circle.log(ANN, "Read", 5)


async def test_on_a_shared_leaf_numbers_add_up_and_each_changes_their_own_alone(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Run", 3)
    await circle.log(BEN, "Run", 4)
    done = await circle.log(ANN, "Run", 1, How.SET)
    assert done.steps[0].standing.value == 5
    run = (await circle.node("Run")).id
    prefix = f"{circle.chat}:2:"
    edited = Log(run, MONDAY, value=Decimal(9), source_key=f"{prefix}0:e1")
    # Ben had answered a message that is edited now: his entry stays his.
    [one] = await amend(store, circle.by(ANN), prefix, [edited], circle.now)
    assert one.steps[0].standing.value == 14
    undone = await undo_last(store, circle.by(BEN), circle.now)
    assert isinstance(undone, CheckOff)
    assert undone.steps[0].standing.value == 10
    with pytest.raises(NothingToUndo):
        await undo_last(store, circle.by(BEN), circle.now)
    with pytest.raises(Refused):
        await undo_last(store, circle.by(CLEO), circle.now)
    await circle.sound()


async def test_nobody_takes_anothers_tick_away(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Tidy up")
    assert (await circle.log(BEN, "Tidy up", 0, How.SET)).outcome is LogOutcome.UNCHANGED
    assert (await circle.log(BEN, "Tidy up")).outcome is LogOutcome.LOGGED
    assert (await circle.log(ANN, "Tidy up", 0, How.SET)).steps[0].standing.percent == 100
    assert (await circle.log(BEN, "Tidy up", 0, How.SET)).steps[0].standing.percent == 0
    await circle.sound()


async def test_a_shared_leaf_is_skipped_by_admins_alone(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    with pytest.raises(Refused) as refused:
        await circle.log(ANN, "Run", how=How.SKIP)
    assert refused.value.code == "everyones"
    done = await circle.log(ANN, "Run", how=How.SKIP, is_admin=True)
    assert done.outcome is LogOutcome.LOGGED
    assert (await circle.log(ANN, "Read", how=How.SKIP)).entry is not None
    await circle.sound()


async def test_nobody_ends_anothers_leaf(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    [_, bens] = await circle.leaves()
    with pytest.raises(Refused) as refused:
        await end(store, circle.by(ANN, Role.ADMIN), bens.id, None, circle.now, source_key=None)
    assert refused.value.code == "anothers"
