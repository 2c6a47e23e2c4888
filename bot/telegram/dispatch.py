"""Handles an update. A refusal becomes a sentence; a failure becomes an apology and a log entry. Only
`StoreUnavailable` and `NotNow` are raised: then the update is handled again."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from datetime import timedelta

from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.telegram.acts import permit
from bot.telegram.calls import NotNow, reason_of
from bot.telegram.errors import apology, enough, sentence
from bot.telegram.feature import Features
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.question import Question
from bot.telegram.routes import ChosenHandler, Routes, is_for_us, stale_button
from bot.telegram.services import Services
from bot.telegram.throttle import Throttle, Verdict, in_group
from bot.telegram.turn import Turn
from bot.telegram.updates import NEWS
from core.errors import GoaltreeError
from core.ports.store import StoreUnavailable
from language import i18n

logger = logging.getLogger(__name__)

HANDLED, REFUSED, FAILED, UNREADABLE, IGNORED = "handled", "refused", "failed", "unreadable", "ignored"
"""What became of an update; REFUSED: the person was told why."""


class Dispatcher:
    """Hands updates to the features. An unexpected error sets `failed`."""

    def __init__(self, services: Services, bot: LimitedBot, features: Features) -> None:
        self.services = services
        self.bot = bot
        self.failed = False
        self._throttle = Throttle(services.allowance) if services.allowance else None
        self._in_groups = Throttle(in_group(services.allowance)) if services.allowance else None
        self._features = features
        self._routes = Routes(features, bot)

    async def handle(self, update: Update, *, is_repeated: bool = False) -> str:
        """Handles one update and returns what became of it. Raises only `StoreUnavailable`, `NotNow` and cancellation.
        `is_repeated`: the update was handled before, so it does not count against the allowance again."""
        if _is_about_chat(update):
            return await self._hear_of_chat(update)
        if not _is_spoken(update):
            return IGNORED
        result = HANDLED
        turn = Turn(self.services, self.bot, update, self._features.question)
        turn.is_repeated = is_repeated
        try:
            try:
                await self._route(turn)
            except GoaltreeError as error:
                result = REFUSED
                await self._refuse(turn, error)
            if turn.query:
                await turn.answer()
        except (StoreUnavailable, NotNow):
            raise
        except TelegramError as error:
            logger.warning("update %s in chat %s: Telegram said: %s", turn.update_id, turn.chat_id, reason_of(error))
            result = FAILED
            self.failed = self.failed or isinstance(error, BadRequest)
        except Exception as error:
            result = FAILED
            self.failed = True
            _report(turn.update_id, turn.chat_id, error)
            await self._apologise(turn)
        return result

    async def give_up(self, update: Update) -> str:
        """Tells the person that an update could not be handled after several tries."""
        logger.error("update %s is given up", update.update_id)
        if _is_spoken(update) and not _is_about_chat(update):
            turn = Turn(self.services, self.bot, update, self._features.question)
            with suppress(StoreUnavailable):
                await turn.begin()
            await self._apologise(turn)
        return FAILED

    async def _hear_of_chat(self, update: Update) -> str:
        """Handles an update about the chat itself, which nobody waits for."""
        try:
            if self._features.chat_news:
                await self._features.chat_news(self.services, self.bot, update)
        except StoreUnavailable:
            raise
        except Exception as error:
            self.failed = True
            _report(update.update_id, update.effective_chat.id if update.effective_chat else 0, error)
            return FAILED
        return HANDLED

    async def _route(self, turn: Turn) -> None:
        command, is_named = self._routes.command(turn)
        if not is_for_us(turn, command, is_named=is_named):
            return
        if self._is_allowed(turn):
            await self._answer(turn, command, is_named=is_named)
        else:
            await self._turn_away(turn, command)

    async def _answer(self, turn: Turn, command: str | None, *, is_named: bool) -> None:
        """Handles words or a tap meant for the bot, unless the sender exceeds their allowance."""
        chosen = self._routes.of_update(turn, command, is_named=is_named)
        is_plain = command is None and not turn.query and (not turn.is_edited or turn.replies_to_us)
        if chosen is None and not is_plain:
            return
        # Talk among people in a group is not meant for the bot, and not counted.
        is_spoken_to = chosen is not None or turn.is_private or turn.replies_to_us
        if is_spoken_to and (verdict := self._hears(turn)) is not Verdict.HEARD:
            await self._say_enough(turn, verdict)
        else:
            await self._handle(turn, command, chosen)

    async def _handle(self, turn: Turn, command: str | None, chosen: ChosenHandler | None) -> None:
        await turn.begin()
        if turn.is_stranger:
            await stale_button(turn)
            return
        chosen = await self._routes.instead(turn, command) or chosen or await self._routes.of_words(turn)
        if chosen:
            await permit(turn, chosen.act)
            draft = await self._draft(turn, command)
            await chosen.handler(turn)
            if draft and self._features.after_command and not turn.has_asked and await turn.recall() == draft:
                await self._features.after_command(turn)

    async def _draft(self, turn: Turn, command: str | None) -> Question | None:
        """The draft that is open when a command arrives."""
        if command is None or turn.query or turn.is_edited or self._features.after_command is None:
            return None
        asked = await turn.recall()
        return asked if asked is not None and asked.is_draft else None

    def _is_allowed(self, turn: Turn) -> bool:
        return self.services.allowed is None or turn.user_id in self.services.allowed

    def _hears(self, turn: Turn) -> Verdict:
        throttle = self._throttle_of(turn)
        if throttle is None or turn.is_repeated:
            return Verdict.HEARD
        return throttle.take(*_sent_by(turn), turn.sent_at)

    def _throttle_of(self, turn: Turn) -> Throttle | None:
        """The throttle for this update: messages in a group have a smaller allowance; taps do not, as a toast costs the
        group nothing."""
        return self._throttle if turn.is_private or turn.query else self._in_groups

    async def _say_enough(self, turn: Turn, verdict: Verdict) -> None:
        """Tells the sender to slow down. Each tap is answered, or its button would keep loading; of messages, only the
        first in a pause is."""
        if not turn.query and verdict is Verdict.UNHEARD:
            return
        throttle = self._throttle_of(turn)
        until = None if throttle is None else throttle.paused_until(*_sent_by(turn))
        await turn.begin()
        said = enough(until - turn.now if until else timedelta(0), turn.words)
        await (turn.answer(said, alert=verdict is Verdict.ENOUGH) if turn.query else turn.reply(said))

    async def _turn_away(self, turn: Turn, command: str | None) -> None:
        """Turns away a person whom this bot does not serve, when they send /start."""
        handler = self._features.turned_away
        if handler and command == "start" and turn.is_private and self._hears(turn) is Verdict.HEARD:
            await handler(turn)

    async def _refuse(self, turn: Turn, error: GoaltreeError) -> None:
        if turn.query and not turn.answered:
            await turn.answer(sentence(error, turn.words), alert=True)
        else:
            await turn.reply(sentence(error, turn.words), self._features.way_out(turn, error))

    async def _apologise(self, turn: Turn) -> None:
        words = apology(turn.words if hasattr(turn, "owner") else i18n.words(i18n.SOURCE), turn.text)
        try:
            if turn.query:
                await turn.answer(words, alert=True)
            else:
                await turn.reply(words)
        except (TelegramError, NotNow) as error:
            logger.warning(
                "no apology in chat %s: %s",
                turn.chat_id,
                reason_of(error) if isinstance(error, TelegramError) else "it is away",
            )


def _is_about_chat(update: Update) -> bool:
    """Whether an update is about the chat itself, so that nobody waits for an answer."""
    message = update.message
    news = message is not None and any(getattr(message, name) for name in NEWS)
    return bool(update.my_chat_member or update.chat_member or news)


def _is_spoken(update: Update) -> bool:
    """Whether an update is a message, an edited message or a tap."""
    said = update.message or update.edited_message or update.callback_query
    return update.effective_chat is not None and said is not None


def _sent_by(turn: Turn) -> tuple[int, str]:
    """The user and the kind that an update counts against, separately in each group. All who write anonymously in a
    group's name count as one."""
    return turn.user_id or turn.chat_id, "tap" if turn.query else f"message:{'' if turn.is_private else turn.chat_id}"


def _report(update_id: int, chat_id: int, error: Exception) -> None:
    """Logs a failure with its place, without the exception's message, which may quote a person's words."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("update %s in chat %s failed: %s\n%s", update_id, chat_id, type(error).__name__, where)
