"""Digests come after the last prompt of their period: those at the previous default time move to the morning after;
chosen times stay. The next due times are recomputed at the next tick. The previous release sends digests at the new
hour too, but a monthly or quarterly one on the morning of the period's last day."""

from __future__ import annotations

from datetime import UTC, datetime, time

import sqlalchemy as sa
from alembic import op

from storage.types import UtcInstant, WallTime, Weekdays

revision = "0013"
down_revision = "0012"

_REMINDERS = sa.table(
    "reminders",
    sa.column("kind", sa.Text()),
    sa.column("at_time", WallTime()),
    sa.column("weekdays", Weekdays()),
    sa.column("next_due", UtcInstant()),
)
_MONDAY, _SUNDAY = frozenset({0}), frozenset({6})
_EVENING, _MORNING = time(19), time(10)


def upgrade() -> None:
    _move(_EVENING, _MORNING, _SUNDAY, _MONDAY)


def downgrade() -> None:
    _move(_MORNING, _EVENING, _MONDAY, _SUNDAY)


def _move(before: time, after: time, day_before: frozenset[int], day_after: frozenset[int]) -> None:
    row, now = _REMINDERS.c, sa.literal(datetime.now(UTC), UtcInstant())
    of_weeks = sa.and_(row.kind == "weekly_digest", row.weekdays == day_before)
    of_more = row.kind.in_(["monthly_digest", "quarterly_digest"])
    due = sa.case((row.next_due > now, now), else_=row.next_due)
    for chosen, days in ((of_weeks, {"weekdays": day_after}), (of_more, {})):
        usual = sa.update(_REMINDERS).where(row.at_time == before, chosen)
        op.execute(usual.values(at_time=after, next_due=due, **days))
