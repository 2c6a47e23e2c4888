"""The entries of a leaf, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.actions.access import Access, enter
from core.actions.cache import tree_of
from core.errors import NotALeaf, NotFound, Refused
from core.goals.model import Entry, Node, OwnerType
from core.goals.periods import Period
from core.goals.tree import Tree
from core.group.notes import readable_by
from core.group.permissions import Act, Actor, Via
from core.ports.store import Store, Transaction
from core.records import record

PAGE = 100
"""The default number of entries in a page."""

PageStart = tuple[date, int]
"""A position in the order of a leaf's entries: date and id."""


@record
class EntryPage:
    """Entries of one leaf, the latest first; `next` is where the following page begins, None on the last."""

    entries: tuple[Entry, ...]
    next: PageStart | None


async def read_entries(
    store: Store, actor: Actor, node_id: int, dates: Period, before: PageStart | None = None, limit: int = PAGE
) -> EntryPage:
    """Entries of a leaf that are dated within a range; `before` is the `next` of the previous page. For an *each* goal
    these are the actor's own entries; a shared goal has those of all, without notes that others keep to themselves.
    Raises `NotFound`, `NotALeaf`, and `Refused` for the leaf of another member."""

    def work(tx: Transaction) -> EntryPage:
        access = enter(tx, actor, Act.SEE)
        leaf_id = _leaf_id(tx, access, node_id, dates.end)
        entries = tx.entries.page(leaf_id, dates.start, dates.end, before or (date.max, 0), limit + 1)
        last = entries[limit - 1] if len(entries) > limit else None
        return EntryPage(_as_seen_by(tx, access, entries[:limit]), None if last is None else (last.on, last.id))

    return await store.read(work)


def own_leaf(tree: Tree, access: Access, node: Node) -> int | None:
    """The leaf whose entries the actor sees at a node: the node itself or, for an *each* goal, their own leaf. None if
    they have none, and for any other parent."""
    if node.each is None:
        return node.id if tree.is_leaf(node) else None
    member_id = access.member.id if access.member is not None else None
    return max((leaf.id for leaf in tree.children(node) if leaf.member_id == member_id), default=None)


def latest_of(tx: Transaction, access: Access, leaf_id: int, on: date, limit: int) -> tuple[Entry, ...]:
    """The latest entries of a leaf up to a day, the newest first, as the actor may see them."""
    return _as_seen_by(tx, access, tx.entries.page(leaf_id, date.min, on, (date.max, 0), limit))


def _leaf_id(tx: Transaction, access: Access, node_id: int, on: date) -> int:
    path = tx.trees.path(access.owner.chat_id, node_id, access.actor.user_id, on)
    if path is None:
        raise NotFound("goal_gone")
    tree = tree_of(path)
    node = tree.nodes[node_id]
    if node.each is not None:
        own = tree.children(node)
        if not own:
            raise Refused("join_first")
        return own[0].id
    if node.member_id is not None and (access.member is None or node.member_id != access.member.id):
        raise Refused("anothers")
    if not tree.is_leaf(node):
        raise NotALeaf("not_a_leaf", title=node.title, leaves=[])
    return node.id


def _as_seen_by(tx: Transaction, access: Access, entries: Collection[Entry]) -> tuple[Entry, ...]:
    """Entries without the notes that the readers of the answer may not see. In a group's chat everyone reads it, in an
    app only the actor."""
    if access.owner.type is not OwnerType.GROUP or all(entry.note is None for entry in entries):
        return tuple(entries)
    reader = None if access.actor.via is Via.GROUP_CHAT else access.actor.user_id
    return tuple(readable_by(entries, tx.members.of_owner(access.owner.id, left_too=True), reader))
