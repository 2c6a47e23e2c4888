"""Messages that many people change at once are edited by one hand: the latest state, at most so often, and never less.

Whoever changed what a message shows touches it. An edit that begins after the touch shows the change; so what gathers
while one edit is on its way, or has to wait for its turn, is shown by the next one. Updates that touched a message are
done with only when such an edit is out: till then they are told again after a crash.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.calls import seconds_to_wait
from bot.keyboard import Keyboard

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Face:
    """What a message is to show, and which it is."""

    chat_id: int
    message_id: int
    text: str
    keyboard: Keyboard


Render = Callable[[int], Awaitable[Face | None]]
"""What a message shows as things stand, with the stamp of the latest touch; None if it is not there any more. Raises
`NotYet` while it has no number."""
Rewrite = Callable[[Face], Awaitable[bool]]
"""Edits a message; False if it can be edited no more. Raises what Telegram may take later."""


async def _nowhere(_: Face) -> bool:
    return False


FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds until an edit that Telegram did not take is tried again: twice as long each time."""
MOST_TRIES = 20
"""Some minutes of it: then the message is left as it is, and its updates are no longer held."""


class NotYet(Exception):
    """The message is on its way to Telegram, and has no number there yet."""


@dataclass(slots=True)
class _Line:
    """What waits for one message."""

    render: Render
    stamp: int
    waiting: list[asyncio.Future[bool]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


class Editor:
    """Edits each message at most once in `pause` seconds. `failed` is set by an unexpected error."""

    def __init__(self, rewrite: Rewrite = _nowhere, pause: float = 0.0) -> None:
        self._rewrite = rewrite
        self._pause = pause
        self._lines: dict[Hashable, _Line] = {}
        self._of_update: dict[int, list[asyncio.Future[bool]]] = {}
        self._aside: set[asyncio.Task[None]] = set()
        self._open = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.failed = False

    def touch(self, key: Hashable, render: Render, update_id: int = 0) -> asyncio.Future[bool]:
        """Has a message edited soon. The result is there when an edit is out that began after this: True, or False if
        the message can be edited no more. The update's number is the stamp of that edit, unless a later one comes."""
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line(render, update_id)
        line.render, line.stamp = render, max(line.stamp, update_id)
        shown: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._hold(shown)
        line.waiting.append(shown)
        if update_id:
            self._of_update.setdefault(update_id, []).append(shown)
        if line.task is None:
            line.task = asyncio.create_task(self._work(key, line))
        return shown

    def when_shown(self, update_id: int, done: Callable[[], None]) -> None:
        """Calls `done` once all that an update touched is shown; at once, if that was nothing. Never, if this ends
        before: then the update is told again."""
        left = [shown for shown in self._of_update.pop(update_id, ()) if not shown.done()]
        if not left:
            done()
            return
        gathered = asyncio.gather(*left, return_exceptions=True)

        def all_out(_: asyncio.Future[list[bool | BaseException]]) -> None:
            if not any(shown.cancelled() for shown in left):
                done()

        gathered.add_done_callback(all_out)
        self._hold(gathered)

    def aside(self, words: Coroutine[Any, Any, None]) -> None:
        """Has something said beside, such as the answer to a tap, while the chat goes on."""
        task = asyncio.create_task(words)
        self._hold(task)
        self._aside.add(task)
        task.add_done_callback(self._said)

    def _said(self, task: asyncio.Task[None]) -> None:
        self._aside.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._report(error)

    async def idle(self) -> None:
        """Waits until every message shows all there is, and everybody knows."""
        await self._idle.wait()

    async def cancel(self) -> None:
        """Breaks off; what was not shown is not."""
        tasks = [*self._aside, *(line.task for line in self._lines.values() if line.task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _hold(self, future: asyncio.Future[Any]) -> None:
        self._open += 1
        self._idle.clear()
        future.add_done_callback(self._let_go)

    def _let_go(self, _: asyncio.Future[Any]) -> None:
        self._open -= 1
        if not self._open:
            self._idle.set()

    async def _work(self, key: Hashable, line: _Line) -> None:
        try:
            while line.waiting:
                now, line.waiting = line.waiting, []
                try:
                    result = await self._until_out(line, now)
                except BaseException:
                    for shown in (*now, *line.waiting):
                        shown.cancel()
                    raise
                for shown in now:
                    if not shown.done():
                        shown.set_result(result)
                if self._pause:
                    await asyncio.sleep(self._pause)
        finally:
            for shown in line.waiting:
                shown.cancel()
            del self._lines[key]

    async def _until_out(self, line: _Line, now: list[asyncio.Future[bool]]) -> bool:
        """Edits until Telegram has it. Who touches meanwhile is shown by a later try as well."""
        pause = FIRST_PAUSE
        for _ in range(MOST_TRIES):
            now += line.waiting
            line.waiting = []
            try:
                face = await line.render(line.stamp)
                return face is not None and await self._rewrite(face)
            except RetryAfter as error:
                pause = max(pause, seconds_to_wait(error))
            except (NetworkError, NotYet) as error:
                if isinstance(error, BadRequest):
                    self._report(error)
                    return False
                logger.warning("a message is not up to date yet: %s", type(error).__name__)
            except Exception as error:
                self._report(error)
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        logger.error("a message was left as it was after %s tries", MOST_TRIES)
        return False

    def _report(self, error: Exception) -> None:
        # Without its words, which may quote what a person wrote.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("a message could not be brought up to date: %s\n%s", type(error).__name__, where)
        self.failed = True
