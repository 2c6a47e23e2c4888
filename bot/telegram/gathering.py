"""Sends to groups in the background, so that nobody waits for the answers to others.

A group accepts twenty messages a minute. Waiting answers are gathered into one message; when the minute's messages are
nearly used up, they are added to the newest message by an edit, which does not count. A tapped message is edited once
for all changes meanwhile. A standalone message (with buttons, or a file) is sent when there is room, without holding up
anything else; if too many words come for that, it takes its turn with them after a while.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import Any

from telegram.error import TelegramError

from bot.telegram.calls import NotNow
from bot.telegram.html import LIMIT, bold, plain, units
from core.observing import AT_WORK
from core.records import record

LOOK_AGAIN = 0.5
"""Seconds until the next check for room for a standalone message."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0)
"""Seconds between two attempts at a call that Telegram does not accept at present."""
KEPT = 0.4
"""The share of a minute's messages reserved for words: standalone messages do not use it."""
PATIENCE = 60.0
"""Seconds after which a standalone message takes its turn with the words."""

REMEMBERED = 1000
"""How many chats' newest messages are remembered."""

Delivery = asyncio.Future[Any]


@record
class WaitingWords:
    """A text for the person `name`, in a topic. `send` sends a text there, as a reply if its flag says so; `rewrite`
    changes the text of one of the bot's messages, and returns True only if that worked."""

    name: str
    text: str
    topic: int | None
    send: Callable[[str, bool], Awaitable[int | None]]
    rewrite: Callable[[int, str], Awaitable[bool | None]]


@dataclass(slots=True)
class _Alone:
    call: Callable[[], Awaitable[Any]]
    look: Hashable
    delivery: Delivery
    until: float
    """When it may take its turn with the words, in loop time."""


@record
class _Newest:
    """The message to which words are added, with its contents."""

    message_id: int
    topic: int | None
    words: list[WaitingWords]


@dataclass(slots=True)
class _Chat:
    words: deque[tuple[WaitingWords, Delivery]] = field(default_factory=deque)
    alone: deque[_Alone] = field(default_factory=deque)
    changes: dict[int, tuple[Callable[[], Awaitable[Any]], list[Delivery]]] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_words_turn: bool = False
    """The last message sent was a standalone one."""
    task: asyncio.Task[None] | None = None


