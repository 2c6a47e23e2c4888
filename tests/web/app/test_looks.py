"""The app's look and feel for everyone: themes, insets, right to left, keyboard only, screen reader."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import expect

from tests.web.app.conftest import DESKTOP, PHONE, AppStage, Office, Phone
from tests.web.app.themes import DARK, LIGHT

HURRIED = """{
  const later = setTimeout;
  window.setTimeout = (work, ms, ...more) => later(work, ms / 100, ...more);
}"""
"""What the app waits for in vain it waits for a hundredth as long."""


async def violations(phone: Phone) -> list[str]:
    """axe's complaints about the page. Its script is loaded once, which takes many times as long as running it."""
    if not await phone.page.evaluate("'axe' in window"):
        await phone.page.evaluate(AXE_SCRIPT)
    result = await phone.page.evaluate("axe.run({resultTypes: ['violations']}).then((all) => all.violations)")
    return [f"{one['id']}: {node['html'][:120]}" for one in result for node in one["nodes"]]


@pytest.mark.parametrize(("sdk", "viewport"), [(LIGHT, PHONE), (DARK, DESKTOP)], ids=["light phone", "dark desktop"])
async def test_everyone_can_use_it(
    app_stage: AppStage, office: Office, sdk: dict[str, Any], viewport: dict[str, int]
) -> None:
    talk = await app_stage.planted()
    await talk.say("run 5")
    phone = await office.phone(talk.person, sdk=sdk, viewport=viewport)
    await phone.page.get_by_role("button", name="Run, 5 of 5 km, done").wait_for()
    assert await violations(phone) == []
    wide = await phone.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= viewport["width"]
    small = await phone.page.evaluate(
        "[...document.querySelectorAll('button')].map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.height < 40 || box.width < 40).length"
    )
    assert small == 0
    await phone.page.get_by_role("button", name="More for Run").click()
    await phone.page.get_by_role("dialog").wait_for()
    assert await violations(phone) == []


async def test_it_follows_telegrams_theme_and_insets_live(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    insets = {"safeAreaInset": {"top": 30, "right": 0, "bottom": 20, "left": 0},
              "contentSafeAreaInset": {"top": 46, "right": 0, "bottom": 0, "left": 0}}  # fmt: skip
    phone = await office.phone(talk.person, sdk=insets)
    await phone.page.get_by_role("heading", name="Today").wait_for()
    body, main = phone.page.locator("body"), phone.page.locator("main")
    await expect(body).to_have_css("background-color", "rgb(239, 239, 244)")
    await expect(main).to_have_css("padding-top", "84px")
    for name in ("ready", "expand", "disableVerticalSwipes", "setHeaderColor", "setBottomBarColor"):
        await phone.becomes(f"app.calls.some(([name]) => name === '{name}')", True)
    await phone.page.evaluate("(theme) => window.Telegram.WebApp.turn(theme)", DARK)
    await expect(body).to_have_css("background-color", "rgb(35, 46, 60)")
    await phone.becomes("document.documentElement.dataset.theme", "dark")
    await phone.page.evaluate("window.Telegram.WebApp.turn({safeAreaInset: {top: 0}}, 'safeAreaChanged')")
    await expect(main).to_have_css("padding-top", "54px")


async def test_an_old_telegram_is_asked_for_nothing_that_it_does_not_know(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, sdk={"version": "6.0"})
    await phone.page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")
    await phone.becomes("app.calls.map(([name]) => name)", ["expand", "ready"])


async def test_a_keyboard_is_enough(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, viewport=DESKTOP)
    stretch = phone.page.get_by_role("button", name="Stretch, open")
    await stretch.wait_for()
    for _ in range(30):
        await phone.page.keyboard.press("Tab")
        if await stretch.evaluate("one => one === document.activeElement"):
            break
    await phone.page.keyboard.press("Enter")
    await phone.told("Stretch: noted.")
    await phone.page.keyboard.press("Tab")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("dialog")).to_be_visible()
    await phone.page.keyboard.press("Escape")
    await expect(phone.page.get_by_role("dialog")).to_have_count(0)
    await expect(phone.page.get_by_role("button", name="More for Stretch")).to_be_focused()


