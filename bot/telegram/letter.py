"""The types of scheduled messages' wording: a writer reads how things stand when the message is due, and uses a
view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.telegram.keyboard import Keyboard
from bot.telegram.services import Services
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message
from core.goals.model import Owner
from core.records import record


@record
class Letter:
    """A message ready to be sent: HTML, buttons, perhaps a picture (PNG) whose caption the text becomes.

    `reply_to` is the number of the message that it answers, `instead_of` that of the message that is edited into this
    one, if possible. `owes_picture`: its picture follows as a `silent` message of its own.
    """

    text: str
    keyboard: Keyboard = ()
    picture: bytes | None = None
    reply_to: int | None = None
    instead_of: int | None = None
    owes_picture: bool = False
    silent: bool = False


Writer = Callable[[Services, Owner, Message, datetime], Awaitable[Letter | NotNeeded]]
"""Words one kind of message for its owner, as of an instant."""
