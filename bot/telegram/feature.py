"""The parts of a feature. The dispatcher, the menu and /help are built from all features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from telegram import Update

from bot.telegram import callback, question
from bot.telegram.acts import Choice
from bot.telegram.callback import Callback
from bot.telegram.keyboard import Keyboard
from bot.telegram.letter import Writer
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.question import Question
from bot.telegram.services import Services
from bot.telegram.turn import Handler, Turn
from core.asking.reminders import MessageKind
from core.errors import GoaltreeError
from core.records import record
from language.i18n import mark
from language.meanings import Meaning

B = TypeVar("B", bound=Callback)
Q = TypeVar("Q", bound=Question)


class Audience(Enum):
    """The readers of a menu or help line. A group admin's menu has the lines of the group, then those for admins."""

    PRIVATE = "private"
    GROUP = "group"
    ADMINS = "admins"


class Section(Enum):
    """A part of /help, with its heading."""

    TAKE_PART = mark("<b>Take part</b>")
    TICK_OFF = mark("<b>Tick off</b>")
    LOOK = mark("<b>Look</b>")
    PLAN = mark("<b>Plan</b>")
    SET_UP = mark("<b>Set up</b>")
    TOGETHER = mark("<b>Together</b>")
    FOR_ADMINS = mark("<b>For admins</b>")


PRIVATE, GROUP, ADMINS = Audience
TAKE_PART, TICK_OFF, LOOK, PLAN, SET_UP, TOGETHER, FOR_ADMINS = Section


@record
class MenuLine:
    """A command's line in Telegram's list behind "/", and its place in the menu of each audience."""

    command: str
    text: str
    places: Mapping[Audience, int]


@record
class HelpLine:
    """A line of /help, and its place in its section for each audience."""

    section: Section
    text: str
    places: Mapping[Audience, int]


@record
class Command:
    """A command, without its slash. `after_edit` handles an edited message (None: the edit is ignored), which needs
    `edit_act`. Three flags let a private chat do without the slash: `plain` for the name alone, `spoken` for the name
    before other words, `said` for phrases with that meaning. `mentioned`: in a group the command handles what is said
    to the bot by its name."""

    name: str
    handler: Handler
    act: Choice
    after_edit: Handler | None = None
    edit_act: Choice = None
    plain: bool = False
    spoken: bool = False
    said: Meaning | None = None
    mentioned: bool = False


@record
class OnTap(Generic[B]):
    """A kind of button and the handler of a tap on it."""

    kind: type[B]
    handler: Callable[[Turn, B], Awaitable[None]]
    act: Choice


@record
class OnAnswer(Generic[Q]):
    """A kind of question and the handler of an answer in words; without a handler only a button answers it, and words
    are read as if nothing had been asked."""

    kind: type[Q]
    handler: Callable[[Turn, Q], Awaitable[None]] | None
    act: Choice


@record
class Listener:
    """Handles messages that are neither a command nor an answer. The lowest `place` comes first; a listener with a
    negative `place` comes even before answers to open questions, except those to which it `gives_way`."""

    place: int
    hears: Callable[[Turn], bool]
    handler: Handler
    act: Choice = None
    gives_way: Callable[[Question], bool] = lambda _: False

    def comes_after(self, asked: Question) -> bool:
        """Whether the answer to an open question comes before this listener."""
        return self.place >= 0 or self.gives_way(asked)


@record
class OnBareCommand:
    """Replaces a command's handler for the bare command, while it `applies`."""

    command: str
    applies: Callable[[Turn], Awaitable[bool]]
    handler: Handler


@record
class OnEdit:
    """Handles an edited message that is no command, if it `applies`."""

    applies: Callable[[Turn], Awaitable[bool]]
    handler: Handler
    act: Choice


@record
class Feature:
    """Everything that one module adds to the bot. `letters` words scheduled messages. `edits` handle edited messages
    that are no commands, `after_edit` the remaining ones in a private chat. `unknown_command` handles a command that no
    feature has, `turned_away` a /start of a person whom this bot does not serve, `chat_news` updates about the chat
    itself. `way_out` gives a refused person buttons that help."""

    commands: Sequence[Command] = ()
    menu: Sequence[MenuLine] = ()
    taps: Sequence[OnTap[Any]] = ()
    answers: Sequence[OnAnswer[Any]] = ()
    listeners: Sequence[Listener] = ()
    instead: Sequence[OnBareCommand] = ()
    edits: Sequence[OnEdit] = ()
    help: Sequence[HelpLine] = ()
    letters: Mapping[MessageKind, Writer] = field(default_factory=dict)
    after_edit: Handler | None = None
    after_edit_act: Choice = None
    unknown_command: Handler | None = None
    turned_away: Handler | None = None
    chat_news: Callable[[Services, LimitedBot, Update], Awaitable[None]] | None = None
    way_out: Callable[[Turn, GoaltreeError], Keyboard] | None = None
    after_command: Handler | None = None
    """Runs after a command's answer, for example to say that a draft is still open."""


