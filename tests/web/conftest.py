"""The real bot, to which the local Telegram posts its updates over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.options import BotOptions
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import World
from scheduler.postman import Postman
from tests.bot.conftest import MONDAY_EVENING, Stage
from tests.bot.in_process import new_bot
from tests.databases import migrated_sqlite
from web.address import Address
from web.application import application
from web.metrics import Metrics
from web.probes import Readiness
from web.server import Server
from web.webhook import Webhook

SECRET = "a-secret_of-32-letters"
PATH = "/telegram"


class WebhookStage(Stage):
    """A stage whose bot has a webhook; `patience` is the webhook's."""

    patience = 10.0

    async def start_bot(self) -> None:
        options = BotOptions(base_url=self.telegram.base_url, **self.bot_options)
        self.bot = new_bot(self.store, self.clock, self.telegram, options)
        self._open.push_async_callback(self.bot.stop)
        hook = Webhook(SECRET, self.bot.receive, lambda: self.bot.has_room, self.patience)
        self._open.push_async_callback(hook.settle)
        app = application(Readiness({}), Metrics("0"), webhook=hook, webhook_path=PATH)
        server = Server(app, Address("127.0.0.1", 0))
        self.address = await server.start()
        self._open.push_async_callback(server.stop)
        await self.bot.connect()
        await self.bot.begin_handling()
        await self.bot.begin_webhook(f"http://{self.address}{PATH}", SECRET)
        self.postman = Postman(self.store, self.bot.messenger, self.clock, chance=lambda: 0.0)

    async def post(
        self, content: bytes, *, secret: str | None = SECRET, path: str = PATH, method: str = "POST"
    ) -> httpx.Response:
        """The answer to a request to the webhook."""
        headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret.encode("latin-1")}
        async with httpx.AsyncClient(verify=False) as client:  # plain HTTP: no certificates to read
            return await client.request(method, f"http://{self.address}{path}", content=content, headers=headers)


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[WebhookStage]:
    """The stage of the bot's conversations, with a webhook."""
    clock = SandboxClock(MONDAY_EVENING, seconds=lambda: 0.0)
    world = World(clock)
    telegram = LocalTelegram(world, clock, record=True)
    await telegram.start()
    stage = WebhookStage(clock, world, telegram, migrated_sqlite(tmp_path / "hooked.db"))
    try:
        await stage.start()
        yield stage
        assert stage.bot.failed == stage.expects_failure
    finally:
        await stage.stop()
        await telegram.stop()


@pytest.fixture
def over_http() -> bool:
    """Over HTTP, like the webhook."""
    return True
