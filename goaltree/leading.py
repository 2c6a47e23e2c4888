"""Duties of the leading process: started when it becomes the leader, stopped when it no longer is."""

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
"""Seconds within which a leader that only lost its connection has the lead again; nothing is logged for such a gap."""


class Duty(Protocol):
    """A part that can be started and stopped repeatedly."""

    async def start(self) -> None:
        """Start; may take long, and may be cancelled."""

    async def stop(self) -> None:
        """Stop, whether it was started, partly started or not at all."""


class Leading:
    """A candidate for the lead from `start` to `stop`, which performs its duties while it leads."""

    def __init__(self, leadership: Leadership, duties: Sequence[Duty]) -> None:
        self._leadership = leadership
        self._duties = duties
        self._task: asyncio.Task[None] | None = None
        self.leads = False
        """Whether this process leads now."""

    async def start(self) -> None:
        """Begin to wait for the lead, unless there are no duties."""
        if self._duties:
            self._task = asyncio.create_task(self._run())

    async def ended(self) -> None:
        """Wait until starting a duty fails, and raise its error."""
        if self._task:
            await asyncio.shield(self._task)
        else:
            await asyncio.Event().wait()

    async def stop(self) -> None:
        """Stop the duties, then give up the lead."""
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
                # Starting takes as long as Telegram cannot be reached.
                await asyncio.wait((lost, starting), return_when=asyncio.FIRST_COMPLETED)
                if starting.done():
                    starting.result()
                await lost  # the connection, whose loss is logged
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
