"""The menus that Telegram shows: that of commands behind "/", and the button beside the input field. A bot works
without them, so a refusal is only logged."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButton,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import TelegramError

from bot.features import features
from bot.telegram.calls import reason_of
from bot.telegram.feature import Audience
from bot.telegram.services import Services
from language import i18n

logger = logging.getLogger(__name__)

_MENUS = (
    (BotCommandScopeAllPrivateChats(), (Audience.PRIVATE,)),
    (BotCommandScopeAllGroupChats(), (Audience.GROUP,)),
    (BotCommandScopeAllChatAdministrators(), (Audience.GROUP, Audience.ADMINS)),
)


async def tell_menus(bot: Bot, services: Services) -> None:
    """Sets both, in every language."""
    await _tell_commands(bot, services)
    await _tell_menu_button(bot, services)


async def _tell_commands(bot: Bot, services: Services) -> None:
    for language in i18n.languages(services.catalogues):
        w = i18n.words(language, services.catalogues)
        code = None if language == i18n.SOURCE else language[:2]
        try:
            for scope, audiences in _MENUS:
                lines = features().menu(*audiences)
                menu = [BotCommand(name, w.t(description)) for name, description in lines.items()]
                await bot.set_my_commands(menu, scope, language_code=code)
        except TelegramError as error:
            logger.warning("could not set the menu of commands: %s", reason_of(error))
            return


async def _tell_menu_button(bot: Bot, services: Services) -> None:
    """Sets the button to open the Mini App, or to Telegram's default."""
    url, button = services.app_url, MenuButton(MenuButton.DEFAULT)
    if url is not None:
        button = MenuButtonWebApp(i18n.words(i18n.SOURCE, services.catalogues).t("Goals"), WebAppInfo(url))
    try:
        await bot.set_chat_menu_button(menu_button=button)
    except TelegramError as error:
        logger.warning("could not set the menu button: %s", reason_of(error))
