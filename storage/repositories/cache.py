"""Cells by (node, start of period), and runs by leaf.

Lists are passed as one parameter (SQLite: JSON; PostgreSQL: arrays), so that a statement's text does not depend on the
depth of the tree.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import update

from core.goals.crowd import Crowd
from core.goals.progress import ONE, Cell, Sums
from core.goals.streaks import Run
from core.goals.windows import ChildCells
from storage.repositories.cache_rows import cell_of, crowd_of, run_of
from storage.repositories.marks import drawn
from storage.sql import Sql, Statement
from storage.tables import VisionRow
from storage.types import to_millionths

READ = """
    SELECT 0, c.node_id, c.value, c.progress, NULL::bigint, c.counts, c.excused, c.known, c.extra,
        NULL::date, NULL::date
    FROM unnest($1::bigint[], $2::date[]) AS w(node_id, period_start)
    JOIN cells c ON c.node_id = w.node_id AND c.period_start = w.period_start
    UNION ALL
    SELECT 1, s.node_id, sum(CASE WHEN c.counts THEN c.progress ELSE 0 END)::bigint,
        sum(CASE WHEN c.excused THEN 1 ELSE 0 END), sum(CASE WHEN c.extra THEN 1 ELSE 0 END),
        NULL, NULL, NULL, NULL, NULL, NULL
    FROM unnest($3::bigint[], $4::date[], $5::date[]) AS s(node_id, first, last)
    JOIN cells c ON c.node_id = s.node_id AND c.period_start BETWEEN s.first AND s.last
    GROUP BY s.node_id
    UNION ALL
    SELECT 2, r.node_id, r.length, r.best, NULL, NULL, NULL, NULL, NULL, r.through, r.missed
    FROM runs r WHERE r.node_id = $6"""
"""PostgreSQL's text. It takes the parameters of `to_read`, and returns rows for `parts_of`."""
READ_WIDTH = 11
_READ = Statement(
    READ,
    sqlite="""
    SELECT 0, c.node_id, c.value, c.progress, NULL, c.counts, c.excused, c.known, c.extra, NULL, NULL
    FROM json_each($1) w
    CROSS JOIN cells c ON c.node_id = w.value ->> 0 AND c.period_start = w.value ->> 1
    UNION ALL
    SELECT 1, c.node_id, sum(CASE WHEN c.counts THEN c.progress ELSE 0 END), sum(c.excused), sum(c.extra),
        NULL, NULL, NULL, NULL, NULL, NULL
    FROM json_each($2) s
    CROSS JOIN cells c ON c.node_id = s.value ->> 0 AND c.period_start BETWEEN s.value ->> 1 AND s.value ->> 2
    GROUP BY c.node_id
    UNION ALL
    SELECT 2, r.node_id, r.length, r.best, NULL, NULL, NULL, NULL, NULL, r.through, r.missed
    FROM runs r WHERE r.node_id = $3""",
)

CELL_COLUMNS = ("value", "progress", "counts", "excused", "known", "extra")
RUN_COLUMNS = ("length", "best", "through", "missed")


def _upsert(table: str, key: Sequence[str], columns: Sequence[str]) -> str:
    """The text of an upsert, with a placeholder for `{rows}`."""
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns)
    return f"""
    INSERT INTO {table} ({", ".join((*key, *columns))}) {{rows}}
    ON CONFLICT ({", ".join(key)}) DO UPDATE SET {changed}"""


UPSERT_CELLS = _upsert("cells", ("node_id", "period_start"), CELL_COLUMNS)
UPSERT_RUNS = _upsert("runs", ("node_id",), RUN_COLUMNS)


def write_cells(first: int, condition: str = "true") -> str:
    """PostgreSQL's text; its parameters (`cell_lists`) are numbered from `first`."""
    lists = _arrays(first, "bigint", "date", "bigint", "bigint", "bool", "bool", "bool", "bool")
    return UPSERT_CELLS.format(rows=f"SELECT * FROM unnest({lists}) WHERE {condition}")


