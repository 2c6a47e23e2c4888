"""Who acts in an update. Telegram writes as users who are nobody for those who write in another's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from telegram import Update, User
from telegram.constants import ChatID

NOBODY = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL})
"""An admin who hides behind the group, the posts of a linked channel, and someone who writes in a channel's name."""


class Standing(Enum):
    """As what somebody acts."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    """An admin who writes in the name of the group. They tap buttons under their own name."""
    CHANNEL = "channel"
    """A channel that writes here, or whatever else is no person."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with an id, or nobody that could be told from others. `name` is empty for those who have none,
    such as an account that is gone. `is_forwarded` is a linked channel's post that came here by itself."""

    standing: Standing
    user_id: int | None = None
    name: str = ""
    is_forwarded: bool = False


def actor_of(update: Update) -> Actor:
    """Who wrote, edited or tapped."""
    user = update.effective_user
    message = None if update.callback_query else update.effective_message
    if message and message.is_automatic_forward:
        return Actor(Standing.CHANNEL, is_forwarded=True)
    if message and message.sender_chat:
        is_group = message.sender_chat.id == message.chat.id and message.chat.type != message.chat.CHANNEL
        return Actor(Standing.ANONYMOUS if is_group else Standing.CHANNEL)
    if user is None or user.is_bot or user.id in NOBODY:
        return Actor(Standing.CHANNEL)
    return Actor(Standing.PERSON, user.id, name_of(user))


def name_of(user: User) -> str:
    """A person's name on one line; empty for an account that is gone."""
    return " ".join(f"{user.first_name} {user.last_name or ''}".split())
