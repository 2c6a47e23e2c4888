"""Waiting for running tasks at the end, with a time limit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that running tasks get at the end. All of them can be cancelled, since rows hold the remaining work."""


async def finish(tasks: Collection[asyncio.Task[None]], patience: float = PATIENCE) -> None:
    """Waits for tasks, and cancels those that take too long."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=patience)
    for task in late:
        task.cancel()
    if late:
        logger.warning("cancelled %s tasks that took too long at the end", len(late))
        await asyncio.gather(*late, return_exceptions=True)
