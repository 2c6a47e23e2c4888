"""Figures for the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from core.asking.reminders import DRAWN, MessageState
from core.goals.engine import CALCULATION_VERSION
from core.goals.model import OwnerType
from core.ports.statistics import Counts, Digests, Waiting
from storage.message_tables import OutboxRow, ReminderRow
from storage.people_tables import OwnerRow
from storage.sql import Sql, Statement
from storage.tables import EntryRow, VisionRow

_UNDELIVERED = [MessageState.PENDING.value, MessageState.RETRY.value, MessageState.SENDING.value]

_OPEN = "('pending', 'retry', 'sending')"
_WAITING = Statement(f"""
    SELECT state, count(*), min(CASE WHEN state <> 'pending' OR due_at <= $1 THEN created_at END)
    FROM outbox WHERE state IN {_OPEN} GROUP BY state""")
_KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(DRAWN))
_DIGESTS = Statement(f"""
    SELECT count(*), max(CASE WHEN state <> 'sending' THEN due_at END)
    FROM outbox WHERE state IN {_OPEN} AND kind IN ({_KINDS})""")
_REMINDERS = Statement("SELECT count(*) FROM reminders WHERE next_due IS NOT NULL AND next_due <= $1")
_UPDATES = Statement("SELECT count(*) FROM inbox WHERE handled_at IS NULL")


class SqlStatistics:
    """See `core.ports.statistics.Statistics`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def counts(self, now: datetime) -> Counts:
        run = self._sql.connection.execute
        owners = self._by(OwnerRow.type)
        outbox = dict.fromkeys((state.value for state in MessageState), 0) | self._by(OutboxRow.state)
        # Messages that were tried before count as late, whenever the next try is.
        late = (OutboxRow.due_at <= now) | (OutboxRow.state != MessageState.PENDING.value)
        undelivered = select(func.min(OutboxRow.created_at)).where(OutboxRow.state.in_(_UNDELIVERED), late)
        return Counts(
            people=owners.get(OwnerType.PRIVATE.value, 0) + owners.get(OwnerType.LOCAL.value, 0),
            groups=owners.get(OwnerType.GROUP.value, 0),
            unreachable=self._count(select(func.count()).where(OwnerRow.unreachable_since.is_not(None))),
            trees=self._count(select(func.count()).select_from(VisionRow)),
            outdated=self._count(
                select(func.count()).where(VisionRow.stale | (VisionRow.calculation_version != CALCULATION_VERSION))
            ),
            entries=self._count(select(func.count()).where(EntryRow.voided_at.is_(None))),
            reminders=self._count(select(func.count()).where(ReminderRow.next_due.is_not(None))),
            due_within_hour=self._due_by(now + timedelta(hours=1)),
            due_within_day=self._due_by(now + timedelta(days=1)),
            outbox=outbox,
            oldest_undelivered=run(undelivered).scalar_one(),
            digests=self._digests(),
        )

    def waiting(self, now: datetime) -> Waiting:
        instant = self._sql.values.instant(now)
        outbox, late = dict.fromkeys(_UNDELIVERED, 0), []
        for state, count, since in self._sql.rows(_WAITING, instant):
            outbox[state] = count
            late += [] if since is None else [self._sql.values.instant_of(since)]
        [[reminders]], [[updates]] = self._sql.rows(_REMINDERS, instant), self._sql.rows(_UPDATES)
        return Waiting(outbox, reminders, updates, min(late, default=None), self._digests())

    def _digests(self) -> Digests:
        [[waiting, until]] = self._sql.rows(_DIGESTS)
        return Digests(waiting, None if until is None else self._sql.values.instant_of(until))

    def _by(self, column: ColumnElement[str]) -> dict[str, int]:
        rows = self._sql.connection.execute(select(column, func.count()).group_by(column))
        return {row[0]: row[1] for row in rows}

    def _due_by(self, instant: datetime) -> int:
        return self._count(select(func.count()).where(ReminderRow.next_due <= instant))

    def _count(self, statement: Select[int]) -> int:
        return self._sql.connection.execute(statement).scalar_one()
