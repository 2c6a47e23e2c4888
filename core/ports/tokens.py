"""The personal tokens of the API."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Protocol

from core.tokens import ApiToken, Scope


class Tokens(Protocol):
    """Tokens by the digest of their secret, which is not kept."""

    def add(self, user_id: int, name: str, scopes: Set[Scope], digest: str, now: datetime) -> ApiToken:
        """Writes a new token."""

    def by_digest(self, digest: str) -> ApiToken | None:
        """The token whose secret has this digest."""

    def of_user(self, user_id: int) -> list[ApiToken]:
        """A user's tokens, in the order of creation."""

    def remove(self, user_id: int, token_id: int | None = None) -> int:
        """Removes one of a user's tokens, or all of them; returns how many."""
