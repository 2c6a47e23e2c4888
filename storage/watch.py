"""The stores' reports of their work: the load of their connections, and check-offs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar, cast

from core.observing import UNOBSERVED, Observer
from core.ports.store import Transaction, Use, Work
from storage.transaction import SqlTransaction
from storage.trouble import Outage

P = TypeVar("P")
T = TypeVar("T")

READ, WRITTEN = "read", "written"
TOGETHER = 2
"""The statements of a check-off that was done together with others: one read, one write."""


class UnitAtWork:
    """A context manager around each unit of work. It is no generator, since one is made for each."""

    __slots__ = ("_outage", "_pool", "_working")

    def __init__(self, working: Counter[str], pool: str, outage: Outage) -> None:
        self._working = working
        self._pool = pool
        self._outage = outage

    def __enter__(self) -> None:
        self._working[self._pool] += 1

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._working[self._pool] -= 1
        if error is None:
            self._outage.worked()
        else:
            self._outage.failed(error)


class Watch:
    """Counts the units of work in each pool, and reports check-offs to the observer."""

    def __init__(self, observer: Observer, sizes: Mapping[str, int]) -> None:
        self._observer = observer
        self._sizes = sizes
        self._working: Counter[str] = Counter()
        self._outages = {doing: Outage(doing) for doing in (READ, WRITTEN)}

    def use(self) -> Mapping[str, Use]:
        """See `core.ports.store.Store`."""
        return {pool: Use(size, self._working[pool]) for pool, size in self._sizes.items()}

    def away(self) -> str | None:
        """See `core.ports.store.Store`."""
        return next((outage.message for outage in self._outages.values() if outage.message), None)

    def at_work(self, pool: str, used: str) -> UnitAtWork:
        """Counts a unit of work while it waits for a connection of this pool or uses it. `used`: READ or WRITTEN.
        Raises `StoreUnavailable` for errors that mean it."""
        return UnitAtWork(self._working, pool, self._outages[used])

    async def check_off(self, run: Callable[[Work[P, T]], Coroutine[Any, Any, T]], work: Work[P, T]) -> T:
        """Runs a check-off together with others, and reports its duration."""
        if self._observer is UNOBSERVED:
            return await run(work)
        begun = time.perf_counter()
        result = await run(work)
        self._observer.checked_off(TOGETHER, time.perf_counter() - begun)
        return result

    async def write(
        self, run: Callable[[Callable[[Transaction], T]], Coroutine[Any, Any, T]], work: Callable[[Transaction], T]
    ) -> T:
        """Runs a unit of work; if it was a check-off, reports its statements and its duration."""
        if self._observer is UNOBSERVED:
            return await run(work)
        begun, statements = time.perf_counter(), 0

        def counted(tx: Transaction) -> T:
            nonlocal statements
            result = work(tx)
            statements = cast(SqlTransaction, tx).statements_of_check_off
            return result

        result = await run(counted)
        if statements:
            self._observer.checked_off(statements, time.perf_counter() - begun)
        return result
