"""The entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update

from core.goals.model import Entry
from core.ports.entries import NewEntry
from storage.repositories.marks import revise_owners
from storage.sql import Sql, Statement
from storage.tables import EntryRow
from storage.types import from_millionths, to_millionths

_ENTRY = (
    "e.id, e.node_id, e.on_date, e.value, e.skipped, e.note, e.author_id, e.source_key, e.created_at, e.known_ahead"
)
_VALID = f"SELECT {_ENTRY} FROM entries e WHERE e.voided_at IS NULL AND "

_NEW = """
    INSERT INTO entries (vision_id, node_id, on_date, value, skipped, note, author_id, source_key, created_at,
        known_ahead)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (source_key) DO NOTHING"""
ADD = f"{_NEW} RETURNING id"
"""Takes the parameters of `to_add`."""
_ADD = Statement(ADD)
_ADD_MANY = Statement(_NEW)
_BY_SOURCE = Statement(f"SELECT {_ENTRY}, e.voided_at IS NOT NULL FROM entries e WHERE e.source_key = $1")
_BY_MESSAGE = Statement(_VALID + "e.source_key >= $1 AND e.source_key < $2 ORDER BY e.id")
_KNOWN_AHEAD = Statement(f"""
    SELECT {_ENTRY} FROM nodes n JOIN entries e ON e.node_id = n.id
    WHERE n.member_id = $1 AND e.on_date >= $2 AND e.known_ahead AND e.voided_at IS NULL""")
_OF_LEAF = Statement(_VALID + "e.node_id = $1 AND e.on_date BETWEEN $2 AND $3 ORDER BY e.on_date, e.id")
_OF_LEAVES = "e.on_date BETWEEN $2 AND $3 ORDER BY e.on_date, e.id"
_OF_SEVERAL = Statement(
    _VALID + "e.node_id = ANY($1::bigint[]) AND " + _OF_LEAVES,
    sqlite=_VALID + "e.node_id IN (SELECT value FROM json_each($1)) AND " + _OF_LEAVES,
)
_OF_VISION = Statement(_VALID + "e.vision_id = $1 ORDER BY e.on_date, e.id")
_OF_OWNER_SINCE = Statement(f"""
    SELECT {_ENTRY} FROM visions v JOIN entries e ON e.vision_id = v.id
    WHERE v.owner_id = $1 AND e.voided_at IS NULL AND e.on_date >= $2 ORDER BY e.on_date, e.id""")

# The newest entries of each of the owner's visions by index, then the newest of these, instead of sorting all entries.
_NEWEST = """
    SELECT l.id FROM entries l WHERE l.vision_id = v.id AND l.voided_at IS NULL
    AND ($2::bigint IS NULL OR l.author_id = $2) ORDER BY l.id DESC LIMIT $3::bigint"""
_OF_OWNER_LATEST = Statement(
    f"""SELECT {_ENTRY} FROM visions v CROSS JOIN LATERAL ({_NEWEST}) newest JOIN entries e ON e.id = newest.id
    WHERE v.owner_id = $1 ORDER BY e.id DESC LIMIT $3""",
    sqlite=f"""SELECT {_ENTRY} FROM visions v JOIN entries e ON e.id IN ({_NEWEST})
    WHERE v.owner_id = $1 ORDER BY e.id DESC LIMIT $3""",
)

_TAKEN_BACK_BY = Statement(f"""
    SELECT {_ENTRY}, o.chat_id FROM entries e JOIN visions v ON v.id = e.vision_id JOIN owners o ON o.id = v.owner_id
    WHERE e.taken_back_by = $1""")
_REPLACED_BY = Statement(f"SELECT {_ENTRY} FROM entries e WHERE e.replaced_by = $1 ORDER BY e.id")
_RESTORE = Statement(f"""
    UPDATE entries AS e SET voided_at = NULL, replaced_by = NULL WHERE e.replaced_by = $1
    RETURNING {_ENTRY.replace("e.", "")}""")

_THEIRS = """
    vision_id IN (SELECT v.id FROM visions v WHERE v.owner_id = ANY($2::bigint[]))
    AND (author_id = $1 OR node_id IN (
        SELECT n.id FROM nodes n JOIN members m ON m.id = n.member_id WHERE m.user_id = $1))"""
_THEIRS_ON_SQLITE = _THEIRS.replace("= ANY($2::bigint[])", "IN (SELECT value FROM json_each($2))")
_FORGET_WORDS = "DELETE FROM confirmations WHERE entry_id IN (SELECT id FROM entries WHERE {theirs})"
_FORGET_CONFIRMED = Statement(
    _FORGET_WORDS.format(theirs=_THEIRS), sqlite=_FORGET_WORDS.format(theirs=_THEIRS_ON_SQLITE)
)
_FORGET = "UPDATE entries SET author_id = NULL, note = NULL, source_key = NULL, taken_back_by = NULL WHERE "
_FORGET_AUTHOR = Statement(_FORGET + _THEIRS, sqlite=_FORGET + _THEIRS_ON_SQLITE)

_CHANGED_TEXT = """
    UPDATE visions SET version = version + 1
    WHERE id IN (SELECT e.vision_id FROM entries e WHERE e.id {among})"""
_CHANGED = Statement(
    _CHANGED_TEXT.format(among="= ANY($1::bigint[])"),
    sqlite=_CHANGED_TEXT.format(among="IN (SELECT value FROM json_each($1))"),
)
_OF_CHAT = Statement(f"""
    SELECT {_ENTRY}, e.voided_at IS NOT NULL FROM entries e
    JOIN visions v ON v.id = e.vision_id JOIN owners o ON o.id = v.owner_id
    WHERE o.chat_id = $1 AND e.id = $2""")
_PAGE = Statement(
    _VALID + "e.node_id = $1 AND e.on_date BETWEEN $2 AND $3"
    " AND (e.on_date < $4 OR (e.on_date = $4 AND e.id < $5)) ORDER BY e.on_date DESC, e.id DESC LIMIT $6"
)

_BEHIND_ALL = "\U0010ffff"

_FULL_DAYS = Statement("""
    SELECT e.on_date, count(*) FROM entries e JOIN visions v ON v.id = e.vision_id
    WHERE v.owner_id = (SELECT owner_id FROM visions WHERE id = $1) AND e.on_date BETWEEN $3 AND $4
    GROUP BY e.on_date HAVING count(*) >= $2""")


def to_add(sql: Sql, vision_id: int, entry: NewEntry, now: datetime) -> tuple[object, ...]:
    """The parameters of `ADD`."""
    return _columns(sql, vision_id, entry, sql.values.instant(now))


def _columns(sql: Sql, vision_id: int, entry: NewEntry, created_at: object) -> tuple[object, ...]:
    return (
        vision_id,
        entry.node_id,
        sql.values.day(entry.on),
        None if entry.value is None else to_millionths(entry.value),
        entry.skipped,
        entry.note,
        entry.author_id,
        entry.source_key,
        created_at,
        entry.is_known_ahead,
    )


def added(entry_id: int, entry: NewEntry, now: datetime) -> Entry:
    """The added entry as it will be read."""
    return Entry(
        entry_id,
        entry.node_id,
        entry.on,
        entry.value,
        entry.skipped,
        entry.note,
        entry.author_id,
        entry.source_key,
        now,
        entry.is_known_ahead,
    )


_LAST_ID = Statement("SELECT coalesce(max(id), 0) FROM entries WHERE vision_id = $1")
_IDS_AFTER = Statement("SELECT id FROM entries WHERE vision_id = $1 AND id > $2 ORDER BY id")


class SqlEntries:
    """See `core.ports.entries.Entries`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, vision_id: int, entry: NewEntry, now: datetime) -> Entry | None:
        rows = self._sql.rows(_ADD, *to_add(self._sql, vision_id, entry, now))
        return added(rows[0][0], entry, now) if rows else None

    def add_many(self, vision_id: int, entries: Sequence[NewEntry], now: datetime) -> list[int]:
        if not entries:
            return []
        [[last]] = self._sql.rows(_LAST_ID, vision_id)
        at = self._sql.values.instant(now)
        self._sql.run_many(_ADD_MANY, (_columns(self._sql, vision_id, entry, at) for entry in entries))
        return [row[0] for row in self._sql.rows(_IDS_AFTER, vision_id, last)]

    def by_source(self, source_key: str) -> tuple[Entry, bool] | None:
        rows = self._sql.rows(_BY_SOURCE, source_key)
        return (entry_of(self._sql, rows[0][:-1]), bool(rows[0][-1])) if rows else None

    def of_chat(self, chat_id: int, entry_id: int) -> tuple[Entry, bool] | None:
        rows = self._sql.rows(_OF_CHAT, chat_id, entry_id)
        return (entry_of(self._sql, rows[0][:-1]), bool(rows[0][-1])) if rows else None

    def page(self, node_id: int, first: date, last: date, before: tuple[date, int], limit: int) -> list[Entry]:
        day = self._sql.values.day
        on, entry_id = before
        rows = self._sql.rows(_PAGE, node_id, day(first), day(last), day(on), entry_id, limit)
        return [entry_of(self._sql, row) for row in rows]

    def by_message(self, source_prefix: str) -> list[Entry]:
        rows = self._sql.rows(_BY_MESSAGE, source_prefix, source_prefix + _BEHIND_ALL)
        return [entry_of(self._sql, row) for row in rows]

    def known_ahead(self, member_id: int, first: date) -> list[Entry]:
        rows = self._sql.rows(_KNOWN_AHEAD, member_id, self._sql.values.day(first))
        return [entry_of(self._sql, row) for row in rows]

    def of_leaf(self, node_id: int, first: date, last: date) -> list[Entry]:
        day = self._sql.values.day
        return [entry_of(self._sql, row) for row in self._sql.rows(_OF_LEAF, node_id, day(first), day(last))]

    def of_leaves(self, node_ids: Sequence[int], first: date, last: date) -> dict[int, list[Entry]]:
        day, by_leaf = self._sql.values.day, dict[int, list[Entry]]()
        for row in self._sql.rows(_OF_SEVERAL, self._sql.many(node_ids), day(first), day(last)):
            entry = entry_of(self._sql, row)
            by_leaf.setdefault(entry.node_id, []).append(entry)
        return by_leaf

    def of_vision(self, vision_id: int) -> list[Entry]:
        return [entry_of(self._sql, row) for row in self._sql.rows(_OF_VISION, vision_id)]

    def of_owner_since(self, owner_id: int, first: date) -> list[Entry]:
        rows = self._sql.rows(_OF_OWNER_SINCE, owner_id, self._sql.values.day(first))
        return [entry_of(self._sql, row) for row in rows]

    def of_owner_latest(self, owner_id: int, author_id: int | None, limit: int) -> list[Entry]:
        return [entry_of(self._sql, row) for row in self._sql.rows(_OF_OWNER_LATEST, owner_id, author_id, limit)]

    def full_days(self, vision_id: int, least: int, first: date, last: date) -> dict[date, int]:
        values = self._sql.values
        rows = self._sql.rows(_FULL_DAYS, vision_id, least, values.day(first), values.day(last))
        return {values.day_of(day): count for day, count in rows}

    def void(
        self, entry_ids: Iterable[int], now: datetime, replaced_by: int | None = None, taken_back_by: str | None = None
    ) -> None:
        chosen = [{"entry_id": entry_id} for entry_id in entry_ids]
        if chosen:
            taken_back = update(EntryRow).where(EntryRow.id == bindparam("entry_id"), EntryRow.voided_at.is_(None))
            reason = {"replaced_by": replaced_by, "taken_back_by": taken_back_by}
            self._sql.connection.execute(taken_back.values(voided_at=now, **reason), chosen)
            if replaced_by is None:  # otherwise the new entry shows readers that something changed
                self._sql.run(_CHANGED, self._sql.many([one["entry_id"] for one in chosen]))

    def taken_back_by(self, source_key: str) -> tuple[Entry, int] | None:
        rows = self._sql.rows(_TAKEN_BACK_BY, source_key)
        return (entry_of(self._sql, rows[0][:-1]), int(rows[0][-1])) if rows else None

    def replaced_by(self, entry_id: int) -> list[Entry]:
        return [entry_of(self._sql, row) for row in self._sql.rows(_REPLACED_BY, entry_id)]

    def forget(self, user_id: int, owner_ids: Sequence[int]) -> None:
        owners = self._sql.many(owner_ids)
        self._sql.run(_FORGET_CONFIRMED, user_id, owners)
        self._sql.run(_FORGET_AUTHOR, user_id, owners)
        revise_owners(self._sql, owner_ids)

    def restore_replaced_by(self, entry_id: int) -> list[Entry]:
        restored = [entry_of(self._sql, row) for row in self._sql.rows(_RESTORE, entry_id)]
        return sorted(restored, key=lambda entry: entry.id)


def entry_of(sql: Sql, row: Sequence[Any]) -> Entry:
    """An entry from its columns."""
    entry_id, node_id, on_date, value, skipped, note, author_id, source_key, created_at, known_ahead = row
    return Entry(
        entry_id,
        node_id,
        sql.values.day_of(on_date),
        None if value is None else from_millionths(value),
        bool(skipped),
        note,
        author_id,
        source_key,
        sql.values.instant_of(created_at),
        bool(known_ahead),
    )
