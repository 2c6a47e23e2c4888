"""Long polling: each poll asks Telegram for updates and confirms the earlier ones, which are stored by then."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.telegram.calls import reason_of, seconds_to_wait
from bot.telegram.updates import Json
from core.ports.store import StoreUnavailable

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
POLL_SECONDS = 30
SLACK = 10
"""Seconds by which the answer to a poll may be late."""
DEAF_AFTER = 2.0 * (POLL_SECONDS + SLACK)
LONGEST_PAUSE = 30.0

BAD_TOKEN = "Telegram does not know this bot token: check GOALTREE_BOT_TOKEN (BotFather shows it under /mybots)."
CONFLICT = (
    "Another process receives this bot's updates: stop it, or use a token of its own for each. Trying again in %s s."
)


class BotRefused(Exception):
    """Telegram refuses this bot; trying again does not help."""


class Poller:
    """Polls for ever, on a connection of its own, so that a long wait holds up no answer.

    `connect` makes one for each run, and a new one after a failed poll: the pool may count a connection as taken for
    ever when its request was cancelled.
    """

    def __init__(
        self,
        connect: Callable[[], BaseRequest],
        url: str,
        take: Callable[[Sequence[Json]], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._request: BaseRequest | None = None
        self._heard: float | None = None
        self._url = f"{url}/getUpdates"
        self._take = take
        self._offset = 0

    @property
    def is_deaf(self) -> bool:
        """Whether it polls without an answer for as long as two polls take."""
        return self._heard is not None and self._clock() - self._heard > DEAF_AFTER

    async def run(self) -> None:
        """Polls until cancelled. Raises `BotRefused` for a wrong token; waits out anything else."""
        self._heard = self._clock()
        try:
            await self._poll()
        finally:
            self._heard = None
            await self._disconnect()

    async def _poll(self) -> None:
        pause = 0.0
        while True:
            try:
                updates = await self._ask()
                self._heard = self._clock()
                if updates:
                    await self._take(updates)
                    self._offset = max(self._offset, *(int(update["update_id"]) + 1 for update in updates))
                pause = 0.0
                continue
            except InvalidToken as error:
                raise BotRefused(BAD_TOKEN) from error
            except Conflict:
                pause = _longer(pause)
                logger.error(CONFLICT, pause)
            except RetryAfter as error:
                pause = seconds_to_wait(error)
                logger.warning("Telegram asks to wait %s s before polling again", pause)
            except (NetworkError, TelegramError) as error:
                pause = _longer(pause)
                logger.warning("no updates from Telegram (%s), trying again in %s s", reason_of(error), pause)
                await self._disconnect()
            except StoreUnavailable:
                pause = _longer(pause)  # the store says so in the log; the updates stay with Telegram, unconfirmed
            except Exception:
                # The store cannot take them: they stay with Telegram, unconfirmed.
                pause = _longer(pause)
                logger.exception("updates could not be stored, trying again in %s s", pause)
            await asyncio.sleep(pause)

    async def _ask(self) -> list[Json]:
        question = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        # A raw request instead of Bot.get_updates: the inbox keeps updates as Telegram wrote them.
        if self._request is None:
            self._request = self._connect()
            await self._request.initialize()
        answer = await self._request.post(f"{self._url}?{urlencode(question)}", read_timeout=POLL_SECONDS + SLACK)
        return cast(list[Json], answer)

    async def _disconnect(self) -> None:
        request, self._request = self._request, None
        if request is None:
            return
        try:
            await request.shutdown()
        except Exception as error:
            logger.info("a connection to Telegram could not be closed: %s", type(error).__name__)


def _longer(pause: float) -> float:
    return min(LONGEST_PAUSE, pause * 2 or 1.0)
