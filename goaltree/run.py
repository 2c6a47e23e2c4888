"""`goaltree run`: settings → store → bot → its parts (receiving, handling, sending), opened in order and closed in
reverse."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from bot.application import GoaltreeBot
from bot.limits import Limits
from bot.poller import BotRefused
from goaltree.commands import opened
from goaltree.errors import Failure
from goaltree.heartbeat import INTERVAL, heartbeat_file
from goaltree.roles import Role
from goaltree.sending import Sending
from goaltree.settings import Settings
from goaltree.watching import Window, metrics
from scheduler.ticks import Tick, Ticks

logger = logging.getLogger(__name__)


async def run(settings: Settings, role: Role = Role.ALL) -> int:
    """Runs until SIGTERM or SIGINT, then finishes what it holds."""
    token = settings.token()
    end = _told_to_end()
    observer = metrics()
    async with opened(settings, observer) as store, contextlib.AsyncExitStack() as parts:
        bot = GoaltreeBot(
            store=store,
            clock=lambda: datetime.now(UTC),
            token=token,
            base_url=settings.api,
            allowed=settings.allowed_users,
            limits=Limits(),
            observer=observer,
        )
        window = Window(settings, store, bot, observer, receives=role.receives, is_sender=lambda: role.sends)
        try:
            parts.push_async_callback(bot.stop)
            # It answers while Telegram is awaited, too.
            parts.push_async_callback(window.close)
            await window.open()
            await bot.connect()
            if role.receives:
                await bot.begin_handling()
                if settings.webhook:
                    await bot.begin_webhook(settings.webhook.url, settings.webhook.secret)
                else:
                    await bot.begin_polling()
            if role.sends:
                sending = Sending(settings, store, bot)
                parts.push_async_callback(sending.stop)
                await sending.start()
            heartbeat = Ticks([Tick("heartbeat", INTERVAL, lambda: _beat(settings))])
            parts.push_async_callback(heartbeat.stop)
            await _beat(settings)
            heartbeat.start()
            logger.info("ready")
            await _either(end.wait(), bot.ended())
        except BotRefused as error:
            raise Failure(str(error)) from error
    return 0


def _told_to_end() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT. The second ends the process as the system does it: what it holds is in the
    database, and left to the next one."""
    end = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told() -> None:
        end.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # not on Windows
            loop.add_signal_handler(number, told)
    return end


async def _either(*works: Coroutine[Any, Any, Any]) -> None:
    """Waits for the first to end; raises what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


async def _beat(settings: Settings) -> None:
    await asyncio.to_thread(heartbeat_file(settings.data_dir).touch)
