"""Which handler gets an update: command, button, conversation, document, edit or plain words. Nothing gets out of here:
what a handler refuses becomes a sentence, what breaks becomes an apology and a line in the log."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable
from datetime import timedelta
from types import ModuleType

from telegram import Bot, Update
from telegram.error import BadRequest, TelegramError

from bot import zones
from bot.acts import Acts, Choice, permit
from bot.calls import said
from bot.errors import apology, sentence
from bot.handlers import (
    ask,
    chats,
    closing,
    digest,
    export,
    forget,
    guided,
    help,
    invite,
    log,
    members,
    mine,
    people,
    plan,
    publish,
    remind,
    round,
    settings,
    share,
    start,
    streaks,
    summary,
    tree,
    undo,
    zone,
)
from bot.throttle import Throttle, Verdict
from bot.turn import Handler, Services, Turn
from bot.views import talk
from bot.views.members import way_in
from core.errors import GoaltreeError

logger = logging.getLogger(__name__)

MODULES = (
    *(start, zone, help, log, members, ask, undo, tree, summary, streaks, plan, guided, remind, settings, export),
    *(digest, closing, publish, round, people, mine, share, invite, forget),
)

HANDLED, REFUSED, FAILED, UNREADABLE, IGNORED = "handled", "refused", "failed", "unreadable", "ignored"
"""What becomes of an update; REFUSED: the person was told why."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?\Z", re.DOTALL)


class Dispatcher:
    """Routes updates to the handlers of `bot.handlers`. `failed` is set by an unexpected error."""

    def __init__(self, services: Services, bot: Bot, modules: Iterable[ModuleType] = MODULES) -> None:
        self.services = services
        self.bot = bot
        self.failed = False
        self._throttle = Throttle(services.allowance) if services.allowance else None
        modules = list(modules)
        self.commands = _merged(modules, "COMMANDS")
        self.callbacks = _merged(modules, "CALLBACKS")
        self.states = _merged(modules, "STATES")
        self.edits = _merged(modules, "EDITS")
        self.acts = _acts(modules, [self.commands, self.callbacks, self.states, self.edits])

    async def handle(self, update: Update) -> str:
        """Handles one update and says what became of it; raises nothing but a cancellation."""
        if chats.is_about(update):
            return await self._hear_of_chat(update)
        if update.effective_chat is None or not (update.message or update.edited_message or update.callback_query):
            return IGNORED
        result = HANDLED
        turn = Turn(self.services, self.bot, update)
        try:
            try:
                await self._route(turn)
            except GoaltreeError as error:
                result = REFUSED
                await _refuse(turn, error)
            if turn.query:
                await turn.answer()
        except TelegramError as error:
            logger.warning("update %s in chat %s: Telegram said: %s", turn.update_id, turn.chat_id, said(error))
            result = FAILED
            self.failed = self.failed or isinstance(error, BadRequest)
        except Exception as error:
            result = FAILED
            self.failed = True
            _report(turn.update_id, turn.chat_id, error)
            await self._apologise(turn)
        return result

    async def _hear_of_chat(self, update: Update) -> str:
        """What Telegram tells of the chat itself: nobody awaits an answer."""
        try:
            await chats.heard(self.services, self.bot, update)
        except Exception as error:
            self.failed = True
            _report(update.update_id, update.effective_chat.id if update.effective_chat else 0, error)
            return FAILED
        return HANDLED

    async def _route(self, turn: Turn) -> None:
        command, addressed = self._command(turn)
        if command is None and addressed:
            return  # for another bot
        is_channel = turn.sender.is_channel
        if turn.sender.is_forwarded or (is_channel and (command is None or turn.is_private)):
            return  # what a channel posts is for its readers
        if not self._is_allowed(turn):
            if command == "start" and turn.is_private and self._hears(turn) is Verdict.HEARD:
                await start.turn_away(turn)
            return
        handler = self._stateless(turn, command, addressed)
        if handler is None and (command is not None or turn.query or turn.is_edited):
            return
        # What people in a group say to each other is not said to the bot, and not counted.
        spoken_to = handler is not None or turn.is_private or turn.replies_to_us
        if spoken_to and (verdict := self._hears(turn)) is not Verdict.HEARD:
            await self._say_enough(turn, verdict)
            return
        await turn.begin()
        if turn.is_stranger:
            await _stale_button(turn)
            return
        if command == "log" and not turn.args and await guided.is_first_plan(turn):
            handler = guided.under_way
        if handler is None:
            handler = await self._of_words(turn)
        if handler:
            await permit(turn, self.acts.get(handler))
            await handler(turn)

    def _command(self, turn: Turn) -> tuple[str | None, bool]:
        """(the command without its slash, whether a bot is named). (None, True) names another bot."""
        found = _COMMAND.match(turn.text) if turn.text.startswith("/") else None
        if found is None:
            return None, False
        name, bot, args = found[1].lower(), found[2], found[3]
        if bot and bot.lower() != self.bot.username.lower():
            return None, True
        turn.args = (args or "").strip()
        return name, bool(bot)

    def _is_allowed(self, turn: Turn) -> bool:
        return self.services.allowed is None or turn.user_id in self.services.allowed

    def _hears(self, turn: Turn) -> Verdict:
        return Verdict.HEARD if self._throttle is None else self._throttle.take(*_sent_by(turn), turn.sent_at)

    async def _say_enough(self, turn: Turn, verdict: Verdict) -> None:
        """A tap is answered each time, or it would go on turning; of messages only the first of a pause is."""
        if not turn.query and verdict is Verdict.UNHEARD:
            return
        until = None if self._throttle is None else self._throttle.paused_until(*_sent_by(turn))
        await turn.begin()
        said = talk.enough(until - turn.now if until else timedelta(0), turn.words)
        await (turn.answer(said, alert=verdict is Verdict.ENOUGH) if turn.query else turn.reply(said))

    def _stateless(self, turn: Turn, command: str | None, addressed: bool) -> Handler | None:
        """The handler that follows from the update alone."""
        if turn.query:
            prefix, _, turn.args = (turn.query.data or "").partition(":")
            return self.callbacks.get(prefix, _stale_button)
        if turn.is_edited:
            turn.args = turn.args if command else turn.text
            return self.edits.get(command or "") if command or turn.is_private else None
        if command is None:
            return None
        unknown = help.unknown if turn.is_private or addressed else None
        return self.commands.get(command, unknown)

    async def _of_words(self, turn: Turn) -> Handler | None:
        """The handler of a message that is no command."""
        if turn.message and turn.message.document:
            return export.document if turn.is_private else None
        if turn.message and turn.message.effective_attachment and turn.is_private:
            return export.no_document
        turn.args = turn.text
        if not turn.text or not (turn.is_private or turn.replies_to_us):
            return None
        if turn.is_private and zones.tells_the_clock(turn.text, turn.now):
            return zone.clock_told
        if turn.prompt:
            return ask.replied
        state = await turn.recall()
        if state and (handler := self.states.get(str(state.get("state")))):
            return guided.aside if await guided.is_aside(turn) else handler
        return log.free_text if turn.is_private else None

    async def _apologise(self, turn: Turn) -> None:
        words = apology(turn.words) if hasattr(turn, "owner") else "Sorry, something went wrong on my side."
        try:
            if turn.query:
                await turn.answer(words, alert=True)
            else:
                await turn.reply(words)
        except TelegramError as error:
            logger.warning("no apology in chat %s: %s", turn.chat_id, said(error))


