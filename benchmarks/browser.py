"""The Mini App in a real browser, over the real server: the size of its first load, the delay from a tap to the moved
bars, and late frames while 2,000 goals are scrolled and folded. The browser is the one of the tests."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from statistics import median
from typing import Any

from playwright.async_api import BrowserContext, Page, async_playwright

from benchmarks.api import BOT_TOKEN
from benchmarks.harness import Bench, Row, at_most
from benchmarks.trees import NOW, grown, planted
from core.group.permissions import Role
from sandbox.mini_app import SCRIPT, init_data
from sandbox.objects import Person
from storage import open_store
from tests.web.app.browser import FLAGS, system_browser
from web.address import Address
from web.api.application import Api
from web.api.callers import Callers
from web.application import application
from web.metrics import Metrics
from web.probes import Readiness
from web.server import Server

ANNA, BIG = 1, 2
LARGEST_LOAD = 60 * 1024
TAP = """async () => {
  const tick = [...document.querySelectorAll(".tick")].find((one) => /, open, tap to (tick|log)/.test(one.ariaLabel));
  const bar = document.querySelector(".above.vision .bar i");
  const before = bar.style.width;
  const told = document.querySelector(".told");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const begun = performance.now();
  tick.click();
  while (bar.style.width === before && performance.now() - begun < 5000) await painted();
  const moved = performance.now() - begun;
  while (!told.textContent && performance.now() - begun < 5000) await painted();
  return [moved, performance.now() - begun];
}"""
BARE = """async () => {
  const [button, bar] = ["button", "hr"].map((name) => document.body.appendChild(document.createElement(name)));
  button.onclick = () => (bar.style.width = "50%");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await painted();
  const begun = performance.now();
  button.click();
  await painted();
  return performance.now() - begun;
}"""
FRAMES = """async () => {
  const times = [];
  let last = performance.now(), goes = true;
  const frame = (now) => { times.push(now - last); last = now; if (goes) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  const next = () => new Promise((done) => requestAnimationFrame(done));
  for (let step = 0; step < 120; step += 1) {
    scrollBy(0, step < 60 ? 150 : -150);
    if (step % 20 === 0) document.querySelector(".fold:not([disabled])")?.click();
    await next();
  }
  goes = false;
  return times.slice(2);
}"""


async def measure(bench: Bench) -> list[Row]:
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(bench.sqlite_url("browser")))
        await planted(store, ANNA)
        await planted(store, BIG, grown(bench.times(2_000, quick=50)))

        async def nobody(chat_id: int, user_id: int) -> frozenset[Role]:
            return frozenset()

        api = Api(store, Callers(store, BOT_TOKEN, nobody, None), lambda: NOW)
        server = Server(application(Readiness({}), Metrics("0"), api=api), Address("127.0.0.1", 0))
        address = f"http://{await server.start()}/app"
        stack.push_async_callback(server.stop)
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        stack.push_async_callback(browser.close)
        context = await browser.new_context(viewport={"width": 360, "height": 640})
        loaded = await _first_load(await _opened(context, ANNA), address)
        taps = [await _tap(context, address) for _ in range(bench.times(5, quick=1))]
        bare = [await _bare_tap(context) for _ in range(bench.times(5, quick=1))]
        frames = await _frames(context, address)
    late = [time for time in frames if time > 50]
    return [
        Row("first load of the Mini App, compressed", loaded, "", "bytes", None, at_most(LARGEST_LOAD)),
        Row(
            "from a tap to the moved bars",
            median(moved for moved, _ in taps),
            "ms",
            "a bare page's tap",
            median(bare),
            at_most(50),
            absolute=True,
        ),
        Row("from a tap to the confirmed answer", median(told for _, told in taps), "ms"),
        Row("longest frame while 2,000 goals are scrolled and folded", max(frames), "ms", hold=at_most(50)),
        Row("frames over 50 ms, of all", len(late), "", f"{len(frames)} frames"),
    ]


async def _opened(context: BrowserContext, user_id: int) -> Page:
    """A page with somebody's Telegram."""
    page = await context.new_page()
    given = json.dumps({"initData": init_data(BOT_TOKEN, Person(user_id, "Anna"), NOW)})
    await page.add_init_script(f"{SCRIPT.read_text()}\nwindow.Telegram = {{ WebApp: fakeTelegram({given}) }};")
    return page


async def _first_load(page: Page, address: str) -> int:
    """The bytes on the wire until the day was shown, without the API's answers."""
    wire = await page.context.new_cdp_session(page)
    await wire.send("Network.enable")
    paths: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda event: paths.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    await page.goto(address)
    await page.locator(".leaf").first.wait_for()
    return int(sum(size for id_, size in sizes.items() if "/app" in paths.get(id_, "")))


async def _tap(context: BrowserContext, address: str) -> tuple[float, float]:
    """Milliseconds from a tap to the frame with the moved bar, and to the server's answer."""
    page = await _opened(context, ANNA)
    await page.goto(address)
    await page.locator(".leaf").first.wait_for()
    await asyncio.sleep(1)  # the page has settled
    moved, told = await page.evaluate(TAP)
    await page.close()
    return moved, told


async def _bare_tap(context: BrowserContext) -> float:
    """The same for a page with one button and one bar: the time that browser and machine need by themselves."""
    page = await context.new_page()
    await asyncio.sleep(1)
    taken = float(await page.evaluate(BARE))
    await page.close()
    return taken


async def _frames(context: BrowserContext, address: str) -> Any:
    page = await _opened(context, BIG)
    await page.goto(address)
    await page.get_by_role("button", name="Tree", exact=True).click()
    top = page.get_by_role("treeitem").first
    await top.focus()
    for _ in range(40):
        await page.keyboard.press("ArrowRight")
    await asyncio.sleep(1)
    return await page.evaluate(FRAMES)
