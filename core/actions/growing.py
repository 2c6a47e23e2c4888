"""Steps shared by every way to bring new goals into a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.caps import Caps
from core.errors import CapReached, Fault, InvalidPlan
from core.goals.model import Node
from core.goals.tree import Tree
from core.planning.plan import PlanNode, nodes_of
from core.ports.store import Transaction
from core.ports.trees import StoredVision


def new_nodes(
    tx: Transaction, plan: PlanNode, parent_id: int | None, position: int, members: Mapping[int, int]
) -> list[Node]:
    """New nodes, with ids, for a plan whose nodes have keys; `members` maps user ids to member ids."""
    ids = iter(tx.trees.new_node_ids(sum(1 for _ in plan.walk())))
    return nodes_of(plan, ids, parent_id, position, members)


def goals_in(visions: Iterable[StoredVision]) -> int:
    """The number of goals, not counting members' own leaves."""
    return sum(node.member_id is None for vision in visions for node in vision.nodes)


def refuse_too_many(before: int, added: int, caps: Caps) -> None:
    """Raises `CapReached` if `added` more goals do not fit."""
    if added and before + added > caps.nodes:
        raise CapReached("goals_full", count=before + added, most=caps.nodes)


def refuse_logged_parents(tx: Transaction, old: Tree, new: Tree, vision_id: int) -> None:
    """Raises `InvalidPlan` if a leaf with entries would become a parent: its history would count nowhere."""
    turned = [node for node in old.leaves() if not new.is_leaf(new.nodes[node.id])]
    if not turned:
        return
    logged = {entry.node_id for entry in tx.entries.of_vision(vision_id)}
    faults = [Fault(node.title, "logged_parent", title=node.title) for node in turned if node.id in logged]
    if faults:
        raise InvalidPlan(faults)
