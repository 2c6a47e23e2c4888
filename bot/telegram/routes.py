"""Finds the handler of an update: that of its command, button or answered question, or a listener."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Bot, Chat

from bot.telegram.acts import Choice, permit
from bot.telegram.callback import BadButton
from bot.telegram.feature import Command, Features
from bot.telegram.question import Question
from bot.telegram.turn import Handler, Turn
from core.records import record
from language.tokens import phrase

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?\Z", re.DOTALL)


@record
class ChosenHandler:
    """The handler of an update, and its act in a group."""

    handler: Handler
    act: Choice


class Routes:
    """Routes updates to the features."""

    def __init__(self, features: Features, bot: Bot) -> None:
        self._features = features
        self._bot = bot

    def command(self, turn: Turn) -> tuple[str | None, bool]:
        """(the command without its slash, whether a bot is named). (None, True): another bot is named."""
        match = _COMMAND.match(turn.text) if turn.text.startswith("/") else None
        if match is None:
            return self._without_slash(turn)
        name, bot, args = match[1].lower(), match[2], match[3]
        if bot and bot.lower() != self._bot.username.lower():
            return None, True
        turn.args = (args or "").strip()
        return name, bool(bot)

    def _without_slash(self, turn: Turn) -> tuple[str | None, bool]:
        """The command in plain words: its bare name or, in a group, words said to the bot by its name."""
        text, name = turn.text.strip(), f"@{self._bot.username}".casefold()
        is_named = text.casefold().startswith(name) and not text[len(name) : len(name) + 1].isalnum()
        said = text[len(name) :].lstrip(" ,:") if is_named else text
        word = said.rstrip(" .!").casefold()
        if turn.is_private:
            turn.text = said if is_named else turn.text
            return (word if word in self._features.plain else None), False
        if turn.is_edited or not is_named:
            return None, False
        if word in self._features.plain:
            return word, True
        turn.args = said
        return self._features.mentioned, True

    def of_update(self, turn: Turn, command: str | None, *, is_named: bool) -> ChosenHandler | None:
        """The handler that the update alone determines."""
        if turn.query:
            return self._of_tap(turn)
        if turn.is_edited:
            return self._of_edit(turn, command)
        if command is None:
            return None
        if known := self._features.commands.get(command):
            return ChosenHandler(known.handler, known.act)
        unknown = self._features.unknown_command
        return ChosenHandler(unknown, None) if unknown and (turn.is_private or is_named) else None

    def _of_tap(self, turn: Turn) -> ChosenHandler:
        try:
            button, tap = self._features.tap(str(turn.query and turn.query.data))
        except BadButton:
            return ChosenHandler(stale_button, None)
        return ChosenHandler(partial(_call, tap.handler, button), tap.act)

    def _of_edit(self, turn: Turn, command: str | None) -> ChosenHandler | None:
        if command is None:
            turn.args, plain = turn.text, self._features.edited
            return (
                ChosenHandler(plain.after_edit, plain.after_edit_act) if plain.after_edit and turn.is_private else None
            )
        known = self._features.commands.get(command)
        return ChosenHandler(known.after_edit, known.edit_act) if known and known.after_edit else None

    async def instead(self, turn: Turn, command: str | None) -> ChosenHandler | None:
        """The handler that replaces that of a bare command, or that of an edited message."""
        if command == self._features.mentioned and not turn.text.startswith("/"):
            turn.spoken = self._spoken(turn, turn.args)
        if turn.is_edited:
            return await self._of_edited_words(turn) if command is None else None
        instead = None if turn.args else self._features.instead.get(command or "")
        return ChosenHandler(instead.handler, None) if instead and await instead.applies(turn) else None

    async def _of_edited_words(self, turn: Turn) -> ChosenHandler | None:
        turn.spoken = self._spoken(turn, turn.text) if turn.is_private else None
        applying = [one for one in self._features.edits if await one.applies(turn)]
        return ChosenHandler(applying[0].handler, applying[0].act) if applying else None

    async def of_words(self, turn: Turn) -> ChosenHandler | None:
        """The handler of a message that is no command: a listener, or that of an answer to the open question."""
        turn.args = turn.text
        if turn.is_edited:
            return None
        turn.spoken = self._spoken(turn, turn.text) if turn.is_private else None
        asked = await _open_question(turn)
        listener = next((one for one in self._features.listeners if one.hears(turn)), None)
        if asked and (listener is None or listener.comes_after(asked)):
            answer = self._features.answer(asked)
            if answer.handler is not None:
                return ChosenHandler(partial(_call, answer.handler, asked), answer.act)
        return ChosenHandler(listener.handler, listener.act) if listener else None

    def _spoken(self, turn: Turn, text: str) -> Handler | None:
        """The handler of a command in plain words: a phrase such as "my goals", or its name before other words."""
        meaning = turn.lexicon.words.get(phrase(text).rstrip(" ?!."))
        first, _, behind = text.strip().partition(" ")
        named = self._features.commands.get(first.casefold())
        if meaning is not None and meaning in self._features.said:
            return partial(_run, self._features.said[meaning], "")
        return partial(_run, named, behind.strip()) if named and named.spoken and behind else None


def is_for_us(turn: Turn, command: str | None, *, is_named: bool) -> bool:
    """Whether the update is meant for the bot: it names no other bot, and is no channel post."""
    if (command is None and is_named) or turn.sender.is_forwarded or turn.chat.type == Chat.CHANNEL:
        return False
    return not turn.sender.is_channel or (command is not None and not turn.is_private)


async def _open_question(turn: Turn) -> Question | None:
    """The open question that words may answer."""
    return await turn.recall() if turn.text and (turn.is_private or turn.replies_to_us) else None


async def stale_button(turn: Turn) -> None:
    """Answers a tap on an unknown button."""
    await turn.answer(turn.words.t("This button does not work any more."), alert=True)


async def _run(command: Command, args: str, turn: Turn) -> None:
    """Handles plain words as a command with arguments."""
    turn.args = args
    await permit(turn, command.act)
    await command.handler(turn)


async def _call(handler: Callable[[Turn, object], Awaitable[None]], given: object, turn: Turn) -> None:
    """Calls the handler of a button or of an answer."""
    await handler(turn, given)
