"""Holds back calls to Telegram until its limits allow them: answers to people first, then scheduled messages.

A call waits in its chat's line. The first of each line stands in `_later` until its chat accepts it, then in `_ready`;
a task that runs while calls wait gives the overall allowance to the best of those. So no call uses up allowance while
it waits for its chat, and an answer overtakes a scheduled message of its own chat as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count, islice
from math import ceil, inf
from typing import TypeVar

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter

from bot.telegram.calls import seconds_to_wait
from bot.telegram.limits import ANSWER, SCHEDULED, SPARE, CallKind, ChatKey, ChatLimit, Limits, chat_key, kind_of
from core.observing import UNOBSERVED, Observer

logger = logging.getLogger(__name__)

LATENESS = 0.005
"""Seconds by which the event loop may be late for one turn without delaying the next ones."""

LONGEST_HOLD = 30.0
"""The longest wait, in seconds, that a call accepts after Telegram said to wait. A longer one is raised to the caller:
an answer may be given up, and a scheduled message stays in the outbox until then, where its claim cannot run out."""

Result = TypeVar("Result")


class ChatLine:
    """The calls that wait for one chat, best first."""

    __slots__ = ("calls", "limit")

    def __init__(self, limit: ChatLimit) -> None:
        self.limit = limit
        self.calls: list[WaitingCall] = []

    def first(self) -> WaitingCall | None:
        """The call whose turn is next, after dropping cancelled ones."""
        while self.calls and self.calls[0].turn.done():
            heappop(self.calls)
        return self.calls[0] if self.calls else None


@dataclass(order=True, slots=True)
class WaitingCall:
    """A call that waits for its `turn`; ordered by priority, then arrival."""

    priority: int
    number: int
    kind: CallKind = field(compare=False)
    line: ChatLine = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)

    @property
    def opens(self) -> float:
        """The time from which its chat accepts the call."""
        return self.line.limit.opens(self.kind, self.priority)


class Limiter:
    """Keeps a bot within Telegram's limits.

    `RetryAfter` is noted and raised: the caller decides whether to retry. For as long as Telegram says, no call goes to
    that chat and no scheduled one anywhere. When it says so in two chats at once, the bot itself is limited, and
    everything waits. A call that would wait longer than `LONGEST_HOLD` gets a `RetryAfter` of the remaining time.

    Calls that do not count (see `kind_of`) neither wait nor hold up others: some have limits of their own that say
    nothing about messages.
    """

    def __init__(self, limits: Limits, observer: Observer = UNOBSERVED) -> None:
        self._limits = limits
        self._observer = observer
        self._overall = _even(limits.overall)
        self._lines: OrderedDict[ChatKey, ChatLine] = OrderedDict()
        self._later: list[tuple[float, WaitingCall]] = []
        self._ready: list[WaitingCall] = []
        self._waiting = 0
        self._numbers = count()
        self._changed = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._held_until = {ANSWER: 0.0, SCHEDULED: 0.0}
        self._told: tuple[ChatKey, float] = (0, 0.0)

    async def shutdown(self) -> None:
        """Gives no more turns; calls that still wait are cancelled."""
        for line in self._lines.values():
            for call in line.calls:
                call.turn.cancel()
        if self._serving:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)

    def room(self, chat_id: int) -> float:
        """How many more messages a chat accepts within this minute."""
        now = asyncio.get_running_loop().time()
        return self._line(chat_id, now).limit.room(now)

    async def call(
        self, go: Callable[[], Awaitable[Result]], endpoint: str, chat_id: ChatKey | None, priority: int = ANSWER
    ) -> Result:
        """Makes a call of an endpoint as soon as the limits allow it. Returns its result."""
        kind = kind_of(endpoint)
        if kind is None:
            return await go()
        key = chat_key(chat_id)
        await self._turn(key, kind, priority)
        try:
            return await go()
        except RetryAfter as error:
            self._hold(key, seconds_to_wait(error))
            raise

    # --- waiting ---

    async def _turn(self, key: ChatKey, kind: CallKind, priority: int) -> None:
        """Returns when the call may go, and counts it."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        line = self._line(key, now)
        if told := self._too_long(line, priority, now):
            raise told
        if self._goes_at_once(line, kind, priority, now):
            line.limit.count(kind, now)
            await self._overall.acquire()
            return
        call = WaitingCall(priority, next(self._numbers), kind, line, loop.create_future())
        heappush(line.calls, call)
        self._waiting += 1
        if line.first() is call:
            self._place(line)
        if self._serving is None or self._serving.done():
            self._serving = loop.create_task(self._serve())
        try:
            await call.turn
            self._observer.waited("scheduled" if priority else "answer", loop.time() - now)
        except (asyncio.CancelledError, RetryAfter):
            if call.turn.cancelled() or call.turn.exception():
                self._waiting -= 1
                self._place(line)
            raise

    def _goes_at_once(self, line: ChatLine, kind: CallKind, priority: int, now: float) -> bool:
        if self._ready or line.calls:
            return False
        opens = max(line.limit.opens(kind, priority), self._held_until[priority])
        return opens <= now and self._overall.has_capacity()

    def _place(self, line: ChatLine) -> None:
        """Queues a line's first call for the time when it may go. Earlier entries of the line stay: each is checked
        when it comes up."""
        if call := line.first():
            heappush(self._later, (call.opens, call))
        self._changed.set()

    def _line(self, key: ChatKey, now: float) -> ChatLine:
        line = self._lines.get(key)
        if line is None:
            self._forget(now)
            line = self._lines[key] = ChatLine(ChatLimit(self._limits, key))
        return line

    def _forget(self, now: float) -> None:
        """Drops idle chats. It checks two for each new one, so that the memory follows the number of active chats."""
        for key in list(islice(self._lines, 2)):
            line = self._lines[key]
            if not line.first() and line.limit.is_rested(now):
                del self._lines[key]
            else:
                self._lines.move_to_end(key)

    # --- turns ---

    async def _serve(self) -> None:
        """Gives turns while calls wait."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            opens = self._opens(loop.time())
            if opens > loop.time():
                await self._until(opens)
                continue
            await self._overall.acquire()
            if call := self._next(loop.time()):
                heappop(call.line.calls)
                call.line.limit.count(call.kind, loop.time())
                call.turn.set_result(None)
                self._waiting -= 1
                self._place(call.line)
        self._ready.clear()
        self._later.clear()

    async def _until(self, when: float) -> None:
        """Waits until a time, or until something has changed."""
        self._changed.clear()
        timer = asyncio.get_running_loop().call_at(when, self._changed.set)
        try:
            await self._changed.wait()
        finally:
            timer.cancel()

    def _opens(self, now: float) -> float:
        """When the next call may go by its chat's limit and the holds."""
        self._gather(now)
        opens = self._later[0][0] if self._later else inf
        return min(opens, self._held_until[self._ready[0].priority]) if self._ready else opens

    def _gather(self, now: float) -> None:
        """Moves the calls that their chats accept now to the ready ones."""
        while self._later and self._later[0][0] <= now:
            _, call = heappop(self._later)
            if call is call.line.first():
                heappush(self._ready, call)

    def _next(self, now: float) -> WaitingCall | None:
        """Takes the call that goes now from the ready ones; None if there is none after all."""
        self._gather(now)
        while self._ready:
            call = self._ready[0]
            if self._held_until[call.priority] > now:
                return None  # answers come first: if this one is held, so are all
            heappop(self._ready)
            if call is not call.line.first():
                continue  # cancelled, or overtaken in its own chat
            if call.opens <= now:
                return call
            self._place(call.line)  # its chat has been held since
        return None

    # --- being told to wait ---

    def _hold(self, key: ChatKey, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        until = now + seconds
        self._line(key, now).limit.hold(until)
        last, last_until = self._told
        everything = key != last and last_until > now
        for priority in (ANSWER, SCHEDULED) if everything else (SCHEDULED,):
            self._held_until[priority] = max(self._held_until[priority], until)
        self._told = (key, until)
        if seconds > LONGEST_HOLD:
            self._turn_away(now)
        self._changed.set()
        logger.warning("Telegram asks to wait %s s %s", seconds, "with everything" if everything else f"in chat {key}")

    def _turn_away(self, now: float) -> None:
        """Raises `RetryAfter` in the calls that would have to wait too long."""
        for line in self._lines.values():
            for call in line.calls:
                if not call.turn.done() and (told := self._too_long(line, call.priority, now)):
                    call.turn.set_exception(told)

    def _too_long(self, line: ChatLine, priority: int, now: float) -> RetryAfter | None:
        held = max(line.limit.held_until, self._held_until[priority]) - now
        return RetryAfter(timedelta(seconds=ceil(held))) if held > LONGEST_HOLD else None


def _even(overall: int) -> AsyncLimiter:
    """An allowance of `overall` calls a second, evenly spaced: bursts that use up a second would leave no room for an
    answer in between.

    A bucket of size `burst` that leaks `rate` a second lets fewer than burst + rate × t calls through in any t seconds.
    With these values `overall` + 1 calls need more than a second and `SPARE`, and a late turn is made up for.
    """
    burst = 1 + overall * LATENESS
    rate = overall * (1 - LATENESS) / (1 + SPARE)
    return AsyncLimiter(burst, burst / rate)
