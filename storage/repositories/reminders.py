"""Reminders."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, update

from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Level, Owner
from storage.message_tables import ReminderRow
from storage.repositories.owners import OWNER, owner_of
from storage.repositories.upsert import insert
from storage.sql import Sql, Statement
from storage.types import WEEKDAYS

_REMINDER = (
    "r.id, r.owner_id, r.kind, r.at_time, r.weekdays, r.last_day_of, r.node_id, r.paused, r.next_due, r.by_default"
)
_WIDTH = 10

_OF_OWNER = Statement(f"SELECT {_REMINDER} FROM reminders r WHERE r.owner_id = $1 ORDER BY r.id")

# All reminders of an owner at once, with the owner's row locked: two batches or processes must not each make a prompt
# for the same person.
_DUE = Statement(
    f"""
    WITH chosen AS MATERIALIZED (
        SELECT o.id FROM reminders r JOIN owners o ON o.id = r.owner_id WHERE r.next_due <= $1
        ORDER BY r.next_due LIMIT $2::bigint FOR NO KEY UPDATE OF o SKIP LOCKED)
    SELECT {_REMINDER}, {OWNER} FROM reminders r JOIN owners o ON o.id = r.owner_id
    WHERE r.owner_id IN (SELECT id FROM chosen) AND r.next_due <= $1
    ORDER BY r.next_due, r.id FOR UPDATE OF r SKIP LOCKED""",
    # CROSS JOIN makes SQLite begin with the few chosen rows.
    sqlite=f"""
    WITH chosen AS (SELECT DISTINCT owner_id FROM (
        SELECT owner_id FROM reminders WHERE next_due <= $1 ORDER BY next_due LIMIT $2))
    SELECT {_REMINDER}, {OWNER} FROM chosen c CROSS JOIN reminders r ON r.owner_id = c.owner_id
    JOIN owners o ON o.id = r.owner_id WHERE r.next_due <= $1 ORDER BY r.next_due, r.id""",
)

_AFTER_ID = f"""
    SELECT {_REMINDER}, {OWNER} FROM reminders r JOIN owners o ON o.id = r.owner_id
    WHERE r.id > $1 AND NOT r.paused AND o.unreachable_since IS NULL ORDER BY r.id LIMIT $2::bigint"""
_AFTER = Statement(_AFTER_ID + " FOR UPDATE OF r", sqlite=_AFTER_ID)

_ADVANCE = Statement(
    """UPDATE reminders AS r SET next_due = u.at
    FROM unnest($1::bigint[], $2::timestamptz[]) AS u(id, at) WHERE r.id = u.id""",
    sqlite="""UPDATE reminders SET next_due = j.value ->> 1
    FROM json_each($1) AS j WHERE reminders.id = j.value ->> 0""",
)
_NEXT_DUE = Statement("SELECT min(next_due) FROM reminders WHERE next_due IS NOT NULL")


class SqlReminders:
    """See `core.ports.reminders.Reminders`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def of_owner(self, owner_id: int) -> list[Reminder]:
        return [self._reminder(row) for row in self._sql.rows(_OF_OWNER, owner_id)]

    def add(self, reminder: Reminder, now: datetime) -> Reminder:
        new = insert(self._sql, ReminderRow).values(owner_id=reminder.owner_id, created_at=now, **_columns(reminder))
        reminder_id = self._sql.connection.execute(new.returning(ReminderRow.id)).scalar_one()
        return replace(reminder, id=reminder_id)

    def save(self, reminder: Reminder) -> None:
        changed = update(ReminderRow).where(ReminderRow.id == reminder.id).values(**_columns(reminder))
        self._sql.connection.execute(changed)

    def remove(self, reminder_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(ReminderRow).where(ReminderRow.id.in_(reminder_ids)))

    def due(self, now: datetime, limit: int) -> list[tuple[Reminder, Owner]]:
        return self._with_owners(self._sql.rows(_DUE, self._sql.values.instant(now), limit))

    def page_after(self, reminder_id: int, limit: int) -> list[tuple[Reminder, Owner]]:
        return self._with_owners(self._sql.rows(_AFTER, reminder_id, limit))

    def advance(self, next_due: Mapping[int, datetime | None]) -> None:
        if not next_due:
            return
        instant = self._sql.values.instant
        pairs = [(reminder_id, None if at is None else instant(at)) for reminder_id, at in next_due.items()]
        if self._sql.sqlite:
            self._sql.run(_ADVANCE, json.dumps(pairs))
        else:
            self._sql.run(_ADVANCE, [reminder_id for reminder_id, _ in pairs], [at for _, at in pairs])

    def next_due(self) -> datetime | None:
        return self._sql.instant_of(self._sql.rows(_NEXT_DUE)[0][0])

    def _with_owners(self, rows: Sequence[Any]) -> list[tuple[Reminder, Owner]]:
        return [(self._reminder(row[:_WIDTH]), owner_of(row[_WIDTH:])) for row in rows]

    def _reminder(self, row: Sequence[Any]) -> Reminder:
        reminder_id, owner_id, kind, at, weekdays, last_day_of, node_id, paused, next_due, by_default = row
        schedule = Schedule(
            time.fromisoformat(at), WEEKDAYS[weekdays], None if last_day_of is None else Level(last_day_of)
        )
        return Reminder(
            reminder_id,
            owner_id,
            MessageKind(kind),
            schedule,
            node_id,
            bool(paused),
            self._sql.instant_of(next_due),
            bool(by_default),
        )


def _columns(reminder: Reminder) -> dict[str, object]:
    schedule = reminder.schedule
    return {
        "kind": reminder.kind.value,
        "at_time": schedule.at,
        "weekdays": schedule.weekdays,
        "last_day_of": schedule.end_of and schedule.end_of.value,
        "node_id": reminder.node_id,
        "paused": reminder.paused,
        "next_due": reminder.next_due,
        "by_default": reminder.by_default,
    }
