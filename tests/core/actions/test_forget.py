"""Forgetting a person: they are gone everywhere, while sums and the past of groups stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.actions.absences import go_away
from core.actions.cache import verify
from core.actions.documents import export_document, import_document
from core.actions.edit.terms import TermsChange, change_terms
from core.actions.forget import forget, groups_of
from core.actions.log import log
from core.actions.logged import How, Log
from core.actions.members import join
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.asking.reminders import MessageKind, NewMessage
from core.errors import Refused
from core.goals.model import Owner, OwnerType
from core.goals.reading import Reading
from core.group.permissions import Actor, Role
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction
from storage import open_store
from tests.core.actions.circle import BEN, CLEO, MONDAY, OUTLINE, Circle
from tests.storage.rows import everything

ANN = 776_655_443
"""A number that does not occur anywhere by chance."""
NAME = "Annabella Zyx"
NOTE = "marker note qwzx"
PRIVATE = "My secret vision qwzx\n  D: Meditate qwzx\n"


def nobody(owner: Owner) -> str:
    return "Former member"


async def circle_of(store: Store) -> Circle:
    """A group with the entries of Ann, Ben and Cleo on four days; some of Ann's from her private chat."""
    circle = await Circle(store).open(OUTLINE, BEN, CLEO)
    await welcome(store, Actor.host(ANN), OwnerType.PRIVATE, NAME, "en", circle.now)
    await plant(store, Actor.host(ANN), parse_outline(PRIVATE, MONDAY), MONDAY, circle.now)
    await join(store, circle.by(ANN), NAME, circle.now)
    for day in range(4):
        circle.today = MONDAY + timedelta(days=day)
        await circle.log(ANN, "Read", 20, note=NOTE, source_key=f"{ANN}:{day}:0")
        await circle.log(ANN, "Run", 3, note=NOTE, source_key=f"{ANN}:tap:{day}:0")
        await circle.log(BEN, "Read", 10, note="mine")
        await circle.log(BEN, "Run", 2)
    await circle.log(ANN, "Run", 4, How.SET, note=NOTE, source_key=f"{ANN}:99:0")
    read, more = (await circle.node("Read")).id, TermsChange(target=Decimal(21), starting=date(2027, 1, 1))
    admin = circle.by(ANN, Role.ADMIN)
    await change_terms(store, admin, read, more, circle.now, source_key=f"{ANN}:98:0")
    [mine] = await read_trees(store, Actor.host(ANN), circle.today)
    leaf = mine.tree.leaves()[0]
    await log(store, Actor.alone(ANN), Log(leaf.id, circle.today, note=NOTE, source_key=f"{ANN}:7:0"), circle.now)
    await store.write(lambda tx: _more(tx, circle, mine.tree.vision.id))
    return circle


def _more(tx: Transaction, circle: Circle, vision: int) -> None:
    group, own = tx.owners.by_chat(circle.chat), tx.owners.by_chat(ANN)
    assert group is not None
    assert own is not None
    ann, ben = tx.members.by_user(group.id, ANN), tx.members.by_user(group.id, BEN)
    assert ann is not None
    assert ben is not None
    tx.members.save(replace(ben, buddy_id=ann.id))
    tx.shares.put(vision, group.id, ann.id, True, circle.now)
    tx.publications.put(group.id, -1009, "News", ANN, circle.now)
    tx.conversations.put(ANN, ANN, {"state": "x", "said": NOTE}, circle.now)
    tx.conversations.put(circle.chat, ANN, {"state": "x", "said": NOTE}, circle.now)
    tx.conversations.put(circle.chat, BEN, {"state": "y"}, circle.now)
    hers = tx.entries.of_owner_latest(group.id, ANN, 1)
    bens = tx.entries.of_owner_latest(group.id, BEN, 1)
    assert tx.confirmations.add(hers[0].id, ben.id, circle.now)
    assert tx.confirmations.add(bens[0].id, ann.id, circle.now)
    late = circle.now + timedelta(days=1)
    for owner in (own, group):  # a group's message may go to somebody's private chat
        key = f"check_in:{ANN}:{owner.id}"
        message = NewMessage(key, MessageKind.CHECK_IN, owner.id, ANN, circle.today, circle.now, late)
        tx.outbox.add([message], circle.now)


def figures(reading: Reading) -> list[tuple[str, int, Decimal | None, int | None]]:
    """A group's view of its tree, without names."""
    result = []
    for _, node in reading.tree.walk():
        standing = reading.standing(node)
        streak = standing.streak.best if standing.streak else None
        title = "·" if node.parent_id and reading.tree.nodes[node.parent_id].each else node.title
        result.append((title, standing.progress, standing.value, streak))
    return result


