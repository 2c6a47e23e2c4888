"""The SQLite file of another app, read without trust.

The file is opened from its bytes in memory (`sqlite3_deserialize`), so the core stays free of I/O: SQLite is a file
format here, like zip and CSV. Views, triggers and functions of its schema are never run: only tables are read, by name,
through an authorizer, and a query with too many rows or steps is aborted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from core.errors import ImportRefused
from core.importing.limits import MOST_ROWS
from core.records import record

MAGIC = b"SQLite format 3\x00"
_STEPS, _MOST_PULSES = 100_000, 1_000
"""SQLite's virtual machine steps between two checks, and how many checks a query may take."""
_LONGEST_VALUE = 1_000_000
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


@record
class Database:
    """The tables of a file: the columns of each, by its lower-case name."""

    raw: bytes
    tables: Mapping[str, tuple[str, ...]]
    version: int

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is a table with these columns."""
        return table in self.tables and set(columns) <= set(self.tables[table])

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """The rows of a table, with None for a missing column; a missing table has none. Raises ImportRefused for a
        damaged file or too many rows."""
        there = self.tables.get(table)
        if there is None:
            return []
        chosen = ", ".join(f'"{name}"' if name in there else "NULL" for name in columns)
        with _opened(self.raw) as connection:
            connection.set_authorizer(_only_reading)
            rows = connection.execute(f'SELECT {chosen} FROM "{table}" LIMIT {MOST_ROWS + 1}').fetchall()
        if len(rows) > MOST_ROWS:
            raise ImportRefused("file_too_many_rows", most=MOST_ROWS)
        return rows


def database_of(raw: bytes) -> Database:
    """The tables of a SQLite file. Raises ImportRefused if it is damaged or encrypted."""
    with _opened(raw) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' LIMIT 1000"
        ).fetchall()
        tables: dict[str, tuple[str, ...]] = {}
        for (name,) in names:
            if '"' not in name:
                columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
                tables[name.lower()] = tuple(str(column[1]).lower() for column in columns)
    return Database(raw, tables, version)


@contextmanager
def _opened(raw: bytes) -> Iterator[sqlite3.Connection]:
    # A file in WAL mode cannot be opened in memory. These two bytes mark the mode, and nothing else.
    plain = raw if raw[18:20] == b"\x01\x01" else raw[:18] + b"\x01\x01" + raw[20:]
    pulses = iter(range(_MOST_PULSES))
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(plain)
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(_LONGEST_VALUE, 1))
            connection.set_progress_handler(lambda: next(pulses, None) is None, _STEPS)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cell_size_check = ON")
            yield connection
    except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError):
        raise ImportRefused("database_damaged") from None


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
