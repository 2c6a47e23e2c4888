"""Updates received and not yet handled."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete

from core.ports.inbox import NewUpdate
from storage.message_tables import InboxRow
from storage.sql import Sql, Statement

_RECEIVE = Statement(
    """INSERT INTO inbox (update_id, chat_id, payload, received_at)
    SELECT u.update_id, u.chat_id, u.payload, $4
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u(update_id, chat_id, payload)
    ON CONFLICT (update_id) DO NOTHING RETURNING update_id""",
    sqlite="""INSERT INTO inbox (update_id, chat_id, payload, received_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, $2 FROM json_each($1) WHERE true
    ON CONFLICT (update_id) DO NOTHING RETURNING update_id""",
)
_PENDING = Statement("SELECT update_id, payload FROM inbox WHERE handled_at IS NULL ORDER BY update_id")
_UNHANDLED = "SELECT update_id, chat_id, payload FROM inbox WHERE handled_at IS NULL AND chat_id"
_PENDING_OF = Statement(
    f"{_UNHANDLED} = ANY($1::bigint[]) AND update_id <> ALL($2::bigint[]) ORDER BY update_id LIMIT $3::bigint",
    sqlite=f"""{_UNHANDLED} IN (SELECT value FROM json_each($1))
    AND update_id NOT IN (SELECT value FROM json_each($2)) ORDER BY update_id LIMIT $3""",
)
_WAITING = Statement("""
    SELECT chat_id FROM inbox WHERE handled_at IS NULL GROUP BY chat_id ORDER BY min(update_id) LIMIT $1::bigint""")
_DONE = "UPDATE inbox SET handled_at = $2, payload = '', chat_id = 0 WHERE update_id"
_HANDLED = Statement(_DONE + " = ANY($1::bigint[])", sqlite=_DONE + " IN (SELECT value FROM json_each($1))")


class SqlInbox:
    """See `core.ports.inbox.Inbox`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def receive(self, updates: Sequence[NewUpdate], now: datetime) -> list[int]:
        if self._sql.sqlite:
            lists: list[object] = [json.dumps([(u.id, u.chat_id, u.text) for u in updates])]
        else:
            lists = [[u.id for u in updates], [u.chat_id for u in updates], [u.text for u in updates]]
        return sorted(row[0] for row in self._sql.rows(_RECEIVE, *lists, self._sql.values.instant(now)))

    def pending(self) -> list[tuple[int, str]]:
        return [(update_id, payload) for update_id, payload in self._sql.rows(_PENDING)]

    def pending_of(self, chat_ids: Collection[int], known: Collection[int], limit: int) -> list[NewUpdate]:
        rows = self._sql.rows(_PENDING_OF, self._sql.many(list(chat_ids)), self._sql.many(list(known)), limit)
        return [NewUpdate(*row) for row in rows]

    def waiting_chats(self, limit: int) -> list[int]:
        return [row[0] for row in self._sql.rows(_WAITING, limit)]

    def mark_handled(self, update_ids: Sequence[int], now: datetime) -> None:
        ids = json.dumps(list(update_ids)) if self._sql.sqlite else list(update_ids)
        self._sql.run(_HANDLED, ids, self._sql.values.instant(now))

    def prune(self, before: datetime) -> None:
        old = InboxRow.handled_at.is_not(None), InboxRow.received_at < before
        self._sql.connection.execute(delete(InboxRow).where(*old))
