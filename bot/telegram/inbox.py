"""The inbox: updates are stored before they are confirmed to Telegram, and marked once they are handled."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.telegram.chat_ownership import ChatOwnership
from bot.telegram.lanes import Lanes
from bot.telegram.live_messages import LiveMessages
from bot.telegram.updates import Json, chat_of, is_number
from bot.telegram.write_behind import WriteBehind
from core.peers import ChatLocks
from core.ports.inbox import NewUpdate
from core.ports.store import Store, Transaction

logger = logging.getLogger(__name__)

T = TypeVar("T")

_COMPACT = json.JSONEncoder(separators=(",", ":")).encode
KEPT = timedelta(days=3)
"""How long a handled update is remembered. Telegram repeats none that is older than a day."""
PRUNE_EVERY = timedelta(hours=1)


class Inbox:
    """Stores updates, hands each new one to its chat's lane once, and marks the handled ones.

    With `locks`, other processes receive updates of the same chats. Then each process only stores what it receives, and
    the one that holds a chat's lock handles that chat's updates.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        lanes: Lanes[Json],
        live: LiveMessages,
        locks: ChatLocks | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._lanes = lanes
        self._live = live
        self._ownership = ChatOwnership(store, locks, lanes.submit, lanes.drop, live) if locks else None
        self._done: list[int] = []
        self._marking = WriteBehind(self.flush, lambda: bool(self._done), "could not mark handled updates")
        self._pruned_at: datetime | None = None

    async def resume(self) -> None:
        """Hands over what an earlier process stored and did not finish."""
        if self._ownership:
            self._ownership.start()
            return
        pending = await self._store.read(lambda tx: tx.inbox.pending())
        for _, text in pending:
            self._submit(json.loads(text))
        self._live.start()
        if pending:
            logger.info("handling %s updates of an earlier run", len(pending))

    async def take(self, updates: Sequence[Json]) -> None:
        """Stores updates; returns once they may be confirmed to Telegram. Duplicates are dropped."""
        await self._lanes.room()
        updates = [update for update in updates if _is_update(update)]
        # As ASCII: JSON can hold half a surrogate pair, which no database accepts.
        rows = [NewUpdate(u["update_id"], chat_of(u), _COMPACT(u)) for u in updates]
        now = self._clock()
        done, self._done = self._done, []

        def work(tx: Transaction) -> set[int]:
            if done:
                tx.inbox.mark_handled(done, now)
            return set(tx.inbox.receive(rows, now))

        new = await self._marking_them(done, work)
        if self._ownership:
            self._ownership.wake({row.chat_id for row in rows if row.id in new})
            return
        for update in updates:
            if update["update_id"] in new:
                new.discard(update["update_id"])
                self._submit(update)

    def handled(self, update: Json) -> None:
        """Notes that an update was handled; it is marked shortly."""
        self._done.append(int(update["update_id"]))
        self._live.wake()
        self._marking.wake()

    async def flush(self) -> None:
        """Marks the handled updates now."""
        done, self._done = self._done, []
        if not done:
            return
        now = self._clock()
        prune = self._pruned_at is None or now - self._pruned_at > PRUNE_EVERY
        if prune:
            self._pruned_at = now

        def work(tx: Transaction) -> None:
            tx.inbox.mark_handled(done, now)
            if prune:
                tx.inbox.prune(now - KEPT)

        await self._marking_them(done, work)

    def wind_down(self) -> None:
        """Before shutdown: leaves updates not yet begun to other processes, if there are any."""
        if self._ownership:
            self._ownership.wind_down()

    async def close(self) -> None:
        """Marks the last handled updates; if that fails, the next run handles them once more."""
        await self._marking.close()
        if self._ownership:
            await self._ownership.stop()

    async def _marking_them(self, done: list[int], work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work that also marks updates; if it fails, they are marked later."""
        try:
            result = await self._store.write(work)
        except BaseException:
            self._done += done
            raise
        if self._ownership:
            self._ownership.marked(done)
        return result

    def _submit(self, update: Json) -> None:
        self._lanes.submit(chat_of(update), update)


def _is_update(update: object) -> bool:
    """Whether a payload has an update_id, without which it cannot be stored. The handlers judge the rest."""
    if isinstance(update, dict) and is_number(update.get("update_id")):
        return True
    logger.error("ignored a payload without update_id")
    return False
