"""The rows of removed nodes, in a form in which they can be put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, select, update

from core.planning.edits import Rows
from storage.portable import FORMS, form_of
from storage.schema import METADATA
from storage.sql import Sql

_OF_NODES = ("entries", "shares", "reminders", "let_go", "farewells")
"""The tables whose rows belong to nodes and cannot be recomputed. Pauses are recorded separately."""
_OF_ENTRIES = "confirmations"
_PART = 500
"""The number of ids in one statement."""


def rows_of(sql: Sql, node_ids: Sequence[int]) -> tuple[Rows, ...]:
    """The rows of nodes, table by table; empty tables are left out."""
    tables = [_read(sql, METADATA.tables[name], "node_id", node_ids) for name in _OF_NODES]
    entries = tables[0]
    at = entries.columns.index("id")
    tables.append(_read(sql, METADATA.tables[_OF_ENTRIES], "entry_id", [row[at] for row in entries.rows]))
    return tuple(rows for rows in tables if rows.rows)


def put_back(sql: Sql, vision_id: int, removed: Sequence[Rows]) -> None:
    """Writes the rows again. Entries get new ids if theirs were reused."""
    entry_ids: dict[int, int] = {}
    for rows in removed:
        table = METADATA.tables[rows.table]
        written = [_values(table, rows.columns, row) for row in rows.rows]
        if rows.table == "entries":
            entry_ids = _put_entries(sql, table, vision_id, written)
        elif rows.table == _OF_ENTRIES:
            for row in written:
                row["entry_id"] = entry_ids[row["entry_id"]]
            sql.connection.execute(insert(table), written)
        else:
            for row in written:
                row.pop("id", None)  # a new id
            sql.connection.execute(insert(table), written)


def _put_entries(sql: Sql, table: Table, vision_id: int, rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Writes entries in the order of their ids; returns the new id of each by its old one."""
    wanted = [row["id"] for row in rows]
    taken = {
        row[0]
        for part in _parts(wanted)
        for row in sql.connection.execute(select(table.c.id).where(table.c.id.in_(part)))
    }
    # From the first reused id on all get new ones, in the same order, which decides which entry of a day is the last.
    first_taken = min(taken, default=None)
    now: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: int(row["id"])):
        said = {**row, "vision_id": vision_id, "replaced_by": None}
        if first_taken is not None and row["id"] >= first_taken:
            del said["id"]
        now[row["id"]] = sql.connection.execute(insert(table).values(said).returning(table.c.id)).scalar_one()
    for row in rows:
        if row["replaced_by"] in now:
            replaced = update(table).where(table.c.id == now[row["id"]])
            sql.connection.execute(replaced.values(replaced_by=now[row["replaced_by"]]))
    return now


def _read(sql: Sql, table: Table, by: str, ids: Sequence[int]) -> Rows:
    names = tuple(column.name for column in table.columns)
    writers = [FORMS[form_of(column.type)].write for column in table.columns]
    kept = []
    for part in _parts(ids):
        for row in sql.connection.execute(select(table).where(table.c[by].in_(part))):
            kept.append([None if value is None else write(value) for write, value in zip(writers, row, strict=True)])
    return Rows(table.name, names, kept)


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[at : at + _PART] for at in range(0, len(ids), _PART)]


def _values(table: Table, names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """A row as its table takes it, without columns that no longer exist."""
    said: Mapping[str, Any] = dict(zip(names, row, strict=True))
    return {
        column.name: None if said[column.name] is None else FORMS[form_of(column.type)].read(said[column.name])
        for column in table.columns
        if column.name in said
    }
