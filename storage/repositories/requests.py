"""The API requests with a key that were carried out."""

from __future__ import annotations

from datetime import datetime

from core.ports.requests import Request
from storage.sql import Sql, Statement

_CLAIM = Statement("""
    INSERT INTO api_requests (user_id, key, digest, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (user_id, key) DO NOTHING RETURNING key""")
_GET = Statement("SELECT digest, status, answer FROM api_requests WHERE user_id = $1 AND key = $2")
_ANSWERED = Statement("UPDATE api_requests SET status = $3, answer = $4 WHERE user_id = $1 AND key = $2")
_FORGET = Statement("DELETE FROM api_requests WHERE user_id = $1")
_PRUNE = Statement("DELETE FROM api_requests WHERE created_at < $1")


class SqlRequests:
    """See `core.ports.requests.Requests`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def claim(self, user_id: int, key: str, digest: str, now: datetime) -> Request | None:
        if self._sql.rows(_CLAIM, user_id, key, digest, self._sql.values.instant(now)):
            return None
        [row] = self._sql.rows(_GET, user_id, key)
        return Request(*row)

    def save_answer(self, user_id: int, key: str, status: int, answer: str) -> None:
        self._sql.run(_ANSWERED, user_id, key, status, answer)

    def forget(self, user_id: int) -> None:
        self._sql.run(_FORGET, user_id)

    def prune(self, before: datetime) -> None:
        self._sql.run(_PRUNE, self._sql.values.instant(before))
