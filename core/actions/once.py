"""Carrying out a repeated request once: the caller's key is claimed in the transaction that does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from core.actions.access import check_everywhere, user_of
from core.errors import RequestRefused
from core.group.permissions import Act, Actor
from core.ports.requests import Request
from core.ports.store import Store, Transaction, Use, Work

P = TypeVar("P")
T = TypeVar("T")


class Repeated(Exception):
    """A request with this key was carried out before, and nothing was done now."""

    def __init__(self, answer: str, status: int) -> None:
        super().__init__()
        self.answer = answer
        self.status = status


class OnceStore:
    """A store whose first unit of work is done once for a key of the actor's; `digest` identifies what was asked.

    A repeated unit of work raises `Repeated` with the earlier answer, or `RequestRefused` if the key stood for
    something else or is being answered right now.
    """

    def __init__(self, store: Store, actor: Actor, key: str, digest: str, now: datetime) -> None:
        check_everywhere(actor, Act.OWN_AFFAIRS)
        self._store = store
        self._user_id = user_of(actor)
        self._key = key
        self._digest = digest
        self._now = now
        self._claimed = False

    def use(self) -> Mapping[str, Use]:
        """See `Store`."""
        return self._store.use()

    def away(self) -> str | None:
        """See `Store`."""
        return self._store.away()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """See `Store`."""
        return await self._store.read(work)

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        """See `Store`."""
        return await self._store.glance(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """See `Store`. Raises `Repeated` and `RequestRefused` besides."""

        def claimed(tx: Transaction) -> T:
            before = None if self._claimed else tx.requests.claim(self._user_id, self._key, self._digest, self._now)
            if before is not None:
                raise self._answer_of(before)
            return work(tx)

        done = await self._store.write(claimed)
        self._claimed = True
        return done

    async def check_off(self, work: Work[P, T]) -> T:
        """See `Store`. Runs separately, in the transaction that claims the key."""
        return await self.write(work.slowly)

    async def save_answer(self, status: int, answer: str) -> None:
        """Keeps the answer for repeated requests."""
        if self._claimed:
            await self._store.write(lambda tx: tx.requests.save_answer(self._user_id, self._key, status, answer))

    def _answer_of(self, before: Request) -> Exception:
        if before.digest != self._digest:
            return RequestRefused("key_reused")
        if before.status is None or before.answer is None:
            return RequestRefused("key_unanswered")
        return Repeated(before.answer, before.status)
