"""The button that opens the Mini App, if the host has one."""

from __future__ import annotations

from bot.telegram.keyboard import AppButton, Keyboard
from bot.telegram.turn import Turn
from core.start_param import group_param


def app_row(turn: Turn) -> Keyboard:
    """A row with the button that opens the app on this chat's goals; empty without an app.

    Telegram lets a button open an app in private chats only. In groups it is a link, which needs the bot to have a main
    Mini App at BotFather.
    """
    url = turn.services.app_url
    if url is None:
        return ()
    if turn.is_private:
        return ((AppButton(turn.words.t("📱 Open the app"), url),),)
    if not turn.bot.bot.has_main_web_app:
        return ()
    param = group_param(turn.chat_id, turn.bot.token)
    link = f"https://t.me/{turn.bot.username}?startapp={param}"
    return ((AppButton(turn.words.t("📱 Open the app"), link, is_link=True),),)