def write_runs(first: int, condition: str = "true") -> str:
    """PostgreSQL's text; its parameters (`run_lists`) are numbered from `first`."""
    lists = _arrays(first, "bigint", "bigint", "bigint", "date", "date")
    return UPSERT_RUNS.format(rows=f"SELECT * FROM unnest({lists}) WHERE {condition}")


def _arrays(first: int, *types: str) -> str:
    return ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, first))


def _one(width: int) -> str:
    return f"VALUES ({', '.join(f'${at}' for at in range(1, width + 1))})"


_CELL_WIDTH, _RUN_WIDTH = 2 + len(CELL_COLUMNS), 1 + len(RUN_COLUMNS)
_WRITE_CELLS = Statement(write_cells(1), sqlite=UPSERT_CELLS.format(rows=_one(_CELL_WIDTH)))
_WRITE_RUNS = Statement(write_runs(1), sqlite=UPSERT_RUNS.format(rows=_one(_RUN_WIDTH)))
"""All rows at once; on SQLite one row, since running a prepared statement repeatedly costs little."""

_REMOVE = Statement(
    """DELETE FROM cells c USING unnest($1::bigint[], $2::date[]) AS w(node_id, period_start)
    WHERE c.node_id = w.node_id AND c.period_start = w.period_start""",
    sqlite="""DELETE FROM cells WHERE (node_id, period_start) IN
    (SELECT value ->> 0, value ->> 1 FROM json_each($1))""",
)

CROWD = f"""
    SELECT coalesce(sum(CASE WHEN c.counts THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN c.counts THEN c.progress ELSE 0 END), 0)::bigint,
        min(CASE WHEN c.counts THEN c.progress END), max(CASE WHEN c.counts THEN c.progress END),
        coalesce(sum(CASE WHEN c.counts AND c.progress >= {ONE} THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN c.excused THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN c.extra THEN 1 ELSE 0 END), 0)
    FROM nodes n CROSS JOIN cells c
    WHERE n.parent_id = {{each}} AND c.node_id = n.id AND c.period_start = {{start}}"""
"""The text that returns one row for `crowd_of`."""
OTHERS = CROWD + " AND n.id <> {leaf}"
"""The same text, without one leaf."""
_OTHERS = Statement(OTHERS.format(each="$1", leaf="$2", start="$3"))

_DONE = """
    SELECT n.parent_id, c.period_start, sum(CASE WHEN c.counts AND c.progress >= $4 THEN 1 ELSE 0 END),
        sum(CASE WHEN c.excused THEN 1 ELSE 0 END) - sum(CASE WHEN c.extra THEN 1 ELSE 0 END)
    FROM nodes n CROSS JOIN cells c
    WHERE n.parent_id {among} AND c.node_id = n.id AND c.period_start BETWEEN $2 AND $3
        AND (n.starts_on IS NULL OR c.period_start <> n.starts_on
            OR n.starts_on = (SELECT min(f.starts_on) FROM nodes f WHERE f.parent_id = n.parent_id))
    GROUP BY n.parent_id, c.period_start"""
_DONE_BY_DAY = Statement(
    _DONE.format(among="= ANY($1::bigint[])"), sqlite=_DONE.format(among="IN (SELECT value FROM json_each($1))")
)

