"""The store on PostgreSQL: any number of writers, serialised per vision by its row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import await_only, greenlet_spawn

from core.observing import UNOBSERVED, Observer
from core.ports.store import Transaction, Use, Work
from storage.kept import NotDone
from storage.postgres_clerk import Clerk
from storage.postgres_glances import Glances
from storage.sql import AskedAgain
from storage.transaction import SqlTransaction
from storage.watch import READ, WRITTEN, Watch

P = TypeVar("P")
T = TypeVar("T")

CONNECTIONS = 10
_POOL = "connections"
CLERK_WAITS = 250
"""Milliseconds that a batch of check-offs waits for a lock, such as that of a message that is being changed."""
ATTEMPTS = 5
_CONFLICTS = {"40001", "40P01"}
"""serialization_failure, deadlock_detected: the transaction may simply run again."""


class PostgresStore:
    """`core.ports.store.Store` on a PostgreSQL database that is already migrated."""

    def __init__(self, url: URL, observer: Observer = UNOBSERVED) -> None:
        self._url = url
        self._watch = Watch(observer, {_POOL: CONNECTIONS})
        self._engine: AsyncEngine | None = None

    def use(self) -> Mapping[str, Use]:
        """The current load of each pool."""
        return self._watch.use()

    def away(self) -> str | None:
        """See `core.ports.store.Store`."""
        return self._watch.away()

    async def open(self) -> None:
        """Makes the pool."""
        self._engine = postgres_engine(self._url)
        self._glances = Glances(self._engine)
        self._engine_of_clerk = postgres_engine(self._url, connections=1, lock_timeout=CLERK_WAITS)
        self._clerk = Clerk(self._engine_of_clerk, self._write)

    async def close(self) -> None:
        """Finishes waiting check-offs, and closes every connection."""
        if self._engine is not None:
            await self._clerk.close()
            await self._engine_of_clerk.dispose()
            await self._glances.close()
            await self._engine.dispose()
            self._engine = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work in its own transaction, and again after a deadlock or serialisation failure."""
        with self._watch.at_work(_POOL, WRITTEN):
            return await self._watch.write(self._write, work)

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        if self._engine is None:
            raise RuntimeError("the store is not open")
        attempt = 1
        while True:
            try:
                return await greenlet_spawn(_in_transaction, self._engine.sync_engine, work, _WRITING)
            except Exception as error:
                if attempt == ATTEMPTS or _sqlstate(error) not in _CONFLICTS:
                    raise
            await asyncio.sleep(0.01 * attempt)
            attempt += 1

    async def check_off(self, work: Work[P, T]) -> T:
        """See `core.ports.store.Store`."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_POOL, WRITTEN):
            try:
                done: T = await self._watch.check_off(self._clerk.check_off, work)
            except NotDone:
                return await self._watch.write(self._write, work.slowly)
            return done

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a read-only function on one snapshot."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_POOL, READ):
            return await greenlet_spawn(_in_transaction, self._engine.sync_engine, work, _READING)

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        """See `core.ports.store.Store`."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        with self._watch.at_work(_POOL, READ):
            try:
                return await self._glances.take(work)
            except AskedAgain:
                return await greenlet_spawn(_in_transaction, self._engine.sync_engine, work, _READING)


def _in_transaction(engine: Engine, work: Callable[[Transaction], T], mode: Mapping[str, Any]) -> T:
    """Runs within `greenlet_spawn`, where waiting for the driver looks like a plain call. It is entered once per unit
    of work instead of once per statement.

    The transaction is the driver's; a statement that goes through SQLAlchemy runs in a savepoint of it.
    """
    with engine.connect() as connection:
        ended = False
        try:
            transaction = _begin(connection, mode)
            try:
                result = work(SqlTransaction(connection))
                connection.commit()
            except Exception:
                if not _driver(connection).is_closed():
                    connection.rollback()
                    await_only(transaction.rollback())
                    ended = True
                raise
            await_only(transaction.commit())
            ended = True
        finally:
            # SQLAlchemy does not know the driver's transaction. If it was interrupted (a task is cancelled in the
            # middle of a statement) it may still be open, and the next user of the connection would work inside it: on
            # an old snapshot, or without ever being committed.
            if not ended:
                connection.invalidate()
        return result


def _begin(connection: Connection, mode: Mapping[str, Any]) -> Any:
    """Begins a transaction, on a new connection if the server has closed this one."""
    try:
        return _begin_once(connection, mode)
    except Exception:
        if not _driver(connection).is_closed():
            raise
        connection.invalidate()
        return _begin_once(connection, mode)


def _begin_once(connection: Connection, mode: Mapping[str, Any]) -> Any:
    transaction = _driver(connection).transaction(**mode)
    await_only(transaction.start())
    return transaction


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


_WRITING: Mapping[str, Any] = {}
_READING: Mapping[str, Any] = {"isolation": "repeatable_read", "readonly": True}

KEEPALIVE = {
    "tcp_keepalives_idle": "2",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "5000",
}
"""Settings with which the server notices within five seconds that a machine has vanished, and frees its locks."""

MARKED = {"goaltree.marks": "kept"}
"""Declares that this session changes the marks of trees itself: see migration 0019."""

_SESSION = {
    "application_name": "goaltree",
    **MARKED,
    **KEEPALIVE,
    # The statements are few, short and the same for everyone: planning each time, or compiling to machine code, would
    # take longer than running them.
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    # A generic plan knows no values, takes six ids for a hundred, and then scans small tables. But every statement here
    # touches few rows, and has an index for them.
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
}


def postgres_engine(url: URL, connections: int = CONNECTIONS, lock_timeout: int = 0) -> AsyncEngine:
    """An engine on asyncpg. Opening a connection costs more than many transactions, so connections are kept.
    `lock_timeout`: the milliseconds that a statement waits for a lock; 0 for ever."""
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_use_lifo=True,
        connect_args={"server_settings": {**_SESSION, "lock_timeout": str(lock_timeout)}},
        hide_parameters=True,  # errors quote them, and they are what people wrote
    )


def _sqlstate(error: BaseException) -> str | None:
    """The SQL state of an error from SQLAlchemy or from the driver."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    return getattr(error, "sqlstate", None)
