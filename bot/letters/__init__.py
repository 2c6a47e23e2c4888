"""What scheduled messages say when their turn comes: each reads how things stand, and leaves the wording to a view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.keyboard import Keyboard
from bot.turn import Services
from core.delivery import NotNeeded
from core.model import Owner
from core.reminders import Message


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is sent: HTML, buttons, perhaps a picture (PNG) above the text, which is a caption then.

    `reply_to` is the number of the message that it comes back to.
    """

    text: str
    keyboard: Keyboard = ()
    picture: bytes | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that was sent before says it now; its number."""

    message_id: int


Writer = Callable[[Services, Owner, Message, datetime], Awaitable[Letter | Shown | NotNeeded]]
"""Words one kind of message for its owner at an instant."""
