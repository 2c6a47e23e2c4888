"""Updates that were received from Telegram."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from core.records import record


@record
class NewUpdate:
    """An update as Telegram wrote it (JSON), and the chat that it belongs to (0 for none)."""

    id: int
    chat_id: int
    text: str


class ReceivedUpdates(Protocol):
    """Updates that were received and not handled yet. They are stored before they are confirmed to Telegram."""

    def receive(self, updates: Sequence[NewUpdate], now: datetime) -> list[int]:
        """Stores updates; returns the ids of the new ones."""

    def pending(self) -> list[tuple[int, str]]:
        """Updates not handled yet, in the order of their ids."""

    def pending_of(self, chat_ids: Collection[int], known: Collection[int], limit: int) -> list[NewUpdate]:
        """The pending updates of some chats, without the known ones, in the order of their ids; at most `limit`: one
        statement."""

    def waiting_chats(self, limit: int) -> list[int]:
        """Chats with updates that are not handled yet, longest waiting first: one statement."""

    def mark_handled(self, update_ids: Sequence[int], now: datetime) -> None:
        """Marks updates as handled, and deletes their text and chat."""

    def prune(self, before: datetime) -> None:
        """Removes handled updates received before an instant."""
