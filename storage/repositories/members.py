"""Members of groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from core.goals.model import Member, Owner
from storage.people_tables import MemberRow
from storage.repositories.marks import reshape_group, reshape_owner
from storage.repositories.owners import OWNER, owner_of
from storage.sql import Sql, Statement
from storage.tables import NodeRow

MEMBER = (
    "m.id, m.owner_id, m.user_id, m.name, m.joined_at, m.left_at, m.nudges, m.buddy_id, m.asked_buddy_id, m.named,"
    " m.notes_since, m.notes_asked_at"
)
"""The columns that `member_of` takes."""
WIDTH = 12
"""The number of these columns."""

_BY_ID = Statement(f"SELECT {MEMBER} FROM members m WHERE m.id = $1")
_BY_USER = Statement(f"SELECT {MEMBER} FROM members m WHERE m.owner_id = $1 AND m.user_id = $2")
_OF_OWNER = Statement(
    f"SELECT {MEMBER} FROM members m WHERE m.owner_id = $1 AND ($2::bool OR m.left_at IS NULL) ORDER BY m.id"
)
_OF_USER = Statement(f"""
    SELECT {MEMBER}, {OWNER} FROM members m JOIN owners o ON o.id = m.owner_id
    WHERE m.user_id = $1 AND ($2::bool OR m.left_at IS NULL) ORDER BY m.id""")
_JOIN = Statement(f"""
    INSERT INTO members AS m (owner_id, user_id, name, joined_at, nudges) VALUES ($1, $2, $3, $4, false)
    ON CONFLICT (owner_id, user_id) DO UPDATE SET
        name = excluded.name, left_at = NULL,
        joined_at = CASE WHEN m.left_at IS NULL THEN m.joined_at ELSE excluded.joined_at END
    RETURNING {MEMBER.replace("m.", "")}""")
_LEAVE = Statement("UPDATE members SET left_at = $2, notes_since = NULL WHERE id = $1 AND left_at IS NULL")
_RENAME = Statement("UPDATE members SET name = $2 WHERE user_id = $1 AND name <> $2")


class SqlMembers:
    """See `core.ports.members.Members`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def by_id(self, member_id: int) -> Member | None:
        return self._one(self._sql.rows(_BY_ID, member_id))

    def by_user(self, owner_id: int, user_id: int) -> Member | None:
        return self._one(self._sql.rows(_BY_USER, owner_id, user_id))

    def _one(self, rows: Sequence[Any]) -> Member | None:
        return member_of(self._sql, rows[0]) if rows else None

    def of_owner(self, owner_id: int, *, left_too: bool = False) -> list[Member]:
        return [member_of(self._sql, row) for row in self._sql.rows(_OF_OWNER, owner_id, left_too)]

    def of_user(self, user_id: int, *, left_too: bool = False) -> list[tuple[Member, Owner]]:
        rows = self._sql.rows(_OF_USER, user_id, left_too)
        return [(member_of(self._sql, row[:WIDTH]), owner_of(row[WIDTH:])) for row in rows]

    def join(self, owner_id: int, user_id: int, name: str, now: datetime) -> Member:
        [row] = self._sql.rows(_JOIN, owner_id, user_id, name, self._sql.values.instant(now))
        reshape_owner(self._sql, owner_id)
        return member_of(self._sql, row)

    def leave(self, member_id: int, now: datetime) -> None:
        self._sql.run(_LEAVE, member_id, self._sql.values.instant(now))
        reshape_group(self._sql, member_id)

    def save(self, member: Member) -> None:
        saved = {
            "name": member.name,
            "nudges": member.nudges,
            "buddy_id": member.buddy_id,
            "asked_buddy_id": member.asked_buddy_id,
            "named": member.named,
            "notes_since": member.notes_since,
            "notes_asked_at": member.notes_asked_at,
        }
        self._sql.connection.execute(update(MemberRow).where(MemberRow.id == member.id).values(saved))

    def rename(self, user_id: int, name: str) -> None:
        self._sql.run(_RENAME, user_id, name)

    def remove(self, member_id: int, nobody: str) -> None:
        reshape_group(self._sql, member_id)
        theirs = update(NodeRow).where(NodeRow.member_id == member_id)
        self._sql.connection.execute(theirs.values(member_id=None, title=nobody))
        self._sql.connection.execute(delete(MemberRow).where(MemberRow.id == member_id))


def member_of(sql: Sql, row: Sequence[Any]) -> Member:
    """A member from its columns."""
    member_id, owner_id, user_id, name, joined_at, left_at, nudges, buddy_id, asked_buddy_id, named, *notes = row
    notes_since, notes_asked_at = notes
    return Member(
        member_id,
        owner_id,
        user_id,
        name,
        sql.values.instant_of(joined_at),
        sql.instant_of(left_at),
        bool(nudges),
        buddy_id,
        asked_buddy_id,
        bool(named),
        sql.instant_of(notes_since),
        sql.instant_of(notes_asked_at),
    )
