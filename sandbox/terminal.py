"""The terminal chat: reads what a person types, and prints the conversation."""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sandbox.objects import Json
from sandbox.passing import Passage
from sandbox.person import Quit, TerminalPerson
from sandbox.render import Renderer
from sandbox.script import Blocks, Misunderstood
from sandbox.server import LocalTelegram
from sandbox.world import Event

HINT = "You are talking to {bot} on a local Telegram. Type a message, or :help. Begin with /start."
# How long the bot may take over one input before a script gives up on it, and before a person gets the prompt back.
SCRIPT_PATIENCE = 60.0
PROMPT_PATIENCE = 3.0


async def run_terminal(
    telegram: LocalTelegram, passage: Passage, files_dir: Path, stdin: TextIO, stdout: TextIO, hint: str = ""
) -> int:
    """Chat until the input ends; returns 1 if the bot failed, else 0. `hint` is shown first."""
    shell = _Shell(telegram, passage, files_dir, stdout)
    listeners = telegram.world.listeners
    listeners.append(shell.heard)
    try:
        if stdin.isatty() and stdout.isatty():
            await shell.converse(hint)
        else:
            await shell.follow(stdin, hint)
    finally:
        listeners.remove(shell.heard)
    return 1 if shell.broken or passage.bot.failed() else 0


class _Shell:
    def __init__(self, telegram: LocalTelegram, passage: Passage, files_dir: Path, stdout: TextIO) -> None:
        self.world = telegram.world
        self.passage = passage
        self.files_dir = files_dir
        self.stdout = stdout
        self.renderer = Renderer()
        self.person = TerminalPerson(
            self.world, passage.clock, self.renderer, self.show, passage.bot.zone_of, self.pass_time
        )
        self.broken = False
        self._patience = SCRIPT_PATIENCE
        self._heard: list[Event] | None = []  # None: print at once
        self._print: Callable[[str], None] = self._write
        if isinstance(stdout, io.TextIOWrapper):
            stdout.reconfigure(errors="replace")  # an emoji must not crash the chat on a plain terminal

    # --- output ---

    def show(self, text: str, *, close: bool = False) -> None:
        """Print a piece of the conversation, separated from the one before unless it is `close` to it."""
        self._print(text if close else "\n" + text)

    def _write(self, text: str) -> None:
        self.stdout.write(text + "\n")
        self.stdout.flush()

    def heard(self, event: Event) -> None:
        """Take note of what the bot did."""
        if self._heard is None:
            self._draw(event)
        else:
            self._heard.append(event)

    def _draw(self, event: Event) -> None:
        draw = self.renderer
        match event.kind:
            case "sent" | "edited" if event.message:
                path = self._saved(event.message)
                self.show(
                    draw.message(self._bot_in(event), event.message, edited=event.kind == "edited", saved_as=path)
                )
            case "answered" if event.text:
                self.show(draw.alert(event.text) if event.alert else draw.note(event.text), close=True)
            case "reacted":
                self.show(draw.reaction(event.text), close=True)
            case "deleted":
                self.show(draw.note(f"{self.world.bot.first_name} deleted a message"))
            case "left":
                self.show(draw.note(f"{self.world.bot.first_name} left the chat"))

    def _bot_in(self, event: Event) -> str:
        name, message = self.world.bot.first_name, event.message or {}
        topic = message["message_thread_id"] if message.get("is_topic_message") else None
        if (event.chat_id, topic) == (self.person.here.id, self.person.topic):
            return name
        return f"{name} → {self.person.name_of(self.world.chats[event.chat_id], topic)}"

    def _saved(self, message: Json) -> str:
        file = message["document"] if "document" in message else message["photo"][-1] if "photo" in message else None
        if file is None:
            return ""
        upload = self.world.files.find(file["file_id"]).upload
        name = Path(upload.name.replace("\\", "/")).name.lstrip(".") or "file"
        self.files_dir.mkdir(parents=True, exist_ok=True)
        path, number = self.files_dir / name, 1
        while path.exists() and path.read_bytes() != upload.content:
            number += 1
            path = self.files_dir / f"{Path(name).stem}-{number}{Path(name).suffix}"
        path.write_bytes(upload.content)
        return str(path)

    # --- what happens ---

    async def step(self, block: str) -> None:
        """Carry out what was typed, and wait until the bot has finished. Raises Quit."""
        try:
            await self.person.perform(block)
        except Misunderstood as error:
            self.show(self.renderer.alert(str(error)))
        except Quit:
            raise
        except Exception as error:
            self._failed(error)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until the bot has handled everything, and print the result."""
        try:
            async with asyncio.timeout(self._patience):
                await self.passage.handled()
        except TimeoutError:
            if self._heard is not None:
                self.broken = True
                self.show(self.renderer.alert(f"{self.world.bot.first_name} has not answered in time"))
        except Exception as error:
            self._failed(error)
        self._print_heard()

    async def pass_time(self, goal: datetime) -> None:
        """Move the clock to an instant, and show what happens on the way."""
        await self.passage.until(goal, self._arrived)

    async def _arrived(self, is_new: bool) -> None:
        if is_new:
            await self.person.show_clock()
        await self.passage.bot.time_changed()
        await self.quiet()

    def _failed(self, error: Exception) -> None:
        self.broken = True
        self.show(self.renderer.alert(f"{type(error).__name__}: {error}"))

    def _print_heard(self) -> None:
        if self._heard:
            events, self._heard = self._heard, []
            for event in events:
                self._draw(event)

    # --- input ---

    async def follow(self, stdin: TextIO, hint: str) -> None:
        """Read lines from a file or pipe. The output is the same however fast the bot is."""
        self._write(HINT.format(bot=self.world.bot.first_name))
        if hint:
            self._write(hint)
        held = Blocks()
        with contextlib.suppress(Quit):
            async for line in _lines(stdin):
                for block in held.feed(line):
                    await self.step(block)
            for block in held.end():
                await self.step(block)

    async def converse(self, hint: str) -> None:
        """Talk with a person at the keyboard; messages appear above the prompt as they come."""
        from sandbox.prompt import KeyboardPrompt

        self.renderer.colour = True
        self._heard = None
        self._patience = PROMPT_PATIENCE
        prompt = KeyboardPrompt(self.world)
        with prompt.screen(), contextlib.suppress(Quit, EOFError, KeyboardInterrupt):
            self._print = prompt.print
            self._print(HINT.format(bot=self.world.bot.first_name))
            if hint:
                self._print(hint)
            while True:
                here = self.person.here
                place = "" if here.is_private else f" in {self.person.place}"
                text = await prompt.ask(f"{self.person.speaker.first_name}{place}: ")
                self.renderer.width = min(shutil.get_terminal_size().columns, 100)
                if text.strip():
                    await self.step(text)  # typed or pasted in one go, it is one message


async def _lines(stdin: TextIO) -> AsyncIterator[str]:
    """The lines of a stream. They are read in a separate thread, which does not delay an early end of the chat."""
    if isinstance(stdin, io.TextIOWrapper):
        stdin.reconfigure(errors="replace")
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        with contextlib.suppress(RuntimeError, ValueError):  # the loop or the stream is closed
            for line in stdin:
                loop.call_soon_threadsafe(queue.put_nowait, line)
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