_CELL = "c.node_id, c.period_start, c.value, c.progress, c.counts, c.excused, c.known, c.extra"
_LEAF_CELLS = Statement(f"SELECT {_CELL} FROM cells c WHERE c.node_id = $1")
_CELLS_OF = Statement(
    f"SELECT {_CELL} FROM unnest($1::bigint[]) AS w(node_id) JOIN cells c ON c.node_id = w.node_id",
    sqlite=f"SELECT {_CELL} FROM json_each($1) w CROSS JOIN cells c ON c.node_id = w.value ->> 0",
)
_BETWEEN = "AND c.period_start BETWEEN $2 AND $3"
_CELLS_BETWEEN = Statement(
    f"{_CELLS_OF.postgresql} {_BETWEEN}",
    sqlite=f"SELECT {_CELL} FROM json_each($1) w CROSS JOIN cells c ON c.node_id = w.value WHERE 1 {_BETWEEN}",
)
_CELLS_WITHIN = Statement(
    f"""SELECT {_CELL} FROM unnest($1::bigint[], $2::date[], $3::date[]) AS s(node_id, first, last)
    JOIN cells c ON c.node_id = s.node_id AND c.period_start BETWEEN s.first AND s.last""",
    sqlite=f"""SELECT {_CELL} FROM json_each($1) s CROSS JOIN cells c
    ON c.node_id = s.value ->> 0 AND c.period_start BETWEEN s.value ->> 1 AND s.value ->> 2""",
)
_ALL_CELLS = Statement(f"SELECT {_CELL} FROM nodes n JOIN cells c ON c.node_id = n.id WHERE n.vision_id = $1")
_ALL_RUNS = Statement("""
    SELECT r.node_id, r.length, r.best, r.through, r.missed FROM nodes n JOIN runs r ON r.node_id = n.id
    WHERE n.vision_id = $1""")


