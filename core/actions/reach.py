"""The trees that a person's words in a chat may mean: the chat's own and, in a private chat, those of their groups."""

from __future__ import annotations

from collections.abc import Sequence

from core.actions.access import chat_of, enter
from core.actions.cache import tree_of
from core.goals.model import Owner, OwnerType
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.conversations import Beginning
from core.ports.store import Store, Transaction
from core.records import record


@record
class TreesInReach:
    """The trees that words may mean, without figures. Any change of their nodes changes `shapes`."""

    shapes: str
    own: Sequence[Tree]
    groups: Sequence[tuple[Owner, Sequence[Tree]]]

    @property
    def nodes(self) -> int:
        """How many nodes they have."""
        return sum(len(tree.nodes) for trees in (self.own, *(trees for _, trees in self.groups)) for tree in trees)


def shapes_in_reach(beginning: Beginning) -> str:
    """The shapes of the trees in reach at the beginning of an update: they are the same as long as the trees are."""
    groups = beginning.shapes_of_groups if beginning.owner.type is OwnerType.PRIVATE else ""
    return beginning.shapes + groups


async def read_trees_in_reach(store: Store, actor: Actor) -> TreesInReach:
    """The trees in reach of an actor. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> TreesInReach:
        owner = enter(tx, actor, Act.SEE).owner
        [beginning] = tx.conversations.beginnings([(chat_of(actor), actor.user_id or 0)])
        assert beginning is not None  # the owner is there
        is_private = owner.type is OwnerType.PRIVATE
        groups = tx.members.of_user(actor.user_id) if is_private and actor.user_id is not None else []
        of_groups = [(group, _trees_of(tx, group)) for _, group in groups]
        return TreesInReach(shapes_in_reach(beginning), _trees_of(tx, owner), of_groups)

    return await store.read(work)


def _trees_of(tx: Transaction, owner: Owner) -> list[Tree]:
    return [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