async def test_nothing_of_a_person_is_found_afterwards_and_figures_stay(store: Store, store_url: str) -> None:
    circle = await circle_of(store)
    days = [circle.today - timedelta(days=back) for back in range(4)]
    before = [figures(await circle.reading(day)) for day in days]
    assert any(NOTE in row for row in await everything(store_url))
    assert [owner.title for owner in await groups_of(store, Actor.alone(ANN))] == ["Friends"]

    await forget(store, Actor.alone(ANN), nobody, circle.now)

    rows = await everything(store_url)
    for told in (str(ANN), NAME, "Annabella", NOTE, "qwzx"):
        assert [row for row in rows if told in row] == []
    assert [figures(await circle.reading(day)) for day in days] == before
    assert sorted(leaf.title for leaf in await circle.leaves()) == ["Ben", "Cleo", "Former member"]
    assert (await verify(store, Actor.host()))[1] == []
    assert await groups_of(store, Actor.alone(ANN)) == []
    kept = await store.read(lambda tx: tx.conversations.get(circle.chat, BEN))
    assert kept == {"state": "y"}
    await forget(store, Actor.alone(ANN), nobody, circle.now)
    assert await everything(store_url) == rows


async def test_not_even_the_bytes_of_the_file_hold_it(sqlite_url: str, tmp_path: Path) -> None:
    async with open_store(sqlite_url) as store:
        circle = await circle_of(store)
    assert NOTE.encode() in _bytes_in(tmp_path)
    async with open_store(sqlite_url) as store:
        await forget(store, Actor.alone(ANN), nobody, circle.now)
    assert NOTE.encode() not in _bytes_in(tmp_path)
    assert NAME.encode() not in _bytes_in(tmp_path)


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_nobody_logs_on_a_leaf_without_a_member(store: Store) -> None:
    circle = await circle_of(store)
    await forget(store, Actor.alone(ANN), nobody, circle.now)
    [hers] = [leaf for leaf in await circle.leaves() if leaf.member_id is None]
    for user, is_admin, code in ((BEN, False, "anothers"), (BEN, True, "anothers"), (ANN, False, "join_first")):
        actor = circle.by(user, *([Role.ADMIN] if is_admin else []))
        for how in How:
            wanted = Log(hers.id, circle.today, how, Decimal(5), None, "x:1:0")
            with pytest.raises(Refused) as refused:
                await log(store, actor, wanted, circle.now)
            assert refused.value.code == code


async def test_a_group_goes_on_without_who_was_forgotten_and_they_may_come_back_as_someone_new(store: Store) -> None:
    circle = await circle_of(store)
    await forget(store, Actor.alone(ANN), nobody, circle.now)
    circle.today += timedelta(days=1)
    done = await circle.log(BEN, "Read", 20)
    assert done.steps[1].standing.percent == 50  # of Ben and Cleo
    await join(store, circle.by(ANN), "Ann again", circle.now)
    assert [leaf.title for leaf in await circle.leaves()] == ["Ben", "Cleo", "Former member", "Ann again"]
    await circle.log(ANN, "Read", 20)
    assert await circle.percent("Read") == 66
    await circle.sound()


async def test_someone_who_was_away_and_has_left_is_forgotten_too(store: Store) -> None:
    circle = await circle_of(store)
    await go_away(store, circle.by(ANN), circle.today + timedelta(days=3), circle.now)
    circle.today += timedelta(days=2)
    before = figures(await circle.reading())
    await circle.leave(ANN)
    await forget(store, Actor.alone(ANN), nobody, circle.now)
    assert [line for line in figures(await circle.reading()) if line[0] != "·"] == [
        line for line in before if line[0] != "·"
    ]
    await circle.sound()


async def test_a_group_with_a_former_member_goes_out_and_in_again(store: Store) -> None:
    circle = await circle_of(store)
    await forget(store, Actor.alone(ANN), nobody, circle.now)
    document = await export_document(store, Actor.host(circle.chat))
    assert str(ANN) not in document
    assert (await import_document(store, Actor.host(circle.chat), document, circle.now)).unchanged
    there = Circle(store, -200, circle.today)
    await welcome(store, Actor.host(there.chat), OwnerType.GROUP, "Friends", "en", there.now)
    await import_document(store, Actor.host(there.chat), document, there.now)
    for back in range(1, 4):  # an import ends these at once, since nobody is a member yet; they come after the others
        day = circle.today - timedelta(days=back)
        then = [line for line in figures(await circle.reading(day)) if line[0] in ("·", "Read", "Run")]
        assert [line for line in figures(await there.reading(day)) if line[0] in ("·", "Read", "Run")] == then
    await there.sound()
