"""Letting the bot catch up, and letting time pass, for everyone who talks to the local Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram

Arrived = Callable[[bool], Awaitable[None]]
"""The clock was set. Whether a new minute began is told; what is due then is to be done."""


@dataclass(frozen=True, slots=True)
class BotSide:
    """The bot as a chat needs it. `settle` returns when the bot has handled what it took; `zone_of` is the time zone of
    a chat; `time_changed` does what has become due. With `next_due` (the next instant at which something is), time
    stops there on its way."""

    settle: Callable[[], Awaitable[None]]
    zone_of: Callable[[int], Awaitable[tzinfo]]
    time_changed: Callable[[], Awaitable[None]]
    next_due: Callable[[], Awaitable[datetime | None]] | None = None
    failed: Callable[[], bool] = lambda: False


class Passage:
    """Moves the one clock. Several chats may share it: time passes for one of them at a time."""

    def __init__(self, telegram: LocalTelegram, clock: SandboxClock, bot: BotSide) -> None:
        self.bot = bot
        self.clock = clock
        self._telegram = telegram
        self._moving = asyncio.Lock()

    async def handled(self) -> None:
        """Waits until the bot has taken and handled everything."""
        await self._telegram.taken()
        await self.bot.settle()
        while self._telegram.waiting:  # what came while it settled
            await self._telegram.taken()
            await self.bot.settle()

    async def until(self, goal: datetime, arrived: Arrived) -> None:
        """Brings the clock to an instant, stopping wherever something is due on the way.

        The clock runs on while the bot is busy, so the next thing may be due by then; and what comes so long after
        another was sent (a nudge, a snooze) is due some moments behind the full minute. It belongs to that minute.
        """
        async with self._moving:
            done = None
            if goal >= self.clock():
                last = goal.replace(second=59, microsecond=999_999)
                while self.bot.next_due and (due := await self.bot.next_due()) and due <= last and due != done:
                    await self._go(max(due, self.clock()), arrived, is_new=_minute(due) > _minute(self.clock()))
                    done = due
            if done is None or self.clock() < goal:
                await self._go(goal, arrived, is_new=True)

    async def _go(self, instant: datetime, arrived: Arrived, *, is_new: bool) -> None:
        self.clock.set(instant)
        await arrived(is_new)


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)