K = TypeVar("K")
V = TypeVar("V")
L = TypeVar("L", MenuLine, HelpLine)


class Features:
    """Finds features by what an update contains. Raises ValueError if two of them claim the same."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = list(features)
        self.commands = self._table(lambda one: [(command.name, command) for command in one.commands])
        self.listeners = sorted(self._each(lambda one: one.listeners), key=lambda item: item.place)
        self.letters = self._table(lambda one: one.letters.items())
        self.instead = self._table(lambda one: [(item.command, item) for item in one.instead])

        self.edits = list(self._each(lambda one: one.edits))
        self.edited = self._first(lambda one: one if one.after_edit else None) or Feature()
        self.unknown_command = self._first(lambda one: one.unknown_command)
        self.turned_away = self._first(lambda one: one.turned_away)
        self.chat_news = self._first(lambda one: one.chat_news)
        self._way_out = self._first(lambda one: one.way_out)
        self.after_command = self._first(lambda one: one.after_command)
        self._taps = self._table(lambda one: [(tap.kind, tap) for tap in one.taps])
        self._answers = self._table(lambda one: [(answer.kind, answer) for answer in one.answers])
        self._buttons = _grouped(sorted(self._taps, key=lambda kind: -kind.prefix.count(":")), _first_word)
        self._questions = _grouped(self._answers, lambda kind: kind.name.partition(".")[0])
        _unique(((kind.prefix, len(fields(kind))), kind) for kind in self._taps)

    @cached_property
    def plain(self) -> frozenset[str]:
        """The commands whose bare name works without a slash."""
        return frozenset(name for name, command in self.commands.items() if command.plain)

    @cached_property
    def said(self) -> Mapping[Meaning, Command]:
        """The commands by the meaning of phrases."""
        return {command.said: command for command in self.commands.values() if command.said}

    @cached_property
    def mentioned(self) -> str | None:
        """The command that handles what is said to the bot by its name."""
        return next((name for name, command in self.commands.items() if command.mentioned), None)

    def _each(self, pick: Callable[[Feature], Iterable[V]]) -> Iterator[V]:
        """All features' items of one kind."""
        return (item for one in self.all for item in pick(one))

    def _table(self, pick: Callable[[Feature], Iterable[tuple[K, V]]]) -> dict[K, V]:
        return _unique(self._each(pick))

    def _first(self, pick: Callable[[Feature], V | None]) -> V | None:
        """The first feature's item that is not None."""
        return next((item for one in self.all if (item := pick(one)) is not None), None)

    def tap(self, data: str) -> tuple[Callback, OnTap[Any]]:
        """The button of callback data, and its handler. Raises `BadButton`."""
        button = callback.unpack(data, self._buttons.get(data.partition(":")[0], ()))
        return button, self._taps[type(button)]

    def question(self, kept: Mapping[str, Any]) -> Question | None:
        """The stored question; None if no feature knows it."""
        return question.unpack(kept, self._questions.get(question.name_in(kept), ()))

    def way_out(self, turn: Turn, error: GoaltreeError) -> Keyboard:
        """The buttons that help someone who was refused."""
        return self._way_out(turn, error) if self._way_out else ()

    def answer(self, asked: Question) -> OnAnswer[Any]:
        """The handler of words that answer a question."""
        return self._answers[type(asked)]

    def menu(self, *audiences: Audience) -> dict[str, str]:
        """The commands listed for these audiences, in this order, each with its text."""
        lines = list(self._each(lambda one: one.menu))
        return {line.command: line.text for audience in audiences for line in _listed(lines, audience)}

    def help(self, audience: Audience) -> dict[Section, list[str]]:
        """The lines of /help by section."""
        by_section: dict[Section, list[str]] = {section: [] for section in Section}
        for line in _listed(self._each(lambda one: one.help), audience):
            by_section[line.section].append(line.text)
        return {section: texts for section, texts in by_section.items() if texts}


def _listed(lines: Iterable[L], audience: Audience) -> list[L]:
    """The lines for an audience, in order."""
    return sorted((line for line in lines if audience in line.places), key=lambda line: line.places[audience])


def _unique(pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    by_key: dict[K, V] = {}
    for key, value in pairs:
        if key in by_key:
            raise ValueError(f"{key!r} has two handlers")
        by_key[key] = value
    return by_key


def _grouped(keys: Iterable[K], group: Callable[[K], str]) -> Mapping[str, Sequence[K]]:
    grouped: dict[str, list[K]] = defaultdict(list)
    for key in keys:
        grouped[group(key)].append(key)
    return grouped


def _first_word(kind: type[Callback]) -> str:
    return kind.prefix.partition(":")[0]
