"""Rebuilds all caches in the background, a few trees at a time, after an upgrade that computes differently."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from core.actions import cache
from core.group.permissions import Actor
from core.ports.store import Store, StoreUnavailable

logger = logging.getLogger(__name__)

AT_ONCE = 20
"""Trees per tick."""
RESTS = timedelta(days=1)
"""How long to rest once everything is up to date; edited trees are rebuilt when they are read."""


class Rebuilder:
    """Goes through the outdated trees by id. It stores no position: a rebuilt tree is no longer outdated."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._after = 0
        self._rebuilt = 0
        self._rested_since: datetime | None = None

    async def run(self) -> None:
        """Rebuilds the next few, if there are any."""
        now = self._clock()
        if self._rested_since is not None and timedelta(0) <= now - self._rested_since < RESTS:
            return
        self._rested_since = None
        vision_ids = await cache.outdated(self._store, Actor.host(), self._after, AT_ONCE)
        for vision_id in vision_ids:
            try:
                self._rebuilt += await cache.renew(self._store, Actor.host(), vision_id)
            except StoreUnavailable:
                raise
            except Exception as error:
                # A tree that cannot be rebuilt does not stop the others; reading it will fail with the same error.
                where = "".join(traceback.format_tb(error.__traceback__))
                logger.error("could not rebuild tree %s: %s\n%s", vision_id, type(error).__name__, where)
            self._after = vision_id
        if len(vision_ids) < AT_ONCE:
            if self._rebuilt:
                logger.info("rebuilt %s trees", self._rebuilt)
            self._after, self._rebuilt, self._rested_since = 0, 0, now
