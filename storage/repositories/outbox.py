"""Messages that must be sent once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Update, delete, func, select, text, update

from core.asking.delivery import LAPSED
from core.asking.reminders import DRAWN, PROMPTS, Message, MessageKind, MessageState, NewMessage
from storage.message_tables import OutboxRow
from storage.repositories.upsert import insert
from storage.sql import Sql, Statement

_COLUMNS = (
    "id", "kind", "owner_id", "chat_id", "on_date", "useful_until", "state", "attempt", "doubts",
    "nodes", "after_id", "thread_id", "message_id", "at_any_hour", "changes", "shown",
)  # fmt: skip
MESSAGE = ", ".join("m.nodes::text" if name == "nodes" else f"m.{name}" for name in _COLUMNS)
_RETURNED = MESSAGE.replace("m.", "")

_OPEN = "('pending', 'retry', 'sending')"
_PROMPTS = ", ".join(f"'{kind.value}'" for kind in sorted(PROMPTS))
_KNOWN_KINDS = ", ".join(f"'{kind.value}'" for kind in MessageKind)
"""The kinds that this release can send. Where processes are replaced one by one, a newer one may have added others,
which are left to it."""
_DIGESTS = ", ".join(f"'{kind.value}'" for kind in sorted(DRAWN))

_KNOWN = Statement(
    "SELECT m.key FROM outbox m WHERE m.key = ANY($1::text[])",
    sqlite="SELECT m.key FROM outbox m WHERE m.key IN (SELECT value FROM json_each($1))",
)
_WAITING_PROMPTS = f"""
    SELECT {MESSAGE} FROM outbox m WHERE m.state IN {_OPEN} AND m.due_at <= $2 AND m.state <> 'sending'
    AND m.kind IN ({_PROMPTS}) AND """
_WAITING = Statement(
    # A message that is being claimed at this moment counts as on its way.
    _WAITING_PROMPTS + "m.chat_id = ANY($1::bigint[]) ORDER BY m.id FOR UPDATE SKIP LOCKED",
    sqlite=_WAITING_PROMPTS + "m.chat_id IN (SELECT value FROM json_each($1)) ORDER BY m.id",
)
_CHOSEN = f"""
    SELECT m.id FROM outbox m WHERE m.state IN {_OPEN} AND m.due_at <= $1 AND m.kind IN ({_KNOWN_KINDS}){{which}}
    ORDER BY m.due_at, m.id LIMIT $3::bigint"""
_CLAIM = f"""
    UPDATE outbox SET state = 'sending', due_at = $2, attempt = attempt + 1,
    doubts = doubts + CASE WHEN state = 'sending' THEN {LAPSED} ELSE 0 END
    WHERE {{chosen}} RETURNING {_RETURNED}"""


def _claimed(which: str = "", sqlite: str = "") -> Statement:
    chosen = _CHOSEN.format(which=which)
    return Statement(
        # The array makes the selection run once; a plan may run a subquery again, and find other rows free by then.
        _CLAIM.format(chosen=f"id = ANY(ARRAY({chosen} FOR UPDATE SKIP LOCKED))"),
        sqlite=_CLAIM.format(chosen=f"id IN ({_CHOSEN.format(which=sqlite)})"),
    )


_WAITS = f" AND m.state = 'pending' AND m.kind IN ({_DIGESTS}) AND m.id "
_CLAIMED = _claimed()
_CALLED = _claimed(_WAITS + "<> ALL($4::bigint[])", _WAITS + "NOT IN (SELECT value FROM json_each($4))")
_MINE = "WHERE id = $1 AND state = 'sending' AND attempt = $2"
_SENT = Statement("""
    UPDATE outbox SET state = 'sent', message_id = $2, settled_at = $3, reason = NULL, shown = $4
    WHERE id = $1 AND state <> 'sent'""")
_AGAIN = Statement(f"UPDATE outbox SET state = 'retry', due_at = $3, reason = $4, doubts = $5 {_MINE}")
_PUT_OFF = Statement(f"UPDATE outbox SET state = 'pending', due_at = $3, attempt = attempt - 1 {_MINE}")
_OVER = Statement(f"""
    UPDATE outbox SET state = $2, reason = $3, settled_at = $4
    WHERE id = $1 AND attempt = $5 AND state IN {_OPEN}""")
_BY_ID = Statement(f"SELECT {MESSAGE} FROM outbox m WHERE m.id = $1 AND m.chat_id = $2")
_BY_TELEGRAM_ID = Statement(f"SELECT {MESSAGE} FROM outbox m WHERE m.chat_id = $1 AND m.message_id = $2 ORDER BY m.id")
_ROUNDS = Statement(f"""
    SELECT {MESSAGE} FROM outbox m WHERE m.chat_id = $1 AND m.kind = 'check_in' AND m.on_date >= $2
    AND m.state IN ('sent', 'sending') ORDER BY m.id""")
_NEXT_DUE = Statement(f"SELECT min(due_at) FROM outbox WHERE state IN {_OPEN} AND kind IN ({_KNOWN_KINDS})")


class SqlOutbox:
    """See `core.ports.outbox.Outbox`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, messages: Sequence[NewMessage], now: datetime) -> None:
        if messages:
            new = insert(self._sql, OutboxRow).on_conflict_do_nothing(index_elements=["key"])
            self._sql.connection.execute(new, [_columns(message, now) for message in messages])

    def existing_keys(self, keys: Sequence[str]) -> set[str]:
        return {row[0] for row in self._sql.rows(_KNOWN, self._sql.many(keys))}

    def waiting_prompts(self, chat_ids: Sequence[int], now: datetime) -> list[Message]:
        rows = self._sql.rows(_WAITING, self._sql.many(chat_ids), self._sql.values.instant(now))
        return [message_of(self._sql, row) for row in rows]

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[Message]:
        instant = self._sql.values.instant
        rows = self._sql.rows(_CLAIMED, instant(now), instant(lease_until), limit)
        return sorted((message_of(self._sql, row) for row in rows), key=lambda message: message.id)

    def call_digests(
        self, until: datetime, lease_until: datetime, limit: int, but: Collection[int] = ()
    ) -> list[Message]:
        instant = self._sql.values.instant
        rows = self._sql.rows(_CALLED, instant(until), instant(lease_until), limit, self._sql.many(sorted(but)))
        return [message_of(self._sql, row) for row in rows]

    def mark_sent(self, message: Message, message_id: int, now: datetime) -> None:
        self._sql.run(_SENT, message.id, message_id, self._sql.values.instant(now), message.changes)

    def retry(self, message: Message, at: datetime, reason: str, doubts: int) -> None:
        self._sql.run(_AGAIN, message.id, message.attempt, self._sql.values.instant(at), reason, doubts)

    def put_off(self, message: Message, at: datetime) -> None:
        self._sql.run(_PUT_OFF, message.id, message.attempt, self._sql.values.instant(at))

    def mark_over(self, messages: Sequence[Message], reason: str, now: datetime, *, dead: bool = False) -> None:
        state = MessageState.DEAD if dead else MessageState.DROPPED
        for message in messages:
            self._sql.run(_OVER, message.id, state.value, reason, self._sql.values.instant(now), message.attempt)

    def drop_open(self, owner_id: int, reason: str, now: datetime, kinds: Iterable[MessageKind] | None = None) -> None:
        dropped = _dropped(reason, now).where(OutboxRow.owner_id == owner_id)
        if kinds is not None:
            dropped = dropped.where(OutboxRow.kind.in_([kind.value for kind in kinds]))
        self._sql.connection.execute(dropped)

    def drop_after(self, message: Message, reason: str, now: datetime) -> None:
        mine = OutboxRow.chat_id == message.chat_id, OutboxRow.after_id == message.id
        self._sql.connection.execute(_dropped(reason, now).where(*mine))

    def by_id(self, message_id: int, chat_id: int) -> Message | None:
        return self._first(self._sql.rows(_BY_ID, message_id, chat_id))

    def by_telegram_id(self, chat_id: int, message_id: int) -> Message | None:
        return self._first(self._sql.rows(_BY_TELEGRAM_ID, chat_id, message_id))

    def rounds(self, chat_id: int, first: date) -> list[Message]:
        return [message_of(self._sql, row) for row in self._sql.rows(_ROUNDS, chat_id, self._sql.values.day(first))]

    def last_sent(self, chat_id: int, kinds: Iterable[MessageKind]) -> date | None:
        mine = OutboxRow.chat_id == chat_id, OutboxRow.state == MessageState.SENT
        of_kinds = OutboxRow.kind.in_([kind.value for kind in kinds])
        return self._sql.connection.execute(select(func.max(OutboxRow.on_date)).where(*mine, of_kinds)).scalar()

    def next_due(self) -> datetime | None:
        return self._sql.instant_of(self._sql.rows(_NEXT_DUE)[0][0])

    def prune(self, before: datetime, limit: int) -> int:
        settled = select(OutboxRow.id).where(OutboxRow.settled_at.is_not(None), OutboxRow.settled_at < before)
        old = settled.order_by(OutboxRow.settled_at).limit(limit)
        return self._sql.connection.execute(delete(OutboxRow).where(OutboxRow.id.in_(old))).rowcount

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        moved = (
            update(OutboxRow)
            .where(OutboxRow.chat_id == old_chat_id)
            .values(chat_id=new_chat_id, message_id=None, shown=OutboxRow.changes)
        )
        self._sql.connection.execute(moved)

    def forget(self, chat_id: int) -> None:
        self._sql.connection.execute(delete(OutboxRow).where(OutboxRow.chat_id == chat_id))

    def _first(self, rows: Sequence[Any]) -> Message | None:
        return message_of(self._sql, rows[0]) if rows else None


