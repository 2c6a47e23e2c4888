"""The chats that trees belong to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, update

from core.goals.model import Owner, OwnerType, QuietHours
from storage.people_tables import OwnerRow
from storage.repositories.marks import drawn, reshape_owner
from storage.repositories.upsert import insert
from storage.sql import Sql, Statement
from storage.tables import VisionRow

OWNER = (
    "o.id, o.chat_id, o.type, o.title, o.timezone, o.day_start, o.week_start, o.locale, o.zone_chosen,"
    " o.quiet_start, o.quiet_end, o.nudge_minutes, o.defaults_given, o.unreachable_since,"
    " o.thread_id, o.round_deadline, o.board_ordered, o.invite, o.members_plan, o.unanswered"
)
"""The columns for `owner_of`, from the driver or from JSON."""

_BY_CHAT = Statement(f"SELECT {OWNER} FROM owners o WHERE o.chat_id = $1")
# On SQLite a writing transaction is the only one.
_BY_CHAT_LOCKED = Statement(_BY_CHAT.postgresql + " FOR NO KEY UPDATE", sqlite=_BY_CHAT.postgresql)
_BY_ID = Statement(f"SELECT {OWNER} FROM owners o WHERE o.id = $1")
_BY_INVITE = Statement(f"SELECT {OWNER} FROM owners o WHERE o.invite = $1")
_BY_IDS = Statement(
    f"SELECT {OWNER} FROM owners o WHERE o.id = ANY($1::bigint[])",
    sqlite=f"SELECT {OWNER} FROM owners o WHERE o.id IN (SELECT value FROM json_each($1))",
)
_ASKED = Statement("""
    UPDATE owners SET unanswered = unanswered + 1, asked_on = $2
    WHERE id = $1 AND (asked_on IS NULL OR asked_on < $2)""")
_COUNTED = Statement("UPDATE owners SET unanswered = $2 WHERE id = $1 AND unanswered <> $2")
_ALL = Statement(f"SELECT {OWNER} FROM owners o ORDER BY o.id")


def owner_of(row: Sequence[Any]) -> Owner:
    """An owner from its columns."""
    (
        owner_id, chat_id, owner_type, title, timezone, day_start, week_start, locale, zone_chosen,
        quiet_start, quiet_end, nudge_minutes, defaults_given, unreachable_since,
        thread_id, round_deadline, board_ordered, invite, members_plan, unanswered,
    ) = row  # fmt: skip
    quiet = None
    if quiet_start is not None and quiet_end is not None:
        quiet = QuietHours(time.fromisoformat(quiet_start), time.fromisoformat(quiet_end))
    if isinstance(unreachable_since, str):
        unreachable_since = datetime.fromisoformat(unreachable_since)
    return Owner(
        owner_id,
        chat_id,
        OwnerType(owner_type),
        title,
        timezone,
        time.fromisoformat(day_start),
        week_start,
        locale,
        bool(zone_chosen),
        quiet,
        None if nudge_minutes is None else timedelta(minutes=nudge_minutes),
        bool(defaults_given),
        unreachable_since,
        thread_id,
        None if round_deadline is None else time.fromisoformat(round_deadline),
        bool(board_ordered),
        invite,
        bool(members_plan),
        unanswered,
    )


class SqlOwners:
    """See `core.ports.owners.Owners`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def by_chat(self, chat_id: int, *, lock: bool = False) -> Owner | None:
        rows = self._sql.rows(_BY_CHAT_LOCKED if lock else _BY_CHAT, chat_id)
        return owner_of(rows[0]) if rows else None

    def by_id(self, owner_id: int) -> Owner | None:
        rows = self._sql.rows(_BY_ID, owner_id)
        return owner_of(rows[0]) if rows else None

    def by_invite(self, invite: str) -> Owner | None:
        rows = self._sql.rows(_BY_INVITE, invite)
        return owner_of(rows[0]) if rows else None

    def by_ids(self, owner_ids: Collection[int]) -> dict[int, Owner]:
        owners = [owner_of(row) for row in self._sql.rows(_BY_IDS, self._sql.many(list(owner_ids)))]
        return {owner.id: owner for owner in owners}

    def all(self) -> list[Owner]:
        return [owner_of(row) for row in self._sql.rows(_ALL)]

    def add(self, chat_id: int, owner_type: OwnerType, title: str, locale: str, now: datetime) -> Owner:
        new = Owner(0, chat_id, owner_type, title, locale=locale)
        self._sql.connection.execute(
            insert(self._sql, OwnerRow)
            .values(chat_id=chat_id, created_at=now, **_settings(new))
            .on_conflict_do_nothing(index_elements=["chat_id"])
        )
        owner = self.by_chat(chat_id)
        assert owner is not None
        return owner

    def save(self, owner: Owner) -> None:
        changed = update(OwnerRow).where(OwnerRow.id == owner.id).values(chat_id=owner.chat_id, **_settings(owner))
        self._sql.connection.execute(changed)
        reshape_owner(self._sql, owner.id)

    def count_asked(self, owner_id: int, on: date) -> None:
        self._sql.run(_ASKED, owner_id, self._sql.values.day(on))

    def count_unanswered(self, owner_id: int, evenings: int) -> None:
        self._sql.run(_COUNTED, owner_id, evenings)

    def remove(self, owner_id: int) -> None:
        self._sql.connection.execute(delete(OwnerRow).where(OwnerRow.id == owner_id))

    def mark_stale(self, owner_id: int) -> None:
        changed = {"stale": True, "version": VisionRow.version + 1, "shape": drawn()}
        self._sql.connection.execute(update(VisionRow).where(VisionRow.owner_id == owner_id).values(changed))


def _settings(owner: Owner) -> dict[str, object]:
    return {
        "type": owner.type.value,
        "title": owner.title,
        "timezone": owner.timezone,
        "day_start": owner.day_start,
        "week_start": owner.week_start,
        "locale": owner.locale,
        "zone_chosen": owner.zone_chosen,
        "quiet_start": owner.quiet and owner.quiet.start,
        "quiet_end": owner.quiet and owner.quiet.end,
        "nudge_minutes": None if owner.nudge_after is None else owner.nudge_after // timedelta(minutes=1),
        "defaults_given": owner.defaults_given,
        "unreachable_since": owner.unreachable_since,
        "thread_id": owner.thread_id,
        "round_deadline": owner.round_deadline,
        "board_ordered": owner.board_ordered,
        "invite": owner.invite,
        "members_plan": owner.members_plan,
    }
