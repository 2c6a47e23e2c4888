"""Words said beside what a chat is at, such as the answers to taps: nobody waits for them."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class Asides:
    """Tasks that run beside the handlers. `failed` is set by an unexpected error."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed = False

    def say(self, words: Coroutine[Any, Any, None]) -> None:
        """Has something said while the chat goes on."""
        task = asyncio.create_task(words)
        self._tasks.add(task)
        task.add_done_callback(self._said)

    def _said(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            # Without its words, which may quote what a person wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("an aside failed: %s\n%s", type(error).__name__, where)
            self.failed = True

    async def idle(self) -> None:
        """Waits until all is said."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def cancel(self) -> None:
        """Breaks off what is not said yet."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
