"""The ways to answer an update: send or edit a message, answer a tap, send a file."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from telegram import CallbackQuery, Chat, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.calls import patiently, reason_of
from bot.telegram.errors import cannot_write
from bot.telegram.gathering import Delivery, Gathering, WaitingWords
from bot.telegram.html import CAPTION_LIMIT, fit, plain
from bot.telegram.keyboard import Keyboard
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.markup import markup
from bot.telegram.posting import post
from bot.telegram.rejections import CLOSED, NO_TOPIC, says
from bot.telegram.sender import Sender
from language import i18n

logger = logging.getLogger(__name__)
T = TypeVar("T")

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
ANSWER_LIMIT = 200


class Answering:
    """Answers in the chat of a message or of a tap."""

    bot: LimitedBot
    chat: Chat
    chat_id: int
    is_private: bool
    query: CallbackQuery | None
    message: Message | None
    sender: Sender
    answered = False

    @property
    def words(self) -> i18n.Words:
        """The sentences of the chat's language."""
        raise NotImplementedError

    @property
    def gathering(self) -> Gathering:
        """Sends to groups in the background."""
        raise NotImplementedError

    @property
    def thread_id(self) -> int | None:
        """The forum topic of the message; None in General, and where there are no topics."""
        return self.message.message_thread_id if self.message and self.message.is_topic_message else None

    @property
    def is_picture(self) -> bool:
        """Whether the message is a photo or a file, whose text is a caption."""
        return bool(self.message and (self.message.photo or self.message.document))

    async def reply(self, text: str, keyboard: Keyboard | None = None, *, silent: bool = False) -> None:
        """Sends a message (HTML, escaped by the view). In a group it is a reply, and is sent in the background: see
        `gathering`.

        A failed delivery is logged: a handler could do nothing about it.
        """
        if self.is_private:
            await self._send(text, keyboard, silent=silent)
        elif keyboard:
            labels = tuple(button.label for row in keyboard for button in row)
            self._alone(lambda: self._send(text, keyboard, silent=silent), text, labels)
        else:
            words = WaitingWords(self.sender.name, text, self.thread_id, self._send_words, self.rewrite)
            self._beside(self.gathering.say(self.chat_id, words))

    def post(self, text: str, keyboard: Keyboard, then: Callable[[int], Awaitable[None]]) -> None:
        """Sends a message to a group in the background, then calls `then` with its id."""

        async def send() -> None:
            number = await self._send(text, keyboard)
            if number is not None:
                await then(number)

        self._alone(send, text)

    def _alone(self, call: Callable[[], Awaitable[Any]], *look: object) -> None:
        """Sends something to a group that cannot be merged with other answers; identical ones are sent once."""
        self._beside(self.gathering.alone(self.chat_id, call, (*look, self.thread_id)))

    def _beside(self, promised: Delivery) -> None:
        """Awaits a delivery in the background, so that a failure is logged."""

        async def hear() -> None:
            with suppress(asyncio.CancelledError):
                await promised

        self._aside(hear())

    async def _send_words(self, text: str, is_answer: bool) -> int | None:
        return await self._send(text, is_answer=is_answer)

    async def _send(
        self, text: str, keyboard: Keyboard | None = None, *, silent: bool = False, is_answer: bool = True
    ) -> int | None:
        """Sends a message. Returns its id, or None if it could not be delivered."""
        try:
            return await self._placed(
                lambda place: post(
                    self.bot, self.chat_id, fit(text), keyboard, disable_notification=silent or None, **place
                ),
                is_answer=is_answer,
            )
        except BadRequest as error:
            if self.is_private or not says(error, CLOSED):
                raise
            logger.info("no answer in chat %s: %s", self.chat_id, reason_of(error))
            await self._say_privately(cannot_write(self.chat.effective_name or "", self.words))
            return None

    async def reply_with_picture(self, picture: bytes, text: str, keyboard: Keyboard | None = None) -> None:
        """Sends a photo (PNG) with the text as its caption; the text alone if Telegram rejects the photo."""
        if self.is_private:
            await self._send_picture(picture, text, keyboard)
        else:
            self._alone(lambda: self._send_picture(picture, text, keyboard), picture, text)

    async def _send_picture(self, picture: bytes, text: str, keyboard: Keyboard | None) -> None:
        try:
            await self._placed(
                lambda place: self.bot.send_photo(
                    self.chat_id,
                    InputFile(picture, filename="goaltree.png"),
                    caption=fit(text, CAPTION_LIMIT),
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup(keyboard),
                    **place,
                )
            )
        except BadRequest as error:
            logger.warning("a picture was not taken: %s", reason_of(error))
            await self._send(text, keyboard)

    async def edit(self, text: str, keyboard: Keyboard | None = None) -> bool:
        """Edits the message whose button was tapped; sends a new one if it is gone or too old. Returns whether the
        message was edited. In a group this happens in the background."""
        if self.query is None or self.message is None:
            await self.reply(text, keyboard)
            return False
        number = self.message.message_id
        if self.is_private:
            return await self._change_or_send(number, text, keyboard)
        change = self.gathering.change(self.chat_id, number, lambda: self._change_or_send(number, text, keyboard))
        self._beside(change)
        return True

    async def _change_or_send(self, message_id: int, text: str, keyboard: Keyboard | None) -> bool:
        changed = await self.rewrite(message_id, text, keyboard, is_picture=self.is_picture)
        if changed is False:
            await self._send(text, keyboard)
        return changed is True

    async def rewrite(
        self, message_id: int, text: str, keyboard: Keyboard | None = None, *, is_picture: bool = False
    ) -> bool | None:
        """Edits one of the bot's messages in this chat, a picture's caption if `is_picture`. Returns False if the
        message is gone or too old, None if Telegram could not be reached."""
        try:
            return await patiently(lambda: self._change(message_id, text, keyboard, is_picture=is_picture))
        except BadRequest as error:
            reason = error.message.lower()
            if "not modified" in reason:
                return True
            if "message to edit not found" not in reason and "can't be edited" not in reason:
                raise
            return False

    async def _change(self, message_id: int, text: str, keyboard: Keyboard | None, *, is_picture: bool) -> bool:
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
        return True

    async def answer(self, text: str = "", alert: bool = False) -> None:
        """Answers the tap, with a toast if given; a tap that is too old to be answered is no error."""
        if self.query is None or self.answered:
            return
        self.answered = True
        await self._answer(self.query, text, alert)

    def answer_aside(self, text: str, *, alert: bool = False) -> None:
        """The same in the background: when fifty people tap at once, nobody waits for the others' answers."""
        if self.query is None or self.answered:
            return
        self.answered = True
        self._aside(self._answer(self.query, text, alert))

    def _aside(self, words: Coroutine[Any, Any, None]) -> None:
        """Runs `words` in the background."""
        raise NotImplementedError

    async def _answer(self, query: CallbackQuery, text: str, alert: bool) -> None:
        query_id, words = query.id, fit(plain(text), ANSWER_LIMIT) or None
        try:
            await patiently(lambda: self.bot.answer_callback_query(query_id, words, alert or None))
        except BadRequest as error:
            logger.info("a tap in chat %s was not answered: %s", self.chat_id, reason_of(error))

    async def send_document(self, name: str, content: bytes, caption: str) -> Message | None:
        """Sends a file; None if it could not be delivered."""
        return await self._placed(
            lambda place: self.bot.send_document(
                self.chat_id,
                InputFile(content, filename=name),
                caption=fit(caption, CAPTION_LIMIT),
                parse_mode=ParseMode.HTML,
                **place,
            )
        )

    async def reply_with_document(self, name: str, content: bytes, caption: str) -> None:
        """The same without reporting whether it was delivered; in a group in the background."""
        if self.is_private:
            await self.send_document(name, content, caption)
        else:
            self._alone(lambda: self.send_document(name, content, caption), name, caption)

    async def send_document_privately(self, name: str, content: bytes, caption: str) -> bool:
        """Sends a file to the sender's private chat; False if they have none with the bot."""
        user_id = self.sender.user_id
        if user_id is None:
            return False
        try:
            sent = await patiently(
                lambda: self.bot.send_document(
                    user_id,
                    InputFile(content, filename=name),
                    caption=fit(caption, CAPTION_LIMIT),
                    parse_mode=ParseMode.HTML,
                )
            )
        except BadRequest as error:
            logger.info("user %s got no file: %s", user_id, error.message)
            return False
        return sent is not None

    async def _placed(self, call: Callable[[dict[str, Any]], Awaitable[T]], *, is_answer: bool = True) -> T | None:
        """Sends something to where an answer belongs: into the same topic and, in a group, as a reply, unless it
        answers several messages. If the topic was closed or deleted, it goes to the chat itself."""
        place: dict[str, Any] = {}
        if self.message and not self.is_private and not self.query and is_answer:
            place["reply_parameters"] = ReplyParameters(self.message.message_id, allow_sending_without_reply=True)
        if self.thread_id is None:
            return await patiently(lambda: call(place), is_answer=True)
        try:
            return await patiently(lambda: call({**place, "message_thread_id": self.thread_id}), is_answer=True)
        except BadRequest as error:
            if not says(error, NO_TOPIC):
                raise
        return await patiently(lambda: call({}), is_answer=True)

    async def _say_privately(self, text: str) -> None:
        """Tells the sender privately when the chat accepts no messages; impossible if they never started the bot."""
        user_id = self.sender.user_id
        if user_id is None:
            return
        try:
            await patiently(lambda: post(self.bot, user_id, text))
        except BadRequest as error:
            logger.info("user %s was not told: %s", user_id, reason_of(error))
