"""Buddies' confirmations of entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.group.records import Confirmation
from storage.sql import Sql, Statement

_ADD = Statement("""
    INSERT INTO confirmations (entry_id, member_id, at) VALUES ($1, $2, $3)
    ON CONFLICT (entry_id) DO NOTHING RETURNING entry_id""")
_OF_ENTRIES = Statement(
    "SELECT c.entry_id, c.member_id, c.at FROM confirmations c WHERE c.entry_id = ANY($1::bigint[])",
    sqlite="SELECT c.entry_id, c.member_id, c.at FROM confirmations c"
    " WHERE c.entry_id IN (SELECT value FROM json_each($1))",
)


class SqlConfirmations:
    """See `core.ports.confirmations.Confirmations`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, entry_id: int, member_id: int, now: datetime) -> bool:
        return bool(self._sql.rows(_ADD, entry_id, member_id, self._sql.values.instant(now)))

    def of_entries(self, entry_ids: Sequence[int]) -> dict[int, Confirmation]:
        rows = self._sql.rows(_OF_ENTRIES, self._sql.many(entry_ids))
        instant_of = self._sql.values.instant_of
        return {entry_id: Confirmation(entry_id, member_id, instant_of(at)) for entry_id, member_id, at in rows}
