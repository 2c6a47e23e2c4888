"""Taking back somebody's last action: an entry or an edit of a tree, whichever is newer."""

from __future__ import annotations

from datetime import datetime

from core.actions.access import Access, enter, user_of
from core.actions.edit.edited import EditOutcome
from core.actions.edit.reverting import revert
from core.actions.log import take_back, taken_back_before
from core.actions.logged import CheckOff
from core.errors import NothingToUndo
from core.goals.model import Entry, Owner
from core.group.permissions import Act, Actor, may
from core.planning.edits import Edit
from core.ports.store import Store, Transaction
from core.records import record


@record
class Undone:
    """An edit that was taken back. `kept` are the titles of an import's goals that stay, because something else has
    happened to them since. REPEATED: this message took it back before."""

    outcome: EditOutcome
    edit: Edit
    kept: tuple[str, ...] = ()


async def undo_last(store: Store, actor: Actor, now: datetime, *, source_key: str | None = None) -> CheckOff | Undone:
    """Takes back the actor's last action in the chat, be it an entry or an edit. The tree and its figures are then as
    they were before. Repeating the `source_key` takes nothing back and returns the same. Raises `NothingToUndo`,
    `Refused`, and `UndoRefused` if somebody has changed the same since, or has logged on what would be removed."""

    def work(tx: Transaction) -> CheckOff | Undone:
        access = enter(tx, actor, Act.UNDO)
        if source_key is not None:
            if gone := tx.entries.taken_back_by(source_key):
                return taken_back_before(tx, actor, gone[0], now)
            if edit := tx.edits.undone_by(source_key):
                return Undone(EditOutcome.REPEATED, edit)
        entry, edit = _newest(tx, access)
        if edit is not None and (entry is None or not _is_after(entry, edit)):
            kept = revert(tx, access, edit, now)
            tx.edits.mark_undone(edit.id, source_key, now)
            return Undone(EditOutcome.DONE, edit, kept)
        if entry is None:
            raise NothingToUndo("nothing_to_undo")
        access.check(Act.LOG)
        return take_back(tx, actor, entry, now, source_key)

    return await store.write(work)


async def group_of_last(store: Store, actor: Actor, *, source_key: str) -> Owner | None:
    """The group in which a person logged last, from any chat; None if they did something in their own chat since. For a
    repeated message, the group in which it took something back. Raises `Refused`."""

    def work(tx: Transaction) -> Owner | None:
        user_id, own = user_of(actor), enter(tx, actor, Act.OWN_AFFAIRS).owner
        groups = [group for _, group in tx.members.of_user(user_id)]
        if before := tx.entries.taken_back_by(source_key):
            return next((group for group in groups if group.chat_id == before[1]), None)
        if tx.edits.undone_by(source_key):
            return None
        edit = tx.edits.latest(own.id, user_id)
        own_times = [_last_logged(tx, own, user_id), None if edit is None else edit.at]
        latest = [(at, group) for group in groups if (at := _last_logged(tx, group, user_id))]
        at, group = max(latest, key=lambda pair: pair[0], default=(None, None))
        return group if at is not None and all(mine is None or at > mine for mine in own_times) else None

    return await store.read(work)


def _last_logged(tx: Transaction, owner: Owner, user_id: int) -> datetime | None:
    return next((entry.created_at for entry in tx.entries.of_owner_latest(owner.id, user_id, 1)), None)


def _newest(tx: Transaction, access: Access) -> tuple[Entry | None, Edit | None]:
    """The actor's newest entry and, if they may edit the tree now, their newest edit, of those not taken back."""
    user_id, owner = user_of(access.actor), access.owner
    newest = tx.entries.of_owner_latest(owner.id, user_id, 1)
    edits = may(Act.EDIT_TREE, access.roles, members_plan=owner.members_plan)
    return next(iter(newest), None), tx.edits.latest(owner.id, user_id) if edits else None


def _is_after(entry: Entry, edit: Edit) -> bool:
    """Whether an entry came after an edit. Ids decide between equal instants; they are not enough alone, because
    deleted entries may be restored under greater ids."""
    if entry.created_at is None or entry.created_at == edit.at:
        return entry.id > edit.effects.last_entry
    return entry.created_at > edit.at
