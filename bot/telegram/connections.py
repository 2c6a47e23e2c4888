"""The connections to Telegram: aiohttp behind python-telegram-bot's `BaseRequest`.

The library's own client, built on httpx, takes eight times as much processor time for a message.
"""

from __future__ import annotations

import asyncio
import os
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from ssl import SSLContext, create_default_context
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 16
"""At 50 ms an answer, enough for ten times what Telegram accepts from one bot."""
TIMEOUT = 15.0
SLOWEST = 32_000
"""The slowest upload, in bytes a second, that does not count as stuck."""
KEPT = 60.0
"""Seconds for which an idle connection is kept."""

NOT_TAKEN = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
"""Errors after which Telegram cannot have seen the request; after any other connection error it may have."""

_JSON = "application/json"


@dataclass
class Trip:
    """Whether a request has been sent to Telegram. Until then Telegram cannot have acted on it."""

    begun: bool = False


TRIP: ContextVar[Trip | None] = ContextVar("TRIP", default=None)
"""The trip of the current call, if the caller asked for one."""


class Connections(BaseRequest):
    """At most `count` connections, opened on demand. A caller that finds none free waits its turn.

    Each server's proxy is read once, from HTTPS_PROXY, HTTP_PROXY or ALL_PROXY unless NO_PROXY names the server.
    """

    def __init__(self, certificates: SSLContext, count: int = CONNECTIONS) -> None:
        self._certificates = certificates
        self._turns = asyncio.Semaphore(count)
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        return TIMEOUT

    async def initialize(self) -> None:
        """Nothing to do: connections are made on demand."""

    async def shutdown(self) -> None:
        """Closes all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`, which the library calls with keywords. A pool time-out has no meaning here."""
        read, write, connect = (_seconds(timeouts.get(f"{what}_timeout")) for what in ("read", "write", "connect"))
        content, kind, size = _body(request_data)
        async with self._turns:
            if trip := TRIP.get():
                trip.begun = True
            try:
                async with self._open().request(
                    method,
                    url,
                    data=content,
                    headers={"Content-Type": kind} if kind else None,
                    timeout=_limits(connect, read, round(write + size / SLOWEST, 1)),
                    proxy=self._proxy_of(url),
                    allow_redirects=False,
                ) as answer:
                    return answer.status, await answer.read()
            except TimeoutError as error:
                raise TimedOut from error
            except (aiohttp.ClientError, OSError) as error:
                # Without the message: it may contain the address and so the token.
                raise NetworkError(_reason(error)) from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The semaphore keeps within the number of connections: a pool with a limit looks for room once more.
            connector = aiohttp.TCPConnector(limit=0, ssl=self._certificates, keepalive_timeout=KEPT)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": self.USER_AGENT}
            )
        return self._session

    def _proxy_of(self, url: str) -> str | None:
        server = url[: url.find("/", 8)]
        if server not in self._proxies:
            self._proxies[server] = proxy_of(server)
        return self._proxies[server]


def single(certificates: SSLContext) -> Connections:
    """A client with one connection."""
    return Connections(certificates, 1)


def certificates() -> SSLContext:
    """The trusted certificates, read once for all connections: SSL_CERT_FILE, SSL_CERT_DIR, or the bundled ones."""
    if file := os.environ.get("SSL_CERT_FILE"):
        return create_default_context(cafile=file)
    if folder := os.environ.get("SSL_CERT_DIR"):
        return create_default_context(capath=folder)
    return create_default_context(cafile=certifi.where())


def proxy_of(server: str) -> str | None:
    """The proxy for a server (given by scheme and host), if there is one. Raises ValueError for an unsupported kind."""
    parts = urlsplit(server)
    proxies = getproxies()
    configured = proxies.get(parts.scheme) or proxies.get("all")
    if not configured or proxy_bypass(parts.netloc):
        return None
    proxy = configured if "://" in configured else f"http://{configured}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise ValueError(f"{urlsplit(proxy).scheme} is no kind of proxy that can be used: name one by http://HOST:PORT")
    return proxy


def _body(request: RequestData | None) -> tuple[Any, str, int]:
    """The body, its content type (empty if the body sets its own), and how many bytes are files."""
    if request is None:
        return None, "", 0
    files = request.multipart_data
    if not files:
        return request.json_payload, _JSON, 0
    form, size = aiohttp.FormData(), 0
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in files.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
        size += len(content) if isinstance(content, bytes) else 0
    return form, "", size


def _seconds(given: Any) -> float:
    return TIMEOUT if given is None or isinstance(given, DefaultValue) else float(given)


@lru_cache(maxsize=8)
def _limits(connect: float, read: float, write: float) -> aiohttp.ClientTimeout:
    """The time-outs of a request. aiohttp has none for writing: a request that takes longer than connecting, sending
    and reading may take together is stuck."""
    return aiohttp.ClientTimeout(total=connect + read + write, sock_connect=connect, sock_read=read)


def _reason(error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {why}" if why else type(error).__name__
