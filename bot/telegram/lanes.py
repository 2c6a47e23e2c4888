"""Handles updates of one chat in sequence, and of different chats concurrently.

A chat stays in order, except for the surplus of a flood in a group: among the updates of several people within one
minute, one person's beyond the first few come after those of the others. Each person's own always stay in order.
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
"""Updates held in memory at most; above that no more are taken in."""
AT_ONCE = 3
"""Updates of one person in a group before others come first."""
AT_THE_SAME_TIME = 60
"""Seconds within which updates of several people count as sent at the same time."""


@dataclass(slots=True)
class _Lane(Generic[T]):
    """The updates that wait in one chat, the one in hand first, and how many of each person's were handled since it was
    last empty."""

    waiting: deque[tuple[T, Sent | None]] = field(default_factory=deque)
    turns: Counter[int] = field(default_factory=Counter)

    def first(self) -> T:
        """Moves the update whose turn it is to the front and returns it."""
        number = self._next()
        item, sent = self.waiting[number]
        if number:
            del self.waiting[number]
            self.waiting.appendleft((item, sent))
        return item

    def done(self) -> None:
        """Removes the first update, which is handled."""
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
    """A queue for each chat with waiting items, and at most `width` tasks that serve them.

    `handle` returns None when it is done with an item, or the seconds after which it should be called again: until then
    that chat rests. It raises only on cancellation. A chat that has had its turn goes to the end of the line, so that
    nobody's flood holds up the others. `sent` gives an item's sender; without one nothing overtakes the item.
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
        """How many items are waiting or in hand."""
        return self._held

    @property
    def has_room(self) -> bool:
        """Whether more items may be submitted."""
        return self._held < self._backlog

    def is_busy(self, chat_id: int) -> bool:
        """Whether items of a chat are waiting or in hand."""
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
        """Waits until more items may be submitted."""
        await self._until(lambda: self.has_room)

    async def idle(self) -> None:
        """Waits until all items are handled."""
        await self._until(lambda: self._held == 0)

    def drop(self) -> list[T]:
        """Removes and returns the items that have not been begun."""
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
        """Drops the waiting items and cancels those in hand."""
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
