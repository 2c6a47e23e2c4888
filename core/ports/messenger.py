"""The delivery of scheduled messages."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.asking.delivery import DeliveryOutcome
from core.asking.reminders import Message
from core.asking.wave import Intervals


class Messenger(Protocol):
    """Renders scheduled messages and sends them to Telegram."""

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        """Renders a claimed message with the current figures, and sends it; returns the outcome. Raises only
        `CancelledError`."""

    def intervals(self) -> Intervals:
        """The times between two messages under full load."""

    def give_back(self) -> None:
        """Stops every message that has not left for Telegram yet, with the outcome `GivenBack`. Later messages may
        go."""
