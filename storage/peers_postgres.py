"""Advisory locks, held by one connection of each process as long as that connection lives.

The server frees them as soon as a process dies, since that closes its connection; it notices a vanished machine by
keepalives. The process checks its connection every second and gives the answer less time than that, so it stops before
another one begins.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from typing import Any

import asyncpg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from core.peers import Disconnected
from storage.postgres import KEEPALIVE

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two checks: whether the server answers, and whether this process can lead."""
PATIENCE = 3.0
"""Seconds that an answer may take."""

_LEADER = 0x676F616C
"""The class of the leader's lock. Locks with a class and a number are separate from those with one number, which are
the chats' ids."""
_LEAD = f"SELECT pg_try_advisory_lock({_LEADER}, 0)"
_RESIGN = f"SELECT pg_advisory_unlock({_LEADER}, 0)"
_EXCHANGE = """
    SELECT chat.id, CASE WHEN chat.given THEN pg_advisory_unlock(chat.id) ELSE pg_try_advisory_lock(chat.id) END
    FROM unnest($1::bigint[], $2::boolean[]) AS chat(id, given)"""

# asyncpg raises an internal error if it is used while it reads that the server has ended the connection. SQLAlchemy has
# its own error for a server that accepts no connection, as during a shutdown.
_OF_DRIVER = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_TROUBLE = (OSError, TimeoutError, DBAPIError, *_OF_DRIVER)


class PostgresPeers:
    """See `core.peers.Leadership` and `core.peers.ChatLocks`."""

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url,
            poolclass=NullPool,
            connect_args={
                "server_settings": {
                    "application_name": "goaltree locks",
                    "idle_session_timeout": "0",
                    "statement_timeout": "0",  # PATIENCE is the time-out here
                    **KEEPALIVE,
                },
                "timeout": PATIENCE,
                "command_timeout": PATIENCE,
            },
        )
        self._driver: Any = None
        self._turn = asyncio.Lock()  # the connection takes one statement at a time
        self._keeper: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._broken = asyncio.Event()
        self._stands = False
        self._leads = asyncio.Event()
        self._follows = asyncio.Event()
        self._follows.set()
        self._when_lost: list[Callable[[], None]] = []

    async def open(self) -> None:
        """Starts keeping a connection."""
        self._keeper = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Closes the connection, which frees every lock."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._engine.dispose()

    # --- leadership ---

    async def gained(self) -> None:
        """See `core.peers.Leadership`."""
        self._stands = True
        self._broken.set()  # asks now, not in a second
        await self._kept_until(self._leads)

    async def lost(self) -> None:
        """See `core.peers.Leadership`."""
        await self._kept_until(self._follows)

    async def resign(self) -> None:
        """See `core.peers.Leadership`."""
        self._stands = False
        if self._leads.is_set():
            self._follow()
            try:
                await self._ask(_RESIGN)
            except Disconnected:
                return  # the lock is gone with the connection

    def _follow(self) -> None:
        self._leads.clear()
        self._follows.set()

    # --- chats ---

    async def exchange(self, give: Collection[int], want: Collection[int]) -> set[int]:
        """See `core.peers.ChatLocks`."""
        await self._kept_until(self._connected)
        rows = await self._ask(_EXCHANGE, [*give, *want], [True] * len(give) + [False] * len(want))
        given = set(give)
        return {chat_id for chat_id, done in rows if done and chat_id not in given}

    def when_lost(self, then: Callable[[], None]) -> None:
        """See `core.peers.ChatLocks`."""
        self._when_lost.append(then)

    # --- the connection ---

    async def _ask(self, statement: str, *parameters: object) -> Any:
        async with self._turn:
            driver = self._driver
            if driver is None:
                raise Disconnected
            try:
                answer = await driver.fetch(statement, *parameters)
            except _TROUBLE as error:
                # Whatever the reason, it is unknown now which locks this process holds.
                self._driver = None
                self._broken.set()
                raise Disconnected from error
            except asyncio.CancelledError:
                self._driver = None
                self._broken.set()
                raise
            if self._driver is not driver:
                raise Disconnected  # while waiting for the answer
            return answer

    async def _kept_until(self, event: asyncio.Event) -> None:
        """Waits for an event. Raises the error that ended the task that keeps the connection, which nobody else would
        see."""
        if self._keeper is None:
            raise RuntimeError("not open")
        waiting = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait((waiting, self._keeper), return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                self._keeper.result()
        finally:
            waiting.cancel()

    async def _keep(self) -> None:
        """Keeps a connection open, checks it every second, and reconnects whenever it is lost."""
        away = False
        while True:
            try:
                connection = await self._engine.connect()
            except _TROUBLE as error:
                if not away:
                    logger.warning("could not connect to the database for locks: %s", type(error).__name__)
                away = True
                await asyncio.sleep(INTERVAL)
                continue
            away, begun = False, time.monotonic()
            try:
                await self._hold(connection)
            except Disconnected:
                logger.warning("lost the connection that held the locks, asking for chats and the lead again")
            finally:
                await self._let_go(connection)
            if time.monotonic() - begun < INTERVAL:
                await asyncio.sleep(INTERVAL)  # a server that ends each connection at once is not flooded

    async def _hold(self, connection: AsyncConnection) -> None:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        self._driver = driver
        driver.add_termination_listener(self._terminated)
        self._connected.set()
        while True:
            self._broken.clear()
            if self._stands and not self._leads.is_set():
                [(leads,)] = await self._ask(_LEAD)
                if leads and self._stands:
                    self._follows.clear()
                    self._leads.set()
                elif leads:
                    await self._ask(_RESIGN)
            else:
                await self._ask("SELECT 1")
            try:
                async with asyncio.timeout(INTERVAL):
                    await self._broken.wait()
            except TimeoutError:
                continue
            if self._driver is None:
                raise Disconnected

    def _terminated(self, driver: object) -> None:
        if driver is self._driver:
            self._driver = None
            self._broken.set()

    async def _let_go(self, connection: AsyncConnection) -> None:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        self._driver = None
        self._connected.clear()
        self._follow()
        for then in self._when_lost:
            then()
        # Fully closed before another is made, so that the server does not see two processes.
        driver.terminate()
        await connection.invalidate()
        await connection.close()