def _sent_by(turn: Turn) -> tuple[int, str]:
    """Whom to count it to, and as what. Those who write as a group, and are nobody else, are one."""
    return turn.user_id or turn.chat_id, "tap" if turn.query else "message"


async def _refuse(turn: Turn, error: GoaltreeError) -> None:
    if turn.query and not turn.answered:
        await turn.answer(sentence(error, turn.words), alert=True)
    else:
        await turn.reply(sentence(error, turn.words), way_in(error, turn.words, is_private=turn.is_private))


async def _stale_button(turn: Turn) -> None:
    await turn.answer(turn.words.t("This button does not work any more."), alert=True)


def _report(update_id: int, chat_id: int, error: Exception) -> None:
    """Logs where it broke. The messages of exceptions are left out: they may quote what a person wrote."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("update %s in chat %s failed: %s\n%s", update_id, chat_id, type(error).__name__, where)


def _merged(modules: Iterable[ModuleType], part: str) -> dict[str, Handler]:
    merged: dict[str, Handler] = {}
    for module in modules:
        for name, handler in getattr(module, part, {}).items():
            if name in merged:
                raise ValueError(f"two handlers for {name!r} in {part}")
            merged[name] = handler
    return merged


def _acts(modules: Iterable[ModuleType], parts: Iterable[dict[str, Handler]]) -> dict[Handler, Choice]:
    """What each handler will ask for. A handler whose module does not say so does not start: that is not left to
    chance."""
    acts: dict[Handler, Choice] = {}
    for module in modules:
        said: Acts = getattr(module, "ACTS", {})
        acts.update(said)
    if unsaid := [name for part in parts for name, handler in part.items() if handler not in acts]:
        raise ValueError(f"no ACTS for {sorted(unsaid)}")
    return acts
