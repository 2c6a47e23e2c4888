"""`--json` of `status`. Trees and summaries are in `web.json`, as the API gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.ports.journal import Note
from core.ports.statistics import Counts
from scheduler.nightly import BACKUP, VERIFICATION
from scheduler.postman import TICK


def status_json(counts: Counts, notes: Mapping[str, Note]) -> dict[str, Any]:
    """The amount of data, and the time of each last event: null if it never happened. Instants are ISO 8601, in UTC."""
    oldest, digests = counts.oldest_undelivered, counts.digests
    return {
        "people": counts.people,
        "groups": counts.groups,
        "unreachable": counts.unreachable,
        "trees": counts.trees,
        "outdatedTrees": counts.outdated,
        "entries": counts.entries,
        "reminders": counts.reminders,
        "dueWithinHour": counts.due_within_hour,
        "dueWithinDay": counts.due_within_day,
        "outbox": dict(counts.outbox),
        "oldestUndelivered": None if oldest is None else _instant(oldest),
        "digestsWaiting": digests.waiting,
        "digestsUntil": None if digests.until is None else _instant(digests.until),
        "lastTick": _note(notes.get(TICK)),
        "lastVerification": _note(notes.get(VERIFICATION)),
        "lastBackup": _note(notes.get(BACKUP)),
    }


def _note(note: Note | None) -> dict[str, Any] | None:
    return None if note is None else {"at": _instant(note.at), **note.detail}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
