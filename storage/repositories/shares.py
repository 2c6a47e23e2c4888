"""Goals of private chats that members show to a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from core.goals.model import Member
from core.group.records import Share
from storage.people_tables import ShareRow
from storage.repositories.members import MEMBER, member_of
from storage.sql import Sql, Statement

_SHARE = "s.id, s.node_id, s.owner_id, s.member_id, s.whole, s.created_at"
_WIDTH = 6
_PUT = Statement(f"""
    INSERT INTO shares AS s (node_id, owner_id, member_id, whole, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (node_id, owner_id) DO UPDATE SET whole = excluded.whole, member_id = excluded.member_id
    RETURNING {_SHARE.replace("s.", "")}""")
_OF_OWNER = Statement(f"SELECT {_SHARE} FROM shares s WHERE s.owner_id = $1 ORDER BY s.id")
_SEEN = Statement(f"""
    SELECT {_SHARE}, {MEMBER} FROM shares s JOIN members m ON m.id = s.member_id JOIN nodes n ON n.id = s.node_id
    LEFT JOIN nodes r ON r.vision_id = n.vision_id AND r.parent_id IS NULL
    WHERE s.owner_id = $1 AND m.left_at IS NULL AND coalesce(n.ends_on, r.ends_on, $2) >= $2 ORDER BY s.id""")
_OF_MEMBER = Statement(f"SELECT {_SHARE} FROM shares s WHERE s.member_id = $1 ORDER BY s.id")
_OF_USER = Statement(f"""
    SELECT {_SHARE} FROM members m JOIN shares s ON s.member_id = m.id WHERE m.user_id = $1 ORDER BY s.id""")


class SqlShares:
    """See `core.ports.sharing.Shares`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def put(self, node_id: int, owner_id: int, member_id: int, whole: bool, now: datetime) -> Share:
        [row] = self._sql.rows(_PUT, node_id, owner_id, member_id, whole, self._sql.values.instant(now))
        return self._share(row)

    def of_owner(self, owner_id: int) -> list[Share]:
        return [self._share(row) for row in self._sql.rows(_OF_OWNER, owner_id)]

    def seen_by(self, owner_id: int, since: date) -> list[tuple[Share, Member]]:
        rows = self._sql.rows(_SEEN, owner_id, self._sql.values.day(since))
        return [(self._share(row[:_WIDTH]), member_of(self._sql, row[_WIDTH:])) for row in rows]

    def of_member(self, member_id: int) -> list[Share]:
        return [self._share(row) for row in self._sql.rows(_OF_MEMBER, member_id)]

    def of_user(self, user_id: int) -> list[Share]:
        return [self._share(row) for row in self._sql.rows(_OF_USER, user_id)]

    def remove(self, share_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(ShareRow).where(ShareRow.id.in_(share_ids)))

    def _share(self, row: Sequence[Any]) -> Share:
        share_id, node_id, owner_id, member_id, whole, created_at = row
        return Share(share_id, node_id, owner_id, member_id, bool(whole), self._sql.values.instant_of(created_at))
