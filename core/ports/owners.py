"""The chats that trees belong to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.model import Owner, OwnerType


class Owners(Protocol):
    """The chats that trees belong to."""

    def by_chat(self, chat_id: int, *, lock: bool = False) -> Owner | None:
        """The owner of a chat. `lock` keeps others from changing it until the end of the transaction: who writes back
        what was read here locks it."""

    def by_id(self, owner_id: int) -> Owner | None:
        """An owner by its own number, which stays when the chat's changes."""

    def by_ids(self, owner_ids: Collection[int]) -> dict[int, Owner]:
        """Several owners, by number (missing: none): one statement."""

    def all(self) -> list[Owner]:
        """Every owner, in the order of their making."""

    def by_invite(self, invite: str) -> Owner | None:
        """The group whose link carries this word."""

    def add(self, chat_id: int, owner_type: OwnerType, title: str, locale: str, now: datetime) -> Owner:
        """Makes an owner with default settings; gives the one that is there if the chat has one already."""

    def save(self, owner: Owner) -> None:
        """Writes an owner's settings and title."""

    def remove(self, owner_id: int) -> None:
        """Removes an owner and all that is theirs."""

    def mark_stale(self, owner_id: int) -> None:
        """Marks the cache of all of the owner's visions stale (a changed week start)."""
