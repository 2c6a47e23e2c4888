"""Edits prompts, rounds and boards whose contents have changed.

Each message to be edited is a row, written in the transaction of the change itself (`core.ports.living`), so it is
found after a crash and when another process made the change. A message gets the latest state, and is edited only once
in a while however many changes there are. If nothing visible has changed since the last edit, and nobody has tapped
meanwhile, it is left alone: its buttons are unused, so they may keep the stamp of the earlier change.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.telegram.calls import seconds_to_wait
from bot.telegram.keyboard import Button, Keyboard
from bot.telegram.shown import Shown
from core.asking.reminders import Message
from core.ports.store import StoreUnavailable
from core.records import record

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks for changes by other processes."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds until a failed edit is retried; doubled each time."""
MOST_TRIES = 20
"""Some minutes of retries. Then the message is left until something changes again, or another process starts."""
REMEMBERED = 10_000
"""How many messages' current looks are remembered."""


@record
class Face:
    """The new contents of a message. `changes` is the number of the change that they reflect."""

    chat_id: int
    message_id: int
    text: str
    keyboard: Keyboard
    changes: int = 0

    @property
    def look(self) -> int:
        """A hash of the visible contents and the buttons' effects."""
        buttons = tuple(
            tuple((button.label, button.data.unstamped()) if isinstance(button, Button) else button for button in row)
            for row in self.keyboard
        )
        return hash((self.text, buttons))


class LiveMessages:
    """Edits messages, those of one chat in sequence with `pause` seconds in between.

    `render` reads the current contents of a message (None if it is gone). `rewrite` edits one (False if it can no
    longer be edited), and raises errors that may pass. `is_busy` tells whether a handler works in a private chat. That
    handler edits the tapped message itself, with a reply above, which an edit from here would remove. An unexpected
    error sets `failed`.
    """

    def __init__(
        self,
        shown: Shown,
        render: Callable[[Message], Awaitable[Face | None]],
        rewrite: Callable[[Face], Awaitable[bool]],
        pause: float = 0.0,
        is_busy: Callable[[int], bool] = lambda chat_id: False,
    ) -> None:
        self._shown = shown
        self._render = render
        self._rewrite = rewrite
        self._pause = pause
        self._is_busy = is_busy
        self._given_up: dict[int, int] = {}
        self._looks: OrderedDict[tuple[int, int], tuple[int, int]] = OrderedDict()
        """By chat and message: the change last shown, and the hash of the look since then."""
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self.failed = False

    def start(self) -> None:
        """Starts looking for messages to edit in all chats: for a process that is alone."""
        self._looking = asyncio.create_task(self._look_for_ever())

    def wake(self) -> None:
        """Looks at once: an update was handled that may have changed something."""
        self._wake.set()

    def wanted(self, changed: Iterable[Message]) -> set[int]:
        """The chats of the messages that this process should edit."""
        return {message.chat_id for message in changed if self._is_wanted(message)}

    def is_editing(self, chat_id: int) -> bool:
        """Whether messages of a chat are being edited."""
        return chat_id in self._tasks

    def edit(self, chat_id: int) -> asyncio.Task[None]:
        """Edits the outdated messages of a chat; the task ends when they are current."""
        task = self._tasks.get(chat_id)
        if task is None:
            task = self._tasks[chat_id] = asyncio.create_task(self._edit_all(chat_id))
            task.add_done_callback(lambda _: self._tasks.pop(chat_id, None))
        return task

    def tapped(self, chat_id: int, message_id: int) -> None:
        """Notes that a button of a message was tapped: it needs fresh buttons even if it looks the same afterwards."""
        self._looks.pop((chat_id, message_id), None)

    async def idle(self) -> None:
        """Waits until every message shows the latest state, where it can be edited."""
        while (self._looking and await self._look()) or self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def close(self) -> None:
        """Cancels all edits. Those still to be made are rows, which the next run finds."""
        tasks = [*self._tasks.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _is_wanted(self, message: Message) -> bool:
        done = max(self._shown.of(message.id), self._given_up.get(message.id, 0))
        return message.changes > done and not self._is_busy(message.chat_id)

    async def _look_for_ever(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._look()
            except StoreUnavailable:
                await asyncio.sleep(LOOK_EVERY)  # the store says so in the log
            except Exception as error:
                logger.warning("could not look for messages to edit: %s", type(error).__name__)
                await asyncio.sleep(LOOK_EVERY)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._wake.wait()

    async def _look(self) -> set[int]:
        """Starts editing the outdated messages; returns their chats."""
        chats = self.wanted(await self._shown.behind())
        for chat_id in chats:
            self.edit(chat_id)
        return chats

    async def _edit_all(self, chat_id: int) -> None:
        try:
            while wanted := [one for one in await self._shown.behind([chat_id]) if self._is_wanted(one)]:
                for message in wanted:
                    await self._until_shown(message)
                    await asyncio.sleep(self._pause)
        except StoreUnavailable:
            return  # the next look finds them
        except Exception as error:
            logger.warning("could not look for messages to edit: %s", type(error).__name__)

    async def _until_shown(self, message: Message) -> None:
        pause = FIRST_PAUSE
        for _ in range(MOST_TRIES):
            try:
                await self._show(message)
                return
            except RetryAfter as error:
                pause = max(pause, seconds_to_wait(error))
            except NetworkError as error:
                if isinstance(error, BadRequest):
                    self._give_up(message, error)
                    return
                logger.warning("could not edit a message yet: %s", type(error).__name__)
            except StoreUnavailable:
                pass  # the store says so in the log
            except Exception as error:
                self._give_up(message, error)
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        logger.error("left a message as it was after %s tries", MOST_TRIES)
        self._given_up[message.id] = message.changes

    async def _show(self, message: Message) -> None:
        face = await self._render(message)
        if not self._is_wanted(message):
            return  # a handler was quicker, or is about to edit it
        if face is not None:
            await self._put(face, max(message.shown, self._shown.of(message.id)))
        self._shown.note(message.id, message.changes if face is None else face.changes)
        self._given_up.pop(message.id, None)

    async def _put(self, face: Face, shown: int) -> None:
        """Edits a message unless it already looks like that; `shown` is the change that it shows."""
        place, look = (face.chat_id, face.message_id), face.look
        is_so = self._looks.pop(place, None) == (shown, look)
        self._looks[place] = face.changes, look  # before the edit, so that an immediate tap clears it again
        if len(self._looks) > REMEMBERED:
            self._looks.popitem(last=False)
        try:
            is_so = is_so or await self._rewrite(face)
        finally:
            if not is_so:
                self._looks.pop(place, None)

    def _give_up(self, message: Message, error: Exception) -> None:
        # Without the error's message, which may quote a person's words.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("could not edit a message: %s\n%s", type(error).__name__, where)
        self._given_up[message.id] = message.changes
        self.failed = True
