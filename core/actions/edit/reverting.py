"""Taking an edit back: its new nodes are removed, its removed nodes restored, its changes undone. Everything else that
was done since stays. An import (`EditKind.IMPORT`) is taken back as far as possible: its entries become void, and its
goals are removed if nothing else has happened to them. All other edits are taken back as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from core.actions.access import Access
from core.actions.cache import tree_of
from core.actions.each import settle_vision
from core.actions.edit.editing import refuse_new_faults
from core.actions.living import note_change
from core.actions.read import today_of
from core.errors import UndoRefused
from core.goals.model import Node
from core.goals.tree import Tree
from core.planning.edits import Edit, EditKind, NodeChange, PauseChange, taken_back
from core.ports.store import Transaction
from core.ports.trees import StoredVision


def revert(tx: Transaction, access: Access, edit: Edit, now: datetime) -> tuple[str, ...]:
    """Takes an edit back; returns the titles of goals that it had made and that have to stay. Raises `UndoRefused`, and
    `InvalidPlan` if the tree would break a rule."""
    owner = access.owner
    visions = _locked(tx, owner.id, {change.vision_id for change in edit.effects.nodes})
    tx.entries.void(edit.effects.entries, now)
    nodes = _nodes_of(visions)
    gone, kept = _removable(tx, edit, nodes)
    changed = list(_changed(edit, nodes))
    for vision in visions.values():
        _check(vision, gone, changed)
    _put_back(tx, edit, visions, now)
    tx.trees.save_nodes(changed)
    tx.trees.remove_nodes(sorted(gone))
    for vision in visions.values():
        if gone.issuperset(node.id for node in vision.nodes):
            tx.trees.remove_vision(vision.id)
    for pause in edit.effects.pauses:
        _revert_pause(tx, owner.id, pause, edit)
    for vision_id in tx.trees.vision_ids(owner.id):
        tx.trees.mark_stale(vision_id)
        settle_vision(tx, owner, vision_id, today_of(owner, now), now)
    note_change(tx, owner, now)
    return tuple(nodes[node_id].title for node_id in sorted(kept) if nodes[node_id].member_id is None)


def _nodes_of(visions: Mapping[int, StoredVision]) -> dict[int, Node]:
    return {node.id: node for vision in visions.values() for node in vision.nodes}


def _locked(tx: Transaction, owner_id: int, touched: set[int]) -> dict[int, StoredVision]:
    """All visions of an owner; the touched ones are locked."""
    visions = {vision.id: vision for vision in tx.trees.visions_of(owner_id)}
    for vision_id in sorted(touched & visions.keys()):
        visions[vision_id] = tx.trees.vision(vision_id, lock=True) or visions[vision_id]
    return visions


def _removable(tx: Transaction, edit: Edit, nodes: Mapping[int, Node]) -> tuple[set[int], set[int]]:
    """(nodes of the edit to remove; nodes of the edit that have to stay). Raises `UndoRefused`."""
    made = _still_there(edit, nodes)
    below = _added_below(made, nodes)
    logged = tx.entries.of_leaves([*made, *(node.id for node in below)], date.min, date.max)
    busy = {node_id for node_id, after in made.items() if node_id in logged or not _is_as(nodes[node_id], after)}
    busy |= _holding(below, logged)
    if busy and edit.kind is not EditKind.IMPORT:
        first = nodes[min(busy)]
        raise UndoRefused("undo_logged" if logged else "undo_changed", title=first.title)
    kept = busy.union(*(_path(nodes, node_id) & made.keys() for node_id in busy))
    return made.keys() - kept, kept


def _added_below(made: Container[int | None], nodes: Mapping[int, Node]) -> list[Node]:
    """Goals that were added later, right below goals that an edit made."""
    return [node for node in nodes.values() if node.id not in made and node.parent_id in made]


def _holding(below: Iterable[Node], logged: Container[int]) -> set[int]:
    """The goals that have to stay because of what is below them by now. A member's own leaf without entries does not
    count."""
    return {node.parent_id or 0 for node in below if node.member_id is None or node.id in logged}


def _still_there(edit: Edit, nodes: Mapping[int, Node]) -> dict[int, Node | None]:
    """The nodes that an edit made, as it left them, except those removed since."""
    made = {change.node_id: change.after for change in edit.effects.nodes if change.before is None}
    return {node_id: after for node_id, after in made.items() if node_id in nodes}


def _path(nodes: Mapping[int, Node], node_id: int) -> set[int]:
    """The nodes above one."""
    path = set()
    parent_id = nodes[node_id].parent_id
    while parent_id is not None:
        path.add(parent_id)
        parent_id = nodes[parent_id].parent_id
    return path


def _is_as(now: Node, after: Node | None) -> bool:
    """Whether a node is as an edit left it. A member's own leaf always is: it follows its goal and its member."""
    return now.member_id is not None or (after is not None and replace(now, position=after.position) == after)


