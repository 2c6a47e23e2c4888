"""Every screen and every sheet, in both themes: no complaints by axe, nothing cut off, nothing too small."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Route, expect

from core.start_param import group_param
from tests.web.app.conftest import AppStage, Office, Phone
from tests.web.app.test_looks import violations
from tests.web.app.themes import DARK, LIGHT

LONG = "Antidisestablishmentarianism" * 4 + "12345678"
ARABIC = "أقرأ ثلاثين صفحة من الكتاب كل صباح قبل العمل"
PLAN = f"""/plan Run a marathon
  W: 20 km a week = 20 km sum
    D: Run = 5 km
  W: Body and mind
    D: Stretch
    D: Coffee <= 2 cups
    D: Mood = track
    D: {LONG}
    D: 🧘🏽 Meditate 🌅🌅🌅 for a calm and clear mind each morning
    D: {ARABIC}
  T: Weight = 86 -> 78 kg (until 2027-03-31)"""
THEMES = pytest.mark.parametrize("sdk", [LIGHT, DARK], ids=["light", "dark"])


async def look(phone: Phone, name: str) -> list[str]:
    """The contents against the part that is visible."""
    page = phone.page
    await expect(page.locator(".skeleton")).to_have_count(0)
    result = await violations(phone)
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        result.append("wider than the phone")
    result += await page.evaluate(
        "[...document.querySelectorAll('p, h1, h2, q, label, legend, .sub')].map((one) => [one, getComputedStyle(one)])"
        ".filter(([one, { textOverflow, display }]) => one.scrollWidth > one.clientWidth + 1"
        " && textOverflow !== 'ellipsis' && display !== 'inline').map(([one]) => one)"
        ".map((one) => `cut off: ${one.textContent.slice(0, 60)}`)"
    )
    result += await page.evaluate(
        "[...document.querySelectorAll('button:not(.unseen):not(.fold)')].filter((one) => one.checkVisibility())"
        ".filter((one) => one.getBoundingClientRect().height < 40 || one.getBoundingClientRect().width < 38)"
        ".map((one) => `small: ${one.outerHTML.slice(0, 60)}`)"
    )
    return [f"{name}: {one}" for one in result]


async def goal(phone: Phone, title: str) -> None:
    """Opens a goal from the tree."""
    await phone.page.get_by_role("button", name="Tree", exact=True).click()
    await phone.page.locator(".node", has=phone.page.get_by_text(title, exact=True)).locator(".what").click()
    await phone.page.get_by_role("heading", name=title, exact=True).wait_for()


@THEMES
async def test_a_person_with_goals(app_stage: AppStage, office: Office, sdk: dict[str, Any]) -> None:
    talk = await app_stage.planted(plan=PLAN)
    await talk.say("run 5")
    await talk.say("/pause stretch 3 days from tomorrow")
    phone = await office.phone(talk.person, sdk=sdk)
    page = phone.page
    await page.get_by_role("button", name="Run, 5 of 5 km, done").wait_for()
    result = await look(phone, "today")
    for leaf in ("Run", "Stretch", "Coffee", "Mood", "Weight", LONG):
        await page.get_by_role("button", name=f"More for {leaf}", exact=True).click()
        result += await look(phone, f"log {leaf[:9]}")
        await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Tree", exact=True).click()
    result += await look(phone, "tree")
    for form in ("Add a goal below", "Change", "Pause", "End", "Delete"):
        await page.locator(".node", has=page.get_by_text("Run", exact=True)).locator(".more").click()
        if form == "Change":
            result += await look(phone, "menu")
        await page.get_by_role("dialog").get_by_role("button", name=form, exact=True).click()
        await page.get_by_role("dialog").locator("form").wait_for()
        result += await look(phone, form)
        await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Arrange").click()
    result += await look(phone, "arrange")
    await page.get_by_role("button", name="Progress", exact=True).click()
    result += await look(phone, "progress")
    for title in ("Run", LONG, ARABIC, "Weight", "20 km a week"):
        await goal(phone, title)
        result += await look(phone, f"goal {title[:9]}")
    await goal(phone, "Run")
    await page.get_by_role("button", name="Change the entry of").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    result += await look(phone, "entry")
    assert result == []


@THEMES
async def test_a_newcomer_without_goals(app_stage: AppStage, office: Office, sdk: dict[str, Any]) -> None:
    talk = app_stage.talk("Nora")
    await talk.say("/start")
    await talk.say("Berlin")
    phone = await office.phone(talk.person, sdk=sdk)
    page, result = phone.page, []
    for tab in ("Today", "Progress", "Tree"):
        await page.get_by_role("navigation").get_by_role("button", name=tab).click()
        await page.get_by_role("button", name="Plan the first one").wait_for()
        result += await look(phone, f"{tab} without goals")
    await expect(page.get_by_role("button", name="Arrange")).to_have_count(0)
    await page.get_by_role("button", name="Plan the first one").click()
    await page.get_by_role("button", name="Marathon").wait_for()
    await phone.press_main("Propose a tree")
    await page.get_by_role("alert").get_by_text("Say it in a few words").wait_for()
    result += await look(phone, "plan")
    for opens in ("Savings", "Type a whole tree"):
        await page.get_by_role("button", name=opens).click()
        result += await look(phone, opens)
        await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Type a whole tree").click()
    await page.get_by_label("The goal, and below it").fill(f"Be well\n  D: Read 5 pages\n  D: {LONG} 3 km")
    await phone.press_main("See the plan")
    await page.get_by_role("button", name="5 pages is the target").click()
    await phone.press_main("Go on")
    await page.get_by_role("alert").get_by_text("Choose one for each.").wait_for()
    result += await look(phone, "numbers")
    await phone.press_back()
    await page.get_by_label("What do you want?").fill("lose 8 kg by June")
    await page.keyboard.press("Enter")
    await page.get_by_label("How many kg is it now?").fill("86")
    result += await look(phone, "the value now")
    await page.keyboard.press("Enter")
    goals = page.get_by_role("list", name="Goals").get_by_role("button")
    await goals.nth(1).click()
    result += await look(phone, "a goal of the plan")
    await page.get_by_role("button", name="Add a goal below").click()
    result += await look(phone, "a goal more")
    await page.keyboard.press("Escape")
    result += await look(phone, "the plan")
    assert result == []


@THEMES
async def test_a_group_and_whose_goals(app_stage: AppStage, office: Office, sdk: dict[str, Any]) -> None:
    anna = app_stage.group(f"Runners {LONG[:80]}", "Anna")
    await anna.say("/start")
    await anna.say("Berlin")
    own = app_stage.talk("Anna")
    await own.say("/start")
    param = group_param(anna.chat_id, app_stage.telegram.token)
    phone = await office.phone(anna.person, sdk=sdk, start_param=param)
    page = phone.page
    await page.get_by_role("button", name="Group", exact=True).click()
    await page.get_by_text("Nobody has joined yet.").wait_for()
    result = await look(phone, "nobody is in")
    await anna.say("/join")
    await anna.say(f"/plan Fit\n  W: 20 km a week = 20 km sum\n    D: Walk = 5 km\n  D: {ARABIC} each")
    await anna.say("/log walk 3")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await page.get_by_role("region", name="Together this week").wait_for()
    result += await look(phone, "group")
    await page.reload()
    await page.get_by_role("button", name="Runners").click()
    result += await look(phone, "whose goals")
    await page.keyboard.press("Escape")
    assert result == []


@THEMES
async def test_a_failure_is_shown(app_stage: AppStage, office: Office, sdk: dict[str, Any]) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, sdk=sdk)
    phone.may_be_refused = True
    page = phone.page

    async def busy(route: Route) -> None:
        problem = {"status": 503, "code": "store_away", "detail": "The database cannot be reached.", "faults": []}
        await route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))

    await page.get_by_role("button", name="Stretch, open").wait_for()
    await page.route("**/api/**", busy)
    await page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Something went wrong here; what you did is kept and sent again.")
    result = await look(phone, "a tick that waits")
    await page.get_by_role("button", name="Progress", exact=True).click()
    await page.get_by_text("This cannot be read now.").wait_for()
    result += await look(phone, "no progress")
    await goal(phone, "Run")
    await page.get_by_text("This cannot be read now.").wait_for()
    result += await look(phone, "no figures")
    await page.unroute("**/api/**")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await page.get_by_role("region", name="What is asked").wait_for()  # it is reloaded by itself
    await expect(page.get_by_text("This cannot be read now.")).to_have_count(0)

    await talk.say("/delete run")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await page.get_by_text("This goal is not here any more.").wait_for()
    result += await look(phone, "a goal that is gone")
    await page.get_by_role("button", name="See the tree").click()
    await page.get_by_role("tree").wait_for()

    app_stage.clock.set(app_stage.clock() + timedelta(days=2))
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await page.get_by_text("The app was opened too long ago: open it anew.").wait_for()
    await expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    result += await look(phone, "opened too long ago")
    await page.get_by_role("button", name="Back to the chat").click()
    await phone.becomes("app.calls.at(-1)[0]", "close")
    assert result == []
