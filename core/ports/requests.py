"""The requests of the API that carried a key and were carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was carried out: the digest of what it asked, and its answer (None: it was not given yet, or the
    process ended before it was)."""

    digest: str
    status: int | None = None
    answer: str | None = None


class Requests(Protocol):
    """Requests by user and key."""

    def claim(self, user_id: int, key: str, digest: str, now: datetime) -> Request | None:
        """Notes that a request is being carried out; the one of that key, if there is one already."""

    def answered(self, user_id: int, key: str, status: int, answer: str) -> None:
        """Keeps the answer of a request."""

    def forget(self, user_id: int) -> None:
        """Removes a user's requests."""

    def prune(self, before: datetime) -> None:
        """Removes those that are older."""
