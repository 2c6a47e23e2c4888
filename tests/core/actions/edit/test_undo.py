"""Undoing the last action: entries and edits in one order."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.actions.access import enter
from core.actions.closing import let_go
from core.actions.documents import bring_in
from core.actions.edit.adding import NewGoal, add
from core.actions.edit.deleting import delete
from core.actions.edit.edited import EditOutcome
from core.actions.edit.ending import end, take_up
from core.actions.edit.moving import NewPlace, move
from core.actions.edit.pauses import pause, resume
from core.actions.edit.rename import rename
from core.actions.edit.terms import TermsChange, change_terms
from core.actions.edit.undo import Undone, undo_last
from core.actions.logged import CheckOff
from core.actions.plant import plant
from core.actions.recording import Recording
from core.caps import Caps
from core.errors import NothingToUndo, Refused, UndoRefused
from core.goals.model import Pause
from core.group.permissions import Act, Actor, Role
from core.planning.document import parse_document
from core.planning.edits import EditKind
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction
from tests.core.actions.circle import ANN, BEN, Circle
from tests.core.actions.edit.person import WEDNESDAY, Person
from tests.core.actions.edit.test_adding import plan

DAY = timedelta(days=1)
TREE = """\
Fit (from 2026-10-01)
  Q: 300 km a quarter = 300 km sum
    W: 50 km a week = 50 km sum
      D: Run = 5 km
      D: Stretch [mon wed fri] x2
  W: Calm
    D: Read = 20 pages
  D: Old
