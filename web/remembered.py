"""Answers cached for some seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Caches the answer to a question for some seconds. Concurrent callers share one answer."""

    def __init__(self, ask: Callable[[], Awaitable[T]], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._lock = asyncio.Lock()
        self._known: tuple[float, T] | None = None

    async def __call__(self) -> T:
        async with self._lock:
            now = time.monotonic()
            if self._known is None or now - self._known[0] > self._seconds:
                self._known = (now, await self._ask())
            return self._known[1]
