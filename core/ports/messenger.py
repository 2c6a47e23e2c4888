"""The deliverer of scheduled messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from core.asking.delivery import DeliveryOutcome
from core.asking.reminders import Message


class Messenger(Protocol):
    """Words scheduled messages and takes them to Telegram."""

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        """Sends a claimed message, worded as things stand now; returns the outcome. Raises only `CancelledError`."""

    def pace(self) -> timedelta:
        """The time from one digest to the next while there are always some to be sent: as long as a picture takes."""

    def give_back(self) -> None:
        """Holds back each message that has not left for Telegram yet: its outcome is `GivenBack`. Later ones may go."""