"""


async def tick(anna: Person) -> None:
    """Let some time pass."""
    anna.seconds += 1


async def undone(anna: Person, key: str | None = None) -> CheckOff | Undone:
    await tick(anna)
    return await undo_last(anna.store, anna.actor, anna.now, source_key=key)


async def _rename(anna: Person) -> None:
    await rename(anna.store, anna.actor, (await anna.node("Run")).id, "Jog", anna.now, source_key=None)


async def _terms(anna: Person) -> None:
    change = TermsChange(target=Decimal(8), weight=Decimal(3))
    await change_terms(anna.store, anna.actor, (await anna.node("Run")).id, change, anna.now, source_key=None)


async def _schedule(anna: Person) -> None:
    change = TermsChange(every_days=2, starting=date(2026, 10, 20))
    await change_terms(anna.store, anna.actor, (await anna.node("Stretch")).id, change, anna.now, source_key=None)


async def _pause(anna: Person) -> None:
    days = Pause(0, anna.today - 3 * DAY, anna.today + 9 * DAY, (await anna.node("50 km a week")).id)
    await pause(anna.store, anna.actor, days, anna.now, source_key=None)


async def _resume(anna: Person) -> None:
    await resume(anna.store, anna.actor, None, anna.now, source_key=None)


async def _move(anna: Person) -> None:
    place = NewPlace((await anna.node("300 km a quarter")).id, (await anna.node("50 km a week")).id)
    await move(anna.store, anna.actor, (await anna.node("Calm")).id, place, anna.now, source_key=None)


async def _move_one(anna: Person) -> None:
    place = NewPlace((await anna.node("300 km a quarter")).id)
    await move(anna.store, anna.actor, (await anna.node("Stretch")).id, place, anna.now, source_key=None)


async def _add(anna: Person) -> None:
    wanted = NewGoal((await anna.node("Calm")).id, plan("  D: Tea"))
    await add(anna.store, anna.actor, wanted, anna.now, source_key=None)


async def _end(anna: Person) -> None:
    await end(anna.store, anna.actor, (await anna.node("300 km a quarter")).id, None, anna.now, source_key=None)


async def _take_up(anna: Person) -> None:
    await take_up(anna.store, anna.actor, (await anna.node("Old")).id, None, anna.now, source_key=None)


async def _delete(anna: Person) -> None:
    node_id = (await anna.node("50 km a week")).id
    other = NewGoal((await anna.node("300 km a quarter")).id, plan("  W: Other = 10 km"))
    await add(anna.store, Actor.host(anna.chat), other, anna.now, source_key=None)
    await delete(anna.store, anna.actor, node_id, anna.now, sure=True, source_key=None)


async def _delete_all(anna: Person) -> None:
    await delete(anna.store, anna.actor, (await anna.node("Fit")).id, anna.now, sure=True, source_key=None)


async def _plant(anna: Person) -> None:
    text = "Fit\n  Q: 300 km a quarter = 250 km sum\n  D: Old\n  D: New\nQuite new\n  D: Swim"
    await plant(anna.store, anna.actor, parse_outline(text, anna.today), anna.today, anna.now)


async def _close(anna: Person) -> None:
    anna.today = date(2026, 12, 31)
    await let_go(anna.store, anna.actor, (await anna.node("300 km a quarter")).id, date(2026, 10, 1), anna.now)


EDITS: list[Callable[[Person], Awaitable[None]]] = [
    _rename, _terms, _schedule, _pause, _resume, _move, _move_one, _add, _end, _take_up, _delete_all, _plant, _close,
]  # fmt: skip


async def lived_in(store: Store) -> Person:
    """A tree with a history: entries, some of them void or replaced, an ended goal, and days off."""
    anna = await Person(store).open(TREE)
    await tick(anna)
    for days in range(6):
        await anna.log("Run", 3 + days, on=anna.today - days * DAY, key=f"7:{days}:7:0")
    await anna.log("Stretch", on=date(2026, 11, 16))
    await undone(anna)
    await anna.log("Stretch", on=date(2026, 11, 13))
    await end(store, Actor.host(7), (await anna.node("Old")).id, date(2026, 11, 3), anna.now, source_key=None)
    away = Pause(0, WEDNESDAY, WEDNESDAY + 5 * DAY)
    await pause(store, Actor.host(7), away, anna.now, source_key=None)
    await tick(anna)
    return anna


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
async def test_tree_and_figures_are_as_they_were(store: Store, edit: Callable[[Person], Awaitable[None]]) -> None:
    anna = await lived_in(store)
    before, figures = await anna.all(), await anna.figures()
    await edit(anna)
    assert await anna.all() != before
    done = await undone(anna, "7:99:7:0")
    assert isinstance(done, Undone)
    assert done.outcome is EditOutcome.DONE
    after = await anna.all()
    assert json.loads(after)["entries"] == json.loads(before)["entries"]
    assert (after, await anna.figures()) == (before, figures)
    again = await undone(anna, "7:99:7:0")
    assert again == replace(done, outcome=EditOutcome.REPEATED, edit=replace(done.edit, undone=True))
    assert await anna.all() == before


async def test_a_deleted_goal_comes_back_with_all_that_belonged_to_it(store: Store) -> None:
    anna = await lived_in(store)
    await _delete(anna)
    assert "Run" not in await anna.outline()
    await tick(anna)
    await anna.log("Read", 5)  # takes an id that an entry had
    await undone(anna)
    await undone(anna)
    assert (await anna.standing("50 km a week")).value == 12
    assert (await anna.standing("Run", WEDNESDAY - 5 * DAY)).value == 8
    newest = await undone(anna)
    assert isinstance(newest, CheckOff)
    assert newest.leaf.title == "Stretch"
    await anna.all()


async def test_entries_and_edits_are_taken_back_in_the_order_in_which_they_came(store: Store) -> None:
    anna = await Person(store).open(TREE)
    start = await anna.all()
    await tick(anna)
    await anna.log("Run", 5)
    await tick(anna)
    await _rename(anna)
    await tick(anna)
    await anna.log("Read", 5)
    kinds = [type(await undone(anna)).__name__ for _ in range(3)]
    assert kinds == ["CheckOff", "Undone", "CheckOff"]
    assert await anna.all() == start
    planted = await undone(anna)
    assert isinstance(planted, Undone)
    assert (planted.edit.kind, planted.edit.title) == (EditKind.PLANT, "Fit")
    assert await anna.nodes() == []
    with pytest.raises(NothingToUndo):
        await undone(anna)


async def test_an_undone_edit_stays_undone_when_its_message_comes_again(store: Store) -> None:
    anna = await Person(store).open(TREE)
    run = (await anna.node("Run")).id
    await rename(store, anna.actor, run, "Jog", anna.now, source_key="7:1:7:r")
    await undone(anna)
    done = await rename(store, anna.actor, run, "Jog", anna.now, source_key="7:1:7:r")
    assert done.outcome is EditOutcome.REPEATED
    assert (await anna.node("Run")).id == run


async def test_in_a_group_nobody_takes_back_what_others_built_on_since(store: Store) -> None:
    circle = await Circle(store).open("Fit\n  D: Run = 5 km\n  D: Read = 20 pages each\n", ANN, BEN)
    ann, ben = (Actor.in_group(circle.chat, user, Role.ADMIN) for user in (ANN, BEN))
    run = (await circle.node("Run")).id
    await rename(store, ann, run, "Jog", circle.now, source_key=None)
    await rename(store, ben, run, "Trot", circle.now, source_key=None)
    with pytest.raises(UndoRefused) as refused:
        await undo_last(store, ann, circle.now, source_key=None)
    assert refused.value.values == {"title": "Jog"}
    fit = (await circle.node("Fit")).id
    await add(store, ben, NewGoal(fit, plan("  D: Swim each")), circle.now, source_key=None)
    await circle.log(ANN, "Swim")
    with pytest.raises(UndoRefused) as refused:
        await undo_last(store, ben, circle.now, source_key=None)
    assert refused.value.code == "undo_logged"
    with pytest.raises(Refused):
        await undo_last(store, Actor.anonymous(circle.chat), circle.now, source_key=None)


async def test_a_goal_that_each_member_does_goes_with_everyones_part(store: Store) -> None:
    circle = await Circle(store).open("Fit\n  D: Run = 5 km\n", ANN, BEN)
    ann = Actor.in_group(circle.chat, ANN, Role.ADMIN)
    fit = (await circle.node("Fit")).id
    await add(store, ann, NewGoal(fit, plan("  D: Swim each")), circle.now, source_key=None)
    swim = await circle.node("Swim")
    change = TermsChange(weekdays=frozenset({0}))
    await change_terms(store, ann, swim.id, change, circle.now + timedelta(seconds=1), source_key=None)
    parts = [node for node in (await circle.reading()).tree.nodes.values() if node.parent_id == swim.id]
    assert {node.schedule.weekdays for node in parts} == {frozenset({0})}
    for _ in range(2):
        await undo_last(store, ann, circle.now, source_key=None)
    assert [node.title for node in (await circle.reading()).tree.nodes.values()] == ["Fit", "Run"]


async def test_undo_of_an_import_spares_goals_that_changed_since(store: Store) -> None:
    anna = await Person(store).open(TREE)
    before = await anna.all()
    await tick(anna)
    below = [{"key": key, "title": key.upper(), "level": "daily"} for key in ("a", "b")]
    new = {"key": "new", "title": "New", "kind": "vision", "starts_on": "2026-11-01", "children": below}
    entries = [{"node": key, "date": "2026-11-03", "value": 1} for key in ("a", "b")]
    raw = json.dumps({"format": "goaltree/1", "visions": [new], "entries": entries})

    def bring(tx: Transaction) -> None:
        recording = Recording.of_all(tx, enter(tx, anna.actor, Act.EDIT_TREE), anna.now)
        done = bring_in(tx, anna.actor, parse_document(raw), anna.now, Caps())
        written = tx.entries.of_owner_latest(recording.access.owner.id, None, done.entries_added)
        recording.end(EditKind.IMPORT, None, "7:1:7:0", entries=[entry.id for entry in written])

    await store.write(bring)
    done = await undone(anna, "7:2:7:0")
    assert isinstance(done, Undone)
    assert (await anna.all(), done.kept) == (before, ())

    await store.write(lambda tx: tx.edits.forget([1]))
    await store.write(bring)
    await rename(store, Actor.host(7), (await anna.node("A")).id, "Mine", anna.now, source_key=None)
    done = await undone(anna)
    assert isinstance(done, Undone)
    assert done.kept == ("New", "Mine")
    assert (await anna.standing("New", date(2026, 11, 3))).percent == 0
    assert "B" not in [node.title for node in await anna.nodes()]
    await anna.all()
