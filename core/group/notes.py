"""Whose eyes a note is for: what a member writes beside the group stays theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.goals.model import Entry, Owner, OwnerType
from core.sources import is_written_beside


def told_to(entries: Iterable[Entry], owner: Owner, user_id: int | None) -> list[Entry]:
    """A group's entries as a user may read them: without the notes that others wrote beside the group."""
    if owner.type is not OwnerType.GROUP:
        return list(entries)
    return [told(entry, user_id) for entry in entries]


def told(entry: Entry, user_id: int | None) -> Entry:
    """An entry as a user may read it."""
    is_kept = entry.note is not None and entry.author_id != user_id and is_written_beside(entry)
    return replace(entry, note=None) if is_kept else entry
