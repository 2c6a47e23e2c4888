"""The portable backup: all tables as lines of JSON, written from a snapshot of either database, readable into either.

    {"format": "goaltree-backup/1", "made_at": "2026-11-23T21:00:00.000000+00:00", "revision": "0002"}
    {"columns": [["id", "integer"], …], "key": ["id"], "own": [], "table": "owners"}
    [1, 4000000000, …]                                    one line a row, in the order of the key
    {"rows": 1, "sha256": "…"}                            after the last row of a table
    {"tables": 12}                                        after the last table

Counts and checksums reveal a file that was truncated or changed; nothing of it is kept then.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import Connection, inspect, literal, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from core.records import record
from storage.files import unfinished
from storage.migrate import bring_to
from storage.portable import FORMS, RowTally, TableRow, TableShape, line_of, read_rows, shapes, write_rows
from storage.revisions import head, is_known, revision_of
from storage.schema import METADATA
from storage.types import to_utc_text

FORMAT = "goaltree-backup/1"
LONGEST_LINE = 64 * 1024 * 1024
"""Bytes. An update from Telegram has a few thousand; nothing that goaltree stores comes near the limit."""


class BadBackup(Exception):
    """A file cannot be restored by this version; the message says why."""


class NotEmpty(Exception):
    """The target database is not empty."""


@record
class Copied:
    """A table that was written or read: the number of its rows, and their checksum."""

    table: str
    rows: int
    checksum: str


def write_dump(connection: Connection, path: Path, now: datetime) -> None:
    """Writes everything that a connection sees to a file, compressed if its name ends in .gz. The connection is on a
    snapshot, and the database has the newest schema."""
    zipped = path.name.endswith(".gz")
    with unfinished(path) as part, gzip.open(part, "wb", 6) if zipped else part.open("wb") as file:
        _write(connection, cast(IO[bytes], file), now)


def _write(connection: Connection, file: IO[bytes], now: datetime) -> None:
    def put(line: str) -> None:
        file.write(line.encode() + b"\n")

    put(line_of({"format": FORMAT, "revision": head(), "made_at": to_utc_text(now)}))
    all_shapes = shapes()
    for shape in all_shapes:
        put(line_of({**asdict(shape), "columns": list(shape.columns.items())}))
        tally = RowTally()
        for row in read_rows(connection, shape):
            line = line_of(row)
            tally.add(line)
            put(line)
        put(line_of({"rows": tally.rows, "sha256": tally.checksum}))
    put(line_of({"tables": len(all_shapes)}))


def read_dump(connection: Connection, path: Path) -> list[Copied]:
    """Restores a portable backup into an empty database, verifies the result, and migrates it to the newest schema, all
    in the connection's transaction. `BadBackup`, `NotEmpty`."""
    check_empty(connection)
    with _opened(path) as file:
        dump = _Dump(file)
        bring_to(connection, dump.revision)
        done = []
        for shape in dump.tables():
            try:
                write_rows(connection, shape, dump.rows(shape))
            except (SQLAlchemyError, ValueError, TypeError, OverflowError) as error:
                # Without the message, which quotes what people wrote.
                raise BadBackup(
                    f"the rows of {shape.table} do not fit into this database ({type(error).__name__})"
                ) from error
            tally = RowTally()
            for row in read_rows(connection, shape):
                tally.add(line_of(row))
            done.append(Copied(shape.table, tally.rows, tally.checksum))
            if done[-1].checksum != dump.checksum:
                raise BadBackup(f"{shape.table} does not hold the same after it was written")
        missing = _tables_of(connection) - {copied.table for copied in done}
        if missing:
            raise BadBackup(f"there is no table {', '.join(sorted(missing))} in it")
    bring_to(connection, head())
    return done


def check_empty(connection: Connection) -> None:
    """Raises `NotEmpty` if any table of goaltree has rows, and keeps others from writing to them."""
    names = sorted(_tables_of(connection))
    if names and connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE"))
    for name in names:
        if connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first():
            raise NotEmpty(f"{name} holds something")


def has_newest_schema(connection: Connection) -> bool:
    """Whether the database of a connection has the newest schema."""
    return revision_of(connection) == head()


def _tables_of(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) & set(METADATA.tables)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A dump's lines, unzipped if necessary, whatever its name."""
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        try:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if zipped else raw
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BadBackup("it is damaged: it cannot be unzipped to its end") from None


class _Dump:
    """A dump that is read line by line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.checksum = ""
        """The shape of the table that was read last, as in the file."""
        first = self._next()
        if not isinstance(first, dict) or first.get("format") != FORMAT:
            raise BadBackup(f"it is no backup: its first line does not say {FORMAT}")
        self.revision = str(first.get("revision"))
        if not is_known(self.revision):
            raise BadBackup("a newer version of goaltree made it: restore it with that one")

    def tables(self) -> Iterator[TableShape]:
        """The tables; the rows of each are read before the next one comes."""
        count = 0
        while True:
            line = self._next()
            if isinstance(line, dict) and "tables" in line:
                break
            yield _shape(line)
            count += 1
        if line["tables"] != count or self._file.readline(1):
            raise BadBackup("it does not end where it says")

    def rows(self, shape: TableShape) -> Iterator[TableRow]:
        """The rows of the table that `tables` yielded last."""
        tally = RowTally()
        while isinstance(row := self._next(), list):
            if len(row) != len(shape.columns):
                raise BadBackup(f"row {tally.rows + 1} of {shape.table} is not of the shape that it says")
            tally.add(line_of(row))
            yield row
        self.checksum = str(row.get("sha256"))
        if (row.get("rows"), self.checksum) != (tally.rows, tally.checksum):
            raise BadBackup(f"{shape.table} is damaged: its rows do not give the checksum that was written")

    def _next(self) -> Any:
        line = self._file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise BadBackup("it was cut short" if line else "it ends too early")
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise BadBackup("it is damaged: a line cannot be read") from None
        if not isinstance(value, list | dict):
            raise BadBackup("it is damaged: a line is neither a table nor a row")
        return value


def _shape(line: Any) -> TableShape:
    try:
        shape = TableShape(str(line["table"]), dict(line["columns"]), tuple(line["key"]), tuple(line["own"]))
        known = set(shape.columns.values()) <= set(FORMS) and {*shape.key, *shape.own} <= set(shape.columns)
    except (TypeError, KeyError, ValueError):
        known = False
    if not known or shape.table not in METADATA.tables:
        raise BadBackup("it is damaged: a table has no shape")
    return shape
