"""Renaming a goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.planning.titles import tidy_title
from core.ports.store import Store, Transaction


async def rename(
    store: Store, actor: Actor, node_id: int, title: str, now: datetime, *, source_key: str | None
) -> Edited:
    """Renames a goal or a vision; its history stays, under the new name.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidPlan` for a title that is
    empty, too long or not printable, or that another goal below the same one has.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        wanted = tidy_title(title)
        if wanted == edit.node.title:
            return edit.unchanged()
        edit.refuse_taken_title(wanted, edit.node.parent_id)
        return edit.write(EditKind.RENAME, [replace(edit.node, title=wanted)], source_key)

    return await store.write(work)
