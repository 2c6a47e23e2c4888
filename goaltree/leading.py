"""Duties that only one of several processes does: started when it leads, stopped when it no longer does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from math import inf
from typing import Protocol

from core.peers import Leadership

logger = logging.getLogger(__name__)

AT_ONCE = 2.0
"""Seconds within which it has the lead again, where only a connection was lost: nothing that has to be said."""


class Duty(Protocol):
    """A part that can be started and stopped repeatedly."""

    async def start(self) -> None:
        """Starts; may take long, and may be cancelled."""

    async def stop(self) -> None:
        """Stops, whether it was started, half started or not at all."""


class Leading:
    """A candidate for the lead from `start` to `stop`, which does its duties whenever it leads."""

    def __init__(self, leadership: Leadership, duties: Sequence[Duty]) -> None:
        self._leadership = leadership
        self._duties = duties
        self._task: asyncio.Task[None] | None = None
        self.leads = False
        """Whether this process leads now."""

    async def start(self) -> None:
        """Starts waiting for the lead; without duties, leaves it to others."""
        if self._duties:
            self._task = asyncio.create_task(self._run())

    async def ended(self) -> None:
        """Waits for ever, unless starting a duty failed: then raises that error."""
        if self._task:
            await asyncio.shield(self._task)
        else:
            await asyncio.Event().wait()

    async def stop(self) -> None:
        """Stops its duties, then lets others lead."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._leadership.resign()

    async def _run(self) -> None:
        loop, led_until = asyncio.get_running_loop(), -inf
        while True:
            await self._leadership.gained()
            self.leads = True
            if loop.time() - led_until > AT_ONCE:
                logger.info("this process leads")
            lost = asyncio.ensure_future(self._leadership.lost())
            starting = asyncio.ensure_future(self._start())
            try:
                # Starting may take long: as long as Telegram cannot be reached.
                await asyncio.wait((lost, starting), return_when=asyncio.FIRST_COMPLETED)
                if starting.done():
                    starting.result()
                await lost  # the connection is, which is in the log
                led_until = loop.time()
            finally:
                self.leads = False
                for task in (lost, starting):
                    task.cancel()
                with suppress(asyncio.CancelledError):
                    await starting
                await asyncio.gather(*(duty.stop() for duty in self._duties))

    async def _start(self) -> None:
        for duty in self._duties:
            await duty.start()
