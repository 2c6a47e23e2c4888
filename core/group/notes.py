"""The readers of a note: a note written outside the group stays the member's own, unless they chose to show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.goals.model import Entry, Member
from core.sources import is_written_beside


def readable_by(entries: Iterable[Entry], members: Iterable[Member], user_id: int | None) -> list[Entry]:
    """A group's entries without the notes that others wrote outside the group and do not show. `members`: all of them,
    former ones included."""
    since = {member.user_id: member.notes_since for member in members if member.notes_since is not None}

    def is_readable(entry: Entry) -> bool:
        if entry.note is None or entry.author_id == user_id or not is_written_beside(entry):
            return True
        first = since.get(entry.author_id or 0)
        return first is not None and entry.created_at is not None and entry.created_at >= first

    return [entry if is_readable(entry) else replace(entry, note=None) for entry in entries]


def without_note_beside(entry: Entry) -> Entry:
    """An entry without its note, if that was written outside the group: an admin's export may lack it."""
    return replace(entry, note=None) if entry.note is not None and is_written_beside(entry) else entry
