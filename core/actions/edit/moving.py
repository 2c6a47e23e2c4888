"""Moving a goal below another one, and to another place among its siblings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing, refused
from core.actions.growing import refuse_logged_parents
from core.errors import NotFound
from core.goals.model import Node
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.ports.store import Store, Transaction
from core.records import record


@record
class NewPlace:
    """The place for a goal: below which other goal (None: its current parent), and before which of the goals there
    (None: last)."""

    parent_id: int | None = None
    before_id: int | None = None


async def move(
    store: Store, actor: Actor, node_id: int, place: NewPlace, now: datetime, *, source_key: str | None
) -> Edited:
    """Moves a goal with all below it within its tree. Past figures change as well.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidPlan` for a vision, for a
    place below the goal itself, below a goal of a shorter period, below a logged or an *each* goal, or in another tree;
    and for a title that is taken there. A parent that loses its last child is logged itself from then on.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        above = _checked(edit, place.parent_id)
        changed = _reordered(edit, above, place.before_id)
        if not changed:
            return edit.unchanged()
        if edit.node.parent_id != above.id:
            changed = _with_parents(edit, above, changed)
            refuse_logged_parents(tx, edit.tree, edit.tree.changed(changed), edit.vision.id)
        return edit.write(EditKind.MOVE, changed, source_key)

    return await store.write(work)


def _checked(edit: Editing, wanted: int | None) -> Node:
    """The new parent of the edited goal; raises `NotFound` and `InvalidPlan`."""
    tree, node = edit.tree, edit.node
    if node.parent_id is None:
        raise refused(node, "vision_stays")
    parent_id = node.parent_id if wanted is None else wanted
    above = tree.nodes.get(parent_id)
    if above is None:
        if edit.tx.trees.path(edit.access.owner.chat_id, parent_id) is None:
            raise NotFound("goal_gone")
        raise refused(node, "other_tree", title=node.title, tree=tree.vision.title)
    if any(above is below for _, below in tree.walk(node)):
        raise refused(node, "below_itself")
    if above.each is not None or above.member_id is not None:
        raise refused(node, "each_with_goals_below", title=tree.called(above))
    if above.id != node.parent_id:
        edit.refuse_taken_title(node.title, above.id)
    return above


def _with_parents(edit: Editing, above: Node, placed: list[Node]) -> list[Node]:
    """The changes with the old and the new parent: the old one may lose its last child, the new one may get its first.
    The old parent may itself be among the goals that changed their position."""
    changed = {node.id: node for node in placed}
    parent = edit.as_parent(above)
    if parent != above:
        changed[parent.id] = parent
    alone = edit.parent_as_leaf()
    if alone is not None and alone != edit.tree.nodes[alone.id]:
        changed[alone.id] = replace(alone, position=changed.get(alone.id, alone).position)
    return list(changed.values())


def _place_of(node_id: int, siblings: Sequence[Node]) -> int:
    ids = [child.id for child in siblings]
    if node_id not in ids:
        raise NotFound("goal_gone")
    return ids.index(node_id)


def _reordered(edit: Editing, above: Node, before_id: int | None) -> list[Node]:
    """The children of the new parent whose position changes."""
    if before_id == edit.node.id:
        return []
    siblings = [child for child in edit.tree.children(above) if child.id != edit.node.id]
    at = len(siblings) if before_id is None else _place_of(before_id, siblings)
    in_order = [*siblings[:at], edit.node, *siblings[at:]]
    if above.id == edit.node.parent_id and in_order == edit.tree.children(above):
        return []
    placed = [replace(child, parent_id=above.id, position=position) for position, child in enumerate(in_order)]
    return [new for new, old in zip(placed, in_order, strict=True) if new != old]
