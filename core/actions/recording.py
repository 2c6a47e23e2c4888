"""Recording an edit: the changes to trees and pauses are found by comparing them before and after. An action begins a
recording before it writes, and ends it after it has written, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.actions.access import Access
from core.goals.model import Node, Pause
from core.planning.edits import Edit, EditKind, Effects, Rows, changed_nodes, changed_pauses
from core.ports.store import Transaction
from core.ports.trees import StoredVision
from core.records import record


@record
class Recording:
    """The trees of an owner before an edit: all of them, or the only one that the edit can reach."""

    tx: Transaction
    access: Access
    now: datetime
    before: Sequence[StoredVision]
    pauses: Sequence[Pause]
    is_whole: bool

    @classmethod
    def of_all(cls, tx: Transaction, access: Access, now: datetime) -> Recording:
        """Begins a recording of all trees and pauses."""
        owner_id = access.owner.id
        return cls(tx, access, now, tx.trees.visions_of(owner_id), tx.pauses.of_owner(owner_id), True)

    @classmethod
    def of_one(cls, tx: Transaction, access: Access, now: datetime, vision: StoredVision) -> Recording:
        """Begins a recording of one tree and what belongs to it."""
        return cls(tx, access, now, [vision], vision.pauses, False)

    def end(
        self,
        kind: EditKind,
        about: Node | None,
        source_key: str | None,
        *,
        entries: Iterable[int] = (),
        removed: Sequence[Rows] = (),
    ) -> Edit | None:
        """Stores the changes since the beginning as the actor's edit. Returns None without storing if nothing changed,
        or if nobody could take it back, since it has neither a user nor a message. `entries` are the ids of written
        entries, `removed` what belonged to removed nodes."""
        owner_id, user_id = self.access.owner.id, self.access.actor.user_id
        if user_id is None and source_key is None:
            return None
        effects = Effects(
            changed_nodes(self.before, self._after()),
            changed_pauses(self.pauses, self.tx.pauses.of_owner(owner_id)),
            tuple(entries),
            tuple(removed),
            next((entry.id for entry in self.tx.entries.of_owner_latest(owner_id, None, 1)), 0),
        )
        if effects.is_empty:
            return None
        node_id, title = (None, "") if about is None else (about.id, about.title)
        return self.tx.edits.add(Edit(0, owner_id, user_id, node_id, title, self.now, source_key, kind, effects))

    def _after(self) -> list[StoredVision]:
        if self.is_whole:
            return self.tx.trees.visions_of(self.access.owner.id)
        return [vision for one in self.before if (vision := self.tx.trees.vision(one.id)) is not None]
