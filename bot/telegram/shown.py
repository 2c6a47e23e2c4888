"""Which change each message shows: known at once in this process, and written for the others shortly after."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress

from core.asking.reminders import Message
from core.ports.store import Store, StoreUnavailable

logger = logging.getLogger(__name__)

WRITE_DELAY = 0.05
"""Seconds for which notes gather, so that many share a commit. After a crash those messages are edited once more."""
AGAIN_AFTER = 1.0
"""Seconds until a failed write is retried."""
READ_AT_ONCE = 1000
REMEMBERED = 10_000
"""Messages whose state is known without the store, which may be slightly behind."""


class Shown:
    """The change that each message shows, by outbox id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[int, int] = OrderedDict()
        self._unwritten: dict[int, int] = {}
        self._writing: asyncio.Task[None] | None = None

    def of(self, message_id: int) -> int:
        """The latest change that this process has shown; 0 if unknown."""
        return self._known.get(message_id, 0)

    def note(self, message_id: int, changes: int) -> None:
        """Notes that a message shows a change."""
        if changes <= self.of(message_id):
            return
        self._known[message_id] = self._unwritten[message_id] = changes
        self._known.move_to_end(message_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon())

    async def behind(self, among: Collection[int] | None = None) -> list[Message]:
        """The messages that do not show the latest change yet, in the given chats or in all; a limited number."""
        changed = await self._store.glance(lambda tx: tx.living.changed(READ_AT_ONCE, among))
        return [message for message in changed if message.changes > self.of(message.id)]

    async def flush(self) -> None:
        """Writes the notes now."""
        noted, self._unwritten = self._unwritten, {}
        if not noted:
            return
        try:
            await self._store.write(lambda tx: tx.living.shown(noted))
        except BaseException:
            self._unwritten = noted | self._unwritten
            raise

    async def close(self) -> None:
        """Writes the last notes."""
        if self._writing:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        with suppress(StoreUnavailable):  # those messages are edited once more
            await self.flush()

    async def _write_soon(self) -> None:
        pause = WRITE_DELAY
        while self._unwritten:
            await asyncio.sleep(pause)
            try:
                await self.flush()
                pause = WRITE_DELAY
            except StoreUnavailable:
                pause = AGAIN_AFTER  # the store says so in the log
            except Exception as error:
                logger.warning("could not write yet which messages are edited: %s", type(error).__name__)
                pause = AGAIN_AFTER
