"""The connections to Telegram: python-telegram-bot's own client, many times with one connection each.

A single client with a pool of n looks through all n for every request, which cost more than the request itself.
"""

from __future__ import annotations

import asyncio
import logging
from contextvars import ContextVar
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpx
from telegram.request import BaseRequest, HTTPXRequest

CONNECTIONS = 16
"""At 50 ms an answer, ten times what Telegram takes from one bot."""
TIMEOUT = 15.0


@dataclass
class Trip:
    """Whether a call has left for Telegram. Until then nobody there can have taken it."""

    begun: bool = False


TRIP: ContextVar[Trip | None] = ContextVar("TRIP", default=None)
"""The trip of whoever calls and wants to know."""

# The address of every request holds the token, and httpx writes addresses into the log.
logging.getLogger("httpx").setLevel(logging.WARNING)


def single(certificates: SSLContext) -> HTTPXRequest:
    """A client with one connection."""
    return HTTPXRequest(
        connection_pool_size=1,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        connect_timeout=TIMEOUT,
        pool_timeout=TIMEOUT,
        httpx_kwargs={"verify": certificates},
    )


class Connections(BaseRequest):
    """At most `count` clients, made as they are needed, the one used last first. Who finds none free waits its turn."""

    def __init__(self, certificates: SSLContext, count: int = CONNECTIONS) -> None:
        self._certificates = certificates
        self._turns = asyncio.Semaphore(count)
        self._free: list[HTTPXRequest] = []
        self._all: list[HTTPXRequest] = []

    @property
    def read_timeout(self) -> float | None:
        return TIMEOUT

    async def initialize(self) -> None:
        """Nothing to do: connections are made on demand."""

    async def shutdown(self) -> None:
        """Closes them all."""
        clients, self._all, self._free = self._all, [], []
        for client in clients:
            await client.shutdown()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`."""
        async with self._turns:
            client = self._free.pop() if self._free else await self._another()
            if trip := TRIP.get():
                trip.begun = True
            try:
                return await client.do_request(*args, **kwargs)
            finally:
                self._free.append(client)

    async def _another(self) -> HTTPXRequest:
        client = single(self._certificates)
        await client.initialize()
        self._all.append(client)
        return client


def certificates() -> SSLContext:
    """Whom to trust, read once for all connections."""
    return httpx.create_ssl_context()
