"""Statements of constant text, sent straight to the driver: what every tick and every update passes through.

SQLAlchemy's own execution costs several times what SQLite needs for such a statement. The text is written in
PostgreSQL's dialect; where SQLite differs only in placeholders, casts and the name of a function it is translated,
where it differs more the statement has a text for each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.util import await_only

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
    return text.replace("json_build_array(", "json_array(").replace("json_agg(", "json_group_array(")


class Sql:
    """The driver's side of a connection, within its transaction."""

    __slots__ = ("_driver", "connection", "sqlite", "statements", "values")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sqlite = connection.dialect.name == "sqlite"
        self.values: type[SqliteValues] | type[PostgresValues] = SqliteValues if self.sqlite else PostgresValues
        self._driver: Any = connection.connection.driver_connection
        self.statements = 0

    def rows(self, statement: Statement, *parameters: object) -> Sequence[Any]:
        """Runs a statement and gives its rows, if it has any."""
        self.statements += 1
        if self.sqlite:
            rows: list[Any] = self._driver.execute(statement.sqlite, parameters).fetchall()
            return rows
        fetched: Sequence[Any] = await_only(self._driver.fetch(statement.postgresql, *parameters))
        return fetched

    run = rows
    """The same, for a statement that gives none."""

    def run_many(self, statement: Statement, parameters: Iterable[Sequence[object]]) -> None:
        """Runs a statement that gives no rows once for each of the parameters, which are taken one by one."""
        self.statements += 1
        if self.sqlite:
            self._driver.executemany(statement.sqlite, parameters)
        else:
            await_only(self._driver.executemany(statement.postgresql, parameters))

    def many(self, values: Sequence[str] | Sequence[int]) -> object:
        """Several values as one parameter: of `= ANY(…)`, on SQLite of `IN (SELECT value FROM json_each(…))`."""
        return json.dumps(list(values)) if self.sqlite else list(values)

    def instant_of(self, stored: Any) -> datetime | None:
        """An instant that a column or an aggregate of one holds, if any, in UTC."""
        return None if stored is None else self.values.instant_of(stored)


class AskedAgain(Exception):
    """A function that was to ask once asked again."""


class Once(Sql):
    """The driver's side of a connection outside of any transaction, for one statement. Another raises `AskedAgain`,
    and so does one that goes through SQLAlchemy, since that would begin a transaction."""

    __slots__ = ()

    @property
    def connection(self) -> Connection:
        """None: whoever asks for it wants a transaction."""
        raise AskedAgain

    @connection.setter
    def connection(self, connection: Connection) -> None:
        """Is not kept."""

    def rows(self, statement: Statement, *parameters: object) -> Sequence[Any]:
        """Runs the one statement."""
        if self.statements:
            raise AskedAgain
        return super().rows(statement, *parameters)
