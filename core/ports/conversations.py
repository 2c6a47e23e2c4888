"""A chat's state between two messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.goals.model import Owner
from core.records import record

ChatUser = tuple[int, int]
"""A chat and a user who writes there; user 0 stands for everyone without an id."""


@record
class Beginning:
    """The facts read at the beginning of an update: the owner of its chat, and the state of the conversation, if any.
    `shapes` identifies the state of the chat's own trees, `shapes_of_groups` those of the user's groups: any change of
    their nodes makes a new value, never an earlier one."""

    owner: Owner
    state: dict[str, object] | None
    shapes: str
    shapes_of_groups: str


class Conversations(Protocol):
    """The state of chats between two messages, by chat and user (see `ChatUser`): a small JSON object."""

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        """The state, if there is one."""

    def beginnings(self, senders: Sequence[ChatUser]) -> list[Beginning | None]:
        """The beginning of an update of each user in a chat, in the same order; None for a chat without an owner: one
        statement."""

    def put(self, chat_id: int, user_id: int, state: dict[str, object] | None, now: datetime) -> None:
        """Stores the state; None deletes it."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Moves a chat's states to its new id."""

    def forget(self, user_id: int) -> None:
        """Deletes a user's states in every chat."""
