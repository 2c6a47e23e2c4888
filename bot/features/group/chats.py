"""Updates about a chat itself: the bot or people come and go, a group moves or changes its title."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update, User
from telegram.error import BadRequest

from bot.features.group import chats_view as view
from bot.telegram.calls import patiently, reason_of
from bot.telegram.errors import cannot_write
from bot.telegram.feature import Feature
from bot.telegram.keyboard import Keyboard
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.posting import post
from bot.telegram.presence import is_in
from bot.telegram.rejections import CLOSED, NO_TOPIC, says
from bot.telegram.services import Services
from core.actions import groups, publish
from core.actions.groups import Arrival
from core.actions.members import leave
from core.actions.owners import closed, moved, reopened
from core.errors import NotFound, Refused
from core.goals.model import Owner
from core.group.permissions import Actor, Via
from language import i18n

logger = logging.getLogger(__name__)


async def heard(services: Services, bot: LimitedBot, update: Update) -> None:
    """Handles an update about a chat. A repeated or late one, or one about an unknown chat, changes nothing."""
    if update.my_chat_member:
        await _of_the_bot(services, bot, update.my_chat_member)
    elif update.chat_member:
        await _of_someone(services, update.chat_member)
    elif update.message:
        await _news(services, bot, update.message)


async def _of_the_bot(services: Services, bot: LimitedBot, change: ChatMemberUpdated) -> None:
    """Handles a change of the bot's own membership: a person blocks or restarts it; a group or channel adds it, removes
    it, or changes its rights."""
    chat, now = change.chat, services.clock()
    services.admins.drop(chat.id)
    if chat.type == Chat.CHANNEL:
        if not _may_post(change.new_chat_member):
            await publish.shut_out(services.store, _host(chat.id), now)
    elif not is_in(change.new_chat_member):
        await closed(services.store, _host(chat.id), f"the bot is {change.new_chat_member.status} there", now)
    elif await _is_strangers(services, chat, change.from_user):
        await _go(bot, chat.id)
    elif chat.type == Chat.PRIVATE:
        await reopened(services.store, _host(chat.id), now)
    elif _may_write(change.new_chat_member):
        await _Arriving(services, bot, chat, change.from_user).begin()
    else:
        await _Arriving(services, bot, chat, change.from_user).shut_out("the bot may not write there")


async def _is_strangers(services: Services, chat: Chat, by: User | None) -> bool:
    """Whether a person whom this bot does not serve has added it to an unknown group."""
    if services.allowed is None or chat.type == Chat.PRIVATE or (by is not None and by.id in services.allowed):
        return False
    return not await groups.is_known(services.store, _host(chat.id))


async def _go(bot: LimitedBot, chat_id: int) -> None:
    """Leaves a group. Telegram reports an arrival twice, so the bot may be gone already."""
    with suppress(BadRequest):
        await patiently(lambda: bot.leave_chat(chat_id))


async def _of_someone(services: Services, change: ChatMemberUpdated) -> None:
    """Handles a change of another user's membership: reported only to a bot that is an admin."""
    services.admins.drop(change.chat.id)
    if not is_in(change.new_chat_member):
        await _left(services, change.chat.id, change.new_chat_member.user.id)


async def _news(services: Services, bot: LimitedBot, message: Message) -> None:
    chat_id, now = message.chat.id, services.clock()
    if message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None:
        await _move(services, message)
    elif message.new_chat_title:
        await groups.retitled(services.store, _host(chat_id), message.new_chat_title, now)
    elif message.left_chat_member:
        services.admins.drop(chat_id)
        if message.left_chat_member.id == bot.id:
            await closed(services.store, _host(chat_id), "the bot was put out", now)
        else:
            await _left(services, chat_id, message.left_chat_member.id)
    elif any(user.id == bot.id for user in message.new_chat_members):
        if await _is_strangers(services, message.chat, message.from_user):
            await _go(bot, chat_id)
            return
        await _Arriving(services, bot, message.chat, message.from_user).begin(is_sure=False)


async def _move(services: Services, message: Message) -> None:
    """Moves a group that became a supergroup: the old chat names the new one and vice versa."""
    chat_id, to, old = message.chat.id, message.migrate_to_chat_id, message.migrate_from_chat_id
    before, after = (chat_id, to) if to is not None else (old, chat_id)
    # Only groups move, and their ids are negative: a forged message cannot move a private chat.
    if before is not None and after is not None and before < 0 and after < 0:
        await moved(services.store, _host(before), after, services.clock())


async def _left(services: Services, chat_id: int, user_id: int) -> None:
    """Ends the membership of somebody who left the chat. Telegram may report it twice."""
    with suppress(NotFound, Refused):
        await leave(services.store, Actor.in_group(chat_id, user_id), services.clock())


def _may_write(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages


def _may_post(member: ChatMember) -> bool:
    return bool(getattr(member, "can_post_messages", False))


@dataclass
class _Arriving:
    """The bot's arrival in a group; `by` is the user who added it, if Telegram says."""

    services: Services
    bot: LimitedBot
    chat: Chat
    by: User | None

    async def begin(self, *, is_sure: bool = True) -> None:
        """Greets the group, once. See"""
        language = (self.by.language_code if self.by else None) or i18n.SOURCE
        title = self.chat.effective_name or ""
        now = self.services.clock()
        store = self.services.store
        owner, arrival = await groups.arrived(store, _host(self.chat.id), title, language, now, is_sure=is_sure)
        if arrival is Arrival.KNOWN:
            return
        w = self._words(owner.locale)
        text, keyboard = view.arrived(title, w) if arrival is Arrival.NEW else view.back(w)
        await self._greet(owner, text, keyboard)

    async def shut_out(self, reason: str) -> None:
        """The bot may not write in the chat: tells the person who added it, if they have spoken to it before."""
        await closed(self.services.store, _host(self.chat.id), reason, self.services.clock())
        w = self._words((self.by.language_code if self.by else None) or i18n.SOURCE)
        await self._tell_who_added(cannot_write(self.chat.effective_name or "", w))

    async def _greet(self, owner: Owner, text: str, keyboard: Keyboard) -> None:
        for thread_id in dict.fromkeys((owner.thread_id, None)):
            send = partial(post, self.bot, self.chat.id, text, keyboard, message_thread_id=thread_id)
            try:
                await patiently(send)
                return
            except BadRequest as error:
                if says(error, CLOSED):
                    await self.shut_out(reason_of(error))
                    return
                if not says(error, NO_TOPIC):
                    raise
        w = self._words(owner.locale)
        await self._tell_who_added(view.topic_closed(self.chat.effective_name or "", w))

    async def _tell_who_added(self, text: str) -> None:
        if self.by is None or self.by.is_bot:
            return
        user_id = self.by.id
        try:
            await patiently(lambda: post(self.bot, user_id, text))
        except BadRequest as error:
            logger.info("user %s was not told: %s", user_id, reason_of(error))

    def _words(self, locale: str) -> i18n.Words:
        return i18n.words(locale, self.services.catalogues)


def _host(chat_id: int) -> Actor:
    """The actor for changes that Telegram reports: the bot itself."""
    return Actor.host(chat_id, Via.GROUP_CHAT)


FEATURE = Feature(chat_news=heard)
