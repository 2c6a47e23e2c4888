"""A permanent connection to PostgreSQL, which is replaced when it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from storage.sql import Sql, Statement


class PostgresLine:
    """For use outside any transaction: each statement is its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def sql(self) -> Sql:
        """The driver's side of the connection, which is open as far as known. For use within `greenlet_spawn`."""
        return Sql(self._open())

    async def rows_while(self, meanwhile: Callable[[], None], statement: Statement, parameters: Sequence[str]) -> Any:
        """Runs a statement and, while the database works on it, a function that must not fail."""
        if self.is_lost():
            await greenlet_spawn(self._open)
        # An event loop sends written data before it runs callbacks that were scheduled later.
        asyncio.get_running_loop().call_soon(meanwhile)
        return await self._driver.fetch(statement.postgresql, *parameters)

    @property
    def _driver(self) -> Any:
        assert self._connection is not None
        return self._connection.connection.driver_connection

    def _open(self) -> Connection:
        if self.is_lost() or self._connection is None:
            self._connection = self._engine.sync_engine.connect()
        return self._connection

    def is_lost(self) -> bool:
        """Whether there is no open connection."""
        connection = self._connection
        if connection is None:
            return True
        if not self._driver.is_closed():
            return False
        self._connection = None
        connection.invalidate()
        connection.close()
        return True

    def close(self) -> None:
        """Returns the connection to the pool. For use within `greenlet_spawn`."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
