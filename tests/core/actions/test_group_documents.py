"""Documents of a group: their facts about members, and how far an import may speak for others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from core.actions.documents import export_document, import_document
from core.actions.owners import welcome
from core.goals.model import OwnerType
from core.group.permissions import Actor, Role
from core.ports.store import Store, Transaction
from tests.core.actions.circle import ANN, BEN, OUTLINE, Circle


async def _plain(circle: Circle) -> Sequence[object]:
    visions: Sequence[object] = json.loads(await export_document(circle.store, Actor.host(circle.chat)))["visions"]
    return visions


def _id(tx: Transaction, circle: Circle) -> int:
    owner = tx.owners.by_chat(circle.chat)
    assert owner is not None
    return owner.id


async def test_a_document_gives_everyone_back_what_is_theirs_once_they_join(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    await circle.log(BEN, "Run", 5)
    document = await export_document(store, Actor.host(circle.chat))
    assert (await import_document(store, Actor.host(circle.chat), document, circle.now)).unchanged
    other = Circle(store, -200)
    await welcome(store, Actor.host(other.chat), OwnerType.GROUP, "Others", "en", other.now)
    other.today += timedelta(days=1)
    await import_document(store, Actor.host(other.chat), document, other.now)
    [_, owner] = await store.read(lambda tx: tx.owners.all())
    assert await store.read(lambda tx: tx.members.of_owner(owner.id)) == []
    assert (await import_document(store, Actor.host(other.chat), document, other.now)).unchanged
    for user in (ANN, BEN):
        await other.join(user)
    assert await _plain(other) == json.loads(document)["visions"]
    await other.sound()


async def test_an_import_into_a_group_brings_in_only_what_the_importer_may_say(store: Store) -> None:
    old = await Circle(store, -200).open(OUTLINE, ANN, BEN)
    for user in (ANN, BEN):
        await old.log(user, "Read", 20)
        await old.log(user, "Run", 3)
    document = await export_document(store, Actor.host(old.chat))
    circle = await Circle(store).open("Other\n  D: Swim\n", ANN)
    importer = circle.by(ANN, Role.ADMIN)
    done = await import_document(store, importer, document, circle.now)
    assert (done.entries_added, done.left_out) == (2, 2)
    assert [
        member.user_id for member in await store.read(lambda tx: tx.members.of_owner(_id(tx, circle), left_too=True))
    ] == [ANN]
    again = await import_document(store, importer, document, circle.now)
    assert (again.unchanged, again.left_out) == (True, 2)

    nameless = await Circle(store, -300).open("Other\n  D: Swim\n", ANN)
    done = await import_document(store, nameless.by(None), document, circle.now)
    assert (done.entries_added, done.left_out) == (0, 4)
    # The host restores everything; a member's own export changes nothing for the group.
    restored = await Circle(store, -400).open("Other\n  D: Swim\n")
    assert (await import_document(store, Actor.host(restored.chat), document, circle.now)).entries_added == 4
    assert (await import_document(store, old.by(ANN, Role.ADMIN), document, circle.now)).unchanged
