"""`goaltree run`: settings → store → bot → scheduler, opened in order and closed in reverse."""

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
from goaltree.commands import back_up_of, opened
from goaltree.errors import Failure
from goaltree.heartbeat import INTERVAL, heartbeat_file
from goaltree.settings import Settings
from scheduler.nightly import Nightly
from scheduler.postman import Postman
from scheduler.rebuilder import Rebuilder
from scheduler.ticks import Tick, Ticks

logger = logging.getLogger(__name__)


async def run(settings: Settings) -> int:
    """Runs until SIGTERM or SIGINT, then finishes what it holds."""
    token = settings.token()
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # not on Windows
            loop.add_signal_handler(number, end.set)
    async with opened(settings) as store:
        bot = GoaltreeBot(
            store=store,
            clock=lambda: datetime.now(UTC),
            token=token,
            base_url=settings.api,
            allowed=settings.allowed_users,
            limits=Limits(),
            pace=settings.pace,
            caps=settings.caps,
        )
        try:
            await bot.start()
        except BotRefused as error:
            raise Failure(str(error)) from error
        clock = bot.services.clock
        postman = Postman(store, bot.messenger, clock)
        nightly = Nightly(store, clock, back_up=back_up_of(settings), folder=settings.backup_dir, keep=settings.backups)
        ticks = Ticks(
            [
                Tick("heartbeat", INTERVAL, lambda: _beat(settings)),
                Tick("remind", 1, postman.remind),
                Tick("deliver", 1, postman.deliver),
                Tick("nightly", 600, nightly.run),
                Tick("rebuild", 5, Rebuilder(store, clock).run),
            ]
        )
        await _beat(settings)
        ticks.start()
        logger.info("ready")
        try:
            await _either(end.wait(), bot.ended())
        except BotRefused as error:
            raise Failure(str(error)) from error
        finally:
            await ticks.stop()
            await postman.finish()
            await bot.stop()
    return 0


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
