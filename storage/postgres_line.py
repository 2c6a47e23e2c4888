"""A connection to PostgreSQL that is held on to, and made anew once it is lost."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.sql import Sql


class Line:
    """For use within `greenlet_spawn`, outside of any transaction: a statement is one by itself."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def sql(self) -> Sql:
        """The driver's side of a connection that is open as far as anyone knows."""
        self.is_lost()
        if self._connection is None:
            self._connection = self._engine.sync_engine.connect()
        return Sql(self._connection)

    def is_lost(self) -> bool:
        """Whether there is no connection (any more)."""
        connection = self._connection
        if connection is None:
            return True
        if not connection.connection.driver_connection.is_closed():  # type: ignore[union-attr]
            return False
        self._connection = None
        connection.invalidate()
        connection.close()
        return True

    def close(self) -> None:
        """Gives it back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