class SqlCacheRows:
    """See `core.ports.cache.CacheRows`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def read(
        self, cells: Sequence[tuple[int, date]], spans: Sequence[ChildCells], leaf_id: int
    ) -> tuple[dict[int, Cell], dict[int, Sums], Run]:
        return parts_of(self._sql, self._sql.rows(_READ, *to_read(self._sql, cells, spans), leaf_id))

    def write(self, cells: Sequence[tuple[int, date, Cell]], runs: Mapping[int, Run]) -> None:
        if cells:
            self._write(_WRITE_CELLS, _cell_rows(self._sql, cells), _CELL_WIDTH)
        if runs:
            self._write(_WRITE_RUNS, _run_rows(self._sql, runs), _RUN_WIDTH)

    def _write(self, statement: Statement, rows: Iterable[Sequence[Any]], width: int) -> None:
        if self._sql.sqlite:
            self._sql.run_many(statement, rows)
        else:
            self._sql.run(statement, *_lists(self._sql, list(rows), width))

    def crowd(self, each_id: int, start: date, but_leaf_id: int) -> Crowd:
        [row] = self._sql.rows(_OTHERS, each_id, but_leaf_id, self._sql.values.day(start))
        return crowd_of(row)

    def done_by_day(self, each_ids: Sequence[int], first: date, last: date) -> dict[int, dict[date, tuple[int, int]]]:
        day, day_of = self._sql.values.day, self._sql.values.day_of
        by_node: dict[int, dict[date, tuple[int, int]]] = {}
        rows = self._sql.rows(_DONE_BY_DAY, self._sql.many(each_ids), day(first), day(last), ONE)
        for each_id, start, done, excused in rows:
            by_node.setdefault(each_id, {})[day_of(start)] = done, excused
        return by_node

    def sums(self, spans: Sequence[ChildCells]) -> dict[int, Sums]:
        return self.read((), spans, 0)[1]

    def leaf_cells(self, node_id: int) -> dict[date, Cell]:
        day_of = self._sql.values.day_of
        return {day_of(row[1]): cell_of(*row[2:]) for row in self._sql.rows(_LEAF_CELLS, node_id)}

    def cells_of(self, node_ids: Collection[int]) -> dict[int, dict[date, Cell]]:
        return self._by_node(_CELLS_OF, *_lists(self._sql, [(node_id,) for node_id in node_ids], 1))

    def cells_between(self, node_ids: Collection[int], first: date, last: date) -> dict[int, dict[date, Cell]]:
        day = self._sql.values.day
        return self._by_node(_CELLS_BETWEEN, self._sql.many(list(node_ids)), day(first), day(last))

    def cells_within(self, spans: Sequence[ChildCells]) -> dict[int, dict[date, Cell]]:
        return self._by_node(_CELLS_WITHIN, *_lists(self._sql, _ranges(self._sql, spans), 3))

    def all_cells(self, vision_id: int) -> dict[int, dict[date, Cell]]:
        return self._by_node(_ALL_CELLS, vision_id)

    def _by_node(self, statement: Statement, *parameters: object) -> dict[int, dict[date, Cell]]:
        day_of = self._sql.values.day_of
        by_node: dict[int, dict[date, Cell]] = {}
        for row in self._sql.rows(statement, *parameters):
            by_node.setdefault(row[0], {})[day_of(row[1])] = cell_of(*row[2:])
        return by_node

    def all_runs(self, vision_id: int) -> dict[int, Run]:
        day_of = self._sql.values.day_of
        return {
            node_id: run_of(length, best, through, missed, day_of)
            for node_id, length, best, through, missed in self._sql.rows(_ALL_RUNS, vision_id)
        }

    def remove(self, cells: Sequence[tuple[int, date]]) -> None:
        if cells:
            day = self._sql.values.day
            self._sql.run(_REMOVE, *_lists(self._sql, [(node_id, day(start)) for node_id, start in cells], 2))

    def mark_built(self, vision_id: int, version: int) -> None:
        built = update(VisionRow).where(VisionRow.id == vision_id)
        self._sql.connection.execute(built.values(stale=False, calculation_version=version, shape=drawn()))


def to_read(sql: Sql, cells: Sequence[tuple[int, date]], spans: Sequence[ChildCells]) -> tuple[object, ...]:
    """The parameters for reading, without the leaf."""
    day = sql.values.day
    places = [(node_id, day(start)) for node_id, start in cells]
    return *_lists(sql, places, 2), *_lists(sql, _ranges(sql, spans), 3)


def _ranges(sql: Sql, spans: Sequence[ChildCells]) -> list[tuple[object, ...]]:
    day = sql.values.day
    return [(span.node_id, day(span.first), day(span.last)) for span in spans]


def parts_of(sql: Sql, rows: Iterable[Sequence[Any]]) -> tuple[dict[int, Cell], dict[int, Sums], Run]:
    """Cells, sums and run from the rows that were read."""
    cells: dict[int, Cell] = {}
    sums: dict[int, Sums] = {}
    run = Run()
    for part, node_id, first, second, third, *flags, through, missed in rows:
        if part == 0:
            cells[node_id] = cell_of(first, second, *flags)
        elif part == 1:
            sums[node_id] = Sums(first, second, third)
        else:
            run = run_of(first, second, through, missed, sql.values.day_of)
    return cells, sums, run


def cell_lists(sql: Sql, cells: Sequence[tuple[int, date, Cell]]) -> Sequence[object]:
    """Cells as parameters for writing."""
    return _lists(sql, list(_cell_rows(sql, cells)), _CELL_WIDTH)


def _cell_rows(sql: Sql, cells: Sequence[tuple[int, date, Cell]]) -> Iterator[Sequence[Any]]:
    day = sql.values.day
    for node_id, start, cell in cells:
        yield (
            node_id,
            day(start),
            0 if cell.value is None else to_millionths(cell.value),
            cell.progress,
            cell.counts,
            cell.excused,
            cell.value is not None,
            cell.extra,
        )


def run_lists(sql: Sql, runs: Mapping[int, Run]) -> Sequence[object]:
    """Runs as parameters for writing."""
    return _lists(sql, list(_run_rows(sql, runs)), _RUN_WIDTH)


def _run_rows(sql: Sql, runs: Mapping[int, Run]) -> Iterator[Sequence[Any]]:
    day = sql.values.day
    for node_id, run in runs.items():
        yield node_id, run.length, run.best, run.through and day(run.through), run.missed and day(run.missed)


def _lists(sql: Sql, rows: Sequence[Sequence[Any]], width: int) -> Sequence[object]:
    """Rows as one parameter (JSON), or as one per column (arrays). Dates are as the database takes them."""
    if sql.sqlite:
        return (json.dumps(rows),)
    return [[row[column] for row in rows] for column in range(width)]
