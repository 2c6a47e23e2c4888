"""Calls through a limiter on a clock that only waiting advances."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from bot.telegram.limiter import Limiter
from bot.telegram.limits import ANSWER, Limits
from tests.bot.fake_time import run

ANNA, BOB, CARL = 1, 2, 3
FRIENDS = -100


class Telegram:
    """Passes calls through a limiter and notes when each came; `refuses` has the error to raise, by chat."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limiter = Limiter(limits or Limits())
        self.came: list[tuple[float, int | str | None, str]] = []
        self.refuses: dict[int | str | None, Exception] = {}
        self.began = now()

    async def call(self, chat: int | str | None, what: str = "", priority: int = ANSWER, **kwargs: Any) -> bool:
        endpoint = kwargs.get("endpoint", "sendMessage")

        async def arrive() -> bool:
            if error := self.refuses.pop(chat, None):
                raise error
            self.came.append((now() - self.began, chat, what))
            return True

        return await self.limiter.call(arrive, endpoint, chat, priority)

    async def all(self, calls: Iterable[Awaitable[bool]]) -> None:
        await asyncio.gather(*calls)

    def times(self, chat: int | None = None) -> list[float]:
        """The times of calls, in seconds since the beginning."""
        return [time for time, to, _ in self.came if chat is None or to == chat]

    @property
    def order(self) -> list[str]:
        return [what for _, _, what in self.came]


def now() -> float:
    return asyncio.get_running_loop().time()


def most_within(seconds: float, times: list[float]) -> int:
    """The largest number of times in any window of this length."""
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def on_fake_time(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """A test on a clock that only waiting advances."""

    def wrapped() -> None:
        run(test())

    wrapped.__name__, wrapped.__doc__ = test.__name__, test.__doc__
    return wrapped
