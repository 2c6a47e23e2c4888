"""Chats whose updates this process handles, where several share a store: one process at a time, in order of the ids.

A chat is locked, then what is stored of it is read and handled, then that is marked, then the chat is given up; and
then it is looked at once more, for whoever stored something meanwhile was refused the lock and relies on that. Each
round does this for all chats that are at some step of it, in one statement for the locks and one for the updates. What
a process that died leaves behind is found by a look at everything that waits, every second.

Should the locks be lost with their connection, other processes take over at once. What has not been begun is dropped
here; what is being handled may be handled by another as well, which changes nothing: its entries have the same source
keys, and its messages at worst come twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from core.peers import ChatLocks, Disconnected
from core.ports.store import Store

logger = logging.getLogger(__name__)

Json = dict[str, Any]

SWEEP_EVERY = 1.0
"""Seconds between two looks at what nobody may be handling."""
CHATS = 512
"""Chats that one process has at once: enough to keep it busy, and not those that another could be working on."""
SWEPT = 1000
READ_AT_ONCE = 1000
"""Updates read in one round."""
FULL = 100
"""Updates of one chat in memory, from which on no more of it are read: a flood stays in the database."""


class Custody:
    """`submit` gets each update that is this process's to handle; `drop` gives those back that are not begun."""

    def __init__(
        self,
        store: Store,
        locks: ChatLocks,
        submit: Callable[[int, Json], None],
        drop: Callable[[], Sequence[Json]],
    ) -> None:
        self._store = store
        self._locks = locks
        self._submit = submit
        self._drop = drop
        self._held: set[int] = set()
        self._mine: dict[int, set[int]] = {}
        """By chat, the updates that were submitted and are not marked yet."""
        self._chat_of: dict[int, int] = {}
        self._to_see: dict[int, None] = {}
        """Chats to be looked at, in the order in which they were heard of."""
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._closing = False
        locks.when_lost(self._lost)

    def start(self) -> None:
        """Begins, with what is there."""
        self._task = asyncio.create_task(self._run())

    def wake(self, chat_ids: Iterable[int]) -> None:
        """Tells that something of these chats was stored."""
        self._to_see.update(dict.fromkeys(chat_ids))
        self._changed.set()

    def marked(self, update_ids: Iterable[int]) -> None:
        """Tells that updates are marked as handled."""
        for update_id in update_ids:
            if (chat_id := self._chat_of.pop(update_id, None)) is not None:
                self._forget(chat_id, update_id)
        self._changed.set()

    def give_up(self) -> None:
        """Takes no more; chats are given up as soon as nothing of them is being handled, for others to go on with."""
        self._closing = True
        self._drop_waiting()
        self._changed.set()

    async def stop(self) -> None:
        """Ends. What is still held is free once its connection closes."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        swept = -SWEEP_EVERY
        while True:
            try:
                if not self._closing and loop.time() - swept >= SWEEP_EVERY:
                    swept = loop.time()
                    await self._sweep()
                await self._round()
            except Disconnected:
                await asyncio.sleep(0.1)
            except Exception as error:
                logger.warning("chats cannot be looked at yet: %s", type(error).__name__)
                await asyncio.sleep(SWEEP_EVERY)
            if not self._has_work():
                self._changed.clear()
                timer = loop.call_later(SWEEP_EVERY, self._changed.set)
                await self._changed.wait()
                timer.cancel()

    def _has_work(self) -> bool:
        give = self._done_with()
        return bool(give or self._to_lock(give) or self._to_look_at())

    def _done_with(self) -> set[int]:
        seen = {chat_id for chat_id in self._held if self._closing or chat_id not in self._to_see}
        return {chat_id for chat_id in seen if chat_id not in self._mine}

    def _to_lock(self, give: set[int]) -> list[int]:
        room = 0 if self._closing else CHATS - len(self._held) + len(give)
        return list(islice((chat_id for chat_id in self._to_see if chat_id not in self._held), room))

    def _to_look_at(self) -> set[int]:
        if self._closing:
            return set()
        return {chat_id for chat_id in self._held & self._to_see.keys() if len(self._mine.get(chat_id, ())) < FULL}

    async def _sweep(self) -> None:
        waiting = await self._store.read(lambda tx: tx.inbox.waiting_chats(SWEPT))
        self._to_see.update(dict.fromkeys(chat_id for chat_id in waiting if chat_id not in self._held))

    async def _round(self) -> None:
        give = self._done_with()
        want = self._to_lock(give)
        look = self._to_look_at()
        for chat_id in (*want, *look):
            del self._to_see[chat_id]
        try:
            if give or want:
                # Before the answer is there: from the moment the server gives them up they are not ours.
                self._held -= give
                got = await self._locks.exchange(give, want)
                self._held |= got
                look |= got
            if not self._closing:
                await self._look(look, give)
        except BaseException:
            self._to_see.update(dict.fromkeys((*give, *want, *look)))
            raise

    async def _look(self, held: set[int], given: set[int]) -> None:
        """Submits what is stored of chats that are held. Those just given up are seen again if something is."""
        if not held and not given:
            return
        chats = held | given
        known = [update_id for chat_id in held for update_id in self._mine.get(chat_id, ())]
        found = await self._store.read(lambda tx: tx.inbox.pending_of(chats, known, READ_AT_ONCE))
        for update in found:
            if update.chat_id not in self._held:
                self._to_see[update.chat_id] = None  # given up, or lost meanwhile
            elif update.id not in self._chat_of:
                self._mine.setdefault(update.chat_id, set()).add(update.id)
                self._chat_of[update.id] = update.chat_id
                self._submit(update.chat_id, json.loads(update.text))
        if len(found) == READ_AT_ONCE:
            self.wake(chats)

    def _lost(self) -> None:
        self._held.clear()
        self.wake(self._drop_waiting())

    def _drop_waiting(self) -> list[int]:
        """Takes back what nobody has begun to handle; gives the chats that it belongs to."""
        chats = []
        for update in self._drop():
            update_id = int(update["update_id"])
            chats.append(chat_id := self._chat_of.pop(update_id))
            self._forget(chat_id, update_id)
        return chats

    def _forget(self, chat_id: int, update_id: int) -> None:
        mine = self._mine[chat_id]
        mine.discard(update_id)
        if not mine:
            del self._mine[chat_id]
