"""A bot in the tests' process, and a way to its local Telegram without HTTP."""

from __future__ import annotations

from functools import cache
from ssl import SSLContext
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, unquote, urlsplit

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot import application
from bot.application import GoaltreeBot
from bot.options import BotOptions
from bot.telegram.connections import TRIP, certificates
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.faults import ConnectionCut
from sandbox.objects import Json, Upload
from sandbox.params import Params
from sandbox.server import LocalTelegram

NOWHERE = "http://telegram.invalid"
"""The address of a local Telegram that does not listen."""


class InProcess(BaseRequest):
    """A replacement for the library's HTTP requests that calls the local Telegram directly. `uploads` lists (chat,
    content) of every file sent."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram
        self.uploads: list[tuple[str, bytes]] = []

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        if trip := TRIP.get():
            trip.begun = True
        address = urlsplit(url)
        of, _, path = unquote(address.path).partition("bot")
        token, _, name = path.partition("/")
        if of == "/file/":
            return self._telegram.download(token, name)

        async def read() -> Params:
            return self._read(dict(parse_qsl(address.query)), request_data)

        try:
            return await self._telegram.call(token, name, read)
        except ConnectionCut as error:
            raise NetworkError("the connection broke") from error

    def _read(self, query: dict[str, str], data: RequestData | None) -> Params:
        fields: Json = query | (data.json_parameters if data else {})
        files = {}
        if data and data.contains_files:
            for field, (file_name, content, mime) in data.multipart_data.items():
                assert isinstance(content, bytes)
                files[field] = Upload(file_name, content, mime)
                self.uploads.append((str(fields.get("chat_id")), content))
        return Params(fields, files)


@cache
def _trusted() -> SSLContext:
    return certificates()


def new_bot(
    store: Store, clock: SandboxClock, telegram: LocalTelegram, options: BotOptions, request: InProcess | None = None
) -> GoaltreeBot:
    """A bot that calls over HTTP unless another way is given. The system's certificates are read only once, since that
    takes longer than most conversations."""
    with patch.object(application, "certificates", _trusted):
        bot = GoaltreeBot(store, clock, telegram.token, options)
    if request:
        bot.bot._request = (request, request)
        bot._poller._connect = lambda: request
    return bot
