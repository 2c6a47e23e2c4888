"""The admins of a chat: requested from Telegram and cached for a short time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import TelegramError

from bot.telegram.calls import patiently, reason_of
from core.errors import GoaltreeError
from core.records import record

logger = logging.getLogger(__name__)

FRESH = timedelta(seconds=60)
"""How long an answer is valid. Telegram reports changes only to a bot that is an admin itself."""
REMEMBERED = 10_000
"""How many chats' admins are cached."""


class AdminsUnknown(GoaltreeError):
    """Telegram did not say who the admins of a chat are."""

    def __init__(self) -> None:
        super().__init__("admins_unknown")


@record
class Admins:
    """The admins of a chat, by user id, as of an instant."""

    members: Mapping[int, ChatMember]
    at: datetime

    def __contains__(self, user_id: int | None) -> bool:
        return user_id in self.members

    def may_post(self, user_id: int) -> bool:
        """Whether an admin of a channel may post there."""
        member = self.members.get(user_id)
        if isinstance(member, ChatMemberAdministrator):
            return bool(member.can_post_messages)
        return member is not None


class AdminList:
    """Looks up the admins of chats. Except in channels, it also works where the bot is no admin."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Admins] = OrderedDict()

    async def of(self, bot: Bot, chat_id: int, now: datetime, *, fresh: bool = False) -> Admins:
        """The admins of a chat; `fresh` bypasses the cache. Raises `AdminsUnknown`."""
        known = self._known.get(chat_id)
        if known is not None and not fresh and timedelta(0) <= now - known.at < FRESH:
            return known
        try:
            members = await patiently(lambda: bot.get_chat_administrators(chat_id))
        except TelegramError as error:
            logger.info("the admins of chat %s are not known: %s", chat_id, reason_of(error))
            members = None
        if members is None:
            raise AdminsUnknown
        admins = Admins({member.user.id: member for member in members}, now)
        self._known[chat_id] = admins
        self._known.move_to_end(chat_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return admins

    def drop(self, chat_id: int) -> None:
        """Drops a chat's admins from the cache after a change."""
        self._known.pop(chat_id, None)
