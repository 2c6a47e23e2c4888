"""Which messages in chats have to be edited because of a change.

An action calls this in its own transaction (design.md §3, "By event"). Whoever handles the chat edits the messages
afterwards, so no front has to remember it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.asking.reminders import LIVES
from core.goals.model import Owner
from core.ports.store import Transaction


def shown_since(now: datetime) -> date:
    """The earliest day whose prompts, rounds and boards are kept up to date."""
    return now.astimezone(UTC).date() - LIVES


def note_change(tx: Transaction, owner: Owner, now: datetime, on: date | None = None) -> None:
    """Notes that the contents of an owner's prompts, rounds and boards have changed, or may have; with `on`, also those
    about that day, however long ago. A group's members see it in the prompts of their own chats as well. A group's
    round that is over is changed by what happened on its own day alone (design.md §2, History stays true)."""
    if owner.unanswered:
        tx.owners.count_unanswered(owner.id, 0)  # wherever it came in, something was heard of the person
    tx.living.change(owner, shown_since(now), now, on)
