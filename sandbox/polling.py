"""Long polling: `getUpdates`."""

from __future__ import annotations

import asyncio

from sandbox.errors import ApiError
from sandbox.objects import Json
from sandbox.params import Params
from sandbox.updates import UpdateQueue

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class LongPoll:
    """Answers `getUpdates`; a newer call ends an older one that is still waiting."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self._changed = asyncio.Event()
        self._turn = 0
        self._closed = False
        updates.watchers.append(self._changed.set)

    def close(self) -> None:
        """Answer the waiting call."""
        self._closed = True
        self._changed.set()
        self._updates.watchers.remove(self._changed.set)

    async def take(self, params: Params) -> list[Json]:
        """The next updates, waiting up to `timeout` seconds for the first; 409 if another call took over."""
        self._turn += 1
        turn = self._turn
        self._changed.set()
        offset = params.number("offset")
        limit = min(max(params.number("limit", 100), 1), 100)
        self._updates.allow(params.json("allowed_updates"))
        loop = asyncio.get_running_loop()
        end = loop.time() + min(params.number("timeout"), 50)
        while True:
            self._changed.clear()
            if batch := self._updates.take(offset, limit):
                return batch
            left = end - loop.time()
            if left <= 0 or self._closed:
                return []
            try:
                async with asyncio.timeout(left):
                    await self._changed.wait()
            except TimeoutError:
                return []
            if turn != self._turn:
                raise ApiError(409, CONFLICT)
