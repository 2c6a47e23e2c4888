"""What a chat must remember between two messages."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.goals.model import Owner


class Conversations(Protocol):
    """What a chat must remember between two messages, by (chat, user): a small JSON object. User 0 stands for those who
    have no id."""

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        """The state, if there is one."""

    def with_owner(self, chat_id: int, user_id: int) -> tuple[Owner, dict[str, object] | None] | None:
        """The owner of a chat and the state, if there is one; None for a chat without an owner: one statement."""

    def put(self, chat_id: int, user_id: int, state: dict[str, object] | None, now: datetime) -> None:
        """Stores the state; None deletes it."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Moves a chat's states to its new id."""

    def forget(self, user_id: int) -> None:
        """Deletes a user's states in every chat."""
