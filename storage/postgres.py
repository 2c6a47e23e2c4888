"""The store on PostgreSQL: any number of writers, serialised per vision by its row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.ports import Transaction
from storage.transaction import SqlTransaction

T = TypeVar("T")

CONNECTIONS = 10
ATTEMPTS = 5
_CONFLICTS = {"40001", "40P01"}
"""serialization_failure, deadlock_detected: the transaction did nothing wrong and may run again."""


class PostgresStore:
    """`core.ports.Store` on a PostgreSQL database that is already migrated."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine: AsyncEngine | None = None
        self._reading: AsyncEngine | None = None

    async def open(self) -> None:
        """Makes the pool."""
        self._engine = postgres_engine(self._url)
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def close(self) -> None:
        """Closes every connection."""
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = self._reading = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work in a transaction of its own; runs it again after a deadlock or serialisation failure."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        attempt = 1
        while True:
            try:
                async with self._engine.begin() as connection:
                    return await connection.run_sync(lambda inner: work(SqlTransaction(inner)))
            except Exception as error:
                if attempt == ATTEMPTS or _sqlstate(error) not in _CONFLICTS:
                    raise
            await asyncio.sleep(0.01 * attempt)
            attempt += 1

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a function that only reads, on one snapshot."""
        if self._reading is None:
            raise RuntimeError("the store is not open")
        async with self._reading.connect() as connection:
            return await connection.run_sync(lambda inner: work(SqlTransaction(inner)))


_SESSION = {
    "application_name": "goaltree",
    # The statements are few, short and alike for everyone: planning each one anew, or compiling it to machine code,
    # would take longer than running it.
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}


def postgres_engine(url: URL) -> AsyncEngine:
    """An engine on asyncpg. Opening a connection costs more than many transactions: none is opened for a while."""
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_use_lifo=True,
        connect_args={"server_settings": _SESSION},
    )


def _sqlstate(error: BaseException) -> str | None:
    """The code of a database's error, whether it came through SQLAlchemy or straight from the driver."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    return getattr(error, "sqlstate", None)