async def test_without_telegram_it_says_what_to_do(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    outside = await phone.context.browser.new_page()  # type: ignore[union-attr]
    await outside.add_init_script(HURRIED)
    try:
        await outside.route("https://telegram.org/**", lambda route: route.abort())
        await outside.goto(f"{app_stage.address}/app")
        await expect(outside.get_by_text("Open goaltree in Telegram")).to_be_visible()
        proof = await phone.page.evaluate("window.Telegram.WebApp.initData")
        await outside.goto("about:blank")
        await outside.evaluate("1")
        hash_ = await phone.page.evaluate("(data) => new URLSearchParams({tgWebAppData: data}).toString()", proof)
        await outside.unroute("https://telegram.org/**")
        never = asyncio.Event()  # a network in which Telegram's script neither loads nor fails
        await outside.route("https://telegram.org/**", lambda route: never.wait())
        await outside.goto(f"{app_stage.address}/app", wait_until="commit")
        await expect(outside.get_by_text("Open goaltree in Telegram")).to_be_visible()
        await outside.goto("about:blank")
        await outside.goto(f"{app_stage.address}/app#{hash_}", wait_until="commit")
        await expect(outside.get_by_role("button", name="Stretch, open")).to_be_visible()
    finally:
        never.set()
        await outside.close()


async def test_rows_grow_with_the_text_of_a_phone_that_draws_it_larger(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, is_mobile=True, bypass_csp=True)
    page = phone.page
    await page.add_style_tag(content=":root { text-size-adjust: 200%; -webkit-text-size-adjust: 200%; }")
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("treeitem", name="Run,").wait_for()
    cut = (
        "[...document.querySelectorAll('.node .what')].filter((one) => one.scrollHeight > one.clientHeight + 1).length"
    )
    await phone.becomes(cut, 0)
    await phone.becomes("document.querySelector('.node').offsetHeight > 90", True)
    await phone.becomes("document.documentElement.scrollWidth <= innerWidth", True)


async def test_dates_are_of_the_calendar_that_goals_go_by(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted("Reza", "/plan Read\n  D: Pages = 5 pages", language="fa")
    phone = await office.phone(talk.person)
    await expect(phone.page.locator(".head p")).to_contain_text("۲۳ نوامبر")
    # An untranslated sentence keeps its own order, beside a date that runs the other way.
    await expect(phone.page.locator(".head p")).to_contain_text("\u2069 · \u2068۰ of ۱ done\u2069")
    await phone.page.get_by_role("button", name="Progress", exact=True).click()
    behind = phone.page.get_by_text("Nothing is behind its pace.")
    await expect(behind).to_have_css("unicode-bidi", "plaintext")


def form_of(count: int) -> int:
    """Which of the three forms a count takes in Russian."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2


async def test_it_speaks_the_language_of_the_owner_with_its_number_forms(app_stage: AppStage, office: Office) -> None:
    """A catalogue with three forms, as the server gives one."""
    waits = "No connection. {count} check-off is kept and sent later."
    said = {
        "words": {"Today": "Сегодня", "{done} of {all} done": "сделано {done} из {all}"},
        "several": {waits: ["{count} отметка", "{count} отметки", "{count} отметок"]},
        "forms": [form_of(count) for count in range(200)],
    }
    talk = await app_stage.planted(language="ru")
    phone = await office.phone(talk.person)
    phone.may_be_refused = True
    page = phone.page
    await page.route("**/app/words/ru", lambda route: route.fulfill(json=said))
    await page.reload()
    await expect(page.get_by_role("heading", name="Сегодня")).to_be_visible()
    await expect(page.locator(".head p")).to_have_text("понедельник, 23 ноября · сделано 0 из 3")
    await phone.becomes("document.documentElement.lang", "ru")
    await page.route("**/api/**", lambda route: route.abort())
    for leaf, kept in (("Stretch", "1 отметка"), ("Run", "2 отметки")):
        await page.get_by_role("button", name=f"{leaf}, ").click()
        await phone.told(kept)


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
async def test_nothing_moves_for_who_wants_less_motion(
    app_stage: AppStage, office: Office, wish: str, *, moves: bool
) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, reduced_motion=wish)
    await phone.page.get_by_role("button", name="More for Run").click()
    for where, name, still in ((".bar i", "transition-duration", "0s"), (".sheet", "animation-name", "none")):
        shown = expect(phone.page.locator(where).first)
        await (shown.not_to_have_css if moves else shown.to_have_css)(name, still)
