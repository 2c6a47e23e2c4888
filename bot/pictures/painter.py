"""The drawing processes: started on demand, and ended when idle."""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.pictures.drawer import Drawer
from bot.pictures.model import Picture
from bot.pictures.protocol import DRAWN

logger = logging.getLogger(__name__)

TRIES = 3
"""Attempts at a picture whose process ended or hung: the fault is rarely the picture's."""
AT_FIRST = 0.1
"""The estimated seconds for a picture before any was drawn."""
_LATEST = 0.1
"""The weight of the last picture in the estimate for the next."""


class NotPainted(Exception):
    """A picture cannot be drawn now, but may be later."""


class Painter:
    """Turns pictures into PNG, as many at once as there are spare cores.

    `turn`, `patience` and `idle` are seconds: how long a person waits for a picture's turn, how long drawing may take,
    and how long an idle process is kept.
    """

    def __init__(
        self, *, turn: float = 20.0, patience: float = 10.0, idle: float = 180.0, count: int | None = None
    ) -> None:
        self.turn = turn
        self.patience = patience
        self._idle = idle
        self._seconds = AT_FIRST
        self._drawers = [Drawer() for _ in range(count or to_spare())]
        self._free = deque(self._drawers)
        self._asked: deque[asyncio.Future[Drawer]] = deque()
        self._scheduled: deque[asyncio.Future[Drawer]] = deque()
        self._rest: asyncio.TimerHandle | None = None
        self._resting: asyncio.Task[None] | None = None

    @property
    def pids(self) -> list[int]:
        """The ids of the drawing processes."""
        return [drawer.pid for drawer in self._drawers if drawer.pid]

    @property
    def interval(self) -> float:
        """The seconds between pictures under full load."""
        return self._seconds / len(self._drawers)

    async def paint(self, picture: Picture) -> bytes | None:
        """A picture that a person waits for, as PNG. None, with a line in the log, if it failed or would come too late:
        then they get the words alone. However many wait, and whatever hangs, nobody waits for the sum of it."""
        try:
            async with self._drawer(self._asked, self.turn) as drawer:
                return await self._painted(drawer, picture, tries=1)
        except TimeoutError:
            logger.error("a picture waited longer than %s s for its turn", self.turn)
        except NotPainted:
            pass  # the log says why
        return None

    async def paint_in_time(self, picture: Picture) -> bytes | None:
        """A picture for a scheduled message. It waits as long as it takes behind those that people wait for. None, with
        a line in the log, if it cannot be drawn at all. Raises `NotPainted`."""
        async with self._drawer(self._scheduled, None) as drawer:
            return await self._painted(drawer, picture, TRIES)

    async def close(self) -> None:
        """Ends the processes."""
        self._stay()
        if self._resting:
            await self._resting
        await asyncio.gather(*(drawer.end(self.patience) for drawer in self._drawers))

    @asynccontextmanager
    async def _drawer(self, line: deque[asyncio.Future[Drawer]], patience: float | None) -> AsyncIterator[Drawer]:
        """A drawing process, when it is this caller's turn. Raises TimeoutError."""
        self._stay()
        if self._free:
            drawer = self._free.pop()
        else:
            turn: asyncio.Future[Drawer] = asyncio.get_running_loop().create_future()
            line.append(turn)
            try:
                async with asyncio.timeout(patience):
                    drawer = await turn
            except BaseException:
                if turn.done() and not turn.cancelled():
                    self._next(turn.result())
                raise
        try:
            yield drawer
        finally:
            self._next(drawer)

    def _next(self, drawer: Drawer) -> None:
        """Gives a free process to the next waiter: people first."""
        for line in (self._asked, self._scheduled):
            while line:
                turn = line.popleft()
                if not turn.done():
                    turn.set_result(drawer)
                    return
        self._free.append(drawer)
        if len(self._free) == len(self._drawers):
            self._rest = asyncio.get_running_loop().call_later(self._idle, self._put_away)

    async def _painted(self, drawer: Drawer, picture: Picture, tries: int) -> bytes | None:
        question = pickle.dumps(picture)
        for _ in range(tries):
            begun = time.monotonic()
            try:
                async with asyncio.timeout(self.patience):
                    kind, answer = await drawer.exchange(question)
            except TimeoutError:
                logger.error("a picture took longer than %s s", self.patience)
                await drawer.end()
            except (OSError, EOFError) as error:
                logger.error("a process that draws is gone: %s", type(error).__name__)
                await drawer.end()
            except asyncio.CancelledError:
                await drawer.end()
                raise
            else:
                self._seconds += _LATEST * (time.monotonic() - begun - self._seconds)
                if kind == DRAWN:
                    return answer
                logger.error("a picture could not be drawn: %s", answer.decode())
                return None
        raise NotPainted

    def _stay(self) -> None:
        if self._rest:
            self._rest.cancel()
            self._rest = None

    def _put_away(self) -> None:
        self._resting = asyncio.ensure_future(self._end_free())

    async def _end_free(self) -> None:
        """Ends the free processes."""
        resting = list(self._free)
        self._free.clear()
        try:
            await asyncio.gather(*(drawer.end(self.patience) for drawer in resting))
        finally:
            for drawer in resting:
                self._next(drawer)
            self._stay()


def to_spare() -> int:
    """The number of cores beside the one that the bot uses; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)