class Gathering:
    """Sends to groups, in each one message after another. `room` gives how many messages a chat accepts now, out of
    `a_minute`."""

    def __init__(self, room: Callable[[int], float] = lambda chat_id: inf, a_minute: float = inf) -> None:
        self._room = room
        self._kept = 0 if a_minute == inf else a_minute * KEPT
        self._chats: dict[int, _Chat] = {}
        self._newest: OrderedDict[int, _Newest] = OrderedDict()
        self._owed: Counter[int] = Counter()
        self._then: dict[int, Callable[[], None]] = {}

    def say(self, chat_id: int, words: WaitingWords) -> Delivery:
        """Queues words, to be sent together with others that wait."""
        delivery = self._promised()
        self._chat(chat_id).words.append((words, delivery))
        self._wake(chat_id)
        return delivery

    def alone(self, chat_id: int, call: Callable[[], Awaitable[Any]], look: Hashable = None) -> Delivery:
        """Queues a standalone message, unless one with the same `look` already waits."""
        chat = self._chat(chat_id)
        same = next((one for one in chat.alone if look is not None and one.look == look), None)
        if same is not None:
            return same.delivery
        delivery = self._promised()
        chat.alone.append(_Alone(call, look, delivery, asyncio.get_running_loop().time() + PATIENCE))
        self._wake(chat_id)
        return delivery

    def change(self, chat_id: int, message_id: int, call: Callable[[], Awaitable[Any]]) -> Delivery:
        """Queues a change of a message; of several waiting ones only the last is made."""
        delivery = self._promised()
        changes = self._chat(chat_id).changes
        _, waiting = changes.get(message_id, (call, []))
        changes[message_id] = call, [*waiting, delivery]
        self._wake(chat_id)
        return delivery

    def once_said(self, update_id: int, then: Callable[[], None]) -> None:
        """Calls `then` as soon as everything is sent that an update led to."""
        if self._owed[update_id]:
            self._then[update_id] = then
        else:
            del self._owed[update_id]
            then()

    async def close(self) -> None:
        """Cancels what is not sent yet."""
        self._then.clear()
        tasks = [chat.task for chat in self._chats.values() if chat.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _promised(self) -> Delivery:
        delivery: Delivery = asyncio.get_running_loop().create_future()
        at_work = AT_WORK.get()
        if at_work is not None:
            self._owed[at_work.update_id] += 1
            delivery.add_done_callback(lambda _: self._paid(at_work.update_id))
        return delivery

    def _paid(self, update_id: int) -> None:
        self._owed[update_id] -= 1
        if not self._owed[update_id]:
            del self._owed[update_id]
            if then := self._then.pop(update_id, None):
                then()

    def _chat(self, chat_id: int) -> _Chat:
        return self._chats.setdefault(chat_id, _Chat())

    def _wake(self, chat_id: int) -> None:
        chat = self._chats[chat_id]
        chat.woken.set()
        if chat.task is None:
            chat.task = asyncio.create_task(self._work(chat_id, chat))

    async def _work(self, chat_id: int, chat: _Chat) -> None:
        AT_WORK.set(None)  # one update started this task, but it serves many
        try:
            while chat.words or chat.alone or chat.changes:
                await self._next(chat_id, chat)
        finally:
            del self._chats[chat_id]
            for delivery in _promises(chat):
                delivery.cancel()

    async def _next(self, chat_id: int, chat: _Chat) -> None:
        """Sends the next item: words first, then changes; a standalone message waits for its share of the minute, or
        for the end of its patience."""
        chat.woken.clear()
        if self._is_overdue(chat_id, chat):
            await self._say_alone(chat_id, chat)
        elif chat.words:
            await self._say_together(chat_id, chat)
        elif chat.changes:
            message_id = next(iter(chat.changes))
            call, waiting = chat.changes.pop(message_id)
            await _do(call, waiting)
        elif self._room(chat_id) > self._kept:
            await self._say_alone(chat_id, chat)
        else:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await chat.woken.wait()

    def _is_overdue(self, chat_id: int, chat: _Chat) -> bool:
        if not chat.alone or (chat.words and chat.is_words_turn):
            return False
        return chat.alone[0].until <= asyncio.get_running_loop().time() and self._room(chat_id) >= 1

    async def _say_alone(self, chat_id: int, chat: _Chat) -> None:
        one = chat.alone.popleft()
        chat.is_words_turn = True
        self._newest.pop(chat_id, None)  # words would be added above it
        await _do(one.call, [one.delivery])

    async def _say_together(self, chat_id: int, chat: _Chat) -> None:
        chat.is_words_turn = False
        newest = self._to_add_to(chat_id, chat.words[0][0].topic)
        taken = _taken(chat.words, newest.words if newest else [])
        words, waiting = [one for one, _ in taken], [delivery for _, delivery in taken]
        if newest is not None:
            told, message_id = [*newest.words, *words], newest.message_id
            if await _quietly(lambda: words[-1].rewrite(message_id, together(told))):
                self._keep(chat_id, _Newest(message_id, newest.topic, told))
                _done(waiting, None)
                return
        sent = await _do(lambda: words[-1].send(together(words), len({one.name for one in words}) == 1), waiting)
        if isinstance(sent, int):
            self._keep(chat_id, _Newest(sent, words[-1].topic, words))

    def _to_add_to(self, chat_id: int, topic: int | None) -> _Newest | None:
        """Removes and returns the newest message if words should be added to it: it is in their topic, and the minute's
        messages are nearly used up."""
        newest = self._newest.pop(chat_id, None)
        adds = newest is not None and newest.topic == topic and self._room(chat_id) <= self._kept / 2
        return newest if adds else None

    def _keep(self, chat_id: int, newest: _Newest) -> None:
        self._newest[chat_id] = newest
        if len(self._newest) > REMEMBERED:
            self._newest.popitem(last=False)


def together(words: Sequence[WaitingWords]) -> str:
    """Several texts as one; if they are for several people, each has a name above it."""
    if len({one.name for one in words}) == 1:
        return "\n\n".join(one.text for one in words)
    parts = []
    for name, of_one in groupby(words, lambda one: one.name):
        parts.append("\n".join([bold(name), "\n\n".join(one.text for one in of_one)]))
    return "\n\n".join(parts)


def _taken(
    waiting: deque[tuple[WaitingWords, Delivery]], before: Sequence[WaitingWords]
) -> list[tuple[WaitingWords, Delivery]]:
    """Removes and returns the words of one topic that fit into a message after `before`; at least one, if that is
    empty."""
    topic, taken = waiting[0][0].topic, list[tuple[WaitingWords, Delivery]]()
    while waiting and waiting[0][0].topic == topic:
        told = [*before, *(one for one, _ in taken), waiting[0][0]]
        if len(told) > 1 and units(plain(together(told))) > LIMIT:
            break
        taken.append(waiting.popleft())
    return taken or [waiting.popleft()]


async def _do(call: Callable[[], Awaitable[Any]], waiting: Sequence[Delivery]) -> Any:
    """Makes a call and passes its result, or its failure, to those who wait for it. Returns the result; None if it
    failed."""
    try:
        result = await _again_and_again(call)
    except Exception as error:
        for delivery in waiting:
            if not delivery.done():
                delivery.set_exception(error)
        return None
    except asyncio.CancelledError:
        for delivery in waiting:
            delivery.cancel()
        raise
    _done(waiting, result)
    return result


async def _again_and_again(call: Callable[[], Awaitable[Any]]) -> Any:
    """Repeats a call until Telegram accepts it, for some minutes at most. Returns its result."""
    for pause in PAUSES:
        try:
            return await call()
        except NotNow:
            await asyncio.sleep(pause)
    return await call()


def _done(waiting: Sequence[Delivery], result: object) -> None:
    for delivery in waiting:
        if not delivery.done():
            delivery.set_result(result)


async def _quietly(call: Callable[[], Awaitable[bool | None]]) -> bool:
    """Makes a change. Returns whether that worked; if not, the words are sent as a new message."""
    try:
        return await call() is True
    except (TelegramError, NotNow):
        return False


def _promises(chat: _Chat) -> list[Delivery]:
    """The deliveries that are not settled yet."""
    changes = [delivery for _, waiting in chat.changes.values() for delivery in waiting]
    return [*(delivery for _, delivery in chat.words), *(one.delivery for one in chat.alone), *changes]
