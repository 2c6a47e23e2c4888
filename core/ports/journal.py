"""What the running bot notes for its operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Note:
    """When something last happened in the running of the bot, and what is to be known of it."""

    at: datetime
    detail: Mapping[str, object]


class Journal(Protocol):
    """What the running bot notes for whoever operates it: the last tick, verification and backup, by name."""

    def note(self, name: str, now: datetime, detail: Mapping[str, object]) -> None:
        """Notes that something happened, over what was noted before."""

    def all(self) -> dict[str, Note]:
        """What was noted last, by name."""
