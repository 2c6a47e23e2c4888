"""Parses updates into the library's objects. Most are plain words, for which a direct parser takes half the time."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from telegram import Bot, Chat, Message, Update, User

from bot.telegram.updates import Json

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
    sent = datetime.fromtimestamp(message["date"], UTC)
    said = Message(message["message_id"], sent, chat, from_user=user, text=message.get("text"))
    update = Update(update_id, message=said)
    for made in (chat, user, said, update):
        made.set_bot(bot)
    return update
