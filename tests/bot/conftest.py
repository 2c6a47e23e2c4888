"""Whole conversations: the real bot on a real SQLite store talks to a local Telegram."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.application import GoaltreeBot
from bot.options import BotOptions
from bot.pictures.model import Picture
from bot.pictures.painter import Painter
from core.ports.store import Store
from sandbox.clock import SandboxClock
from sandbox.objects import Chat, Json, Person, Upload, author_id
from sandbox.server import LocalTelegram
from sandbox.world import Event, World
from scheduler.postman import Postman
from storage import open_store
from tests.bot.in_process import NOWHERE, InProcess, new_bot

MONDAY_EVENING = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
PATIENCE = 120.0
SMALL_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Said:
    """A message of the bot as a person sees it. `edited`: it was changed, not newly sent."""

    text: str
    buttons: list[str]
    edited: bool
    raw: Json

    @property
    def is_picture(self) -> bool:
        """Whether it is a photo with a caption."""
        return "photo" in self.raw

    @property
    def document(self) -> Json | None:
        """The file in the message."""
        return self.raw.get("document")


class Talk:
    """One person in one chat. Every action waits until the bot has finished, and returns the messages that it sent
    meanwhile."""

    def __init__(self, stage: Stage, person: Person, chat: Chat) -> None:
        self.stage = stage
        self.person = person
        self.chat = chat
        self.toasts: list[str] = []
        self.reactions: list[str] = []
        self.last: list[Said] = []

    @property
    def chat_id(self) -> int:
        return self.chat.id

    async def say(self, text: str, *, reply_to: int | None = None) -> list[Said]:
        """Write a message."""
        return await self._after(lambda: self.stage.world.say(self.person, self.chat, text, reply_to=reply_to))

    async def tell(self, text: str) -> str:
        """Write a message and return the text of the only answer."""
        answers = await self.say(text)
        assert len(answers) == 1, answers
        return answers[0].text

    async def send(self, name: str, content: bytes, caption: str = "") -> list[Said]:
        """Send a file."""
        upload = Upload(name, content, "application/json")
        return await self._after(lambda: self.stage.world.send_file(self.person, self.chat, upload, caption))

    async def tap(self, label: str) -> list[Said]:
        """Press the newest button whose label contains these words."""
        for message in reversed(list(self.chat.messages.values())):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"]:
                        return await self.press(button["callback_data"], message["message_id"])
        raise LookupError(f"no button {label!r} in {[said.buttons for said in self.last]}")

    async def press(self, data: str, message_id: int | None = None) -> list[Said]:
        """Tap with any callback data, forged or not, on a message (by default the bot's newest)."""
        newest = message_id or max(m["message_id"] for m in self.chat.messages.values())
        return await self._after(lambda: self.stage.world.tap(self.person, self.chat, newest, data))

    async def edit(self, text: str, message_id: int | None = None) -> list[Said]:
        """Edit one's message, by default the newest."""
        mine = [m["message_id"] for m in self.chat.messages.values() if author_id(m) == self.person.id]
        return await self._after(lambda: self.stage.world.edit(self.person, self.chat, message_id or mine[-1], text))

    async def again(self) -> list[Said]:
        """Telegram repeats the last update."""
        return await self._after(self.stage.world.again)

    def content(self, said: Said) -> bytes:
        """The content of a file that the bot sent."""
        assert said.document is not None
        return self.stage.world.files.find(said.document["file_id"]).upload.content

    async def until(self, instant: datetime) -> list[Said]:
        """The messages that come in this chat until an instant."""
        return await self._heard_while(lambda: self.stage.until(instant))

    async def _after(self, action: Any) -> list[Said]:
        async def act() -> None:
            action()
            await self.stage.quiet()

        return await self._heard_while(act)

    async def _heard_while(self, act: Callable[[], Awaitable[None]]) -> list[Said]:
        await self.stage.quiet()  # Earlier messages, such as the welcome of a new group, are no answer to this one.
        heard: list[Said] = []
        self.toasts = []
        self.reactions = []

        def hear(event: Event) -> None:
            if event.chat_id != self.chat.id:
                return
            if event.kind in ("sent", "edited") and event.message:
                heard.append(_said(event.message, edited=event.kind == "edited"))
            elif event.kind == "answered" and event.text:
                self.toasts.append(event.text)
            elif event.kind == "reacted":
                self.reactions.append(event.text)

        self.stage.world.listeners.append(hear)
        try:
            await act()
        finally:
            self.stage.world.listeners.remove(hear)
        self.last = heard
        return heard


def text_of(message: Json) -> str:
    """The text of a message, or the caption of its file."""
    text: str = message.get("text") or message.get("caption", "")
    return text


def _said(message: Json, *, edited: bool) -> Said:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Said(text_of(message), [button["text"] for row in rows for button in row], edited, message)


class QuickPainter(Painter):
    """Draws nothing and starts no process: every picture is the same small PNG, or None if it `fails`. `asked` lists
    the requests."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False
        self.asked: list[Picture] = []

    async def paint(self, picture: Picture) -> bytes | None:
        self.asked.append(picture)
        return None if self.fails else SMALL_PNG

    async def paint_in_time(self, picture: Picture) -> bytes | None:
        return await self.paint(picture)


class Stage:
    """The local Telegram with the bot, which calls over HTTP if the local Telegram listens. `bot_options` apply to
    every bot that is started."""

    def __init__(self, clock: SandboxClock, world: World, telegram: LocalTelegram, url: str) -> None:
        self.clock = clock
        self.world = world
        self.telegram = telegram
        self.painter = QuickPainter()
        self.bot_options: dict[str, Any] = {"painter": self.painter}
        self.expects_failure = False
        self._url = url
        self._open = AsyncExitStack()
        self.store: Store
        self.postman: Postman
        self.bot: GoaltreeBot

    async def start(self) -> None:
        """Open the store and start the bot."""
        await self.open_store()
        await self.start_bot()

    async def open_store(self) -> None:
        """Open the store without starting the bot."""
        self.store = await self._open.enter_async_context(open_store(self._url))

    async def start_bot(self) -> None:
        """Start a bot on the open store."""
        options = BotOptions(base_url=self.telegram.base_url or NOWHERE, **self.bot_options)
        request = None if self.telegram.base_url else InProcess(self.telegram)
        self.bot = new_bot(self.store, self.clock, self.telegram, options, request)
        self._open.push_async_callback(self.bot.stop)
        await self.bot.start()
        await self.bot.services.asides.idle()  # the menus, so that a fault set by a test does not hit them
        self.postman = Postman(self.store, self.bot.messenger, self.clock, chance=lambda: 0.0)

    async def stop(self) -> None:
        """Stop the bot and close the store."""
        await self._open.aclose()

    async def restart(self, **options: Any) -> None:
        """Start a new process on the same data."""
        await self.stop()
        self.bot_options |= options
        await self.start()

    async def quiet(self) -> None:
        """Wait until the bot has handled everything."""
        async with asyncio.timeout(PATIENCE):
            await self.telegram.taken()
            await self.bot.settle()

    async def until(self, instant: datetime) -> None:
        """Let time pass, stopping wherever something is due; afterwards all resulting messages are sent."""
        while (due := await self.postman.next_due()) and due <= instant:
            self.clock.set(max(due, self.clock()))
            await self.postman.settle()
        self.clock.set(instant)
        await self.postman.settle()
        await self.bot.settle()

    def talk(self, name: str = "Anna", *, language: str = "en") -> Talk:
        """A person's private chat with the bot."""
        person = self.world.person(name, language_code=language)
        return Talk(self, person, self.world.private(person))

    def group(self, title: str = "Friends", name: str = "Anna") -> Talk:
        """A person in a group."""
        person = self.world.person(name)
        chat = self.world.group(title, person)
        self.world.join(person, chat)
        return Talk(self, person, chat)


@pytest.fixture
async def stage(sqlite_url: str, over_http: bool) -> AsyncIterator[Stage]:
    """A running bot, on Monday 2026-11-23 at 21:00 UTC; the clock stands still until it is set."""
    async with staged(sqlite_url, over_http=over_http) as stage:
        yield stage


@asynccontextmanager
async def staged(url: str, *, over_http: bool) -> AsyncIterator[Stage]:
    """A running bot on the database at a URL."""
    from tests.sandbox.bot_api import assert_valid_request  # takes seconds to import, and many tests need no check

    clock = SandboxClock(MONDAY_EVENING, seconds=lambda: 0.0)
    world = World(clock)
    telegram = LocalTelegram(world, clock, record=True)
    if over_http:
        await telegram.start()
    else:
        telegram.open()
    stage = Stage(clock, world, telegram, url)
    try:
        await stage.start()
        yield stage
        assert stage.bot.failed == stage.expects_failure
        for method, params in telegram.requests:
            assert_valid_request(method, params)
    finally:
        await stage.stop()
        await telegram.stop()


@pytest.fixture
def chat(stage: Stage) -> Talk:
    """Anna's private chat with the bot."""
    return stage.talk("Anna")
