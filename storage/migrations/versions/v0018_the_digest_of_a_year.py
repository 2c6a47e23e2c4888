"""Everyone with a quarterly digest also gets a yearly one, at the same hour; it can be turned off separately. A process
of the previous release does not know that kind, and cannot list the reminders of these chats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant, WallTime, Weekdays

revision = "0018"
down_revision = "0017"

_OWNERS = sa.table("owners", sa.column("id", sa.Integer()), sa.column("timezone", sa.Text()))
_REMINDERS = sa.table(
    "reminders",
    sa.column("owner_id", sa.Integer()),
    sa.column("kind", sa.Text()),
    sa.column("at_time", WallTime()),
    sa.column("weekdays", Weekdays()),
    sa.column("last_day_of", sa.Text()),
    sa.column("paused", sa.Boolean()),
    sa.column("next_due", UtcInstant()),
    sa.column("by_default", sa.Boolean()),
    sa.column("created_at", UtcInstant()),
)
_YEARLY = "yearly_digest"
_NOON = time(12)
_BATCH = 1000


def upgrade() -> None:
    row, owner, now = _REMINDERS.c, _OWNERS.c, datetime.now(UTC)
    chosen = sa.select(
        row.owner_id, row.at_time, row.weekdays, row.paused, row.next_due, row.created_at, owner.timezone
    )
    of_quarters = chosen.join_from(_REMINDERS, _OWNERS, owner.id == row.owner_id).where(row.kind == "quarterly_digest")
    rows = op.get_bind().execute(of_quarters).all()
    for first in range(0, len(rows), _BATCH):
        op.bulk_insert(_REMINDERS, list(_beside([tuple(row) for row in rows[first : first + _BATCH]], now)))


def downgrade() -> None:
    op.execute(sa.delete(_REMINDERS).where(_REMINDERS.c.kind == _YEARLY))
    outbox = sa.table("outbox", sa.column("kind", sa.Text()))
    op.execute(sa.delete(outbox).where(outbox.c.kind == _YEARLY))


def _beside(rows: list[tuple[Any, ...]], now: datetime) -> Iterator[dict[str, object]]:
    for owner_id, at, weekdays, paused, next_due, created_at, zone in rows:
        yield {
            "owner_id": owner_id,
            "kind": _YEARLY,
            "at_time": at,
            "weekdays": weekdays,
            "last_day_of": "yearly",
            "paused": paused,
            "next_due": None if next_due is None else _due(at, zone, now),
            "by_default": True,
            "created_at": created_at,
        }


def _due(at: time, zone: str, now: datetime) -> datetime:
    """On 31 December or, before noon, on the day after it; quiet hours hold when it has come."""
    year = now.astimezone(ZoneInfo(zone)).year
    day = date(year + 1, 1, 1) if at < _NOON else date(year, 12, 31)
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
