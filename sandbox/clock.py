"""The clock of the local Telegram: it runs in real time, and can be set and moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """The present instant in UTC; runs on from where it was last set."""

    def __init__(self, start: datetime | None = None, *, seconds: Callable[[], float] = time.monotonic) -> None:
        """Start at `start` (default: now). `seconds` drives the clock; a constant function stops it."""
        self._seconds = seconds
        self._origin = datetime.now(UTC)
        self._mark = seconds()
        if start is not None:
            self.set(start)

    def __call__(self) -> datetime:
        """The present instant, with its zone (UTC)."""
        return self._origin + timedelta(seconds=self._seconds() - self._mark)

    def set(self, instant: datetime) -> None:
        """Go to `instant`, which must carry a zone; going back in time is allowed."""
        if instant.utcoffset() is None:
            raise ValueError("the clock needs an instant with a time zone")
        self._origin = instant.astimezone(UTC)
        self._mark = self._seconds()

    def advance(self, delta: timedelta) -> None:
        self.set(self() + delta)
