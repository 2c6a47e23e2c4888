"""Calls to Telegram on behalf of handlers: which are retried, and which are given up.

`BadRequest` is our mistake and is raised. A time-out is not retried: the message may have arrived.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

# Opts in to python-telegram-bot's coming behaviour (timedelta for spans of time), so that it does not warn.
os.environ.setdefault("PTB_TIMEDELTA", "1")

logger = logging.getLogger(__name__)
T = TypeVar("T")

_QUOTED = re.compile(r'"[^"]*"')

TRIES = 3
FIRST_PAUSE = 0.5
"""Seconds until a call is made again that did not reach Telegram: twice as long each time."""
LONGEST_WAIT = 60.0
SAID_EVERY = 60.0
"""Seconds between two log lines saying that Telegram cannot be reached, however many answers wait."""


class NotNow(Exception):
    """Telegram accepts no answer at present: the update should be handled again."""


class UnreachableLog:
    """Logs that Telegram cannot be reached, at most once in `SAID_EVERY` seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said_at = -SAID_EVERY

    def noticed(self, error: NetworkError) -> None:
        """Logs the error, unless one was logged lately."""
        now = self._clock()
        if now - self._said_at >= SAID_EVERY:
            self._said_at = now
            logger.warning("Telegram cannot be reached: %s", reason_of(error))


_UNREACHABLE = UnreachableLog()


async def patiently(call: Callable[[], Awaitable[T]], *, is_answer: bool = False) -> T | None:
    """The result of a call to Telegram; None if it cannot be delivered through nobody's fault. Raises `NotNow` for an
    answer that may be delivered later."""
    for attempt in range(TRIES):
        try:
            return await call()
        except BadRequest:
            raise
        except (Forbidden, ChatMigrated) as error:
            logger.info("not delivered: %s", reason_of(error))
            return None
        except RetryAfter as error:
            wait = seconds_to_wait(error)
        except TimedOut:
            logger.warning("Telegram did not answer in time; the message may have arrived")
            return None
        except NetworkError as error:
            _UNREACHABLE.noticed(error)
            wait = FIRST_PAUSE * 2**attempt
        if wait > LONGEST_WAIT:
            break
        if attempt + 1 < TRIES:
            await asyncio.sleep(wait)
    if is_answer:
        raise NotNow
    logger.error("a call was given up after %s tries", TRIES)
    return None


def reason_of(error: TelegramError) -> str:
    """Telegram's reason without what it quotes of a message, which may be a person's words."""
    return _QUOTED.sub('"…"', error.message)


def seconds_to_wait(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
