"""Messages in chats that show current figures, and are edited when these change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from core.asking.reminders import Message, NewMessage
from core.goals.model import Owner


class LivingMessages(Protocol):
    """Prompts, rounds and boards in the outbox that were sent, or are on their way. Each counts the changes of its
    contents (`Message.changes`), and records up to which one it was edited. The count is written in the transaction
    that changes the figures; the process that handles the chat edits the message later, even after a crash."""

    def change(self, owner: Owner, since: date, now: datetime, on: date | None = None) -> None:
        """Counts a change in the messages of an owner's chat about days from `since`, or about the day `on`. For a
        group it includes members' own chats, and leaves out its closed rounds of other days. One statement."""

    def change_one(self, message_id: int) -> None:
        """Counts a change in one message."""

    def change_earlier(self, message: Message) -> None:
        """Counts a change in the chat's earlier messages of the same kind about the same day."""

    def changed(self, limit: int, among: Collection[int] | None = None) -> list[Message]:
        """The messages, in these chats or all, that do not show the latest change yet; at most `limit`: one
        statement."""

    def mark_shown(self, changes: Mapping[int, int]) -> None:
        """Records which change each message (by outbox id) shows. A later one that is recorded already stays."""

    def keep_one(self, message: NewMessage, message_id: int, now: datetime) -> int:
        """Records a message that was sent already, in place of all earlier ones of its kind in its chat. Returns its
        outbox id."""
