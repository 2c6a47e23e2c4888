"""Entries that a buddy confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.group.records import Confirmation


class Confirmations(Protocol):
    """Entries that a buddy confirmed."""

    def add(self, entry_id: int, member_id: int, now: datetime) -> bool:
        """Confirms an entry; False if it is confirmed already."""

    def of_entries(self, entry_ids: Sequence[int]) -> dict[int, Confirmation]:
        """The confirmations of entries, by entry: one statement."""
