"""The webhook: Telegram's updates are recognised by a secret, limited in size, and answered 200 once stored."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from core.observing import AT_WORK, AtWork
from core.ports.store import StoreUnavailable

logger = logging.getLogger(__name__)

Json = dict[str, Any]

SECRET = "x-telegram-bot-api-secret-token"
LARGEST = 1_000_000
"""The largest update in bytes. Telegram's are below 20,000."""
PATIENCE = 10.0
"""Seconds within which an update must arrive, and then be stored."""
RETRY_AFTER = 2
"""Seconds after which Telegram should try again. It does so for a day."""
MOST_ON_THE_WAY = 512
"""The most updates being stored at once; further ones are put off."""


class Webhook:
    """Receives Telegram's updates. `take` returns once it has stored one; unless `is_open`, all are put off. Anyone
    gets the same answers, which reveal nothing."""

    def __init__(
        self,
        secret: str,
        take: Callable[[Sequence[Json]], Awaitable[None]],
        is_open: Callable[[], bool],
        patience: float = PATIENCE,
    ) -> None:
        self._secret = secret.encode()
        self._take = take
        self._is_open = is_open
        self._patience = patience
        self._on_the_way: set[asyncio.Task[None]] = set()

    async def answer(self, request: Request) -> Response:
        """Take one update."""
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), self._secret):
            return _answer(403)
        try:
            async with asyncio.timeout(self._patience):
                body = await _read(request)
        except TimeoutError:
            return _answer(408)
        except ClientDisconnect:
            return _answer(400)
        if body is None:
            logger.warning("an update of more than %s bytes was refused", LARGEST)
            return _answer(413)
        update = _update_of(body)
        if update is None:
            logger.warning("the webhook got a payload with its secret that is no update: %s bytes", len(body))
            return _answer(400)
        if not self._is_open() or len(self._on_the_way) >= MOST_ON_THE_WAY:
            return _later()
        return _answer(200) if await self._store(update) else _later()

    async def settle(self) -> None:
        """Wait for updates that are being stored. Any others were not acknowledged."""
        if self._on_the_way:
            await asyncio.wait(self._on_the_way, timeout=self._patience / 2)

    async def _store(self, update: Json) -> bool:
        AT_WORK.set(AtWork(update["update_id"], None))
        # A slow store is not cancelled: the update may be stored already, and must then be handed on. Telegram repeats
        # it, and it is recognised.
        task = asyncio.ensure_future(self._take([update]))
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)
        done, _ = await asyncio.wait([task], timeout=self._patience)
        if not done:
            logger.warning("an update is not stored after %s s: Telegram is asked to repeat it", self._patience)
            task.add_done_callback(_report)
            return False
        _report(task)
        return task.exception() is None


def _report(task: asyncio.Task[None]) -> None:
    if task.cancelled() or (error := task.exception()) is None or isinstance(error, StoreUnavailable):
        return  # the store logs the cause
    # The exception's message is left out: it may quote a person's words.
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("an update could not be stored: %s\n%s", type(error).__name__, where)


async def _read(request: Request) -> bytes | None:
    """The body; None if it is too large, whatever its Content-Length."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _update_of(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    # bool is a subclass of int, and no database takes a larger number.
    return update if type(number) is int and 0 <= number < 2**63 else None


def _answer(status: int) -> Response:
    return PlainTextResponse("", status)


def _later() -> Response:
    return PlainTextResponse("", 503, {"Retry-After": f"{RETRY_AFTER}"})
