"""The reads and writes of a check-off under the lock of its vision. On PostgreSQL they are one statement each: a round
trip costs as much as the statement, and everybody who waits for the vision waits for it, too. SQLite gets several
statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from core.goals.model import Entry
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.ports.check_offs import Glimpse, Needs, StoredRows
from core.ports.entries import NewEntry
from storage.repositories.cache import (
    OTHERS,
    READ,
    READ_WIDTH,
    SqlCacheRows,
    cell_lists,
    parts_of,
    run_lists,
    to_read,
    write_cells,
    write_runs,
)
from storage.repositories.cache_rows import crowd_of
from storage.repositories.entries import ADD, SqlEntries, added, entry_of, to_add
from storage.repositories.living import IS_SHOWN
from storage.sql import Sql, Statement

_ENTRY, _OTHERS = 3, 4
_BOTH = f"""
    SELECT c.*, NULL::text, NULL::text, NULL::timestamptz FROM ({READ}) c
    UNION ALL
    SELECT {_ENTRY}, e.id, e.value, e.author_id, NULL, e.skipped, e.known_ahead, NULL, NULL, e.on_date, NULL,
        e.note, e.source_key, e.created_at
    FROM entries e WHERE e.voided_at IS NULL AND e.node_id = $6 AND e.on_date BETWEEN $7 AND $8"""
_READ_ONES_OWN = Statement(f"""{_BOTH}
    UNION ALL
    SELECT {_OTHERS}, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        json_build_array(o.cells, o.total, o.least, o.most, o.done, o.excused, o.extra)::text, NULL, NULL
    FROM ({OTHERS.format(each="$9", leaf="$6", start="$7")}) AS o(cells, total, least, most, done, excused, extra)""")
_READ_BOTH = Statement(_BOTH)

_LOOK = Statement(f"""
    SELECT v.shape, {IS_SHOWN.format(days="(m.on_date >= $3::date OR m.on_date = $2::date)")}, o.unanswered
    FROM visions v JOIN owners o ON o.id = v.owner_id WHERE v.id = $1""")

_IF_NEW = "EXISTS (SELECT FROM entry)"
_WRITE_ALL = Statement(f"""
    WITH entry AS ({ADD}), cell AS ({write_cells(11, _IF_NEW)}), run AS ({write_runs(19, _IF_NEW)})
    SELECT id FROM entry""")

_BY_DATE = attrgetter("on", "id")


class SqlCheckOffs:
    """See `core.ports.check_offs.CheckOffs`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def read(self, needs: Needs) -> StoredRows:
        if self._sql.sqlite:
            return self._read_in_steps(needs)
        entries, cached, others, leaf_id = [], [], None, needs.leaf_id
        wanted = *to_read(self._sql, needs.cells, needs.spans), leaf_id, needs.period.start, needs.period.end
        if needs.each_id is None:
            rows = self._sql.rows(_READ_BOTH, *wanted)
        else:
            rows = self._sql.rows(_READ_ONES_OWN, *wanted, needs.each_id)
        for row in rows:
            if row[0] == _OTHERS:
                others = crowd_of(json.loads(row[READ_WIDTH]))
            elif row[0] == _ENTRY:
                _, entry_id, value, author_id, _, skipped, known_ahead, _, _, on, _, note, source_key, created_at = row
                columns = entry_id, leaf_id, on, value, skipped, note, author_id, source_key, created_at, known_ahead
                entries.append(entry_of(self._sql, columns))
            else:
                cached.append(row[:READ_WIDTH])
        return StoredRows(sorted(entries, key=_BY_DATE), *parts_of(self._sql, cached), others)

    def _read_in_steps(self, needs: Needs) -> StoredRows:
        leaf_id, start, cache = needs.leaf_id, needs.period.start, SqlCacheRows(self._sql)
        entries = SqlEntries(self._sql).of_leaf(leaf_id, start, needs.period.end)
        others = None if needs.each_id is None else cache.crowd(needs.each_id, start, leaf_id)
        return StoredRows(entries, *cache.read(needs.cells, needs.spans, leaf_id), others)

    def look(self, vision_id: int, on: date, shown_since: date) -> Glimpse | None:
        day = self._sql.values.day
        rows = self._sql.rows(_LOOK, vision_id, day(on), day(shown_since))
        return Glimpse(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else None

    def write(
        self,
        vision_id: int,
        entry: NewEntry,
        now: datetime,
        cells: Sequence[tuple[int, date, Cell]],
        runs: Mapping[int, Run],
    ) -> Entry | None:
        if self._sql.sqlite:
            new = SqlEntries(self._sql).add(vision_id, entry, now)
            if new is not None:
                SqlCacheRows(self._sql).write(cells, runs)
            return new
        parameters = (
            *to_add(self._sql, vision_id, entry, now),
            *cell_lists(self._sql, cells),
            *run_lists(self._sql, runs),
        )
        rows = self._sql.rows(_WRITE_ALL, *parameters)
        return added(rows[0][0], entry, now) if rows else None
