"""Channels that get a group's digests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from core.group.records import Publication
from storage.people_tables import PublicationRow
from storage.sql import Sql, Statement

_PUBLICATION = "p.id, p.owner_id, p.chat_id, p.title, p.by_user, p.created_at"
_PUT = Statement(f"""
    INSERT INTO publications (owner_id, chat_id, title, by_user, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (owner_id, chat_id) DO UPDATE SET title = excluded.title, by_user = excluded.by_user
    RETURNING {_PUBLICATION.replace("p.", "")}""")
_OF_OWNER = Statement(f"SELECT {_PUBLICATION} FROM publications p WHERE p.owner_id = $1 ORDER BY p.id")
_OF_OWNERS = Statement(
    f"SELECT {_PUBLICATION} FROM publications p WHERE p.owner_id = ANY($1::bigint[]) ORDER BY p.id",
    sqlite=f"""SELECT {_PUBLICATION} FROM publications p
        WHERE p.owner_id IN (SELECT value FROM json_each($1)) ORDER BY p.id""",
)
_FORGET = Statement("UPDATE publications SET by_user = 0 WHERE by_user = $1")
_BY_CHAT = Statement(f"SELECT {_PUBLICATION} FROM publications p WHERE p.chat_id = $1 ORDER BY p.id")


class SqlPublications:
    """See `core.ports.sharing.Publications`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def put(self, owner_id: int, chat_id: int, title: str, by_user: int, now: datetime) -> Publication:
        [row] = self._sql.rows(_PUT, owner_id, chat_id, title, by_user, self._sql.values.instant(now))
        return self._publication(row)

    def of_owner(self, owner_id: int) -> list[Publication]:
        return [self._publication(row) for row in self._sql.rows(_OF_OWNER, owner_id)]

    def of_owners(self, owner_ids: Collection[int]) -> list[Publication]:
        return [self._publication(row) for row in self._sql.rows(_OF_OWNERS, self._sql.many(sorted(owner_ids)))]

    def by_chat(self, chat_id: int) -> list[Publication]:
        return [self._publication(row) for row in self._sql.rows(_BY_CHAT, chat_id)]

    def remove(self, publication_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(PublicationRow).where(PublicationRow.id.in_(publication_ids)))

    def forget(self, user_id: int) -> None:
        self._sql.run(_FORGET, user_id)

    def _publication(self, row: Sequence[Any]) -> Publication:
        publication_id, owner_id, chat_id, title, by_user, created_at = row
        return Publication(publication_id, owner_id, chat_id, title, by_user, self._sql.values.instant_of(created_at))
