"""Importing a file of another app into an existing chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.documents import Imported, bring_in
from core.actions.reminders import add_missing
from core.asking.reminders import Reminder
from core.caps import CAPS, Caps
from core.group.permissions import Act, Actor, may
from core.importing.placing import placed
from core.planning.document import Document
from core.ports.store import Store, Transaction
from core.records import record


@record
class ImportPlace:
    """A vision below which imported goals may stand."""

    node_id: int
    key: str
    title: str


async def list_places(store: Store, actor: Actor) -> list[ImportPlace]:
    """The visions of the actor's chat, in their order. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> list[ImportPlace]:
        owner = enter(tx, actor, Act.EDIT_TREE).owner
        visions = [tree_of(vision).vision for vision in tx.trees.visions_of(owner.id)]
        return [ImportPlace(vision.id, vision.key, vision.title) for vision in visions]

    return await store.read(work)


async def own_names(store: Store, actor: Actor) -> frozenset[str] | None:
    """The names that mark the actor's rows in the sheets of their groups: those that nobody else in the group has or
    had. None for the host, who imports everybody's. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> frozenset[str] | None:
        access = enter(tx, actor, Act.SEE)
        if may(Act.LOG_FOR_ANOTHER, access.roles):
            return None
        own = set()
        for member, group in tx.members.of_user(actor.user_id) if actor.user_id is not None else ():
            names = [one.name for one in tx.members.of_owner(group.id, left_too=True)]
            own |= {member.name} if names.count(member.name) == 1 else set()
        return frozenset(own)

    return await store.read(work)


async def import_from_app(
    store: Store, actor: Actor, document: Document, now: datetime, *, below: str | None = None, caps: Caps = CAPS
) -> Imported:
    """Imports the file of another app into the actor's chat: all of it, or nothing. Importing the same file again
    changes nothing, and later changes made here stay.

    New goals stand below the goal with the key `below`, or in a vision of their own; reminders are added to those that
    are there. Raises `NotFound`, and what `core.actions.documents.import_document` raises.
    """

    def work(tx: Transaction) -> Imported:
        access = enter(tx, actor, Act.EDIT_TREE, lock=True)
        owner = access.owner
        if document.reminders:
            access.check(Act.SETTINGS)
        trees = [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
        users = {member.id: member.user_id for member in tx.members.of_owner(owner.id, left_too=True)}
        wanted = placed(replace(document, reminders=None), trees, below, users)
        done = bring_in(tx, actor, wanted, now, caps)
        ids = {node.key: node.id for tree in done.trees for node in tree.nodes.values()}
        asked = [Reminder(0, 0, said.kind, said.schedule, ids[said.node or ""]) for said in document.reminders or ()]
        return replace(done, reminders_changed=bool(add_missing(tx, owner, asked, now, caps)))

    return await store.write(work)
