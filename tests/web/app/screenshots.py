"""Pictures of the running app for README and docs: `make screenshots`."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from base64 import b64encode
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from core.actions.log import log
from core.actions.logged import Log
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.start_param import group_param
from tests.bot.conftest import Talk
from tests.web.app.browser import FLAGS, system_browser
from tests.web.app.conftest import AppStage, Office, Phone, app_staged
from tests.web.app.themes import DARK, LIGHT

FONT = Path(__file__).parents[3] / "bot" / "pictures" / "fonts" / "GoaltreeEmoji.ttf"
EMOJI = f"""@font-face {{
  font-family: Emoji; unicode-range: U+1F300-1FAFF;
  src: url(data:font/ttf;base64,{b64encode(FONT.read_bytes()).decode()});
}}
:root {{ font-family: Emoji, system-ui, "Noto Sans", sans-serif !important; }}"""
FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
SCALE = 1.5
PLAN = """/plan Run a marathon (from 2026-06-01)
  Q: 300 km a quarter = 300 km sum
    M: 100 km a month = 100 km sum
      W: 25 km a week = 25 km sum
        D: Run = 5 km [mon tue wed thu sat]
  W: Body and mind
    D: Stretch
    D: Read = 20 pages"""
GROUP = """/plan Fit together
  M: 60 km a month = 60 km sum
    D: Walk = 5 km
  W: Every day a little
    D: Read = 20 pages each
    D: Stretch each"""
LIKELY = {"Run": (0.72, (4, 5, 5, 6, 8)), "Stretch": (0.8, ()), "Read": (0.7, (10, 20, 20, 25))}


async def lived(stage: AppStage, talk: Talk, first: date, last: date) -> None:
    """Half a year of a person who keeps most goals."""
    chance = random.Random(5)
    [reading] = await read_trees(stage.store, Actor.host(talk.chat_id), last)
    leaves = [node for node in reading.tree.nodes.values() if node.title in LIKELY]
    for at in range((last - first).days):
        on = first + timedelta(days=at)
        for leaf in leaves:
            likely, amounts = LIKELY[leaf.title]
            if chance.random() < likely and leaf.schedule.holds(on, first):
                value = Decimal(chance.choice(amounts)) if amounts else None
                await log(stage.store, Actor.alone(talk.chat_id), Log(leaf.id, on, value=value), stage.clock())


async def taken(phone: Phone, name: str) -> None:
    """Save a screenshot. Not every machine has a font for 🔥, as every phone does."""
    await phone.page.add_style_tag(content=EMOJI)
    await phone.page.wait_for_timeout(400)
    await phone.page.screenshot(path=FOLDER / f"{name}.png")


async def run(office: Office, talk: Talk, sdk: dict[str, Any], suffix: str, ticked: str) -> None:
    """All screens in one theme."""
    phone = await office.phone(talk.person, sdk=sdk, device_scale_factor=SCALE, bypass_csp=True)
    page = phone.page
    await page.get_by_role("button", name=f"{ticked}, ").click()
    await page.locator(".told p").wait_for(state="hidden", timeout=9000)
    await taken(phone, f"today{suffix}")
    await page.get_by_role("button", name="More for Run").click()
    await taken(phone, f"log{suffix}")
    await page.keyboard.press("Escape")
    for tab in ("Tree", "Progress"):
        await page.get_by_role("button", name=tab, exact=True).click()
        await page.locator(".skeleton").wait_for(state="detached")
        await taken(phone, f"{tab.lower()}{suffix}")
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("treeitem", name="Read").get_by_text("Read").click()
    await page.locator("svg.year").wait_for()
    await taken(phone, f"goal{suffix}")


async def planned(office: Office, talk: Talk) -> None:
    """A proposal before it is planted."""
    phone = await office.phone(talk.person, sdk=LIGHT, device_scale_factor=SCALE, bypass_csp=True)
    await phone.page.get_by_role("button", name="Tree", exact=True).click()
    await phone.page.get_by_role("button", name="Add", exact=True).click()
    await phone.page.get_by_label("What do you want?").fill("write a book of 80,000 words by 30 June")
    await phone.page.keyboard.press("Enter")
    await phone.page.get_by_role("list", name="Goals").wait_for()
    await taken(phone, "plan")


async def grouped(stage: AppStage, office: Office) -> None:
    """A group in the middle of its week."""
    stage.clock.set(stage.clock().replace(day=23, hour=10))
    talks = [stage.group("Runners", name) for name in ("Anna", "Ben", "Dalia")]
    await talks[0].say("/start")
    await talks[0].say("Berlin")
    for talk in talks:
        await talk.say("/join")
    await talks[0].say(GROUP)
    for day, logs in enumerate(("012", "01", "02", "1")):
        stage.clock.set(stage.clock().replace(day=23 + day, hour=12))
        for who in logs:
            await talks[int(who)].say(f"/log walk {4 + day}")
            await talks[int(who)].say("/log read 20")
            if who != "2":
                await talks[int(who)].say("/log stretch")
    param = group_param(talks[0].chat_id, stage.telegram.token)
    options = {"device_scale_factor": SCALE, "bypass_csp": True}
    phone = await office.phone(talks[0].person, sdk=LIGHT, start_param=param, **options)
    await phone.page.get_by_role("button", name="Group", exact=True).click()
    await phone.page.get_by_role("region", name="Together this week").wait_for()
    await taken(phone, "group")


async def main() -> int:
    """Writes the pictures."""
    FOLDER.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            async with app_staged(Path(folder)) as stage:
                stage.clock.set(stage.clock().replace(day=26, hour=11))
                talk = await stage.planted(plan=PLAN)
                await lived(stage, talk, date(2026, 6, 1), stage.clock().date())
                office = Office(stage, browser)
                await run(office, talk, LIGHT, "", "Stretch")
                await run(office, talk, DARK, "-dark", "Read")
                await planned(office, talk)
                await grouped(stage, office)
                await office.close()
        await browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
