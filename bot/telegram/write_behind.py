"""Writes that gather for a moment, so that many share a commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from core.observing import AT_WORK
from core.ports.store import StoreUnavailable

logger = logging.getLogger(__name__)

DELAY = 0.05
"""Seconds for which writes gather. A crash before that loses them, so they must be harmless to repeat."""
RETRY_AFTER = 1.0
"""Seconds until a failed write is retried."""


class WriteBehind:
    """Calls `flush` shortly after it was woken, again while something `is_pending`. `failure` is the line in the log
    when that fails."""

    def __init__(self, flush: Callable[[], Awaitable[None]], is_pending: Callable[[], bool], failure: str) -> None:
        self._flush = flush
        self._is_pending = is_pending
        self._failure = failure
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Notes that something is pending."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Writes what is still pending, if the store is there."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        with suppress(StoreUnavailable):
            await self._flush()

    async def _run(self) -> None:
        AT_WORK.set(None)  # one update started this task, but it serves many
        pause = DELAY
        while self._is_pending():
            await asyncio.sleep(pause)
            pause = RETRY_AFTER
            try:
                await self._flush()
                pause = DELAY
            except StoreUnavailable:
                pass  # the store logs it
            except Exception as error:
                logger.warning("%s, trying again: %s", self._failure, type(error).__name__)
