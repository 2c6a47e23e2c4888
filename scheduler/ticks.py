"""A few fixed jobs ("ticks") on APScheduler. Due messages are rows that a tick claims, not jobs."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from core.observing import UNOBSERVED, Observer
from core.ports.store import StoreUnavailable
from core.records import record
from scheduler.ending import finish

logger = logging.getLogger(__name__)


@record
class Tick:
    """Work that runs every so many seconds, never twice at once."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[None]]


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Fires a fixed time from now. APScheduler's own interval trigger steps through every missed run: after a clock
    correction of some months that fills the memory."""

    def __init__(self, tick: Tick) -> None:
        self._interval = timedelta(seconds=tick.seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + self._interval


class Ticks:
    """Runs ticks in the running event loop until it is stopped."""

    def __init__(self, ticks: Sequence[Tick], observer: Observer = UNOBSERVED) -> None:
        self._observer = observer
        self._due: dict[str, float] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[None]] = set()
        self._every = {tick.name: timedelta(seconds=tick.seconds) for tick in ticks}
        self._watcher: asyncio.Task[None] | None = None
        self._stopping = False
        for tick in ticks:
            # misfire_grace_time=None: by default APScheduler drops a job if the loop was busy for a second.
            self._scheduler.add_job(
                self._run,
                _Every(tick),
                args=[tick],
                id=tick.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    async def _run(self, tick: Tick) -> None:
        if self._stopping:
            return  # APScheduler handed it over before it was paused
        # APScheduler cancels its coroutines at shutdown, so the work is a task of ours, which `stop` waits for.
        task = asyncio.ensure_future(self._guarded(tick))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _guarded(self, tick: Tick) -> None:
        begun = time.monotonic()
        late = max(0.0, begun - self._due.get(tick.name, begun))
        self._due[tick.name] = begun + tick.seconds
        try:
            await tick.work()
        except StoreUnavailable:
            pass  # the store says so in the log; the next tick does the work
        except Exception:
            logger.exception("tick failed", extra={"tick": tick.name})
        self._observer.ticked(tick.name, late, time.monotonic() - begun)

    def start(self) -> None:
        """Starts ticking; needs a running event loop."""
        self._scheduler.start()
        self._watcher = asyncio.create_task(self._watch_clock())

    async def stop(self) -> None:
        """Starts no more work and waits for what is running; what takes too long is cancelled."""
        if self._watcher:
            self._watcher.cancel()
        self._stopping = True
        self._scheduler.pause()
        await finish(self._running)
        self._scheduler.shutdown(wait=False)

    async def _watch_clock(self) -> None:
        """APScheduler waits for wall-clock times: if the clock goes back, every tick would pause for that long."""
        while True:
            await asyncio.sleep(1)
            now = datetime.now(UTC)
            for job in self._scheduler.get_jobs():
                if job.next_run_time > now + self._every[job.id]:
                    logger.warning("the clock went back: tick %s goes on from now", job.id)
                    job.modify(next_run_time=now)
