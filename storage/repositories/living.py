"""Messages that are edited when their contents change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime

from core.asking.reminders import Message, NewMessage
from core.goals.model import Owner, OwnerType
from storage.message_tables import LIVING
from storage.repositories.outbox import MESSAGE, add_sent, message_of
from storage.sql import Sql, Statement

IS_SHOWN = f"""
    (EXISTS (SELECT 1 FROM outbox m WHERE m.chat_id = o.chat_id AND {LIVING} AND {{days}})
    OR EXISTS (SELECT 1 FROM members w CROSS JOIN outbox m WHERE w.owner_id = o.id AND w.left_at IS NULL
        AND m.chat_id = w.user_id AND {LIVING} AND {{days}}))"""
"""Whether a living message about one of the `days` (a condition on `m`) shows the trees of `owners o`. CROSS JOIN keeps
SQLite from starting with the messages."""

THEIRS = f"""
    SELECT m.id FROM outbox m
    WHERE m.chat_id = ANY(ARRAY(
        SELECT {{chat}} UNION ALL
        SELECT w.user_id FROM members w WHERE w.owner_id = {{owner}} AND w.left_at IS NULL))
    AND {LIVING} AND (m.on_date >= {{since}} OR m.on_date = {{on}}) AND (
        m.chat_id <> {{chat}} OR m.on_date = {{on}} OR m.kind = 'board' OR m.useful_until > {{closed_by}})"""
"""The living messages in the chats of an owner and its members: PostgreSQL's text. The chats are an array, since
PostgreSQL uses no index for one chat OR those of a subquery."""
_THEIRS = THEIRS.format(chat="$1::bigint", owner="$2", since="$3", on="$4", closed_by="$5")
_CHANGE = Statement(
    # Locked in order, so that two transactions that change the same messages do not deadlock.
    f"UPDATE outbox SET changes = changes + 1 WHERE id = ANY(ARRAY({_THEIRS} ORDER BY m.id FOR UPDATE))",
    sqlite=f"""UPDATE outbox SET changes = changes + 1 WHERE id IN (
        SELECT m.id FROM outbox m WHERE {LIVING} AND (m.on_date >= $3 OR m.on_date = $4) AND (
        (m.chat_id = $1 AND (m.on_date = $4 OR m.kind = 'board' OR m.useful_until > $5))
        OR m.chat_id IN (SELECT w.user_id FROM members w WHERE w.owner_id = $2 AND w.left_at IS NULL)))""",
)
_CHANGE_ONE = Statement("UPDATE outbox SET changes = changes + 1 WHERE id = $1")
_CHANGE_EARLIER = Statement("""
    UPDATE outbox SET changes = changes + 1
    WHERE chat_id = $1 AND kind = $2 AND on_date = $3 AND id < $4 AND state = 'sent'""")
_CHANGED = "m.changes <> m.shown AND m.state = 'sent' AND m.message_id IS NOT NULL"
_FOUND = f"SELECT {MESSAGE} FROM outbox m WHERE {_CHANGED} {{among}} ORDER BY m.chat_id, m.id LIMIT $1::bigint"
_ALL_CHANGED = Statement(_FOUND.format(among=""))
_SOME_CHANGED = Statement(
    _FOUND.format(among="AND m.chat_id = ANY($2::bigint[])"),
    sqlite=_FOUND.format(among="AND m.chat_id IN (SELECT value FROM json_each($2))"),
)
_SHOWN = Statement("UPDATE outbox SET shown = $2 WHERE id = $1 AND shown < $2")
_FORGET = Statement("DELETE FROM outbox WHERE chat_id = $1 AND kind = $2")


class SqlLivingMessages:
    """See `core.ports.living.LivingMessages`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def change(self, owner: Owner, since: date, now: datetime, on: date | None = None) -> None:
        values = self._sql.values
        # A person's prompts are never closed: their questions may be answered later.
        closed_by = now if owner.type is OwnerType.GROUP else datetime.min.replace(tzinfo=UTC)
        days = values.day(since), values.day(date.min if on is None else on)
        self._sql.run(_CHANGE, owner.chat_id, owner.id, *days, values.instant(closed_by))

    def change_one(self, message_id: int) -> None:
        self._sql.run(_CHANGE_ONE, message_id)

    def change_earlier(self, message: Message) -> None:
        on = self._sql.values.day(message.on)
        self._sql.run(_CHANGE_EARLIER, message.chat_id, message.kind.value, on, message.id)

    def changed(self, limit: int, among: Collection[int] | None = None) -> list[Message]:
        if among is None:
            rows = self._sql.rows(_ALL_CHANGED, limit)
        else:
            rows = self._sql.rows(_SOME_CHANGED, limit, self._sql.many(list(among)))
        return [message_of(self._sql, row) for row in rows]

    def mark_shown(self, changes: Mapping[int, int]) -> None:
        for message_id, change in sorted(changes.items()):
            self._sql.run(_SHOWN, message_id, change)

    def keep_one(self, message: NewMessage, message_id: int, now: datetime) -> int:
        self._sql.run(_FORGET, message.chat_id, message.kind.value)
        return add_sent(self._sql, message, message_id, now)
