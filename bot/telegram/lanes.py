"""Updates of one chat one after another, of different chats at the same time.

A chat stays in order, but for the surplus of a flood in a group: of what several people sent within the same minute,
what one of them sent beyond a few comes behind what the others sent. Each person's own stays in order always.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.telegram.updates import Sent

T = TypeVar("T")

LANES = 256
"""Chats handled at once. With 16, one chat's flood delayed another's answer by seconds; waiting chats cost nothing."""
BACKLOG = 4096
"""Updates held in memory at most, before no more are taken in."""
AT_ONCE = 3
"""The number of updates from one person to a group before others come first."""
AT_THE_SAME_TIME = 60
"""Seconds within which what several people send is taken for sent at the same time."""


@dataclass(slots=True)
class _Lane(Generic[T]):
    """The updates that wait in one chat, the one in hand first; and how many of each person's were handled since it was
    empty."""

    waiting: deque[tuple[T, Sent | None]] = field(default_factory=deque)
    turns: Counter[int] = field(default_factory=Counter)

    def first(self) -> T:
        """The one whose turn it is, which is put first."""
        number = self._next()
        item, sent = self.waiting[number]
        if number:
            del self.waiting[number]
            self.waiting.appendleft((item, sent))
        return item

    def done(self) -> None:
        """The first one is handled."""
        _, sent = self.waiting.popleft()
        if sent:
            self.turns[sent.by] += 1

    def _next(self) -> int:
        _, first = self.waiting[0]
        if first is None or self.turns[first.by] < AT_ONCE:
            return 0
        chosen, fewest = 0, self.turns[first.by]
        for number, (_, sent) in enumerate(self.waiting):
            if sent is None or (first.at and sent.at and sent.at > first.at + AT_THE_SAME_TIME):
                break
            if self.turns[sent.by] < fewest:
                chosen, fewest = number, self.turns[sent.by]
        return chosen


class Lanes(Generic[T]):
    """A queue for each chat that has something waiting; a task for each of at most `width` of them.

    `handle` gives None when it is done with an item, or the seconds after which the item is to be handled again: until
    then its chat rests. It raises nothing but its cancellation. A chat that has had its turn goes to the end of the
    line, so that nobody's flood holds up the others. `sent` says who sent an item; without it, or where it gives None,
    nothing overtakes the item.
    """

    def __init__(
        self,
        handle: Callable[[T], Awaitable[float | None]],
        sent: Callable[[T], Sent | None] = lambda item: None,
        width: int = LANES,
        backlog: int = BACKLOG,
    ) -> None:
        self._handle = handle
        self._sent = sent
        self._width = width
        self._backlog = backlog
        self._waiting: dict[int, _Lane[T]] = {}
        self._line: deque[int] = deque()
        self._resting: dict[int, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._held = 0
        self._changed = asyncio.Event()

    @property
    def held(self) -> int:
        """How many are waiting or being handled."""
        return self._held

    @property
    def has_room(self) -> bool:
        """Whether there is room for more."""
        return self._held < self._backlog

    def is_busy(self, chat_id: int) -> bool:
        """Whether something of a chat is waiting or being handled."""
        return chat_id in self._waiting

    def submit(self, chat_id: int, item: T) -> None:
        """Puts an item at the end of its chat's queue."""
        self._held += 1
        is_new = chat_id not in self._waiting
        self._waiting.setdefault(chat_id, _Lane()).waiting.append((item, self._sent(item)))
        if is_new:
            self._line_up(chat_id)

    def _line_up(self, chat_id: int) -> None:
        self._line.append(chat_id)
        if len(self._tasks) < self._width:
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Waits until there is room for more."""
        await self._until(lambda: self.has_room)

    async def idle(self) -> None:
        """Waits until everything is handled."""
        await self._until(lambda: self._held == 0)

    def drop(self) -> list[T]:
        """Takes back, and gives, what nobody has begun to handle."""
        dropped: list[T] = []
        for chat_id in (*self._line, *self._resting):
            dropped += (item for item, _ in self._waiting.pop(chat_id).waiting)
        self._line.clear()
        self._end_rests()
        for lane in self._waiting.values():
            while len(lane.waiting) > 1:  # the first one is being handled
                dropped.append(lane.waiting.pop()[0])
        self._held -= len(dropped)
        self._changed.set()
        return dropped

    async def cancel(self) -> None:
        """Drops what waits and breaks off what is being handled."""
        self._line.clear()
        self._end_rests()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end_rests(self) -> None:
        for timer in self._resting.values():
            timer.cancel()
        self._resting.clear()

    def _rested(self, chat_id: int) -> None:
        del self._resting[chat_id]
        self._line_up(chat_id)

    async def _until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self._changed.clear()
            await self._changed.wait()

    async def _work(self) -> None:
        while self._line:
            chat_id = self._line.popleft()
            lane = self._waiting[chat_id]
            rest: float | None = None
            try:
                rest = await self._handle(lane.first())
            finally:
                if rest is None:
                    self._done(chat_id, lane)
            if rest is not None:
                self._resting[chat_id] = asyncio.get_running_loop().call_later(rest, self._rested, chat_id)

    def _done(self, chat_id: int, lane: _Lane[T]) -> None:
        lane.done()
        if lane.waiting:
            self._line.append(chat_id)
        else:
            self._waiting.pop(chat_id, None)
        self._held -= 1
        self._changed.set()
