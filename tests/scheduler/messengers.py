"""Messengers that do as they are told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.asking.delivery import Delivered, DeliveryOutcome
from core.asking.reminders import Message
from core.asking.wave import Intervals
from tests.core.actions.reminding import at

EVENING = at("Mon 20:00")
PATIENCE = 120.0


class FakeMessenger:
    """Notes what it is given; `does` says what becomes of it."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.takes = timedelta(0)
        self.sends: timedelta | None = None
        self.does: Callable[[Message], Awaitable[DeliveryOutcome]] = self.delivered

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        self.sent.append(message)
        return await self.does(message)

    def intervals(self) -> Intervals:
        return Intervals(self.takes, self.takes if self.sends is None else self.sends)

    def give_back(self) -> None:
        """Everything is on its way at once."""

    async def delivered(self, message: Message) -> DeliveryOutcome:
        return Delivered(message.id)

    @property
    def times(self) -> Counter[int]:
        """How often each message was sent."""
        return Counter(message.id for message in self.sent)


class Gate:
    """A messenger's answer that waits until it is opened."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.opened = asyncio.Event()

    async def __call__(self, message: Message) -> DeliveryOutcome:
        self.begun.put_nowait(message.id)
        await self.opened.wait()
        return Delivered(message.id)