def _changed(edit: Edit, nodes: Mapping[int, Node]) -> Iterable[Node]:
    """The nodes that the edit changed, with the changes undone. Raises `UndoRefused` if the same was changed again
    since."""
    for change in edit.effects.nodes:
        if change.before is None or change.after is None:
            continue
        now = nodes.get(change.node_id)
        back = None if now is None else taken_back(change, now)
        if back is not None:
            yield back
        elif edit.kind is not EditKind.IMPORT and change.before.member_id is None:
            raise UndoRefused("undo_changed", title=change.after.title)


def _check(vision: StoredVision, gone: Iterable[int], changed: Iterable[Node]) -> None:
    """Raises `InvalidPlan` for a rule that a vision's tree would break afterwards."""
    left = {node.id: node for node in vision.nodes}
    left.update({node.id: node for node in changed if node.id in left})
    before = tree_of(vision)
    for node_id in before.below(gone):
        left.pop(node_id, None)
    if left:
        refuse_new_faults(before, Tree(left.values(), vision.owner.week_start, vision.pauses))


def _put_back(tx: Transaction, edit: Edit, visions: Mapping[int, StoredVision], now: datetime) -> None:
    """Writes the nodes that the edit removed, with all that belonged to them. Raises `UndoRefused` if there is no place
    for one."""
    removed = [change for change in edit.effects.nodes if change.after is None]
    if not removed:
        return
    there = _nodes_of(visions)
    keys = {node.key for node in there.values()}
    back = [_with_free_key(change.before, keys) for change in removed if change.before is not None]
    top = back[0]
    if top.parent_id is not None and top.parent_id not in there:
        raise UndoRefused("undo_changed", title=top.title)
    vision_id = _vision_of(removed[0], visions)
    if vision_id is None:
        vision_id = tx.trees.add_vision(edit.owner_id, now)
    tx.trees.add_nodes(vision_id, back)
    tx.trees.put_back(vision_id, edit.effects.removed)


def _vision_of(change: NodeChange, visions: Mapping[int, StoredVision]) -> int | None:
    """The vision that a removed node belonged to; None if the node was the vision itself."""
    parent_id = None if change.before is None else change.before.parent_id
    for vision in visions.values():
        if parent_id is not None and any(node.id == parent_id for node in vision.nodes):
            return vision.id
    return None


def _with_free_key(node: Node, taken: set[str]) -> Node:
    key, number = node.key, 1
    while key in taken:
        number += 1
        key = f"{node.key}-{number}"
    taken.add(key)
    return replace(node, key=key)


def _revert_pause(tx: Transaction, owner_id: int, change: PauseChange, edit: Edit) -> None:
    there = {pause.id: pause for pause in tx.pauses.of_owner(owner_id)}
    if change.after is None:
        if change.before is not None:
            tx.pauses.add(owner_id, [change.before])
    elif there.get(change.after.id) != change.after:
        if change.after.id in there and edit.kind is not EditKind.IMPORT:
            raise UndoRefused("undo_changed", title=edit.title)
    elif change.before is None:
        tx.pauses.remove([change.after.id])
    else:
        tx.pauses.save(change.before)
