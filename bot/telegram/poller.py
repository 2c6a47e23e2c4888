"""Long polling: asks Telegram for updates, and confirms them by the next question once they are stored."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.telegram.calls import said, seconds_to_wait
from bot.telegram.inbox import Json
from core.ports.store import StoreUnavailable

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
POLL_SECONDS = 30
LONGEST_PAUSE = 30.0

BAD_TOKEN = "Telegram does not know this bot token: check GOALTREE_BOT_TOKEN (BotFather shows it under /mybots)."
CONFLICT = (
    "Another process receives this bot's updates: stop it, or use a token of its own for each. Trying again in %s s."
)


class BotRefused(Exception):
    """Telegram does not let this bot in; trying again does not help."""


class Poller:
    """Asks for updates for ever. `request` is used by nothing else, so that a long wait holds up no answer."""

    def __init__(self, request: BaseRequest, url: str, take: Callable[[Sequence[Json]], Awaitable[None]]) -> None:
        self._request = request
        self._url = f"{url}/getUpdates"
        self._take = take
        self._offset = 0

    async def run(self) -> None:
        """Polls until cancelled. Raises `BotRefused` for a wrong token; anything else is waited out."""
        pause = 0.0
        while True:
            try:
                updates = await self._ask()
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
                logger.warning("no updates from Telegram (%s), trying again in %s s", said(error), pause)
            except StoreUnavailable:
                pause = _longer(pause)  # the store says so in the log; the updates stay with Telegram, unconfirmed
            except Exception:
                # The store cannot take them: they stay with Telegram, unconfirmed.
                pause = _longer(pause)
                logger.exception("updates could not be stored, trying again in %s s", pause)
            await asyncio.sleep(pause)

    async def _ask(self) -> list[Json]:
        question = {
            "offset": self._offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        # The request itself instead of Bot.get_updates: the inbox keeps updates as Telegram wrote them.
        answer = await self._request.post(f"{self._url}?{urlencode(question)}", read_timeout=POLL_SECONDS + 10)
        return cast(list[Json], answer)


def _longer(pause: float) -> float:
    return min(LONGEST_PAUSE, pause * 2 or 1.0)
