"""Metrics for Prometheus: counted by an observer, or read from the database on request."""

from __future__ import annotations

import logging
import platform
from collections.abc import Awaitable, Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE

from core.observing import Observer
from core.ports.statistics import Waiting
from core.ports.store import StoreUnavailable, Use
from core.records import record
from web.remembered import Remembered

__all__ = ["CONTENT_TYPE", "DatabaseFigures", "Metrics"]

logger = logging.getLogger(__name__)

FRESH = 10.0
"""Seconds for which figures from the database are reused."""
_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60)


@record
class DatabaseFigures:
    """Figures from the database. `oldest` (the age of the longest overdue message) and `left` (the time until the last
    due digest comes) are in seconds, 0 if there is none. `noted`: Unix times of the last runs, by name."""

    waiting: Waiting
    oldest: float
    left: float
    noted: Mapping[str, float]


class Metrics(Observer):
    """See `core.observing.Observer`."""

    def __init__(self, version: str) -> None:
        self._registry = registry = CollectorRegistry()
        self._figures: Callable[[], Awaitable[DatabaseFigures]] | None = None
        self._use: Callable[[], Mapping[str, Use]] = dict
        ProcessCollector(registry=registry)
        build = Gauge(
            "goaltree_build_info", "Always 1; the labels say what runs.", ["version", "python"], registry=registry
        )
        build.labels(version, platform.python_version()).set(1)
        self._updates = Counter(
            "goaltree_updates", "Updates handled, by kind and result.", ["kind", "result"], registry=registry
        )
        self._handling = Histogram(
            "goaltree_update_seconds",
            "From taking up an update to its answer.",
            ["kind"],
            buckets=_SLOW,
            registry=registry,
        )
        self._check_off = Histogram(
            "goaltree_check_off_seconds", "From a check-off to its durable roll-up.", buckets=_QUICK, registry=registry
        )
        self._statements = Histogram(
            "goaltree_rollup_statements", "Statements of a check-off's transaction.",
            buckets=(4, 6, 8, 10, 12, 16, 24, 32, 64), registry=registry,
        )  # fmt: skip
        self._waits = Histogram(
            "goaltree_rate_limit_wait_seconds", "What a call to Telegram waited for its turn.", ["priority"],
            buckets=_SLOW, registry=registry,
        )  # fmt: skip
        self._made = Counter("goaltree_reminders_made", "Reminders that became messages.", registry=registry)
        self._sends = Counter(
            "goaltree_sends", "Attempts to deliver a scheduled message.", ["kind", "result"], registry=registry
        )
        self._lag = Gauge("goaltree_tick_lag_seconds", "How late a tick began, last.", ["tick"], registry=registry)
        self._ticks = Histogram(
            "goaltree_tick_seconds", "How long a tick took.", ["tick"], buckets=_QUICK, registry=registry
        )
        self._answers = Gauge(
            "goaltree_database_up", "Whether the database answered when it was last asked.", registry=registry
        )
        self._outbox = Gauge(
            "goaltree_outbox_messages", "Undelivered messages, by state.", ["state"], registry=registry
        )
        self._oldest = Gauge(
            "goaltree_outbox_oldest_seconds", "Age of the message that is late for longest.", registry=registry
        )
        self._digests = Gauge("goaltree_digests_waiting", "Digests that are due and not sent yet.", registry=registry)
        self._wave = Gauge(
            "goaltree_digests_left_seconds", "Until the last digest that is due is to be sent.", registry=registry
        )
        self._inbox = Gauge("goaltree_inbox_updates", "Updates stored and not handled yet.", registry=registry)
        self._due = Gauge("goaltree_reminders_due", "Reminders that are due now.", registry=registry)
        self._noted = Gauge(
            "goaltree_last_timestamp_seconds", "When something was last done, by name.", ["what"], registry=registry
        )
        self._size = Gauge("goaltree_database_connections", "Connections there may be.", ["pool"], registry=registry)
        self._busy = Gauge("goaltree_database_in_use", "Connections at work.", ["pool"], registry=registry)
        self._queue = Gauge(
            "goaltree_database_waiting", "Work that waits for a connection.", ["pool"], registry=registry
        )

    def read_from(
        self,
        figures: Callable[[], Awaitable[DatabaseFigures]],
        use: Callable[[], Mapping[str, Use]],
        fresh: float = FRESH,
    ) -> None:
        """Set the sources of figures: `figures` queries the database, `use` the store's connections."""
        self._figures = Remembered(figures, fresh)
        self._use = use

    async def text(self) -> bytes:
        """All metrics in Prometheus' text format."""
        await self._look()
        for pool, use in self._use().items():
            self._size.labels(pool).set(use.size)
            self._busy.labels(pool).set(min(use.working, use.size))
            self._queue.labels(pool).set(max(0, use.working - use.size))
        return generate_latest(self._registry)

    async def _look(self) -> None:
        if self._figures is None:
            return
        try:
            figures = await self._figures()
        except Exception as error:
            # The counters of this process are useful even without the database.
            if not isinstance(error, StoreUnavailable):  # the store logs the cause
                logger.warning("could not read figures from the database: %s", type(error).__name__)
            self._answers.set(0)
            return
        self._answers.set(1)
        for state, count in figures.waiting.outbox.items():
            self._outbox.labels(state).set(count)
        self._oldest.set(figures.oldest)
        self._digests.set(figures.waiting.digests.waiting)
        self._wave.set(figures.left)
        self._inbox.set(figures.waiting.updates)
        self._due.set(figures.waiting.reminders)
        for what, at in figures.noted.items():
            self._noted.labels(what).set(at)

    # --- core.observing.Observer ---

    def handled(self, kind: str, result: str, seconds: float) -> None:
        self._updates.labels(kind, result).inc()
        self._handling.labels(kind).observe(seconds)

    def checked_off(self, statements: int, seconds: float) -> None:
        self._check_off.observe(seconds)
        self._statements.observe(statements)

    def waited(self, priority: str, seconds: float) -> None:
        self._waits.labels(priority).observe(seconds)

    def made(self, messages: int) -> None:
        self._made.inc(messages)

    def sent(self, kind: str, result: str) -> None:
        self._sends.labels(kind, result).inc()

    def ticked(self, name: str, late: float, seconds: float) -> None:
        self._lag.labels(name).set(late)
        self._ticks.labels(name).observe(seconds)
