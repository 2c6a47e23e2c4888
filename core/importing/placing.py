"""The place of imported goals among existing ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from core.errors import NotFound
from core.goals.model import Node
from core.goals.tree import Tree
from core.planning.document import Document
from core.planning.plan import PlanNode, plan_of


def placed(document: Document, trees: Sequence[Tree], below: str | None, users: Mapping[int, int]) -> Document:
    """An app's document, adapted to an owner's trees: new goals are placed below the goal with the key `below`, or in a
    vision of their own. A goal that was imported before stays where and as it is now, and gets the new entries. `users`
    maps member ids to user ids. Raises `NotFound` if there is no such goal."""
    [source] = document.visions
    there = [_keys(tree.nodes.values()) for tree in trees]
    all_there = frozenset[str | None]().union(*there)
    home = _home(below, all_there) or source.key
    new = tuple(child for child in source.children if child.key not in all_there)
    wanted = {*_keys(source.walk()), home}
    plans = [
        _with_children(plan_of(tree, users), home, new)
        for tree, keys in zip(trees, there, strict=True)
        if not wanted.isdisjoint(keys)
    ]
    if home not in all_there and new:
        plans.append(replace(source, children=new))
    return replace(document, visions=tuple(plans))


def _home(below: str | None, there: Set[str | None]) -> str | None:
    if below and below not in there:
        raise NotFound("key_unknown", key=below[:100])
    return below


def _keys(nodes: Iterable[Node] | Iterable[PlanNode]) -> set[str | None]:
    return {node.key for node in nodes}


def _with_children(plan: PlanNode, key: str | None, new: Sequence[PlanNode]) -> PlanNode:
    """The plan with new goals below the one with this key, if the plan has it."""
    return plan.regrown(lambda node, children: [*children, *new] if node.key == key else children)
