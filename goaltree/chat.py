"""`goaltree chat`: the real bot on a local Telegram, in this terminal, with a clock that can be set."""

from __future__ import annotations

import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.application import GoaltreeBot
from bot.options import BotOptions
from goaltree.opening import opened
from goaltree.settings import Settings
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.terminal import BotSide, run_terminal
from sandbox.world import World
from scheduler.postman import Postman


async def chat(settings: Settings, data: Path | None) -> int:
    """Chats until the input ends; 1 if the bot failed. The data is kept in `data`, or forgotten afterwards."""
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

        side = BotSide(settle, zone_of, settle, postman.next_due, lambda: bot.failed)
        return await run_terminal(telegram, clock, side, data / "files", sys.stdin, sys.stdout)
