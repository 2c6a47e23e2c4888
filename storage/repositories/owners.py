"""The chats that trees belong to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import update

from core.model import Owner, OwnerType
from storage.repositories.upsert import insert
from storage.sql import Sql, Statement
from storage.tables import OwnerRow, VisionRow

OWNER = "o.id, o.chat_id, o.type, o.title, o.timezone, o.day_start, o.week_start, o.locale, o.zone_chosen"
"""The columns that `owner_of` takes."""

_BY_CHAT = Statement(f"SELECT {OWNER} FROM owners o WHERE o.chat_id = $1")
_ALL = Statement(f"SELECT {OWNER} FROM owners o ORDER BY o.id")


def owner_of(row: Sequence[Any]) -> Owner:
    """An owner from its columns."""
    id, chat_id, type, title, timezone, day_start, week_start, locale, zone_chosen = row
    wall = time.fromisoformat(day_start)
    return Owner(id, chat_id, OwnerType(type), title, timezone, wall, week_start, locale, bool(zone_chosen))


class SqlOwners:
    """See `core.ports.Owners`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def by_chat(self, chat_id: int) -> Owner | None:
        rows = self._sql.rows(_BY_CHAT, chat_id)
        return owner_of(rows[0]) if rows else None

    def all(self) -> list[Owner]:
        return [owner_of(row) for row in self._sql.rows(_ALL)]

    def add(self, chat_id: int, type: OwnerType, title: str, locale: str, now: datetime) -> Owner:
        new = Owner(0, chat_id, type, title, locale=locale)
        self._sql.connection.execute(
            insert(self._sql, OwnerRow)
            .values(chat_id=chat_id, created_at=now, **_settings(new))
            .on_conflict_do_nothing(index_elements=["chat_id"])
        )
        owner = self.by_chat(chat_id)
        assert owner is not None
        return owner

    def save(self, owner: Owner) -> None:
        changed = update(OwnerRow).where(OwnerRow.id == owner.id).values(chat_id=owner.chat_id, **_settings(owner))
        self._sql.connection.execute(changed)

    def mark_stale(self, owner_id: int) -> None:
        self._sql.connection.execute(update(VisionRow).where(VisionRow.owner_id == owner_id).values(stale=True))


def _settings(owner: Owner) -> dict[str, object]:
    return {
        "type": owner.type.value,
        "title": owner.title,
        "timezone": owner.timezone,
        "day_start": owner.day_start,
        "week_start": owner.week_start,
        "locale": owner.locale,
        "zone_chosen": owner.zone_chosen,
    }
