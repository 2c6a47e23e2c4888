"""The library's `Bot` behind our limiter. The library's own `ExtBot` could do that too, but it loads the framework of
`telegram.ext`: 2 MB for nothing that is used here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram import Bot

from bot.telegram.limiter import Limiter
from bot.telegram.limits import ANSWER, SCHEDULED

_PRIORITY = "goaltree:priority"
AS_SCHEDULED: Mapping[str, Any] = {"api_kwargs": {_PRIORITY: SCHEDULED}}
"""Keyword arguments that make a call of a `LimitedBot` a scheduled one."""


class LimitedBot(Bot):
    """A bot whose calls wait for Telegram's limits, if it has a limiter."""

    __slots__ = ("_limiter",)

    def __init__(self, limiter: Limiter | None, token: str, **options: Any) -> None:
        super().__init__(token, **options)
        with self._unfrozen():
            self._limiter = limiter

    async def shutdown(self) -> None:
        """Cancels the calls that still wait, then closes the connections."""
        if self._limiter:
            await self._limiter.shutdown()
        await super().shutdown()

    async def call(self, endpoint: str, data: dict[str, Any], priority: int = ANSWER) -> Any:
        """Calls a method of the Bot API and returns Telegram's result as plain JSON: turning it into the library's
        objects takes as long as the call. Raises `TelegramError`."""
        return await self._do_post(endpoint, data | {_PRIORITY: priority})

    async def _do_post(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:
        # Every method of the library ends here: `ExtBot` limits its calls at this place, too.
        priority = data.pop(_PRIORITY, ANSWER)
        go = partial(super()._do_post, endpoint, data, **timeouts)
        if self._limiter is None:
            return await go()
        return await self._limiter.call(go, endpoint, data.get("chat_id"), priority)
