"""People's membership of a chat, as Telegram reports it now."""

from __future__ import annotations

import logging

from telegram import Bot, ChatMember, ChatMemberLeft, ChatMemberRestricted, User
from telegram.error import BadRequest

from bot.telegram.calls import patiently
from bot.telegram.rejections import says

logger = logging.getLogger(__name__)

_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_NEVER_IN = ("participant_id_invalid", "user_not_participant", "user not found", "user_id_invalid")
"""Telegram's answers about a user who never was in the chat."""


def is_in(member: ChatMember) -> bool:
    """Whether they are in the chat, whatever their rights."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _OUT


async def membership_in(bot: Bot, chat_id: int, user_id: int) -> ChatMember | None:
    """A user's membership of a chat; of one who never was in it, "left". None if Telegram does not say, for example
    about a chat that the bot is not in."""
    try:
        return await patiently(lambda: bot.get_chat_member(chat_id, user_id))
    except BadRequest as error:
        if says(error, _NEVER_IN):
            return ChatMemberLeft(User(user_id, "", is_bot=False))
        logger.info("could not learn what user %s is in chat %s: %s", user_id, chat_id, error.message)
        return None
