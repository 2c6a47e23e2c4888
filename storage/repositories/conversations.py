"""A chat's state between two messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from core.ports.conversations import Beginning, ChatUser
from storage.message_tables import ConversationRow
from storage.repositories.owners import OWNER, owner_of
from storage.repositories.upsert import insert
from storage.sql import Sql, Statement

# Read for every message, so it is plain text.
_GET = Statement("SELECT c.state::text FROM conversations c WHERE c.chat_id = $1 AND c.user_id = $2")

_SHAPES = "(SELECT json_agg(json_build_array(v.id, v.shape, v.position)) FROM visions v WHERE v.owner_id {whose})::text"
_GROUPS = "(SELECT m.owner_id FROM members m WHERE m.user_id = s.user_id AND m.left_at IS NULL)"
_BEGINNINGS = f"""
    SELECT s.chat_id, s.user_id,
        (SELECT c.state FROM conversations c WHERE c.chat_id = s.chat_id AND c.user_id = s.user_id)::text,
        {_SHAPES.format(whose="= o.id")}, {_SHAPES.format(whose=f"IN {_GROUPS}")}, {OWNER}
    FROM ({{senders}}) s JOIN owners o ON o.chat_id = s.chat_id"""
_READ_BEGINNINGS = Statement(
    _BEGINNINGS.format(
        senders="SELECT (j ->> 0)::bigint AS chat_id, (j ->> 1)::bigint AS user_id"
        " FROM json_array_elements($1::text::json) j"
    ),
    sqlite=_BEGINNINGS.format(senders="SELECT value ->> 0 AS chat_id, value ->> 1 AS user_id FROM json_each($1)"),
)

_MOVE = Statement("""
    UPDATE conversations SET chat_id = $2 WHERE chat_id = $1
    AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.chat_id = $2 AND c.user_id = conversations.user_id)""")

_FORGET = Statement("DELETE FROM conversations WHERE chat_id = $1 OR user_id = $1")


class SqlConversations:
    """See `core.ports.conversations.Conversations`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def get(self, chat_id: int, user_id: int) -> dict[str, object] | None:
        rows = self._sql.rows(_GET, chat_id, user_id)
        if not rows:
            return None
        state: dict[str, object] = json.loads(rows[0][0])
        return state

    def beginnings(self, senders: Sequence[ChatUser]) -> list[Beginning | None]:
        read: dict[ChatUser, Beginning] = {}
        rows = self._sql.rows(_READ_BEGINNINGS, json.dumps(senders))
        for chat_id, user_id, state, own, of_groups, *owner in rows:
            # Not sorted: a different order counts as different shapes, which only costs one more read.
            kept = json.loads(state) if state else None
            read[chat_id, user_id] = Beginning(owner_of(owner), kept, own or "", of_groups or "")
        return [read.get(sender) for sender in senders]

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

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        # The state under the new id is the newer one.
        self._sql.run(_MOVE, old_chat_id, new_chat_id)

    def forget(self, user_id: int) -> None:
        self._sql.run(_FORGET, user_id)
