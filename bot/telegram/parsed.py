"""Parses updates into the library's objects. Most are plain words, for which a direct parser takes a quarter of the
time."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Generic, TypeVar

from telegram import Bot, Chat, Message, TelegramObject, Update, User

from bot.telegram.updates import Json

T = TypeVar("T", bound=TelegramObject)

_PLAIN = {"message_id", "from", "chat", "date", "text", "entities"}
"""The fields of a plain message. Nothing here needs what Telegram marks in it (`entities`)."""


def parsed(update: Json, bot: Bot) -> Update:
    """An update from JSON. Raises whatever the library raises for one that it cannot read."""
    message = update.get("message")
    if isinstance(message, dict) and len(update) == 2 and message.keys() <= _PLAIN and message.get("date"):
        with suppress(KeyError, TypeError):  # new or forged fields: the library handles more
            return _plain(update["update_id"], message, bot)
    return Update.de_json(update, bot)


def _plain(update_id: int, message: Json, bot: Bot) -> Update:
    chat, user = Chat(**message["chat"]), User(**message["from"])
    for made in (chat, user):
        made.set_bot(bot)
    message_id, sent = message["message_id"], datetime.fromtimestamp(message["date"], UTC)
    said = _messages().made(
        bot, (message_id, chat), message_id=message_id, date=sent, chat=chat, from_user=user, text=message.get("text")
    )
    return _updates().made(bot, (update_id,), update_id=update_id, message=said)


class _Template(Generic[T]):
    """Makes objects like an example, except for a few fields. The library's own constructor sets more than a hundred
    fields of a message, each through a method in Python."""

    def __init__(self, example: T) -> None:
        self._class = type(example)
        slots = [name for base in self._class.__mro__ for name in getattr(base, "__slots__", ())]
        self._fields = [(getattr(self._class, name).__set__, getattr(example, name)) for name in slots]

    def made(self, bot: Bot, identity: tuple[object, ...], **fields: object) -> T:
        """A new object. `identity`: the values by which the library compares it with others."""
        made = self._class.__new__(self._class)
        for put, value in self._fields:
            put(made, value)
        for name, given in {**fields, "_bot": bot, "_id_attrs": identity}.items():
            object.__setattr__(made, name, given)
        return made


@cache
def _messages() -> _Template[Message]:
    return _Template(Message(0, datetime.fromtimestamp(0, UTC), Chat(0, Chat.PRIVATE)))


@cache
def _updates() -> _Template[Update]:
    return _Template(Update(0))
