"""Statements of constant text that go straight to the driver, for every tick and every update.

SQLAlchemy's own execution takes several times as long as SQLite needs for such a statement. The text is in PostgreSQL's
dialect. If SQLite differs only in placeholders, casts and the name of a function, it is translated; if it differs more,
the statement has a text for each.
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
    text = re.sub(r"::\w+(\[\])?", "", text)  # SQLite has the types from its columns
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
        """Runs a statement and returns its rows, if it has any."""
        self.statements += 1
        if self.sqlite:
            rows: list[Any] = self._driver.execute(statement.sqlite, parameters).fetchall()
            return rows
        fetched: Sequence[Any] = await_only(self._driver.fetch(statement.postgresql, *parameters))
        return fetched

    run = rows
    """The same for a statement without rows."""

    def run_many(self, statement: Statement, parameters: Iterable[Sequence[object]]) -> None:
        """Runs a statement without rows once for each of the parameters, which are consumed one by one."""
        self.statements += 1
        if self.sqlite:
            self._driver.executemany(statement.sqlite, parameters)
        else:
            await_only(self._driver.executemany(statement.postgresql, parameters))

    def many(self, values: Sequence[str] | Sequence[int]) -> object:
        """Several values as one parameter, for `= ANY(…)` or, on SQLite, `IN (SELECT value FROM json_each(…))`."""
        return json.dumps(list(values)) if self.sqlite else list(values)

    def instant_of(self, stored: Any) -> datetime | None:
        """An instant (UTC), if any, from a column or an aggregate of one."""
        return None if stored is None else self.values.instant_of(stored)


class AskedAgain(Exception):
    """A function that may run one statement tried a second one."""


class Once(Sql):
    """The driver's side of a connection outside any transaction, for one statement. A second one raises `AskedAgain`,
    and so does any that goes through SQLAlchemy, since that would begin a transaction."""

    __slots__ = ()

    @property
    def connection(self) -> Connection:
        """Raises `AskedAgain`: its user needs a transaction."""
        raise AskedAgain

    @connection.setter
    def connection(self, connection: Connection) -> None:
        """Ignored."""

    def rows(self, statement: Statement, *parameters: object) -> Sequence[Any]:
        """Runs the one statement."""
        if self.statements:
            raise AskedAgain
        return super().rows(statement, *parameters)
