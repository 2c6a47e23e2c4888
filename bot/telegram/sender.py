"""The sender of an update. For those who write in another's name Telegram names users who are nobody."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Chat, Message, Update, User
from telegram.constants import ChatID

from core.group.permissions import Role

NOBODY = (ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL)  # no set: a forged id may be a list
"""An admin who hides behind the group, the posts of a linked channel, and someone who writes in a channel's name."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender: a person with an id, or nobody that could be told from others.

    `known` is what they are known to be: an admin who hides behind the group (who taps buttons under their own name,
    though), or a channel or whatever else is no person. `name` is empty for those who have none, such as an account
    that is gone. `is_forwarded` is a linked channel's post that came here by itself.
    """

    user_id: int | None = None
    name: str = ""
    known: frozenset[Role] = frozenset()
    is_forwarded: bool = False

    @property
    def is_channel(self) -> bool:
        """Whether a channel writes, or whatever else is no person."""
        return Role.CHANNEL in self.known


_ANONYMOUS = frozenset({Role.ANONYMOUS, Role.ADMIN})
_CHANNEL = frozenset({Role.CHANNEL})


def sender_of(update: Update) -> Sender:
    """The sender of an update."""
    user = update.effective_user
    message = None if update.callback_query else update.effective_message
    if message and message.is_automatic_forward:
        return Sender(known=_CHANNEL, is_forwarded=True)
    if message and message.sender_chat:
        return Sender(known=_ANONYMOUS if _hides_behind_group(message, message.sender_chat) else _CHANNEL)
    if user is None or user.is_bot or user.id in NOBODY:
        return Sender(known=_CHANNEL)
    return Sender(user.id, name_of(user))


def _hides_behind_group(message: Message, sender: Chat) -> bool:
    """Whether a message in a chat's name is an admin's: a group writes in itself, as a channel does not."""
    return sender.id == message.chat.id and message.chat.type != message.chat.CHANNEL


def name_of(user: User) -> str:
    """A person's name on one line; empty for an account that is gone."""
    return " ".join(f"{user.first_name} {user.last_name or ''}".split())
