"""The personal tokens of the API."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from core.tokens import ApiToken, Scope
from storage.sql import Sql, Statement

_TOKEN = "id, user_id, name, scopes, created_at"
_ADD = Statement(f"""
    INSERT INTO api_tokens (user_id, name, scopes, digest, created_at) VALUES ($1, $2, $3, $4, $5)
    RETURNING {_TOKEN}""")
_BY_DIGEST = Statement(f"SELECT {_TOKEN} FROM api_tokens WHERE digest = $1")
_OF_USER = Statement(f"SELECT {_TOKEN} FROM api_tokens WHERE user_id = $1 ORDER BY id")
_REMOVE = Statement("DELETE FROM api_tokens WHERE user_id = $1 AND ($2::bigint IS NULL OR id = $2) RETURNING id")


class SqlTokens:
    """See `core.ports.tokens.Tokens`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, user_id: int, name: str, scopes: Set[Scope], digest: str, now: datetime) -> ApiToken:
        written = " ".join(sorted(scopes))
        [row] = self._sql.rows(_ADD, user_id, name, written, digest, self._sql.values.instant(now))
        return self._token(row)

    def by_digest(self, digest: str) -> ApiToken | None:
        rows = self._sql.rows(_BY_DIGEST, digest)
        return self._token(rows[0]) if rows else None

    def of_user(self, user_id: int) -> list[ApiToken]:
        return [self._token(row) for row in self._sql.rows(_OF_USER, user_id)]

    def remove(self, user_id: int, token_id: int | None = None) -> int:
        return len(self._sql.rows(_REMOVE, user_id, token_id))

    def _token(self, row: Sequence[Any]) -> ApiToken:
        token_id, user_id, name, scopes, created_at = row
        created = self._sql.values.instant_of(created_at)
        return ApiToken(token_id, user_id, name, frozenset(map(Scope, scopes.split())), created)
