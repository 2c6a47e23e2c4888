"""Updates received and not yet handled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from storage.sql import Sql, Statement
from storage.tables import InboxRow

_RECEIVE = Statement(
    """INSERT INTO inbox (update_id, payload, received_at)
    SELECT u.update_id, u.payload, $3 FROM unnest($1::bigint[], $2::text[]) AS u(update_id, payload)
    ON CONFLICT (update_id) DO NOTHING RETURNING update_id""",
    sqlite="""INSERT INTO inbox (update_id, payload, received_at)
    SELECT value ->> 0, value ->> 1, $2 FROM json_each($1) WHERE true
    ON CONFLICT (update_id) DO NOTHING RETURNING update_id""",
)
_PENDING = Statement("SELECT update_id, payload FROM inbox WHERE handled_at IS NULL ORDER BY update_id")
_HANDLED = Statement(
    "UPDATE inbox SET handled_at = $2, payload = '' WHERE update_id = ANY($1::bigint[])",
    sqlite="UPDATE inbox SET handled_at = $2, payload = '' WHERE update_id IN (SELECT value FROM json_each($1))",
)


class SqlInbox:
    """See `core.ports.Inbox`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def receive(self, updates: Sequence[tuple[int, str]], now: datetime) -> list[int]:
        if self._sql.sqlite:
            lists: list[object] = [json.dumps(updates)]
        else:
            lists = [[update_id for update_id, _ in updates], [payload for _, payload in updates]]
        return sorted(row[0] for row in self._sql.rows(_RECEIVE, *lists, self._sql.values.instant(now)))

    def pending(self) -> list[tuple[int, str]]:
        return [(update_id, payload) for update_id, payload in self._sql.rows(_PENDING)]

    def handled(self, update_ids: Sequence[int], now: datetime) -> None:
        ids = json.dumps(list(update_ids)) if self._sql.sqlite else list(update_ids)
        self._sql.run(_HANDLED, ids, self._sql.values.instant(now))

    def prune(self, before: datetime) -> None:
        old = InboxRow.handled_at.is_not(None), InboxRow.received_at < before
        self._sql.connection.execute(delete(InboxRow).where(*old))
