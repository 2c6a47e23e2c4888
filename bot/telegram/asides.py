"""Background tasks beside the handlers, such as answers to taps: nobody waits for them."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class Asides:
    """Tasks that run beside the handlers. An unexpected error sets `failed`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed = False

    def say(self, words: Coroutine[Any, Any, None]) -> None:
        """Runs `words` in the background."""
        task = asyncio.create_task(words)
        self._tasks.add(task)
        task.add_done_callback(self._said)

    def _said(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            # Without the error's message, which may quote a person's words.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("an aside failed: %s\n%s", type(error).__name__, where)
            self.failed = True

    async def idle(self) -> None:
        """Waits until all tasks are done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def cancel(self) -> None:
        """Cancels the tasks that are not done."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
