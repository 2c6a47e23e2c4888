"""The API requests with a key that were carried out."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import record


@record
class Request:
    """A request that was carried out: the digest of its contents, and its answer (None: there is none yet, or the
    process ended before)."""

    digest: str
    status: int | None = None
    answer: str | None = None


class Requests(Protocol):
    """Requests by user and key."""

    def claim(self, user_id: int, key: str, digest: str, now: datetime) -> Request | None:
        """Records that a request is being carried out; returns the existing one with this key, if there is one."""

    def save_answer(self, user_id: int, key: str, status: int, answer: str) -> None:
        """Stores the answer of a request."""

    def forget(self, user_id: int) -> None:
        """Removes a user's requests."""

    def prune(self, before: datetime) -> None:
        """Removes older requests."""
