"""Edits of the structure of trees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.planning.edits import Edit


class Edits(Protocol):
    """Edits of owners' trees and pauses, kept as long as they can be taken back. Node ids that an edit names are not
    reused in that time."""

    def add(self, edit: Edit) -> Edit:
        """Writes an edit (its id is ignored) and returns it with its id. Deletes edits of the owner that are too old to
        be taken back."""

    def by_source(self, source_key: str) -> Edit | None:
        """The edit with exactly this source key, taken back or not."""

    def latest(self, owner_id: int, user_id: int) -> Edit | None:
        """The last edit of a user's that was not taken back."""

    def since(self, owner_id: int, at: datetime) -> list[Edit]:
        """An owner's edits from an instant on that were not taken back, the newest first: one statement."""

    def undone_by(self, source_key: str) -> Edit | None:
        """The edit that a message took back."""

    def mark_undone(self, edit_id: int, source_key: str | None, now: datetime) -> None:
        """Notes that an edit was taken back, by which message. That is final."""

    def forget(self, owner_ids: Sequence[int]) -> None:
        """Removes all edits of owners: they hold names of people."""
