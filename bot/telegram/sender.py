"""The sender of an update. For anonymous senders Telegram names placeholder users, which are nobody."""

from __future__ import annotations

from telegram import Chat, Message, Update, User
from telegram.constants import ChatID

from core.group.permissions import Role
from core.records import record

NOBODY = (ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL)  # no set: a forged id may be a list
"""The placeholders: an anonymous admin, a linked channel's posts, and a person who writes as a channel."""


@record
class Sender:
    """The sender: a person with an id, or an anonymous one.

    `known` holds the roles known from the update: an anonymous admin (whose taps come under their own name, though), or
    a channel or anything else that is no person. `name` is empty for those without one, such as deleted accounts.
    `is_forwarded`: a linked channel's post, forwarded automatically.
    """

    user_id: int | None = None
    name: str = ""
    known: frozenset[Role] = frozenset()
    is_forwarded: bool = False

    @property
    def is_channel(self) -> bool:
        """Whether the sender is a channel or anything else that is no person."""
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
    """Whether a message in a chat's name is an anonymous admin's: a group writes in itself, a channel elsewhere."""
    return sender.id == message.chat.id and message.chat.type != message.chat.CHANNEL


def name_of(user: User) -> str:
    """A person's name on one line; empty for a deleted account."""
    return " ".join(f"{user.first_name} {user.last_name or ''}".split())
