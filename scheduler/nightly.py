"""The nightly jobs: verify some of the trees, apply new time zone rules, forget old messages, back up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from core.actions import cache, deliver, due
from core.group.permissions import Actor
from core.ports.journal import Note
from core.ports.store import Store, StoreUnavailable
from scheduler.backups import backup_path, outdated

logger = logging.getLogger(__name__)

AT = time(3, 0, tzinfo=UTC)
"""When the nightly jobs are due. A process that was not running then catches up."""
NIGHTS_FOR_ALL = 30
"""The number of nights in which every tree is verified once."""
VERIFICATION, BACKUP = "verification", "backup"
"""The names in the journal."""


class Nightly:
    """The nightly jobs. `back_up` copies the database to a file; without it, or with `keep` 0, there are no backups."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        back_up: Callable[[Path], Awaitable[None]] | None = None,
        folder: Path | None = None,
        keep: int = 0,
    ) -> None:
        self._store = store
        self._clock = clock
        self._back_up = back_up if keep > 0 else None
        self._folder = folder
        self._keep = keep

    async def run(self) -> None:
        """Runs the jobs that have not run since the last 03:00 UTC. A job that fails does not stop the others."""
        now = self._clock()
        done = await self._store.read(lambda tx: tx.journal.all())
        jobs: list[tuple[str, Callable[[datetime], Awaitable[dict[str, object]]]]] = [
            (VERIFICATION, self._verify),
            ("zones", self._apply_new_zone_rules),
            ("pruning", self._prune),
        ]
        if self._back_up is not None:
            jobs.append((BACKUP, self._take_backup))
        for name, job in jobs:
            if not _is_due(done.get(name), now):
                continue
            try:
                detail = await job(now)
            except StoreUnavailable:
                raise
            except Exception:
                logger.exception("nightly job %s failed", name)
                continue
            await self._store.write(lambda tx, name=name, detail=detail: tx.journal.note(name, now, detail))  # type: ignore[misc]

    async def _verify(self, now: datetime) -> dict[str, object]:
        visions, differences = await cache.verify(self._store, Actor.host(), part=(now.toordinal(), NIGHTS_FOR_ALL))
        if differences:
            logger.error(
                "cached figures differ from the entries", extra={"visions": visions, "differences": len(differences)}
            )
        return {"visions": visions, "differences": len(differences)}

    async def _apply_new_zone_rules(self, now: datetime) -> dict[str, object]:
        return {"moved": await due.move_on_all(self._store, Actor.host(), now)}

    async def _prune(self, now: datetime) -> dict[str, object]:
        return {"messages": await deliver.prune(self._store, Actor.host(), now)}

    async def _take_backup(self, now: datetime) -> dict[str, object]:
        assert self._back_up is not None
        assert self._folder is not None
        path = backup_path(self._folder, now.date())
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        await self._back_up(path)
        size = (await asyncio.to_thread(path.stat)).st_size
        for old in await asyncio.to_thread(outdated, self._folder, self._keep):
            if old != path:  # backups from the future, made while the clock was wrong, would make it seem old
                await asyncio.to_thread(old.unlink, missing_ok=True)
        return {"path": str(path), "bytes": size}


def _is_due(last: Note | None, now: datetime) -> bool:
    night = datetime.combine(now.astimezone(UTC).date(), AT)
    if night > now:
        night -= timedelta(days=1)
    # A note from the future was made while the clock was wrong.
    return last is None or not night <= last.at <= now
