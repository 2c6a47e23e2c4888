"""One update on its way through the bot: what a handler sees of the outside, and how it answers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot import i18n
from bot.calls import patiently, said
from bot.html import CAPTION_LIMIT, fit, plain
from bot.keyboard import MAX_BUTTONS, Keyboard
from bot.pace import Pace
from bot.pictures.painter import Painter
from core.actions.owners import heard_again, welcome
from core.actions.read import today_of
from core.caps import CAPS, Caps
from core.model import Owner, OwnerType
from core.observing import UNOBSERVED, Observer
from core.ports import Store
from core.reminders import PROMPTS
from core.reminders import Message as Asked

log = logging.getLogger(__name__)

Handler = Callable[["Turn"], Awaitable[None]]
State = dict[str, Any]

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
ANSWER_LIMIT = 200
LAPSES = timedelta(days=1)
"""A question that old is not what plain words answer any more."""
ASKED_AT = "asked_at"
"""The key of a state under which it is kept when it was asked."""


@dataclass(frozen=True)
class Services:
    """What the bot works with. `allowed` are the users it listens to (everyone when None), `pace` is how much each may
    send (any number when None), `caps` how much each chat may have; without a `painter` there are no pictures."""

    store: Store
    clock: Callable[[], datetime]
    allowed: frozenset[int] | None = None
    catalogues: Path = i18n.LOCALES
    painter: Painter | None = None
    observer: Observer = UNOBSERVED
    pace: Pace | None = None
    caps: Caps = CAPS


class Turn:
    """One update being handled, its clock read once.

    `user_id` is None for an anonymous admin or a channel. `text` is what was written (a caption counts), `args` what
    follows the command, or the callback data after its first ":". `owner` is there once `begin` has run, and `prompt`,
    if the message replies to a check-in prompt.
    """

    owner: Owner
    prompt: Asked | None = None
    is_new = False

    def __init__(self, services: Services, bot: Bot, update: Update) -> None:
        self.services = services
        self.bot = bot
        self.update = update
        self.update_id = update.update_id
        self.now = services.clock()
        self.query = update.callback_query
        self.message: Message | None = update.effective_message
        chat = update.effective_chat
        if chat is None:
            raise ValueError("an update without a chat")
        self.chat = chat
        self.chat_id = chat.id
        self.is_private = chat.type == chat.PRIVATE
        self.is_edited = update.edited_message is not None
        self.user_id = _user_id(update)
        self.text = "" if self.query or not self.message else self.message.text or self.message.caption or ""
        self.args = ""
        self.answered = False
        self._state: State | None = None
        self._recalled = False

    async def begin(self) -> None:
        """Looks up the owner, made at the first contact, and the prompt that the message replies to."""
        owner = await self.store.read(lambda tx: tx.owners.by_chat(self.chat_id))
        if owner is None:
            kind = OwnerType.PRIVATE if self.is_private else OwnerType.GROUP
            user = self.update.effective_user
            language = (user.language_code if user else None) or i18n.SOURCE
            title = self.chat.effective_name or ""
            owner, self.is_new = await welcome(self.services.store, self.chat_id, kind, title, language, self.now)
        elif owner.unreachable_since is not None:
            owner = await heard_again(self.store, self.chat_id, self.now)
        self.owner = owner
        if (replied := self.message.reply_to_message if self.message else None) and self.replies_to_us:
            asked = await self.store.read(lambda tx: tx.outbox.by_telegram_id(self.chat_id, replied.message_id))
            self.prompt = asked if asked and asked.kind in PROMPTS else None

    # --- what there is to know ---

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def caps(self) -> Caps:
        """How much this chat may have."""
        return self.services.caps

    @property
    def today(self) -> date:
        """The owner's date."""
        return today_of(self.owner, self.now)

    @property
    def written_on(self) -> date:
        """The owner's date when the message was written: an edit or an outage does not move what it says to a later
        day. A tap has no such date but its prompt's own."""
        if self.query or self.message is None:
            return self.today
        return today_of(self.owner, min(self.message.date, self.now))

    @property
    def sent_at(self) -> datetime:
        """When it was sent or edited, by Telegram's clock; of a tap that is not told, so it is now."""
        if self.query or self.message is None:
            return self.now
        return (self.message.edit_date if self.is_edited else None) or self.message.date

    @property
    def user_name(self) -> str:
        """The name of whoever acts, as Telegram shows it; empty if there is none."""
        user = self.update.effective_user
        return user.full_name if user and self.user_id is not None else ""

    @property
    def about(self) -> date:
        """The day that words are about where they name none: the prompt's that they reply to, else that on which they
        were written."""
        return self.prompt.on if self.prompt else self.written_on

    @property
    def words(self) -> i18n.Words:
        """The voice of the owner's language."""
        return i18n.words(self.owner.locale, self.services.catalogues)

    @property
    def source_prefix(self) -> str:
        """What the source keys of this message's entries begin with."""
        return f"{self.chat_id}:{self._message_id}:"

    def source_key(self, part: int = 0) -> str:
        """The key that makes an entry of this message, this edit of it or this tap unique."""
        if self.query:
            return f"{self.chat_id}:tap:{self.query.id}:{part}"
        edit = self.message.edit_date if self.message and self.is_edited else None
        return f"{self.source_prefix}{part}" + (f":e{int(edit.timestamp())}" if edit else "")

    @cached_property
    def _message_id(self) -> int:
        if self.message:
            return self.message.message_id
        seen = self.query.message if self.query else None
        return seen.message_id if seen else 0

    @property
    def replies_to_us(self) -> bool:
        """Whether the message answers one of the bot's."""
        asked = self.message.reply_to_message if self.message else None
        return bool(asked and asked.from_user and asked.from_user.id == self.bot.id)

    @property
    def label(self) -> str:
        """What stands on the button that was tapped; empty if the message has no such button."""
        return next((b.text for b in self._buttons if self.query and b.callback_data == self.query.data), "")

    @property
    def offered(self) -> list[str]:
        """What the buttons of the tapped message carry."""
        return [button.callback_data for button in self._buttons if isinstance(button.callback_data, str)]

    @property
    def is_picture(self) -> bool:
        """Whether the message is a photo, whose text is a caption."""
        return bool(self.message and self.message.photo)

    @property
    def _buttons(self) -> list[InlineKeyboardButton]:
        markup = self.message.reply_markup if self.query and self.message else None
        return [button for row in markup.inline_keyboard for button in row] if markup else []

    # --- what the conversation remembers ---

    async def recall(self) -> State | None:
        """What this chat and user were talking about: a state, named by its key "state". An old one has lapsed."""
        if not self._recalled:  # commands, most of what comes, need not ask
            kept = await self.store.read(lambda tx: tx.conversations.get(self.chat_id, self.user_id or 0))
            asked = str(kept.pop(ASKED_AT, "")) if kept else ""
            self._state = None if asked and self.now - datetime.fromisoformat(asked) > LAPSES else kept
            self._recalled = True
        return self._state

    async def remember(self, state: State | None) -> None:
        """Keeps what the next message will answer; None ends the conversation."""
        if state is None and self._recalled and self._state is None:
            return
        user_id = self.user_id or 0
        kept = None if state is None else {**state, ASKED_AT: self.now.isoformat()}
        await self.store.write(lambda tx: tx.conversations.put(self.chat_id, user_id, kept, self.now))
        self._state, self._recalled = state, True

    # --- answers ---

    async def reply(self, text: str, keyboard: Keyboard | None = None, *, silent: bool = False) -> Message | None:
        """Sends a message (HTML, escaped by the view); in a group as an answer to what was written.

        None if it could not be delivered: that is logged, and nothing that the handler could mend.
        """
        return await patiently(
            lambda: self.bot.send_message(
                self.chat_id,
                fit(text),
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(keyboard),
                disable_notification=silent or None,
                **self._place(),
            )
        )

    async def reply_with_picture(self, picture: bytes, text: str, keyboard: Keyboard | None = None) -> None:
        """Sends a photo (PNG) with the text as its caption; where Telegram does not take it, the text alone."""
        try:
            await patiently(
                lambda: self.bot.send_photo(
                    self.chat_id,
                    InputFile(picture, filename="goaltree.png"),
                    caption=fit(text, CAPTION_LIMIT),
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup(keyboard),
                    **self._place(),
                )
            )
        except BadRequest as error:
            log.warning("a picture was not taken: %s", said(error))
            await self.reply(text, keyboard)

    async def edit(self, text: str, keyboard: Keyboard | None = None) -> None:
        """Changes the message whose button was tapped; sends a new one if it is gone or too old."""
        if self.query is None or self.message is None:
            await self.reply(text, keyboard)
            return
        if not await self.rewrite(self.message.message_id, text, keyboard, is_picture=self.is_picture):
            await self.reply(text, keyboard)

    async def rewrite(
        self, message_id: int, text: str, keyboard: Keyboard | None = None, *, is_picture: bool = False
    ) -> bool:
        """Changes one of the bot's messages in this chat; False if it is gone or too old. Of a picture the caption is
        changed."""
        try:
            await patiently(lambda: self._change(message_id, text, keyboard, is_picture=is_picture))
        except BadRequest as error:
            reason = error.message.lower()
            if "not modified" in reason:
                return True
            if "message to edit not found" not in reason and "can't be edited" not in reason:
                raise
            return False
        return True

    async def _change(self, message_id: int, text: str, keyboard: Keyboard | None, *, is_picture: bool) -> None:
        if is_picture:
            await self.bot.edit_message_caption(
                self.chat_id,
                message_id,
                caption=fit(text, CAPTION_LIMIT),
                parse_mode=ParseMode.HTML,
                reply_markup=markup(keyboard),
            )
        else:
            await self.bot.edit_message_text(
                fit(text),
                self.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(keyboard),
            )

    async def answer(self, text: str = "", alert: bool = False) -> None:
        """Answers the tap, with a few words if given; a tap too old to be answered is no error."""
        if self.query is None or self.answered:
            return
        self.answered = True
        query_id, words = self.query.id, fit(plain(text), ANSWER_LIMIT) or None
        try:
            await patiently(lambda: self.bot.answer_callback_query(query_id, words, alert or None))
        except BadRequest as error:
            log.info("a tap in chat %s was not answered: %s", self.chat_id, said(error))

    async def send_document(self, name: str, content: bytes, caption: str) -> None:
        """Sends a file."""
        await patiently(
            lambda: self.bot.send_document(
                self.chat_id,
                InputFile(content, filename=name),
                caption=fit(caption, CAPTION_LIMIT),
                parse_mode=ParseMode.HTML,
                **self._place(),
            )
        )

    async def react(self, emoji: str) -> None:
        """Sets a reaction under the message: a silent nod. Where reactions are off, nothing happens."""
        if self.message is None:
            return
        try:
            await self.bot.set_message_reaction(self.chat_id, self.message.message_id, emoji)
        except TelegramError as error:
            log.info("no reaction in chat %s: %s", self.chat_id, said(error))

    def _place(self) -> dict[str, Any]:
        """Where an answer goes: into the same topic, and in a group under the message it answers."""
        place: dict[str, Any] = {}
        if self.message and self.message.is_topic_message:
            place["message_thread_id"] = self.message.message_thread_id
        if self.message and not self.is_private and not self.query:
            place["reply_parameters"] = ReplyParameters(self.message.message_id, allow_sending_without_reply=True)
        return place


def _user_id(update: Update) -> int | None:
    """Who acts. An admin who hides behind the group writes as a user that is nobody, but taps under their own id."""
    message = update.message or update.edited_message
    if message and message.sender_chat:
        return None
    return update.effective_user.id if update.effective_user else None


def markup(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; None without any. ValueError for more than a message may have."""
    if not keyboard:
        return None
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise ValueError(f"a message has at most {MAX_BUTTONS} buttons")
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in keyboard]
    )
