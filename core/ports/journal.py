"""The running bot's notes for its operator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.records import record


@record
class Note:
    """When something last happened in the running bot, with details."""

    at: datetime
    detail: Mapping[str, object]


class Journal(Protocol):
    """Notes of the running bot for its operator, by name: the last tick, verification and backup."""

    def note(self, name: str, now: datetime, detail: Mapping[str, object]) -> None:
        """Notes that something happened; replaces the last note of that name."""

    def all(self) -> dict[str, Note]:
        """The last notes, by name."""
