"""The chats that trees belong to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from core.goals.model import Owner, OwnerType


class Owners(Protocol):
    """The chats that trees belong to."""

    def by_chat(self, chat_id: int, *, lock: bool = False) -> Owner | None:
        """The owner of a chat. `lock` keeps others from changing it until the end of the transaction; lock an owner
        before saving it."""

    def by_id(self, owner_id: int) -> Owner | None:
        """An owner by its own id, which stays the same when the chat's id changes."""

    def by_ids(self, owner_ids: Collection[int]) -> dict[int, Owner]:
        """Several owners by id, without those that do not exist: one statement."""

    def all(self) -> list[Owner]:
        """Every owner, oldest first."""

    def by_invite(self, invite: str) -> Owner | None:
        """The group with this token in its invitation link."""

    def add(self, chat_id: int, owner_type: OwnerType, title: str, locale: str, now: datetime) -> Owner:
        """Creates an owner with default settings, or returns the one that the chat already has."""

    def save(self, owner: Owner) -> None:
        """Writes an owner's settings and title."""

    def count_asked(self, owner_id: int, on: date) -> None:
        """Counts an evening without an answer for a chat that was asked on a day, once per day."""

    def count_unanswered(self, owner_id: int, evenings: int) -> None:
        """Sets the number of evenings in a row without an answer."""

    def remove(self, owner_id: int) -> None:
        """Removes an owner with everything that belongs to it."""

    def mark_stale(self, owner_id: int) -> None:
        """Marks the cache of all of the owner's visions stale (a changed week start)."""
