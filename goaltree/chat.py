"""`goaltree chat`: the real bot on a local Telegram, in this terminal, with a clock that can be set."""

from __future__ import annotations

import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.application import GoaltreeBot
from bot.options import BotOptions
from goaltree.opening import opened
from goaltree.settings import Settings
from sandbox.browser.page import BrowserChat
from sandbox.clock import SandboxClock
from sandbox.passing import BotSide, Passage
from sandbox.server import LocalTelegram
from sandbox.terminal import run_terminal
from sandbox.world import World
from scheduler.postman import Postman
from web.address import Address
from web.api.application import Api
from web.api.callers import Callers
from web.application import application
from web.metrics import Metrics
from web.probes import Readiness
from web.server import Server

PAGE = "A chat in the browser, with the Mini App beside it: {address}"


async def chat(settings: Settings, data: Path | None, port: int | None = None) -> int:
    """Run the chat until the input ends; return 1 if the bot failed. The data is kept in `data`, or discarded.

    The same chats are served as a page on a local port: on a free one for a person at the keyboard, for piped input
    only if a port is given.
    """
    async with AsyncExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="goaltree-")))
        settings = settings.model_copy(update={"data_dir": data})
        store = await stack.enter_async_context(opened(settings))
        clock = SandboxClock()
        world = World(clock, data)
        telegram = LocalTelegram(world, clock)
        url = await telegram.start()
        stack.push_async_callback(telegram.stop)
        bot = GoaltreeBot(store, clock, telegram.token, BotOptions(base_url=url))
        await bot.start()
        stack.push_async_callback(bot.stop)
        postman = Postman(store, bot.messenger, clock)

        async def zone_of(chat_id: int) -> tzinfo:
            owner = await store.read(lambda tx: tx.owners.by_chat(chat_id))
            return ZoneInfo(owner.timezone if owner else "UTC")

        async def settle() -> None:
            await bot.settle()
            await postman.settle()

        passage = Passage(telegram, clock, BotSide(settle, zone_of, settle, postman.next_due, lambda: bot.failed))
        hint = ""
        if port is not None or sys.stdin.isatty():
            page = BrowserChat(telegram, passage)
            callers = Callers(store, telegram.token, bot.roles_in, None)
            app = application(Readiness({}), Metrics("0"), api=Api(store, callers, clock))
            server = Server(Starlette(routes=[*page.routes, Mount("/", app)]), Address("127.0.0.1", port or 0))
            hint = PAGE.format(address=f"http://{await server.start()}/")
            stack.push_async_callback(server.stop)
            stack.callback(page.close)
        return await run_terminal(telegram, passage, data / "files", sys.stdin, sys.stdout, hint)
