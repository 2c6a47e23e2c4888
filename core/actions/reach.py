"""The trees that somebody's words may mean in their private chat: their own, and those of the groups they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.actions.access import chat_of, enter, user_of
from core.actions.cache import tree_of
from core.errors import NotFound
from core.goals.model import Owner
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class TreesInReach:
    """Trees by which words are understood. Any change of their nodes changes `shapes`
    (`core.ports.conversations.Beginning`); their figures are not in them."""

    shapes: str
    own: Sequence[Tree]
    groups: Sequence[tuple[Owner, Sequence[Tree]]]

    @property
    def nodes(self) -> int:
        """How many nodes they have."""
        return sum(len(tree.nodes) for trees in (self.own, *(trees for _, trees in self.groups)) for tree in trees)


async def read_trees_in_reach(store: Store, actor: Actor) -> TreesInReach:
    """The trees in reach of an actor in their own private chat. Raises `NotFound` and `Refused`."""
    user_id = user_of(actor)

    def work(tx: Transaction) -> TreesInReach:
        owner = enter(tx, actor, Act.OWN_AFFAIRS).owner
        beginning = tx.conversations.beginning(chat_of(actor), user_id)
        if beginning is None:
            raise NotFound("chat_unknown", chat_id=actor.chat_id)
        groups = [(group, _trees_of(tx, group)) for _, group in tx.members.of_user(user_id)]
        return TreesInReach(beginning.shapes, _trees_of(tx, owner), groups)

    return await store.read(work)


def _trees_of(tx: Transaction, owner: Owner) -> list[Tree]:
    return [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
