"""The product's clock while it runs on a local Telegram: it can be set and moved, and otherwise runs on."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Tells the instant in UTC; runs on in real time from where it was last set."""

    def __init__(self, start: datetime | None = None, *, seconds: Callable[[], float] = time.monotonic) -> None:
        """Start at `start` (now if none). `seconds` is what makes it run: a constant function stops it."""
        self._seconds = seconds
        self._origin = datetime.now(UTC)
        self._mark = seconds()
        if start is not None:
            self.set(start)

    def __call__(self) -> datetime:
        """The present instant, aware, in UTC."""
        return self._origin + timedelta(seconds=self._seconds() - self._mark)

    def set(self, instant: datetime) -> None:
        """Go to `instant`, which must carry a zone; going back in time is allowed."""
        if instant.utcoffset() is None:
            raise ValueError("the clock needs an instant with a time zone")
        self._origin = instant.astimezone(UTC)
        self._mark = self._seconds()

    def advance(self, delta: timedelta) -> None:
        """Move on by `delta`."""
        self.set(self() + delta)
