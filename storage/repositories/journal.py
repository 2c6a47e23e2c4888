"""When something last happened in the running bot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core.ports.journal import Note
from storage.message_tables import JournalRow
from storage.repositories.upsert import insert
from storage.sql import Sql


class SqlJournal:
    """See `core.ports.journal.Journal`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def note(self, name: str, now: datetime, detail: Mapping[str, object]) -> None:
        new = insert(self._sql, JournalRow).values(name=name, at=now, detail=dict(detail))
        self._sql.connection.execute(
            new.on_conflict_do_update(
                index_elements=["name"], set_={"at": new.excluded.at, "detail": new.excluded.detail}
            )
        )

    def all(self) -> dict[str, Note]:
        rows = self._sql.connection.execute(select(JournalRow.name, JournalRow.at, JournalRow.detail))
        return {name: Note(at, detail) for name, at, detail in rows}
