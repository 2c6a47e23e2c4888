"""The Mini App in a real browser, over the real server, beside the real bot on a local Telegram.

All tests of this folder run in one event loop, that of the worker's browser.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, TimeoutError, async_playwright, expect

from core.group.permissions import Role
from sandbox.clock import SandboxClock
from sandbox.mini_app import SCRIPT, init_data
from sandbox.objects import Person
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk
from tests.databases import migrated_sqlite
from tests.web.app.browser import FLAGS, system_browser
from web.address import Address
from web.api.application import Api
from web.api.callers import Callers
from web.application import application
from web.metrics import Metrics
from web.probes import Readiness
from web.server import Server

PATIENCE = 120_000
"""Milliseconds that something may take to appear on a busy machine."""
UNHURRIED = """{
  const [later, limit] = [setTimeout, AbortSignal.timeout.bind(AbortSignal)];
  window.setTimeout = (work, ms, ...more) => later(work, ms > 5000 ? 100 * ms : ms, ...more);
  AbortSignal.timeout = (ms) => limit(100 * ms);
}"""
"""Things that the app hides or gives up after some seconds stay for minutes, so that slow machines see them."""
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
expect.set_options(timeout=PATIENCE)
PLAN = """/plan Run a marathon
  Q: 100 km a quarter = 100 km sum
    M: 60 km a month = 60 km sum
      W: 20 km a week = 20 km sum
        D: Run = 5 km
  W: Body and mind
    D: Stretch
    D: Read = 20 pages"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run every test here in the browser's event loop."""
    here = f"{Path(__file__).parent}/"
    for item in items:
        if f"{item.path}".startswith(here) and isinstance(item, pytest.Function) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """This worker's browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        yield browser
        await browser.close()


class AppStage(Stage):
    """A stage whose bot is served over HTTP, with the API and the Mini App."""

    async def start_bot(self) -> None:
        await super().start_bot()
        callers = Callers(self.store, self.telegram.token, self._roles_in, None)
        app = application(Readiness({}), Metrics("0"), api=Api(self.store, callers, self.clock))
        server = Server(app, Address("127.0.0.1", 0))
        self.address = f"http://{await server.start()}"
        self._open.push_async_callback(server.stop)

    async def _roles_in(self, chat_id: int, user_id: int) -> frozenset[Role]:
        return await self.bot.roles_in(chat_id, user_id)

    async def planted(self, name: str = "Anna", plan: str = PLAN, *, language: str = "en") -> Talk:
        """A person with goals."""
        talk = self.talk(name, language=language)
        await talk.say("/start")
        await talk.say("Berlin")
        await talk.say(plan)
        return talk


class Phone:
    """A person's Telegram with the Mini App open in it."""

    def __init__(self, stage: AppStage, page: Page, context: BrowserContext) -> None:
        self.stage = stage
        self.page = page
        self.context = context
        self._faults: list[str] = []
        self.may_be_refused = False
        """Whether requests may fail, which the browser notes each time: the app asks again until the test is over."""
        page.on("pageerror", lambda error: self._faults.append(f"{error}"))
        page.on("console", lambda said: self._faults.append(said.text) if said.type == "error" else None)

    @property
    def faults(self) -> list[str]:
        """The errors in the app."""
        return [one for one in self._faults if not (self.may_be_refused and one.startswith("Failed to load resource"))]

    async def bars(self, widths: dict[str, float]) -> None:
        """Wait until the bars of these goals have these widths, in percent."""
        for title, width in widths.items():
            bar = self.page.get_by_role("progressbar", name=title, exact=True)
            await expect(bar.locator("i")).to_have_attribute("style", f"width: {width:g}%;")

    async def becomes(self, script: str, wanted: object) -> None:
        """Wait until a script, with Telegram as `app`, returns a value."""
        read = f"(() => {{ const app = window.Telegram.WebApp; return {script}; }})()"
        try:
            await self.page.wait_for_function(
                f"(wanted) => JSON.stringify({read}) === JSON.stringify(wanted)", arg=wanted
            )
        except TimeoutError:
            assert await self.page.evaluate(read) == wanted
            raise

    async def press_main(self, says: str) -> None:
        """Tap Telegram's main button, once it has this text."""
        await self.becomes("[app.MainButton.isVisible, app.MainButton.text]", [True, says])
        await self.page.evaluate("window.Telegram.WebApp.press.main()")

    async def press_back(self) -> None:
        """Tap Telegram's back button, once it is shown."""
        await self.becomes("app.BackButton.isVisible", True)
        await self.page.evaluate("window.Telegram.WebApp.press.back()")

    async def told(self, text: str) -> None:
        """Wait until the app shows a message."""
        await self.page.locator(".told").get_by_text(text).wait_for()


class Office:
    """Opens phones, and closes them at the end."""

    def __init__(self, stage: AppStage, browser: Browser) -> None:
        self.stage = stage
        self._browser = browser
        self._open = AsyncExitStack()
        self.phones: list[Phone] = []

    async def phone(
        self, person: Person, *, start_param: str = "", sdk: dict[str, Any] | None = None, **options: Any
    ) -> Phone:
        """Open a person's app; `sdk` describes their Telegram, `options` their device."""
        options = {"viewport": PHONE, "has_touch": True, "reduced_motion": "reduce", **options}
        context = await self._browser.new_context(**options)
        self._open.push_async_callback(context.close)
        proof = init_data(self.stage.telegram.token, person, self.stage.clock(), start_param)
        given = json.dumps({"initData": proof, **(sdk or {})})
        await context.add_init_script(
            f"{UNHURRIED}\n{SCRIPT.read_text()}\nwindow.Telegram = {{ WebApp: fakeTelegram({given}) }};"
        )
        phone = Phone(self.stage, await context.new_page(), context)
        self.phones.append(phone)
        phone.page.set_default_timeout(PATIENCE)
        await phone.page.goto(f"{self.stage.address}/app")
        return phone

    async def close(self) -> None:
        """Close all phones. Held-back requests may fail now, so that they do not fail in the next test."""
        for phone in self.phones:
            if not phone.page.is_closed():
                await phone.page.unroute_all(behavior="ignoreErrors")
        await self._open.aclose()


@asynccontextmanager
async def app_staged(folder: Path) -> AsyncIterator[AppStage]:
    """The bot and its server, on Monday 2026-11-23 at 21:00 UTC, with the database in a folder."""
    clock = SandboxClock(MONDAY_EVENING, seconds=lambda: 0.0)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    await telegram.start()
    stage = AppStage(clock, world, telegram, migrated_sqlite(folder / "app.db"))
    try:
        await stage.start()
        yield stage
        assert stage.bot.failed == stage.expects_failure
    finally:
        await stage.stop()
        await telegram.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def app_stage(tmp_path: Path) -> AsyncIterator[AppStage]:
    """The bot and its server."""
    async with app_staged(tmp_path) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def office(app_stage: AppStage, browser: Browser) -> AsyncIterator[Office]:
    """Opens the app for tests."""
    office = Office(app_stage, browser)
    try:
        yield office
        assert [fault for phone in office.phones for fault in phone.faults] == []
    finally:
        await office.close()
