"""What delivers a scheduled message."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.delivery import Outcome
from core.reminders import Message


class Messenger(Protocol):
    """Who words a scheduled message and takes it to Telegram."""

    async def send(self, message: Message, now: datetime) -> Outcome:
        """Sends a claimed message as things stand now; says what became of it and raises nothing but a cancellation."""

    def give_back(self) -> None:
        """What has not left for Telegram by now does not leave any more: it is `GivenBack`. What comes after may go."""
