"""Single statements on PostgreSQL, outside any transaction, on a few permanent connections.

Taking a connection from the pool and returning it costs more than the statement itself in SQLAlchemy and the driver.
Besides, a server answers few connections faster than many.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from core.ports.store import Transaction
from storage.sql import Once
from storage.transaction import SqlTransaction

T = TypeVar("T")

AT_ONCE = 3
"""The most connections of the engine that are held."""


class Glances:
    """Runs glances, a few at a time; the others wait."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._free: list[Connection] = []

    async def take(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function that needs one statement; raises `AskedAgain` if it needs more. If the server has closed the
        connection it runs again on a new one, which does no harm."""
        async with self._turns:
            return await greenlet_spawn(self._take, work)

    async def close(self) -> None:
        """Returns the connections, once all are free."""
        for _ in range(AT_ONCE):
            await self._turns.acquire()
        while self._free:
            await greenlet_spawn(self._free.pop().close)

    def _take(self, work: Callable[[Transaction], T]) -> T:
        connection = self._free.pop() if self._free else self._engine.sync_engine.connect()
        is_whole = False
        try:
            try:
                result = work(SqlTransaction(connection, Once))
            except Exception:
                is_whole = not _driver(connection).is_closed()
                if is_whole:
                    raise
                connection.invalidate()
                result = work(SqlTransaction(connection, Once))
            is_whole = True
        finally:
            # A statement that was interrupted may still be running; the next user of the line gets a new connection.
            if not is_whole:
                connection.invalidate()
            self._free.append(connection)
        return result


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
