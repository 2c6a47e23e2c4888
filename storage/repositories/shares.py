"""Goals of private chats that members show to a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from core.model import Share
from storage.sql import Sql, Statement
from storage.tables import ShareRow

_SHARE = "s.id, s.node_id, s.owner_id, s.member_id, s.whole, s.created_at"
_PUT = Statement(f"""
    INSERT INTO shares AS s (node_id, owner_id, member_id, whole, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (node_id, owner_id) DO UPDATE SET whole = excluded.whole, member_id = excluded.member_id
    RETURNING {_SHARE.replace("s.", "")}""")
_OF_OWNER = Statement(f"SELECT {_SHARE} FROM shares s WHERE s.owner_id = $1 ORDER BY s.id")
_OF_USER = Statement(f"""
    SELECT {_SHARE} FROM members m JOIN shares s ON s.member_id = m.id WHERE m.user_id = $1 ORDER BY s.id""")


class SqlShares:
    """See `core.ports.Shares`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def put(self, node_id: int, owner_id: int, member_id: int, whole: bool, now: datetime) -> Share:
        [row] = self._sql.rows(_PUT, node_id, owner_id, member_id, whole, self._sql.values.instant(now))
        return self._share(row)

    def of_owner(self, owner_id: int) -> list[Share]:
        return [self._share(row) for row in self._sql.rows(_OF_OWNER, owner_id)]

    def of_user(self, user_id: int) -> list[Share]:
        return [self._share(row) for row in self._sql.rows(_OF_USER, user_id)]

    def remove(self, share_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(ShareRow).where(ShareRow.id.in_(share_ids)))

    def _share(self, row: Sequence[Any]) -> Share:
        id, node_id, owner_id, member_id, whole, created_at = row
        return Share(id, node_id, owner_id, member_id, bool(whole), self._sql.values.instant_of(created_at))
