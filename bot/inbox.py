"""Updates on their way through the store: kept before they are confirmed to Telegram, marked once they are handled."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.ordering import Lanes
from core.ports import Store, Transaction

log = logging.getLogger(__name__)

Json = dict[str, Any]

MARK_DELAY = 0.05
"""Seconds in which marks gather, so that many updates share one commit. Until then a crash repeats them, harmlessly."""
KEPT = timedelta(days=3)
"""How long a handled update is remembered: Telegram repeats none older than a day."""
PRUNE_EVERY = timedelta(hours=1)


class Inbox:
    """Takes updates in, hands each new one once to its chat's lane, and marks what was handled."""

    def __init__(self, store: Store, clock: Callable[[], datetime], lanes: Lanes[Json]) -> None:
        self._store = store
        self._clock = clock
        self._lanes = lanes
        self._done: list[int] = []
        self._marking: asyncio.Task[None] | None = None
        self._pruned_at: datetime | None = None

    async def resume(self) -> None:
        """Hands over what an earlier process kept and did not finish."""
        pending = await self._store.read(lambda tx: tx.inbox.pending())
        for _, text in pending:
            self._submit(json.loads(text))
        if pending:
            log.info("%s updates of an earlier run are handled now", len(pending))

    async def take(self, updates: Sequence[Json]) -> None:
        """Stores updates; returns once they may be confirmed. Those known already are dropped."""
        await self._lanes.room()
        rows = [(int(u["update_id"]), json.dumps(u, ensure_ascii=False, separators=(",", ":"))) for u in updates]
        now = self._clock()
        done, self._done = self._done, []

        def work(tx: Transaction) -> set[int]:
            if done:
                tx.inbox.handled(done, now)
            return set(tx.inbox.receive(rows, now))

        try:
            new = await self._store.write(work)
        except BaseException:
            self._done += done
            raise
        for update in updates:
            if update["update_id"] in new:
                new.discard(update["update_id"])
                self._submit(update)

    def handled(self, update: Json) -> None:
        """Notes that an update is done with; it is marked shortly."""
        self._done.append(int(update["update_id"]))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark_soon())

    async def flush(self) -> None:
        """Marks what was handled, now."""
        done, self._done = self._done, []
        if not done:
            return
        now = self._clock()
        prune = self._pruned_at is None or now - self._pruned_at > PRUNE_EVERY
        if prune:
            self._pruned_at = now

        def work(tx: Transaction) -> None:
            tx.inbox.handled(done, now)
            if prune:
                tx.inbox.prune(now - KEPT)

        try:
            await self._store.write(work)
        except BaseException:
            self._done += done
            raise

    async def close(self) -> None:
        """Marks the last ones."""
        if self._marking:
            self._marking.cancel()
            await asyncio.gather(self._marking, return_exceptions=True)
        await self.flush()

    async def _mark_soon(self) -> None:
        while self._done:
            await asyncio.sleep(MARK_DELAY)
            try:
                await self.flush()
            except Exception as error:
                log.warning("handled updates are not marked yet: %s", type(error).__name__)
                return

    def _submit(self, update: Json) -> None:
        self._lanes.submit(chat_of(update), update)


def chat_of(update: Json) -> int:
    """The chat that an update belongs to; 0 for what belongs to none."""
    for kind, content in update.items():
        if kind == "callback_query":
            content = content.get("message") or {}
        if isinstance(content, dict) and "chat" in content:
            return int(content["chat"]["id"])
    return 0
