"""Sends a text message of which only the number is needed afterwards."""

from __future__ import annotations

from telegram import TelegramObject
from telegram.constants import ParseMode

from bot.telegram.keyboard import Keyboard
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.limits import ANSWER
from bot.telegram.markup import markup
from bot.telegram.updates import Json

_HTML = ParseMode.HTML.value
_NO_PREVIEW = {"is_disabled": True}


async def post(
    bot: LimitedBot,
    chat_id: int,
    text: str,
    keyboard: Keyboard | None = None,
    *,
    priority: int = ANSWER,
    **more: TelegramObject | int | bool | None,
) -> int:
    """Sends a text (HTML) without link previews. Returns the message's id. `more` are other fields of Telegram's
    sendMessage; None leaves one out. Raises `TelegramError`."""
    fields: Json = {"chat_id": chat_id, "text": text, "parse_mode": _HTML, "link_preview_options": _NO_PREVIEW}
    for name, value in {**more, "reply_markup": markup(keyboard)}.items():
        if value is not None:
            fields[name] = value.to_dict() if isinstance(value, TelegramObject) else value
    return int((await bot.call("sendMessage", fields, priority))["message_id"])
