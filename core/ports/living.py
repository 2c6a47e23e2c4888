"""Messages in a chat that show how things stand, and are edited when that changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from core.asking.reminders import Message, NewMessage
from core.goals.model import Owner


class LivingMessages(Protocol):
    """Prompts, rounds and boards in the outbox that were sent, or are on their way.

    Each counts the changes of what it shows (`Message.changes`) and keeps up to which change it was edited. The change
    is written with what changed; the process that handles the chat edits the message later, after a crash too.
    """

    def change(self, owner: Owner, since: date, now: datetime, on: date | None = None) -> None:
        """Counts a change in the messages of an owner's chat about a day since the given one, or about the day `on`;
        of a group also in its members' own chats, and not in its rounds of other days that are over: one statement."""

    def change_one(self, message_id: int) -> None:
        """Counts a change in one message."""

    def change_earlier(self, message: Message) -> None:
        """Counts a change in the chat's earlier messages of the same kind about the same day."""

    def changed(self, limit: int, among: Collection[int] | None = None) -> list[Message]:
        """The messages, of the chats given or of all, that do not show the latest change yet; at most so many: one
        statement."""

    def shown(self, changes: Mapping[int, int]) -> None:
        """Notes which change each message (by outbox id) shows. A later one that is noted already stays."""

    def keep_one(self, message: NewMessage, message_id: int, now: datetime) -> int:
        """Notes a message that was sent already, in place of all earlier ones of its kind in its chat. Gives its outbox
        id."""
