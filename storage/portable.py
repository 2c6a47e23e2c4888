"""Rows in a form that is independent of the database: lists of JSON values.

A table's `TableShape` says how its values are written, so that a later version can read them: the rows go into tables
of the old schema, which are then migrated.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Integer,
    String,
    Table,
    collate,
    column,
    func,
    insert,
    literal,
    select,
    table,
    text,
    tuple_,
    update,
)
from sqlalchemy.types import TypeEngine

from core.records import record
from storage.schema import METADATA
from storage.types import ExactDecimal, UtcInstant, WallTime, Weekdays, to_utc_text, to_wall_text

BATCH = 1000
"""The number of rows in memory at once."""

TableRow = list[Any]


@record
class ColumnForm:
    """How values of a column are written in JSON and read back."""

    type: TypeEngine[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


# The order matters: a column has the first form whose type fits.
FORMS = {
    "decimal": ColumnForm(ExactDecimal(), str, Decimal),
    "instant": ColumnForm(UtcInstant(), to_utc_text, datetime.fromisoformat),
    "time": ColumnForm(WallTime(), to_wall_text, time.fromisoformat),
    "weekdays": ColumnForm(Weekdays(), sorted, frozenset),
    "date": ColumnForm(Date(), date.isoformat, date.fromisoformat),
    "boolean": ColumnForm(Boolean(), _as_it_is, _as_it_is),
    "json": ColumnForm(JSON(none_as_null=True), _as_it_is, _as_it_is),
    "integer": ColumnForm(BigInteger(), _as_it_is, _as_it_is),
    "text": ColumnForm(String(), _as_it_is, _as_it_is),
}


def form_of(column_type: TypeEngine[Any]) -> str:
    """The name of a column's form."""
    if isinstance(column_type, Integer):  # short and long ones too
        return "integer"
    return next(name for name, form in FORMS.items() if isinstance(column_type, form.type.__class__))


@record
class TableShape:
    """A table: the form of each column, the columns of its key, and those that refer to the table itself (whose key is
    then `id` alone)."""

    table: str
    columns: dict[str, str]
    key: tuple[str, ...]
    own: tuple[str, ...] = ()


def shapes() -> list[TableShape]:
    """All tables, each after the tables that it refers to."""
    return [_shape_of(each) for each in METADATA.sorted_tables]


def _shape_of(each: Table) -> TableShape:
    return TableShape(
        each.name,
        {at.name: form_of(at.type) for at in each.columns},
        tuple(at.name for at in each.primary_key),
        tuple(key.parent.name for key in sorted(each.foreign_keys, key=str) if key.column.table is each),
    )


class RowTally:
    """Counts rows and computes their checksum, in the order of their keys."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, line: str) -> None:
        """Counts one row, as `line_of` writes it."""
        self.rows += 1
        self._hash.update(line.encode())
        self._hash.update(b"\n")

    @property
    def checksum(self) -> str:
        """SHA-256 of all rows so far."""
        return self._hash.hexdigest()


def line_of(row: object) -> str:
    """A row as a line of JSON."""
    return json.dumps(row, separators=(",", ":"), sort_keys=True)


def read_rows(connection: Connection, shape: TableShape) -> Iterator[TableRow]:
    """All rows of a table in the order of the key, with one batch in memory at a time."""
    # Each batch starts after the last one. An open cursor would keep its table from being altered until the end.
    names = list(shape.columns)
    key = tuple_(*_in_byte_order(connection, shape))
    batch_of = select(*_columns(shape)).select_from(table(shape.table)).order_by(*key.clauses).limit(BATCH)
    writers = [FORMS[form].write for form in shape.columns.values()]
    rows = connection.execute(batch_of).all()
    while rows:
        for row in rows:
            yield [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        last = tuple_(*(_bound(shape, name, rows[-1][names.index(name)]) for name in shape.key))
        rows = connection.execute(batch_of.where(key > last)).all()


def _columns(shape: TableShape) -> list[ColumnElement[Any]]:
    return [column(name, FORMS[form].type) for name, form in shape.columns.items()]


def _bound(shape: TableShape, name: str, value: object) -> ColumnElement[Any]:
    return literal(value, FORMS[shape.columns[name]].type)


def _in_byte_order(connection: Connection, shape: TableShape) -> list[ColumnElement[Any]]:
    """The key columns for sorting; text in byte order, as in SQLite, whatever the database's collation."""
    key: list[ColumnElement[Any]] = [column(name, FORMS[shape.columns[name]].type) for name in shape.key]
    if connection.dialect.name == "sqlite":
        return key
    return [
        collate(each, "C") if shape.columns[name] == "text" else each for name, each in zip(shape.key, key, strict=True)
    ]


def write_rows(connection: Connection, shape: TableShape, rows: Iterable[TableRow]) -> None:
    """Writes rows, in the order of their keys, into an empty table."""
    target = table(shape.table, *(column(name, FORMS[form].type) for name, form in shape.columns.items()))
    readers = [(name, FORMS[form].read) for name, form in shape.columns.items()]
    waiting = _Waiting()
    every_row = iter(rows)
    while batch := [_values(readers, row) for row in islice(every_row, BATCH)]:
        for values in batch:
            for name in shape.own:
                if values[name] is not None and values[name] > values["id"]:
                    waiting.add(values["id"], name, values[name])
                    values[name] = None
        connection.execute(insert(target), batch)
        if shape.own:
            waiting.settle(connection, shape.table, up_to=batch[-1]["id"])
    _go_on_numbering(connection, shape)


def _values(readers: Sequence[tuple[str, Callable[[Any], Any]]], row: TableRow) -> dict[str, Any]:
    return {name: None if value is None else read(value) for (name, read), value in zip(readers, row, strict=True)}


class _Waiting:
    """References to rows that are not written yet, to be set once they are."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str, int]] = []

    def add(self, row_id: int, name: str, to: int) -> None:
        self._open.append((row_id, name, to))

    def settle(self, connection: Connection, name: str, up_to: int) -> None:
        ready = [each for each in self._open if each[2] <= up_to]
        self._open = [each for each in self._open if each[2] > up_to]
        for row_id, at, to in ready:
            row = table(name, column("id"), column(at))
            connection.execute(update(row).where(row.c.id == row_id).values({at: to}))


def _go_on_numbering(connection: Connection, shape: TableShape) -> None:
    """Makes new rows get ids after the restored ones. SQLite does so by itself."""
    if connection.dialect.name == "sqlite" or shape.key != ("id",):
        return
    last = connection.execute(select(func.max(column("id"))).select_from(table(shape.table))).scalar()
    if last is not None:
        numbers = connection.execute(select(func.pg_get_serial_sequence(shape.table, "id"))).scalar_one()
        connection.execute(text("SELECT setval(CAST(:numbers AS regclass), :last)"), {"numbers": numbers, "last": last})
