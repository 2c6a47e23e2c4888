"""Links into groups that the bot creates for people who open an invitation: one for each invitation, not for each
opening."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest

from bot.telegram.calls import patiently, reason_of

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(days=2)
"""How long a link is valid."""
STILL_OPEN = timedelta(days=1)
"""The validity that a link must have left to be given out again: the recipient is told that it is valid until
tomorrow."""
REMEMBERED = 10_000


class InviteLinks:
    """The links that this process has created, by group and invitation token."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, str], tuple[str, datetime]] = OrderedDict()
        self._turn = asyncio.Lock()

    async def of(self, bot: Bot, chat_id: int, token: str, now: datetime) -> str | None:
        """A link into a group; None if the bot may not create one."""
        async with self._turn:  # if many open it at once, only the first has a link created
            known = self._made.get((chat_id, token))
            if known is not None and known[1] - now >= STILL_OPEN:
                return known[0]
            link = await _made(bot, chat_id, now + OPEN_FOR)
            if link is not None:
                self._made[chat_id, token] = link, now + OPEN_FOR
                self._made.move_to_end((chat_id, token))
                if len(self._made) > REMEMBERED:
                    self._made.popitem(last=False)
            return link


async def _made(bot: Bot, chat_id: int, until: datetime) -> str | None:
    try:
        made = await patiently(lambda: bot.create_chat_invite_link(chat_id, expire_date=until))
    except BadRequest as error:
        logger.info("no invite link for chat %s: %s", chat_id, reason_of(error))
        return None
    return made.invite_link if made else None
