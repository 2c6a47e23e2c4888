"""Updates that failed for a passing reason: when to handle each again, and when to give up."""

from __future__ import annotations

import logging
from collections import Counter

from bot.telegram.calls import NotNow
from core.ports.store import StoreUnavailable, WorkBrokenOff

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds until an update is handled again; doubled each time."""
MOST_TRIES = 5
"""How often the database may abort the work of one update. While it is unavailable, nothing is given up."""
MOST_SILENCES = 60
"""How often Telegram may refuse the answer to one update: some minutes."""


class Setbacks:
    """How often each update has failed that waits to be handled again, by its id."""

    def __init__(self) -> None:
        self._failures: Counter[int] = Counter()
        self._broken_off: Counter[int] = Counter()

    def pause_after(self, update_id: int, error: StoreUnavailable | NotNow) -> float | None:
        """Seconds until the update should be handled again; None to give up."""
        self._failures[update_id] += 1
        if isinstance(error, NotNow) and self._failures[update_id] >= MOST_SILENCES:
            return None
        if isinstance(error, WorkBrokenOff):
            self._broken_off[update_id] += 1
            logger.warning("the database broke off the work of update %s: %s", update_id, error)
            if self._broken_off[update_id] >= MOST_TRIES:
                return None
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures[update_id] - 1, 10))

    def has(self, update_id: int) -> bool:
        """Whether the update has failed before."""
        return update_id in self._failures

    def forget(self, update_id: int) -> None:
        """Forgets a finished update."""
        self._failures.pop(update_id, None)
        self._broken_off.pop(update_id, None)
