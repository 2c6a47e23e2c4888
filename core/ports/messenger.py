"""The deliverer of scheduled messages."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.asking.delivery import DeliveryOutcome
from core.asking.reminders import Message
from core.asking.wave import Intervals


class Messenger(Protocol):
    """Words scheduled messages and takes them to Telegram."""

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        """Sends a claimed message, worded as things stand now; returns the outcome. Raises only `CancelledError`."""

    def intervals(self) -> Intervals:
        """The time from one message to the next while there are always some to be sent."""

    def give_back(self) -> None:
        """Holds back each message that has not left for Telegram yet: its outcome is `GivenBack`. Later ones may go."""
