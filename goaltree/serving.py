"""The HTTP server of a process: webhook, API, probes and metrics, as far as the settings ask for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib.metadata import version

from bot.application import GoaltreeBot
from core.ports.journal import Note
from core.ports.statistics import Waiting
from core.ports.store import Store, Transaction
from goaltree.errors import Failure
from goaltree.settings import Settings
from scheduler.postman import NOTED_EVERY, TICK
from storage import is_behind
from web.api.application import Api
from web.api.callers import Callers
from web.application import application
from web.metrics import DatabaseFigures, Metrics
from web.probes import Check, Readiness
from web.remembered import Remembered
from web.server import Server
from web.webhook import Webhook

STILL = 4 * NOTED_EVERY
"""A sending process without a tick for this long is not ready."""
SHAPE_FRESH = 30.0
"""Seconds for which the database's revision is cached: it changes only with an upgrade."""


def metrics() -> Metrics:
    """An observer for this process."""
    return Metrics(version("goaltree"))


class ProcessServer:
    """The server of a process, if its settings ask for one. `receives`: this process receives updates. `is_sender`
    tells whether it sends at present."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        bot: GoaltreeBot,
        observed: Metrics,
        *,
        receives: bool,
        is_sender: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._store = store
        self._clock = bot.services.clock
        self._is_sender = is_sender
        self._begun = time.monotonic()
        observed.read_from(self._figures, store.use)
        address = settings.served_at(receives=receives)
        assert address is not None
        self._address = address
        hook = settings.webhook if receives else None
        self._webhook = Webhook(hook.secret, bot.receive, lambda: bot.has_room) if hook else None
        callers = Callers(store, settings.token(), bot.roles_in, settings.allowed_users)
        token = settings.metrics_token
        app = application(
            Readiness(self._checks(bot, receives=hook is not None)),
            observed,
            metrics_token=token.get_secret_value() if token else None,
            webhook=self._webhook,
            webhook_path=hook.path if hook else "/",
            api=Api(store, callers, self._clock, settings.caps) if receives else None,
        )
        self._server = Server(app, address)

    async def open(self) -> None:
        """Listen. Raises `Failure` if the address cannot be used."""
        try:
            await self._server.start()
        except OSError as error:
            raise Failure(
                f"GOALTREE_LISTEN: it is not possible to listen on {self._address}: {error.strerror}."
            ) from error

    async def close(self) -> None:
        """Accept no more requests, and finish the open ones, so that every accepted update is stored."""
        await self._server.stop()
        if self._webhook is not None:
            await self._webhook.settle()

    def _checks(self, bot: GoaltreeBot, *, receives: bool) -> Mapping[str, Check]:
        """`receives`: Telegram posts updates to this process."""
        behind = Remembered(lambda: is_behind(self._settings.url), SHAPE_FRESH)

        async def shape() -> str | None:
            return "the database is not up to date: run goaltree migrate" if await behind() else None

        async def updates() -> str | None:
            if bot.is_deaf:
                return "nothing was heard of Telegram for two polls"
            return "no more are taken in for now" if receives and not bot.has_room else None

        return {"database": self._database, "migrations": shape, "updates": updates, "tick": self._tick}

    async def _database(self) -> str | None:
        await self._store.read(lambda tx: tx.journal.all())
        return self._store.away()  # read, but perhaps not written

    async def _tick(self) -> str | None:
        # A process that has just started or taken over had no time to tick yet.
        if not self._is_sender() or time.monotonic() - self._begun < STILL.total_seconds():
            return None
        last = (await self._store.read(lambda tx: tx.journal.all())).get(TICK)
        if last is not None and self._clock() - last.at <= STILL:
            return None
        return "the last one is long ago"

    async def _figures(self) -> DatabaseFigures:
        now = self._clock()
        waiting, notes = await self._store.read(lambda tx: _what_stands(tx, now))
        late = now - waiting.late_since if waiting.late_since else timedelta()
        left = max(timedelta(), waiting.digests.until - now) if waiting.digests.until else timedelta()
        noted = {name: note.at.timestamp() for name, note in notes.items()}
        return DatabaseFigures(waiting, late.total_seconds(), left.total_seconds(), noted)


def _what_stands(tx: Transaction, now: datetime) -> tuple[Waiting, dict[str, Note]]:
    return tx.statistics.waiting(now), tx.journal.all()
