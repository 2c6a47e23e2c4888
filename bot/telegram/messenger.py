"""Delivers scheduled messages: words them as things stand, sends them, and returns the outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Bot, InputFile, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.pictures.painter import NotPainted
from bot.telegram.answering import NO_PREVIEW
from bot.telegram.calls import reason_of, seconds_to_wait
from bot.telegram.connections import NOT_TAKEN, TRIP, Trip
from bot.telegram.html import CAPTION_LIMIT, fit
from bot.telegram.letter import Letter, Writer
from bot.telegram.limited_bot import AS_SCHEDULED, LimitedBot
from bot.telegram.limits import SCHEDULED
from bot.telegram.live_messages import Face
from bot.telegram.markup import markup
from bot.telegram.posting import post
from bot.telegram.rejections import CLOSED, NO_TOPIC, TOPIC_GONE, says
from bot.telegram.services import Services
from core.actions.publish import published_by
from core.asking.delivery import Delivered, DeliveryOutcome, Failed, GivenBack, Moved, NotNeeded, Rejected, ShutOut
from core.asking.reminders import Message, MessageKind
from core.asking.wave import Intervals
from core.goals.model import Owner, OwnerType

logger = logging.getLogger(__name__)

PATIENCE = 75.0
"""Seconds that a message may take, including wording and waiting: less than the caller waits."""

_UNCHANGEABLE = ("message to edit not found", "can't be edited", "message_id_invalid")


class TelegramMessenger:
    """See `core.ports.messenger.Messenger`."""

    def __init__(
        self, services: Services, bot: LimitedBot, writers: Mapping[MessageKind, Writer], a_second: float = 0.0
    ) -> None:
        """`a_second` limits the messages sent; 0 means no limit."""
        self._least = 1 / a_second if a_second else 0.0
        self._services = services
        self._bot = bot
        self._writers = writers
        self._under_way: dict[asyncio.Task[DeliveryOutcome], Trip] = {}

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        """Words and sends a claimed message. A failure of Telegram's is an outcome, not an exception."""
        trip = Trip()
        work = asyncio.create_task(self._deliver(message, now, trip))
        self._under_way[work] = trip
        try:
            await asyncio.wait([work])
            return GivenBack() if work.cancelled() else work.result()
        finally:
            work.cancel()
            del self._under_way[work]

    def intervals(self) -> Intervals:
        """See `core.ports.messenger.Messenger`."""
        painter = self._services.painter
        drawn = max(self._least, painter.interval if painter else 0.0)
        return Intervals(timedelta(seconds=drawn), timedelta(seconds=self._least))

    def give_back(self) -> None:
        """See `core.ports.messenger.Messenger`."""
        for work, trip in self._under_way.items():
            if not trip.begun:
                work.cancel()

    async def _deliver(self, message: Message, now: datetime, trip: Trip) -> DeliveryOutcome:
        owner, published, kept = await self._services.store.read(
            lambda tx: (
                tx.owners.by_id(message.owner_id),
                published_by(tx, message),
                tx.outbox.by_id(message.id, message.chat_id),
            )
        )
        if owner is None or (message.chat_id != owner.chat_id and not published):
            if owner is not None and kept is None:
                return Failed("the chat moved while this waited for its turn")
            return NotNeeded("nothing goes to that chat any more")
        if not self._may_use_the_bot(owner):
            return NotNeeded("this person is not among those who may use the bot")
        return await self._write_in_time(message, owner, now, trip)

    async def _write_in_time(self, message: Message, owner: Owner, now: datetime, trip: Trip) -> DeliveryOutcome:
        TRIP.set(trip)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._write(message, owner, now)
        except TelegramError as error:
            return _outcome_of(error)
        except NotPainted:
            return Failed("its picture could not be drawn")
        except TimeoutError:
            return Failed("took too long" if trip.begun else "its turn did not come", doubtful=trip.begun)

    def _may_use_the_bot(self, owner: Owner) -> bool:
        allowed = self._services.allowed
        return allowed is None or owner.type is not OwnerType.PRIVATE or owner.chat_id in allowed

    async def _write(self, message: Message, owner: Owner, now: datetime) -> DeliveryOutcome:
        """Words a message as things stand now and sends it, if it is still needed."""
        letter = await self._writers[message.kind](self._services, owner, message, now)
        if isinstance(letter, NotNeeded):
            return letter
        number = letter.instead_of
        if number is not None and await rewrite(self._bot, Face(message.chat_id, number, letter.text, letter.keyboard)):
            return Delivered(number)
        return await self._send(message, letter)

    async def _send(self, message: Message, letter: Letter) -> Delivered:
        """Sends a message: to the chat itself if the topic is gone, without the picture if Telegram rejects that."""
        try:
            return Delivered(await self._call(message, letter), owes_picture=letter.owes_picture)
        except BadRequest as error:
            if message.thread_id is not None and says(error, NO_TOPIC):
                logger.info("the topic %s of chat %s is gone", message.thread_id, message.chat_id)
                sent = await self._send(replace(message, thread_id=None), letter)
                return replace(sent, topic_gone=says(error, TOPIC_GONE))
            if letter.picture is not None and letter.text:  # a chat that allows no pictures may allow words
                logger.warning("a picture was not taken: %s", reason_of(error))
                return await self._send(message, replace(letter, picture=None))
            raise

    async def _call(self, message: Message, letter: Letter) -> int:
        if trip := TRIP.get():
            trip.begun = False
        reply = None
        if letter.reply_to is not None:
            reply = ReplyParameters(letter.reply_to, allow_sending_without_reply=True)
        if letter.picture is not None:
            sent = await self._bot.send_photo(
                message.chat_id,
                InputFile(letter.picture, filename="goaltree.png"),
                caption=fit(letter.text, CAPTION_LIMIT) or None,
                disable_notification=letter.silent or None,
                parse_mode=ParseMode.HTML,
                reply_markup=markup(letter.keyboard),
                reply_parameters=reply,
                message_thread_id=message.thread_id,
                **AS_SCHEDULED,
            )
            return sent.message_id
        return await post(
            self._bot,
            message.chat_id,
            fit(letter.text),
            letter.keyboard,
            reply_parameters=reply,
            message_thread_id=message.thread_id,
            priority=SCHEDULED,
        )


