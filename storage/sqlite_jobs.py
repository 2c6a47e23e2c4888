"""Units of work on their way to a thread and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from core.ports.store import Transaction


class Job:
    """A unit of work with its outcome: a result, or what was raised. `is_whole`: unless something unexpected happens,
    it raises nothing but `NotDone`, before it writes; so it never has to be undone alone."""

    __slots__ = ("error", "future", "is_whole", "result", "work")

    def __init__(
        self, work: Callable[[Transaction], Any], future: asyncio.Future[Any], *, is_whole: bool = False
    ) -> None:
        self.work = work
        self.future = future
        self.is_whole = is_whole
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Hands the outcome to the waiting caller, if there still is one."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


def settle(jobs: Sequence[Job], loop: asyncio.AbstractEventLoop) -> None:
    """Settles jobs on their loop, from another thread."""
    try:
        loop.call_soon_threadsafe(_settle_all, jobs)
    except RuntimeError:
        # The loop is closed, so nobody waits.
        return


def _settle_all(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.settle()
