"""The page of `goaltree chat` in a real browser: from an example to its digest, as a newcomer sees it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.pictures.canvas import SHOWN
from tests.web.app.browser import FLAGS, system_browser

PATIENCE = 90_000


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "goaltree", "chat", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as chat:
        assert chat.stdin
        assert chat.stdout
        yield next(told[0] for line in chat.stdout if (told := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        chat.stdin.close()
        assert chat.wait(PATIENCE / 1000) == 0


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(address)
        yield page
        browser.close()


def test_a_newcomer_ticks_sees_the_bars_move_and_gets_a_digest(page: Page) -> None:
    messages, app = page.locator("#messages"), page.frame_locator("#app")
    expect(messages).to_contain_text("🌱 Planted: Run a marathon")
    expect(app.get_by_text("25 km a week").first).to_be_visible()

    page.fill("#text", "run 5")
    page.press("#text", "Enter")
    expect(messages).to_contain_text("✅ Run")
    expect(app.get_by_text("5 of 5 km").first).to_be_visible()

    page.click("[data-wait='20:00']")
    expect(messages).to_contain_text("how is it going?")
    page.fill("#text", "/")
    expect(page.locator("#menu")).to_contain_text("/log")
    page.fill("#text", "")

    page.click("[data-wait='1w']")
    expect(page.locator("#busy")).to_be_hidden()
    page.click("[data-wait^='tomorrow']")
    expect(messages).to_contain_text("📊 Week of")
    picture = messages.locator("img").last
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == SHOWN


def test_a_group_has_its_own_goals_in_the_app_and_a_newcomer_a_start(page: Page) -> None:
    messages, app = page.locator("#messages"), page.frame_locator("#app")
    expect(app.get_by_text("25 km a week").first).to_be_visible()

    def say(text: str) -> None:
        page.fill("#text", text)
        page.press("#text", "Enter")
        expect(messages.locator(".mine").last).to_contain_text(text.partition("\n")[0])
        expect(page.locator("#busy")).to_be_hidden()

    page.once("dialog", lambda asked: asked.accept("Runners"))
    page.select_option("#where", label="New group …")
    expect(messages).to_contain_text("goaltree joined")
    expect(app.get_by_role("button", name="Plan the first one")).to_be_visible()
    say("/join")
    say("/plan Fit together\n  W: 20 km a week = 20 km sum\n    D: Walk = 5 km")
    expect(app.get_by_role("button", name="Walk, 0 of 5 km")).to_be_visible()

    say("/log walk 4")
    said = messages.locator("li.mine").last
    said.hover()
    said.get_by_role("button", name="Edit").click()
    say("/log walk 6")
    expect(said).to_contain_text("edited")
    expect(app.get_by_text("6 of 5 km")).to_be_visible()
    messages.locator("li").last.hover()
    messages.locator("li").last.get_by_role("button", name="Reply").click()
    say("well done")
    expect(messages.locator("li.mine").last.locator(".quoted")).to_contain_text("Walk")
    page.fill("#text", "/un")
    page.locator("#menu").get_by_role("button", name="/undo").click()
    expect(app.get_by_role("button", name="Walk, 0 of 5 km")).to_be_visible()

    page.select_option("#where", label="alone with the bot")
    page.locator("#file").set_input_files(
        {"name": "swim.csv", "mimeType": "text/csv", "buffer": b"date,Swim\n2026-11-23,x\n"}
    )
    expect(messages).to_contain_text("Shall I import it?")
    page.get_by_role("button", name="Leave it").click()
    expect(messages).not_to_contain_text("Shall I import it?")

    page.once("dialog", lambda asked: asked.accept("Ben"))
    page.select_option("#who", label="New person …")
    expect(app.get_by_text("Send the bot /start in the chat first.")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(messages).to_contain_text("Hello, Ben!")
    expect(app.get_by_role("button", name="Plan the first one")).to_be_visible()
