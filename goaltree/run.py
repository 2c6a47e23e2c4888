"""`goaltree run`: settings → store → bot → its parts (receiving, handling, sending), opened in order and closed in
reverse."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.application import GoaltreeBot
from bot.options import BotOptions
from bot.telegram.limits import Limits
from bot.telegram.poller import BotRefused
from core.observing import UNOBSERVED, Observer
from core.peers import ChatLocks
from goaltree.errors import BadUse, Failure
from goaltree.heartbeat import INTERVAL, heartbeat_file
from goaltree.leading import Duty, Leading
from goaltree.opening import opened
from goaltree.receiving import Receiving
from goaltree.roles import ProcessRole
from goaltree.sending import Sending
from goaltree.settings import Settings
from scheduler.ticks import Tick, Ticks
from storage import is_a_file, join

if TYPE_CHECKING:
    from web.metrics import Metrics

logger = logging.getLogger(__name__)


async def run(settings: Settings, role: ProcessRole = ProcessRole.ALL) -> int:
    """Run until SIGTERM or SIGINT, then finish the work in hand."""
    token = settings.token()
    _check(settings, role)
    end = _stop_signal()
    address = settings.served_at(receives=role.receives)
    metrics = None if address is None else _metrics()
    observer = metrics or UNOBSERVED
    async with opened(settings, observer) as store, join(settings.url) as peers, contextlib.AsyncExitStack() as parts:
        options = _options(settings, observer, peers.chats, has_api=role.receives and address is not None)
        bot = GoaltreeBot(store, lambda: datetime.now(UTC), token, options)
        # Everything that exists now stays, so the garbage collector need not look at it again.
        gc.freeze()
        gc.enable()
        receiving = Receiving(settings, bot, alone=peers.chats is None) if role.receives else None
        duties: list[Duty] = []
        if receiving and receiving.is_for_one:
            duties.append(receiving)
        if role.sends:
            duties.append(Sending(settings, store, bot))
        leading = Leading(peers.leadership, duties)
        heart = Heart(settings.data_dir, lambda: bot.is_deaf)
        heartbeat = Ticks([Tick("heartbeat", INTERVAL, heart.beat)])

        async def live() -> None:
            await bot.connect()
            if receiving and not receiving.is_for_one:
                await receiving.start()
            await leading.start()
            logger.info("ready")
            await _first_to_end(bot.ended(), leading.ended())

        parts.push_async_callback(heartbeat.stop)
        parts.push_async_callback(bot.stop)
        await heart.beat()
        heartbeat.start()
        ends = [leading.stop]
        if metrics is not None:
            from goaltree.serving import ProcessServer

            server = ProcessServer(
                settings, store, bot, metrics, receives=role.receives, is_sender=lambda: leading.leads
            )
            await server.open()  # it answers before Telegram is reached
            ends.append(server.close)
        parts.push_async_callback(_stop_all, *ends)
        try:
            await _first_to_end(end.wait(), live())
        except BotRefused as error:
            raise Failure(str(error)) from error
    return 0


def _options(settings: Settings, observer: Observer, locks: ChatLocks | None, *, has_api: bool) -> BotOptions:
    return BotOptions(
        base_url=settings.api,
        allowed=settings.allowed_users,
        limits=Limits(settings.messages_per_second),
        observer=observer,
        locks=locks,
        allowance=settings.allowance,
        caps=settings.caps,
        has_api=has_api,
        app_url=settings.app_url if has_api else None,
        address=settings.address,
    )


def _metrics() -> Metrics:
    # Without a server, a process does not load the code for one.
    from goaltree.serving import metrics

    return metrics()


def _check(settings: Settings, role: ProcessRole) -> None:
    """Raises `BadUse` if the role does not fit the settings."""
    if role is ProcessRole.ALL:
        return
    if is_a_file(settings.url):
        raise BadUse(
            f"--role {role.value} is for several processes on one PostgreSQL (GOALTREE_DATABASE_URL); "
            "on SQLite one process does it all: goaltree run."
        )
    if role is ProcessRole.WEB and settings.webhook_url is None:
        raise BadUse(
            "--role web takes the updates that Telegram posts: set GOALTREE_WEBHOOK_URL. "
            "Without one, only one process can ask for updates: goaltree run."
        )


def _stop_signal() -> asyncio.Event:
    """An event set by the first SIGTERM or SIGINT. A second signal kills the process at once: its work is in the
    database, and the next process goes on with it."""
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


async def _first_to_end(*works: Coroutine[Any, Any, Any]) -> None:
    """Wait for the first to end, and raise its error."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _stop_all(*ends: Callable[[], Awaitable[None]]) -> None:
    """Stop several parts at the same time."""
    await asyncio.gather(*(end() for end in ends))


class Heart:
    """Keeps the heartbeat while the process is alive. A process that cannot hear Telegram is not, which is logged when
    it begins."""

    def __init__(self, data_dir: Path, is_deaf: Callable[[], bool]) -> None:
        self._file = heartbeat_file(data_dir)
        self._is_deaf = is_deaf
        self._was_deaf = False

    async def beat(self) -> None:
        """Beat once, if alive."""
        is_deaf = self._is_deaf()
        if is_deaf != self._was_deaf:
            logger.warning("nothing was heard of Telegram for two polls" if is_deaf else "Telegram is heard again")
        self._was_deaf = is_deaf
        if not is_deaf:
            await asyncio.to_thread(self._file.touch)
