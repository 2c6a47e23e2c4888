"""Updates that were received from Telegram."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as Telegram wrote it (JSON), and the chat that it belongs to (0 for none)."""

    id: int
    chat_id: int
    text: str


class Inbox(Protocol):
    """Updates received and not yet handled: stored before they are confirmed to Telegram."""

    def receive(self, updates: Sequence[NewUpdate], now: datetime) -> list[int]:
        """Stores updates; gives the ids that are new."""

    def pending(self) -> list[tuple[int, str]]:
        """Updates stored and not handled, by update id."""

    def pending_of(self, chat_ids: Collection[int], known: Collection[int], limit: int) -> list[NewUpdate]:
        """Those of some chats, without those that are known, by update id; at most so many: one statement."""

    def waiting_chats(self, limit: int) -> list[int]:
        """Chats of which something is not handled yet, longest waiting first: one statement."""

    def handled(self, update_ids: Sequence[int], now: datetime) -> None:
        """Marks updates as handled; what people wrote, and in which chat, is kept no longer."""

    def prune(self, before: datetime) -> None:
        """Removes handled updates received before an instant."""
