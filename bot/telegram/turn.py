"""One update on its way through the bot: its context for a handler, and the ways to answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from telegram import InlineKeyboardButton, Update

from bot.telegram.admins import AdminsUnknown
from bot.telegram.answering import Answering
from bot.telegram.callback import BadButton, Callback
from bot.telegram.conversation import Conversation, ReadQuestion
from bot.telegram.gathering import Gathering
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.question import Question
from bot.telegram.sender import sender_of
from bot.telegram.services import Services
from core.actions.members import renamed
from core.actions.owners import heard, heard_again, welcome
from core.actions.reach import shapes_in_reach
from core.actions.read import today_of
from core.asking.reminders import PROMPTS
from core.asking.reminders import Message as Asked
from core.caps import Caps
from core.goals.model import Member, Owner, OwnerType
from core.group.permissions import Actor, Role, Via, roles_of
from core.ports.store import Store
from core.sources import message_prefix, source_key
from language import i18n
from language.lexicon import Lexicon, lexicon
from language.parsing.hearing import Hearing

Handler = Callable[["Turn"], Awaitable[None]]

B = TypeVar("B", bound=Callback)


class Turn(Answering):
    """One update being handled, its clock read once. `user_id` is None for an anonymous admin or a channel. `text` is
    the message (or its caption), `args` the text after the command. `begin` sets `owner`, and `prompt` if the message
    replies to a check-in prompt. A tap or an edit never creates an owner, so it cannot bring back someone who was
    forgotten, or the old chat of a group that has moved: then `is_stranger` is set."""

    owner: Owner
    prompt: Asked | None = None
    is_new = False
    shapes = ""
    """The version of the trees that the sender's words may mean."""
    spoken: Handler | None = None
    """Runs the command that plain words stand for; set by `Routes`."""
    has_asked = False
    """Whether a question was asked while this update was handled."""
    is_stranger = False
    is_repeated = False
    """Whether this update was handled before, when the store was away."""

    def __init__(self, services: Services, bot: LimitedBot, update: Update, read_question: ReadQuestion) -> None:
        self.services = services
        self.bot = bot
        self.update = update
        self.update_id = update.update_id
        self.now = services.clock()
        self.query = update.callback_query
        self.message = update.effective_message
        chat = update.effective_chat
        if chat is None:
            raise ValueError("an update without a chat")
        self.chat, self.chat_id = chat, chat.id
        self.is_private = chat.type == chat.PRIVATE
        self.is_edited = update.edited_message is not None
        self.sender = sender_of(update)
        self.user_id = self.sender.user_id
        said = "" if self.query or not self.message else self.message.text or self.message.caption or ""
        self.text = unicodedata.normalize("NFC", said) if isinstance(said, str) else ""  # forged: Telegram sends text
        self.args = ""
        self._read_question = read_question
        self._kept: Mapping[str, Any] | None = None
        self._known = self.sender.known
        self._joined: bool | None = None
        self._written: tuple[Owner, date] | None = None

    async def begin(self) -> None:
        """Loads the owner, creating it at the first contact, and the prompt that the message replies to."""
        beginning = await self.services.beginnings.read(self.chat_id, self.user_id or 0)
        if beginning is None:
            owner = await self._newcomer()
        else:
            owner, self._kept, self.shapes = beginning.owner, beginning.state, shapes_in_reach(beginning)
        if owner.unreachable_since is not None:
            owner = await heard_again(self.store, self._host, self.now)
        elif owner.unanswered:
            owner = await heard(self.store, self._host)
        self.owner = owner
        self.prompt = await self._replied_prompt()

    async def _newcomer(self) -> Owner:
        """The owner of a new chat; not stored for a stranger."""
        kind = OwnerType.PRIVATE if self.is_private else OwnerType.GROUP
        user = self.update.effective_user
        language = (user.language_code if user else None) or i18n.SOURCE
        if self.query or self.is_edited:
            self.is_stranger = True
            return Owner(0, self.chat_id, kind, locale=language)
        title = self.chat.effective_name or ""
        owner, self.is_new = await welcome(self.store, self._host, kind, title, language, self.now)
        return owner

    async def _replied_prompt(self) -> Asked | None:
        """The check-in prompt that the message replies to."""
        replied = self.message.reply_to_message if self.message else None
        if replied is None or not self.replies_to_us:
            return None
        asked = await self.store.glance(lambda tx: tx.outbox.by_telegram_id(self.chat_id, replied.message_id))
        return asked if asked and asked.kind in PROMPTS else None

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def caps(self) -> Caps:
        """The limits on what this chat may have."""
        return self.services.caps

    @property
    def today(self) -> date:
        """The owner's date."""
        return today_of(self.owner, self.now)

    @property
    def written_on(self) -> date:
        """The owner's date when the message was written, even if it was edited or handled late; today for a tap."""
        if self.query or self.message is None:
            return self.today
        if self._written is None or self._written[0] is not self.owner:
            self._written = self.owner, today_of(self.owner, min(self.message.date, self.now))
        return self._written[1]

    @property
    def sent_at(self) -> datetime:
        """When it was sent or edited, by Telegram's clock; now for a tap, whose time is unknown."""
        if self.query or self.message is None:
            return self.now
        return (self.message.edit_date if self.is_edited else None) or self.message.date

    @property
    def about(self) -> date:
        """The day of words that name none: that of the prompt they reply to, else that on which they were written."""
        return self.prompt.on if self.prompt else self.written_on

    @property
    def words(self) -> i18n.Words:
        """The sentences of the owner's language."""
        return i18n.words(self.owner.locale, self.services.catalogues)

    @property
    def lexicon(self) -> Lexicon:
        """The words that people write in the owner's language."""
        return lexicon(self.words.locale)

    @property
    def hearing(self) -> Hearing:
        """The context in which the owner's words about goals are read."""
        return Hearing(self.today, self.lexicon, self.owner.week_start, self.words.decimal_comma)

    @property
    def gathering(self) -> Gathering:
        """Sends to groups in the background."""
        return self.services.gathering

    def _aside(self, words: Coroutine[Any, Any, None]) -> None:
        self.services.asides.say(words)

    @property
    def actor(self) -> Actor:
        """The actor of this turn, with the roles known by now."""
        return Actor(self.chat_id, self.user_id, self._via, self._known)

    @property
    def _via(self) -> Via:
        return Via.PRIVATE_CHAT if self.is_private else Via.GROUP_CHAT

    @property
    def _host(self) -> Actor:
        return Actor.host(self.chat_id, self._via)

    def actor_in(self, chat_id: int) -> Actor:
        """The same person acting in another chat: from their private chat people also log goals of their groups."""
        return self.actor if chat_id == self.chat_id else Actor(chat_id, self.user_id, Via.PRIVATE_CHAT)

    async def roles(self) -> frozenset[Role]:
        """The sender's roles in this chat. ADMIN is among them once `ask_whether_admin` has found it."""
        if self._joined is None:
            self._joined = await self.member() is not None
        return roles_of(self.actor, self.owner, joined=self._joined)

    async def ask_whether_admin(self) -> None:
        """Asks Telegram whether the sender is an admin of this group. Raises `AdminsUnknown` without an answer."""
        if self.is_private or self._known & {Role.ADMIN, Role.CHANNEL}:
            return
        if self.user_id in await self.services.admins.of(self.bot, self.chat_id, self.now):
            self._known |= {Role.ADMIN}

    async def try_whether_admin(self) -> None:
        """The same, but without an answer they count as no admin."""
        with suppress(AdminsUnknown):
            await self.ask_whether_admin()

    async def member(self) -> Member | None:
        """The sender as a member of this group; None if they are not in. Updates their stored name."""
        user_id = self.user_id
        if user_id is None or self.is_private:
            return None
        member = await self.store.glance(lambda tx: tx.members.by_user(self.owner.id, user_id))
        if member is None or not member.present:
            return None
        if member.name != (name := self.sender.name):
            await renamed(self.store, Actor.alone(user_id, self._via), name, self.now)
        return member

    @property
    def source_prefix(self) -> str:
        """The prefix of the source keys of this message's entries."""
        return message_prefix(self.chat_id, self._message_id)

    def source_key(self, part: int = 0, *, message_id: int | None = None) -> str:
        """The key of an entry that this message (or the earlier `message_id`), or this edit of it, logs."""
        edit = self.message.edit_date if self.message and self.is_edited else None
        action = f"{part}:e{int(edit.timestamp())}" if edit else str(part)
        return source_key(self.chat_id, message_id or self._message_id, self.user_id, action)

    @property
    def tap_key(self) -> str:
        """The key of this tap. It contains the button's data, whose stamp differs between renderings."""
        data = self.query.data if self.query else None
        return source_key(self.chat_id, self._message_id, self.user_id, data or "")

    @cached_property
    def _message_id(self) -> int:
        if self.message:
            return self.message.message_id
        seen = self.query.message if self.query else None
        return seen.message_id if seen else 0

    @property
    def replies_to_us(self) -> bool:
        """Whether the message replies to one of the bot's."""
        asked = self.message.reply_to_message if self.message else None
        if asked is None or asked.forum_topic_created:  # a message in a topic "answers" the one that opened it
            return False
        return bool(asked.from_user and asked.from_user.id == self.bot.id)

    @property
    def label(self) -> str:
        """The label of the tapped button; empty if the message has no such button."""
        return next((b.text for b in self._buttons if self.query and b.callback_data == self.query.data), "")

    def offered(self, kind: type[B]) -> list[B]:
        """The buttons of one kind on the tapped message."""
        offered = []
        for button in self._buttons:
            with suppress(BadButton):
                offered.append(kind.unpack(str(button.callback_data)))
        return offered

    @property
    def _buttons(self) -> list[InlineKeyboardButton]:
        markup = self.message.reply_markup if self.query and self.message else None
        return [button for row in markup.inline_keyboard for button in row] if markup else []

    @cached_property
    def _conversation(self) -> Conversation:
        return Conversation(self._kept, self.now, self._read_question)

    async def recall(self) -> Question | None:
        """The open question of this user in this chat, unless it has lapsed."""
        return self._conversation.open

    async def remember(self, question: Question | None) -> None:
        """Stores the question that the next message will answer; None ends it."""
        if question is not None or self._conversation.open is not None:
            self._conversation.ask(question)
            await self._keep()

    async def forget(self) -> None:
        """Ends the open question and the draft below it."""
        self._conversation.end()
        await self._keep()

    async def _keep(self) -> None:
        user_id, kept = self.user_id or 0, self._conversation.pack(self.now)
        await self.store.write(lambda tx: tx.conversations.put(self.chat_id, user_id, kept, self.now))
        self.has_asked = kept is not None
