"""Reads the beginnings of updates. Those that come while others are being read are read together, in one statement."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from core.observing import AT_WORK
from core.ports.conversations import Beginning, ChatUser
from core.ports.store import Store, StoreUnavailable

_Waiting = tuple[ChatUser, "asyncio.Future[Beginning | None]"]


class Beginnings:
    """Reads for all chats that are handled at the same time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def read(self, chat_id: int, user_id: int) -> Beginning | None:
        """The beginning of an update, as new as this call; None for a chat without an owner. Raises
        `StoreUnavailable`."""
        beginning: asyncio.Future[Beginning | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(((chat_id, user_id), beginning))
        if self._task is None:
            self._task = asyncio.create_task(self._read_waiting())
        return await beginning

    async def _read_waiting(self) -> None:
        AT_WORK.set(None)  # one update started this task, but it serves many
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, []
                await self._read(waiting)
        finally:
            self._task = None

    async def _read(self, waiting: Sequence[_Waiting]) -> None:
        senders = [sender for sender, _ in waiting]
        try:
            beginnings = await self._store.glance(lambda tx: tx.conversations.beginnings(senders))
        except Exception as error:
            if len(waiting) > 1 and not isinstance(error, StoreUnavailable):
                for one in waiting:  # a row that cannot be read fails only the updates of its own chat
                    await self._read([one])
                return
            for _, beginning in waiting:
                if not beginning.done():
                    beginning.set_exception(error)
            return
        for (_, beginning), read in zip(waiting, beginnings, strict=True):
            if not beginning.done():
                beginning.set_result(read)
