"""Which change each message shows: known at once in this process, and written for the others shortly after."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from bot.telegram.write_behind import WriteBehind
from core.asking.reminders import Message
from core.ports.store import Store

READ_AT_ONCE = 1000
REMEMBERED = 10_000
"""Messages whose state is known without the store, which may be slightly behind."""


class Shown:
    """The change that each message shows, by outbox id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[int, int] = OrderedDict()
        self._unwritten: dict[int, int] = {}
        self._writing = WriteBehind(
            self.flush, lambda: bool(self._unwritten), "could not note which messages are edited"
        )

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
        self._writing.wake()

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
            await self._store.write(lambda tx: tx.living.mark_shown(noted))
        except BaseException:
            self._unwritten = noted | self._unwritten
            raise

    async def close(self) -> None:
        """Writes the last notes; if that fails, those messages are edited once more."""
        await self._writing.close()
