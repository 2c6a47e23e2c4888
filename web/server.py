"""uvicorn inside the program's own event loop: it leaves signals alone, and stops when told to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Generator

import uvicorn
from starlette.types import ASGIApp

from web.address import Address, listen
from web.connections import BoundedProtocol

logger = logging.getLogger(__name__)

CONNECTIONS = 1024
"""The most open connections; further ones are answered 503. Telegram opens at most 100, a load balancer about as
many."""
LARGEST_HEAD = 16 * 1024
"""The most bytes of a request's head."""
IDLE = 75
"""Seconds for which an idle connection is kept: longer than load balancers usually keep theirs, so that none is closed
while a request is on its way."""
PATIENCE_AT_STOP = 5
"""Seconds that open requests get when the server stops."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def main_loop(self) -> None:
        await self.end.wait()


class Server:
    """Serves an application at an address, from `start` to `stop`."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> Address:
        """Listen, and return the address with its actual port. Raises OSError if the address cannot be used."""
        listener = listen(self._address)
        config = uvicorn.Config(
            self._app,
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=CONNECTIONS,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=PATIENCE_AT_STOP,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        if self._address.path is not None:
            return self._address
        where = Address(*listener.getsockname()[:2])
        logger.info("listening on %s", where)
        return where

    async def stop(self) -> None:
        """Accept no more connections, and finish the requests on open ones."""
        if self._server is None or self._task is None:
            return
        self._server.end.set()
        await self._task
        self._server = self._task = None
        if self._address.path is not None:
            self._address.path.unlink(missing_ok=True)