async def rewrite(bot: Bot, face: Face) -> bool:
    """Edits one of the bot's messages, with the priority of scheduled calls. Returns False if the message is gone or
    too old, or the chat is closed to the bot. Raises errors that may pass, and `BadRequest` for a mistake of ours."""
    try:
        await bot.edit_message_text(
            fit(face.text),
            face.chat_id,
            face.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup(face.keyboard),
            **AS_SCHEDULED,
        )
    except (Forbidden, ChatMigrated) as error:
        logger.info("a message in chat %s cannot be changed: %s", face.chat_id, reason_of(error))
        return False
    except BadRequest as error:
        if says(error, ("not modified",)):
            return True
        if not says(error, (*_UNCHANGEABLE, *NO_TOPIC, *CLOSED)):
            raise
        logger.info("a message in chat %s cannot be changed: %s", face.chat_id, reason_of(error))
        return False
    return True


def _outcome_of(error: TelegramError) -> DeliveryOutcome:
    cause = error.__cause__
    match error:
        case TelegramError() if isinstance(cause, TelegramError):
            return Failed(reason_of(error))  # the answer of a proxy in between, not Telegram's own
        case RetryAfter():
            return Failed(reason_of(error), wait=timedelta(seconds=seconds_to_wait(error)))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return ShutOut(reason_of(error))
        case BadRequest() if says(error, CLOSED):
            return ShutOut(reason_of(error))
        case BadRequest():
            return Rejected(reason_of(error))
        case NetworkError():
            return Failed(reason_of(error), doubtful=cause is not None and not isinstance(cause, NOT_TAKEN))
        case _:
            # An unreadable answer is doubtful; an unknown token, or one used twice, is not.
            return Failed(reason_of(error), doubtful=type(error) is TelegramError)
