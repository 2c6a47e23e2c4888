"""Passing time: letting the bot catch up, and moving the clock for everyone on the local Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram

Arrived = Callable[[bool], Awaitable[None]]
"""Called after the clock was set, with whether a new minute began, to do what is due then."""


@dataclass(frozen=True, slots=True)
class BotSide:
    """The bot's side of a chat. `settle` returns once the bot has handled its updates; `zone_of` is a chat's time zone;
    `time_changed` does what has become due. With `next_due` (the next instant at which something is due), time stops
    there on its way."""

    settle: Callable[[], Awaitable[None]]
    zone_of: Callable[[int], Awaitable[tzinfo]]
    time_changed: Callable[[], Awaitable[None]]
    next_due: Callable[[], Awaitable[datetime | None]] | None = None
    failed: Callable[[], bool] = lambda: False


class Passage:
    """Moves the shared clock. Several chats may use it, one at a time."""

    def __init__(self, telegram: LocalTelegram, clock: SandboxClock, bot: BotSide) -> None:
        self.bot = bot
        self.clock = clock
        self._telegram = telegram
        self._moving = asyncio.Lock()

    async def handled(self) -> None:
        """Wait until the bot has fetched and handled all updates."""
        await self._telegram.taken()
        await self.bot.settle()
        while self._telegram.waiting:  # more may have come while it settled
            await self._telegram.taken()
            await self.bot.settle()

    async def until(self, goal: datetime, arrived: Arrived) -> None:
        """Move the clock to an instant, stopping wherever something is due.

        The clock keeps running while the bot is busy, so the next thing may be due already. A message that follows
        another after an interval (a nudge, a snooze) is due some moments after the full minute, and belongs to that
        minute.
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
