"""The chats that this process owns when several processes share a store: one process at a time handles a chat, in the
order of the update ids.

For each chat: lock it, read its stored updates, handle them, mark them as handled, edit the messages that are out of
date, release the chat, and look at it once more. (Another process that stored an update meanwhile was refused the lock,
and relies on that last look.) Each round does this for every chat at some step of it, with one statement for the locks
and two for the rest. A sweep over everything that waits, once a second, finds what a dead process left behind and what
was changed elsewhere.

If the locks are lost with their connection, other processes take over at once. Updates not yet begun are dropped here.
One in hand may be handled by another process too, which does no harm: its entries have the same source keys, and at
worst its messages are sent twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from bot.telegram.live_messages import LiveMessages
from bot.telegram.updates import Json
from core.peers import ChatLocks, Disconnected
from core.ports.inbox import NewUpdate
from core.ports.store import Store, StoreUnavailable

logger = logging.getLogger(__name__)


SWEEP_EVERY = 1.0
"""Seconds between two sweeps."""
MAX_CHATS = 512
"""Chats that one process owns at once: enough to keep it busy, while some are left for others."""
MAX_SWEPT = 1000
"""Chats that one sweep returns at most."""
READ_AT_ONCE = 1000
"""Updates read in one round."""
MAX_IN_MEMORY = 100
"""Updates of one chat held in memory. The rest of a flood stays in the database."""


class ChatOwnership:
    """Locks chats and hands over their updates. `submit` is called for each update that this process should handle;
    `drop` returns the submitted ones that have not been begun."""

    def __init__(
        self,
        store: Store,
        locks: ChatLocks,
        submit: Callable[[int, Json], None],
        drop: Callable[[], Sequence[Json]],
        live: LiveMessages,
    ) -> None:
        self._store = store
        self._locks = locks
        self._submit = submit
        self._drop = drop
        self._live = live
        self._owned: set[int] = set()
        self._in_memory: dict[int, set[int]] = {}
        """By chat: the ids of updates that were submitted but not yet marked as handled."""
        self._chat_of: dict[int, int] = {}
        self._to_visit: dict[int, None] = {}
        """Chats to look at, in the order of arrival."""
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._closing = False
        locks.when_lost(self._lost)

    def start(self) -> None:
        """Starts with the updates that are already stored."""
        self._task = asyncio.create_task(self._run())

    def wake(self, chat_ids: Iterable[int]) -> None:
        """Notes that updates of these chats were stored."""
        self._to_visit.update(dict.fromkeys(chat_ids))
        self._changed.set()

    def marked(self, update_ids: Iterable[int]) -> None:
        """Notes that updates were marked as handled."""
        for update_id in update_ids:
            if (chat_id := self._chat_of.pop(update_id, None)) is not None:
                self._forget(chat_id, update_id)
        self._changed.set()

    def wind_down(self) -> None:
        """Takes no more updates, and releases each chat once none of its updates is in hand."""
        self._closing = True
        self._drop_unbegun()
        self._changed.set()

    async def stop(self) -> None:
        """Stops. Chats still locked are released when the connection closes."""
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
            except StoreUnavailable:
                await asyncio.sleep(SWEEP_EVERY)  # the store says so in the log
            except Exception as error:
                logger.warning("could not look at the stored updates, trying again: %s", type(error).__name__)
                await asyncio.sleep(SWEEP_EVERY)
            if not self._has_work():
                self._changed.clear()
                timer = loop.call_later(SWEEP_EVERY, self._changed.set)
                await self._changed.wait()
                timer.cancel()

    def _has_work(self) -> bool:
        release = self._to_release()
        return bool(release or self._to_lock(release) or self._to_read())

    def _to_release(self) -> set[int]:
        seen = {chat_id for chat_id in self._owned if self._closing or chat_id not in self._to_visit}
        return {chat_id for chat_id in seen if chat_id not in self._in_memory and not self._live.is_editing(chat_id)}

    def _to_lock(self, release: set[int]) -> list[int]:
        room = 0 if self._closing else MAX_CHATS - len(self._owned) + len(release)
        return list(islice((chat_id for chat_id in self._to_visit if chat_id not in self._owned), room))

    def _to_read(self) -> set[int]:
        if self._closing:
            return set()
        return {
            chat_id
            for chat_id in self._owned & self._to_visit.keys()
            if len(self._in_memory.get(chat_id, ())) < MAX_IN_MEMORY
        }

    async def _sweep(self) -> None:
        waiting, changed = await self._store.read(
            lambda tx: (tx.inbox.waiting_chats(MAX_SWEPT), tx.living.changed(MAX_SWEPT))
        )
        chat_ids = [*waiting, *self._live.wanted(changed)]
        self._to_visit.update(dict.fromkeys(chat_id for chat_id in chat_ids if chat_id not in self._owned))

    async def _round(self) -> None:
        release = self._to_release()
        want = self._to_lock(release)
        look = self._to_read()
        for chat_id in (*want, *look):
            del self._to_visit[chat_id]
        try:
            if release or want:
                # Before the answer arrives: they stop being ours the moment the server releases them.
                self._owned -= release
                got = await self._locks.exchange(release, want)
                self._owned |= got
                look |= got
            if not self._closing:
                await self._look(look, release)
        except BaseException:
            self._to_visit.update(dict.fromkeys((*release, *want, *look)))
            raise

    async def _look(self, owned: set[int], released: set[int]) -> None:
        """Submits the stored updates of locked chats, and has their messages edited. Looks again at chats just released
        that have either."""
        if not owned and not released:
            return
        chats = owned | released
        known = [update_id for chat_id in owned for update_id in self._in_memory.get(chat_id, ())]
        updates, changed = await self._store.read(
            lambda tx: (tx.inbox.pending_of(chats, known, READ_AT_ONCE), tx.living.changed(READ_AT_ONCE, chats))
        )
        for update in updates:
            self._take(update)
        if len(updates) == READ_AT_ONCE:
            self.wake(chats)
        for chat_id in self._live.wanted(changed):
            if chat_id in self._owned:
                self._live.edit(chat_id).add_done_callback(lambda _: self._changed.set())
            else:
                self._to_visit[chat_id] = None

    def _take(self, update: NewUpdate) -> None:
        if update.chat_id not in self._owned:
            self._to_visit[update.chat_id] = None  # released, or lost meanwhile
        elif update.id not in self._chat_of:
            self._in_memory.setdefault(update.chat_id, set()).add(update.id)
            self._chat_of[update.id] = update.chat_id
            self._submit(update.chat_id, json.loads(update.text))

    def _lost(self) -> None:
        self._owned.clear()
        self.wake(self._drop_unbegun())

    def _drop_unbegun(self) -> list[int]:
        """Drops the updates that were not begun; returns their chats."""
        chats = []
        for update in self._drop():
            update_id = int(update["update_id"])
            chats.append(chat_id := self._chat_of.pop(update_id))
            self._forget(chat_id, update_id)
        return chats

    def _forget(self, chat_id: int, update_id: int) -> None:
        in_memory = self._in_memory[chat_id]
        in_memory.discard(update_id)
        if not in_memory:
            del self._in_memory[chat_id]
