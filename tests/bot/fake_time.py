"""An event loop whose clock advances when it waits: minutes pass at once, and the same way every time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

TURN = 1e-6
"""Seconds of this clock that each turn of the loop takes."""


class _Clock(selectors.SelectSelector):
    """The loop's selector. Nothing happens outside, so it never really waits."""

    now = 1000.0
    turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits for something that never comes")
        self.now += max(timeout, TURN)
        self.turns += 1
        return []


class FakeTimeLoop(asyncio.SelectorEventLoop):
    """An event loop on such a clock. `turns` counts its rounds."""

    def __init__(self) -> None:
        self._clock = _Clock()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now

    @property
    def turns(self) -> int:
        return self._clock.turns


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, run on a loop of its own."""
    with asyncio.Runner(loop_factory=FakeTimeLoop) as runner:
        return runner.run(work)
