"""Living messages that a change makes outdated. An action calls this in its own transaction (design.md §3, "By event").
The process that handles the chat edits the messages afterwards, so no front has to remember it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.asking.reminders import LIVES
from core.goals.model import Owner
from core.ports.store import Transaction


def shown_since(now: datetime) -> date:
    """The earliest day whose prompts, rounds and boards are kept up to date."""
    return now.astimezone(UTC).date() - LIVES


def note_change(tx: Transaction, owner: Owner, now: datetime, on: date | None = None) -> None:
    """Notes that the contents of an owner's prompts, rounds and boards may have changed; with `on`, also those about
    that day, however long ago. This includes the prompts in the private chats of a group's members. A group's round
    that is over changes only with its own day (design.md §2, History stays true)."""
    if owner.unanswered:
        tx.owners.count_unanswered(owner.id, 0)  # whichever way it came in, the person has answered
    tx.living.change(owner, shown_since(now), now, on)
