"""What a chat must remember between two messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from storage.repositories.upsert import insert
from storage.sql import Sql
from storage.tables import ConversationRow


class SqlConversations:
    """See `core.ports.Conversations`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        remembered = select(ConversationRow.state).where(
            ConversationRow.chat_id == chat_id, ConversationRow.user_id == user_id
        )
        return self._sql.connection.execute(remembered).scalar_one_or_none()

    def put(self, chat_id: int, user_id: int, state: dict[str, object] | None, now: datetime) -> None:
        if state is None:
            forgotten = delete(ConversationRow).where(
                ConversationRow.chat_id == chat_id, ConversationRow.user_id == user_id
            )
            self._sql.connection.execute(forgotten)
            return
        new = insert(self._sql, ConversationRow).values(chat_id=chat_id, user_id=user_id, state=state, updated_at=now)
        self._sql.connection.execute(
            new.on_conflict_do_update(
                index_elements=["chat_id", "user_id"],
                set_={"state": new.excluded.state, "updated_at": new.excluded.updated_at},
            )
        )
