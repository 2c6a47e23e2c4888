"""Scheduled work: due reminders, their delivery, and the nightly jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.application import GoaltreeBot
from core.ports.store import Store
from goaltree.settings import Settings
from scheduler.nightly import Nightly
from scheduler.postman import Postman
from scheduler.rebuilder import Rebuilder
from scheduler.ticks import Tick, Ticks
from storage import backup, is_a_file


def _back_up_of(settings: Settings) -> Callable[[Path], Awaitable[None]] | None:
    """The function that backs the database up to a file; None if others back it up (docs/operating.md)."""
    if not is_a_file(settings.url):
        return None
    return lambda path: backup(settings.url, path, datetime.now(UTC))


class Sending:
    """The ticks of a process, from `start` to `stop`. It can be started again."""

    def __init__(self, settings: Settings, store: Store, bot: GoaltreeBot) -> None:
        clock, self._observer = bot.services.clock, bot.services.observer
        self._postman = Postman(store, bot.messenger, clock, observer=self._observer)
        nightly = Nightly(
            store, clock, back_up=_back_up_of(settings), folder=settings.backup_dir, keep=settings.backups
        )
        self._plan = [
            Tick("remind", 1, self._postman.remind),
            Tick("deliver", 1, self._postman.deliver),
            Tick("nightly", 600, nightly.run),
            Tick("rebuild", 5, Rebuilder(store, clock).run),
        ]
        self._ticks: Ticks | None = None

    async def start(self) -> None:
        self._ticks = Ticks(self._plan, self._observer)
        self._ticks.start()

    async def stop(self) -> None:
        """Begin no more work, and finish what is running."""
        if self._ticks:
            await self._ticks.stop()
            self._ticks = None
        await self._postman.finish()
