"""Single statements on PostgreSQL, outside of any transaction, on a few connections that are held on to.

To take one from the pool and to give it back costs more than what SQLAlchemy and the driver do for the statement. And
a server answers few connections faster than many.
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
"""Of the engine's connections at most so many are held."""


class Glances:
    """Takes glances, a few at a time: the others wait for their turn."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._free: list[Connection] = []

    async def take(self, work: Callable[[Transaction], T]) -> T:
        """What a function gives that asks once; raises `AskedAgain` if it does not. Asking again does no harm: on a
        connection that the server has closed meanwhile, it is asked on a new one."""
        async with self._turns:
            return await greenlet_spawn(self._take, work)

    async def close(self) -> None:
        """Gives the connections back, once all are free."""
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
            # One that was broken off in the middle of a statement may go on; who takes it next gets a new one in it.
            if not is_whole:
                connection.invalidate()
            self._free.append(connection)
        return result


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
