"""Another name for a goal."""

from __future__ import annotations

import pytest

from core.actions.edit.edited import EditOutcome
from core.actions.edit.rename import rename
from core.actions.read import read_trees
from core.errors import InvalidPlan, NotFound, Refused
from core.goals.model import OwnerType
from core.group.permissions import Actor, Role
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, Circle
from tests.core.actions.edit.person import Person


async def test_a_goal_gets_another_name_and_keeps_what_was_logged(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5)
    done = await rename(store, anna.actor, (await anna.node("Run")).id, " Jog ", anna.now, source_key="7:1:7:rename")
    assert done.outcome is EditOutcome.DONE
    assert done.before is not None
    assert done.node is not None
    assert (done.before.title, done.node.title) == ("Run", "Jog")
    assert done.expectations == []
    assert (await anna.standing("Jog")).percent == 100
    await anna.all()


async def test_the_same_message_again_changes_nothing_and_tells_what_it_did(store: Store) -> None:
    anna = await Person(store).open()
    run = (await anna.node("Run")).id
    await rename(store, anna.actor, run, "Jog", anna.now, source_key="7:1:7:rename")
    await rename(store, anna.actor, run, "Trot", anna.now, source_key="7:2:7:rename")
    before = await anna.all()
    again = await rename(store, anna.actor, run, "Jog", anna.now, source_key="7:1:7:rename")
    assert (again.outcome, again.before and again.before.title) == (EditOutcome.REPEATED, "Run")
    assert await anna.all() == before


async def test_the_same_title_is_no_change(store: Store) -> None:
    anna = await Person(store).open()
    done = await rename(store, anna.actor, (await anna.node("Run")).id, "Run", anna.now, source_key=None)
    assert done.outcome is EditOutcome.UNCHANGED


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title_empty"),
        ("x" * 201, "title_too_long"),
        ("a\x00b", "title_unprintable"),
        ("STRETCH", "title_taken"),
        ("Cafe\u0301", "title_taken"),
    ],
)
async def test_a_name_that_cannot_be_changes_nothing(store: Store, title: str, code: str) -> None:
    anna = await Person(store).open("Fit\n  D: Run = 5 km\n  D: Stretch\n  D: Caf\u00e9\n")
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await rename(store, anna.actor, (await anna.node("Run")).id, title, anna.now, source_key=None)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await anna.all() == before


async def test_accents_are_kept_as_letters(store: Store) -> None:
    anna = await Person(store).open()
    await rename(store, anna.actor, (await anna.node("Run")).id, "Cafe\u0301", anna.now, source_key=None)
    assert (await anna.node("Caf\u00e9")).title == "Caf\u00e9"


async def test_a_goal_of_another_chat_is_not_there(store: Store) -> None:
    anna = await Person(store).open()
    await store.write(lambda tx: tx.owners.add(8, OwnerType.PRIVATE, "", "en", anna.now))
    with pytest.raises(NotFound):
        await rename(store, Actor.alone(8), (await anna.node("Run")).id, "Mine", anna.now, source_key=None)


async def test_in_a_group_the_goal_of_each_one_is_renamed_and_nobodys_part(store: Store) -> None:
    circle = await Circle(store).open("Fit\n  D: Read = 20 pages each\n", ANN, BEN)
    admin = Actor.in_group(circle.chat, ANN, Role.ADMIN)
    [reading] = await read_trees(store, admin, circle.today)
    nodes = {node.title: node for node in reading.tree.nodes.values()}
    await rename(store, admin, nodes["Read"].id, "Books", circle.now, source_key=None)
    with pytest.raises(Refused) as refused:
        await rename(store, admin, next(n.id for n in nodes.values() if n.member_id), "X", circle.now, source_key=None)
    assert refused.value.code in ("part_of_each", "anothers")
    with pytest.raises(Refused):
        await rename(store, Actor.in_group(circle.chat, BEN), nodes["Read"].id, "Mine", circle.now, source_key=None)
