"""Statements of constant text, sent straight to the driver: what every tick and every update passes through.

SQLAlchemy's own execution costs several times what SQLite needs for such a statement. The text is written in
PostgreSQL's dialect; where SQLite differs only in placeholders, casts and the name of an aggregate it is translated,
where it differs more the statement has a text for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from storage.types import PostgresValues, SqliteValues


class Statement:
    """One statement's text for each database, with the placeholders $1, $2 …"""

    __slots__ = ("postgresql", "sqlite")

    def __init__(self, postgresql: str, *, sqlite: str | None = None) -> None:
        self.postgresql = postgresql
        self.sqlite = _to_sqlite(sqlite or postgresql)


def _to_sqlite(text: str) -> str:
    text = re.sub(r"::\w+(\[\])?", "", text)  # SQLite is told the types by its columns
    text = re.sub(r"\$(\d+)", r"?\1", text)
    return text.replace("string_agg(", "group_concat(")


class Sql:
    """The driver's side of a connection, within its transaction."""

    __slots__ = ("_dbapi", "connection", "sqlite", "values")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sqlite = connection.dialect.name == "sqlite"
        self.values: type[SqliteValues] | type[PostgresValues] = SqliteValues if self.sqlite else PostgresValues
        self._dbapi = connection.connection

    def rows(self, statement: Statement, *parameters: object) -> Sequence[Any]:
        """Runs a statement that gives rows."""
        cursor = self._dbapi.cursor()
        try:
            cursor.execute(statement.sqlite if self.sqlite else statement.postgresql, parameters)
            return cursor.fetchall()
        finally:
            cursor.close()

    def run(self, statement: Statement, *parameters: object) -> None:
        """Runs a statement that gives none."""
        cursor = self._dbapi.cursor()
        try:
            cursor.execute(statement.sqlite if self.sqlite else statement.postgresql, parameters)
        finally:
            cursor.close()
