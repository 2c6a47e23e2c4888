"""The updates that wait for the bot."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from sandbox.objects import Json

# Kinds that Telegram sends only to bots that ask for them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
UPDATE_ID_BASE = 100_000_000


class UpdateQueue:
    """Updates in order, until the bot confirms them.

    A repeated update keeps its old id, which a polling bot has confirmed already. So repeated ones are kept apart, at
    the front, until they have been handed out once.
    """

    def __init__(self) -> None:
        self._waiting: deque[Json] = deque()
        self._again: deque[tuple[Json, bool]] = deque()
        self._allowed: frozenset[str] | None = None
        self.watchers: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._waiting) + len(self._again)

    @property
    def allowed(self) -> list[str]:
        """The kinds that the bot asked for; empty for the default."""
        return sorted(self._allowed or ())

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Restrict what is queued from now on; an empty list means the default, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of this kind."""
        return kind in self._allowed if self._allowed else kind not in ON_REQUEST

    def add(self, update: Json) -> None:
        """Append an update."""
        self._waiting.append(update)
        self.changed()

    def add_again(self, update: Json) -> None:
        """Hand out an update once more, with its old id."""
        self._again.append((update, False))
        self.changed()

    def take(self, offset: int, limit: int) -> list[Json]:
        """The answer of `getUpdates`: confirm all updates below `offset`, and return those that wait."""
        self._confirm(offset)
        batch = [update for update, _ in self._again][:limit]
        self._again = deque((update, given or place < limit) for place, (update, given) in enumerate(self._again))
        for update in self._waiting:
            if len(batch) >= limit:
                break
            batch.append(update)
        return batch

    def shift(self) -> Json | None:
        """Remove and return the next update, for a webhook."""
        if self._again:
            return self._again.popleft()[0]
        return self._waiting.popleft() if self._waiting else None

    def unshift(self, updates: Iterable[Json]) -> None:
        """Put back updates that were removed and not delivered."""
        self._waiting.extendleft(sorted(updates, key=lambda update: int(update["update_id"]), reverse=True))
        self.changed()

    def clear(self) -> None:
        """Drop all updates (`drop_pending_updates`)."""
        self._waiting.clear()
        self._again.clear()
        self.changed()

    def _confirm(self, offset: int) -> None:
        before = len(self)
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset > 0:
            while self._waiting and self._waiting[0]["update_id"] < offset:
                self._waiting.popleft()
            self._again = deque((u, given) for u, given in self._again if not given or u["update_id"] >= offset)
        if len(self) != before:
            self.changed()

    def changed(self) -> None:
        """Wake all waiters."""
        for watcher in self.watchers:
            watcher()
