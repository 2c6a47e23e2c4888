"""An event loop whose clock is advanced by waiting: minutes pass at once, and the same way every time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

TURN = 1e-6
"""Seconds that a turn of the loop takes on this clock."""


class _Clock(selectors.SelectSelector):
    """Where a loop waits: nothing happens outside, so the wait itself is left out."""

    now = 1000.0
    turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits for something that never comes")
        self.now += max(timeout, TURN)
        self.turns += 1
        return []


class FakeTimeLoop(asyncio.SelectorEventLoop):
    """A loop on such a clock. `turns` counts how often it went round."""

    def __init__(self) -> None:
        self._clock = _Clock()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now

    @property
    def turns(self) -> int:
        return self._clock.turns


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, done on a loop of its own."""
    with asyncio.Runner(loop_factory=FakeTimeLoop) as runner:
        return runner.run(work)
