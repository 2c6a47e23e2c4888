"""Deleting a goal, as if it had never been planned. Ending it instead keeps its history."""

from __future__ import annotations

from datetime import date, datetime

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing
from core.actions.recording import Recording
from core.errors import NotSure
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.ports.store import Store, Transaction


async def delete(
    store: Store, actor: Actor, node_id: int, now: datetime, *, sure: bool = False, source_key: str | None
) -> Edited:
    """Deletes a goal with all below it, including entries, days off, shares and reminders. It can be taken back
    (`undo`). A vision is deleted with its whole tree. A parent that loses its last child is logged itself from then on.
    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `NotSure` where anything was logged,
    unless the actor is `sure`."""

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        gone = [node.id for _, node in edit.tree.walk(edit.node)]
        logged = sum(map(len, tx.entries.of_leaves(gone, date.min, date.max).values()))
        if logged and not sure:
            raise NotSure("delete_logged", title=edit.node.title, count=logged)
        return _deleted(edit, gone, source_key)

    return await store.write(work)


def _deleted(edit: Editing, gone: list[int], source_key: str | None) -> Edited:
    tx = edit.tx
    recording = Recording.of_one(tx, edit.access, edit.now, edit.vision)
    removed = tx.trees.rows_of(gone)
    tx.trees.remove_nodes(gone)
    if (alone := edit.parent_as_leaf()) is not None:
        tx.trees.save_nodes([alone])
    if edit.node is edit.tree.vision:
        tx.trees.remove_vision(edit.vision.id)
    edit.settle()
    recording.end(EditKind.DELETE, edit.node, source_key, removed=removed)
    return edit.result(edit.node)