def message_of(sql: Sql, row: Sequence[Any]) -> Message:
    """A message from the columns of `MESSAGE`."""
    (
        outbox_id, kind, owner_id, chat_id, on, useful_until, state, attempt, doubts, nodes, after, thread_id,
        message_id, at_any_hour, changes, shown,
    ) = row  # fmt: skip
    return Message(
        outbox_id,
        MessageKind(kind),
        owner_id,
        chat_id,
        sql.values.day_of(on),
        sql.values.instant_of(useful_until),
        MessageState(state),
        attempt,
        doubts,
        tuple(json.loads(nodes)),
        after,
        thread_id,
        message_id,
        bool(at_any_hour),
        changes,
        shown,
    )


def add_sent(sql: Sql, message: NewMessage, message_id: int, now: datetime) -> int:
    """Writes a message that was sent already; returns its id."""
    sent = {"state": MessageState.SENT.value, "message_id": message_id, "settled_at": now}
    new = insert(sql, OutboxRow).values(_columns(message, now) | sent).returning(OutboxRow.id)
    return sql.connection.execute(new).scalar_one()


def _dropped(reason: str, now: datetime) -> Update:
    # The condition of the index of open messages, so that PostgreSQL uses it instead of scanning all sent ones.
    waiting = text(f"state IN {_OPEN}"), OutboxRow.state != MessageState.SENDING.value
    return update(OutboxRow).where(*waiting).values(state=MessageState.DROPPED.value, reason=reason, settled_at=now)


def _columns(message: NewMessage, now: datetime) -> dict[str, object]:
    state = MessageState.PENDING if message.dropped is None else MessageState.DROPPED
    return {
        "key": message.key,
        "kind": message.kind.value,
        "owner_id": message.owner_id,
        "chat_id": message.chat_id,
        "thread_id": message.thread_id,
        "on_date": message.on,
        "nodes": list(message.nodes),
        "after_id": message.after,
        "at_any_hour": message.at_any_hour,
        "state": state.value,
        "due_at": message.due_at,
        "useful_until": message.useful_until,
        "attempt": 0,
        "doubts": 0,
        "reason": message.dropped,
        "created_at": now,
        "settled_at": None if message.dropped is None else now,
    }
