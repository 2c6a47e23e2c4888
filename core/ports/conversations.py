"""What a chat must remember between two messages."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Conversations(Protocol):
    """What a chat must remember between two messages, by (chat, user): a small JSON object. User 0 stands for those who
    have no id."""

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        """What is remembered, if anything."""

    def put(self, chat_id: int, user_id: int, state: dict[str, object] | None, now: datetime) -> None:
        """Remembers, or forgets (None)."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Takes what is remembered of a chat along to its new id."""

    def forget(self, user_id: int) -> None:
        """Forgets what is remembered of a user, in every chat."""
