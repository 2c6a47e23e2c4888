"""What only one process of those that share a database does: begun when it leads, ended when it leads no longer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from core.peers import Leadership

logger = logging.getLogger(__name__)


class Duty(Protocol):
    """A part that may be started and stopped again and again."""

    async def start(self) -> None:
        """Begins; may take long, and be cancelled."""

    async def stop(self) -> None:
        """Ends, whether it was started, half started, or not at all."""


class Leading:
    """Stands for the lead from `start` to `stop`, and does its duties whenever it has it."""

    def __init__(self, leadership: Leadership, duties: Sequence[Duty]) -> None:
        self._leadership = leadership
        self._duties = duties
        self._task: asyncio.Task[None] | None = None
        self.leads = False
        """Whether this process leads now."""

    async def start(self) -> None:
        """Begins to wait for the lead; without duties, leaves it to others."""
        if self._duties:
            self._task = asyncio.create_task(self._run())

    async def ended(self) -> None:
        """Raises what a duty raised when it was started; returns in no other case."""
        if self._task:
            await asyncio.shield(self._task)
        else:
            await asyncio.Event().wait()

    async def stop(self) -> None:
        """Ends its duties, then lets others lead."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._leadership.resign()

    async def _run(self) -> None:
        while True:
            await self._leadership.gained()
            self.leads = True
            logger.info("this process leads")
            lost = asyncio.ensure_future(self._leadership.lost())
            starting = asyncio.ensure_future(self._start())
            try:
                # Starting may take as long as Telegram cannot be reached.
                await asyncio.wait((lost, starting), return_when=asyncio.FIRST_COMPLETED)
                if starting.done():
                    starting.result()
                await lost
                logger.warning("this process leads no longer")
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
