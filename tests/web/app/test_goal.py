"""A goal's own page, and the dashboard."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import expect

from core.actions.read import read_summary
from core.group.permissions import Actor
from tests.web.app.conftest import AppStage, Office, Phone
from tests.web.app.test_looks import violations
from tests.web.app.themes import DARK


async def at_goal(phone: Phone, title: str) -> None:
    """Opens a goal from the tree."""
    await phone.page.get_by_role("button", name="Tree", exact=True).click()
    await phone.page.get_by_role("treeitem", name=f"{title},").focus()
    await phone.page.keyboard.press("Enter")
    await phone.page.get_by_role("heading", name=title, exact=True).wait_for()


async def test_the_year_of_a_goal_and_its_entries(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    await talk.say("read 20 a good book")
    app_stage.clock.set(app_stage.clock() + timedelta(days=2))
    await talk.say("read 10")
    phone = await office.phone(talk.person)
    page = phone.page
    await at_goal(phone, "Read")
    await expect(page.get_by_role("img", name="Done on 1 of 3 days.")).to_be_visible()
    await expect(page.locator("rect.day.done, rect.day.missed, rect.day.most")).to_have_count(3)
    await page.get_by_text("By month").click()
    await expect(page.get_by_role("row", name="Nov 1 3")).to_be_visible()
    await expect(page.get_by_text("a good book")).to_be_visible()
    assert await violations(phone) == []
    await page.get_by_role("button", name="Change the entry of Wednesday 25 November").click()
    await page.get_by_label("Amount (pages)").fill("20")
    await page.get_by_label("Note").fill("until late")
    await phone.press_main("Save")
    await phone.told("Changed.")
    await expect(page.get_by_role("img", name="Done on 2 of 3 days.")).to_be_visible()
    await expect(page.get_by_text("until late")).to_be_visible()
    await page.get_by_role("button", name="Change the entry of Monday 23 November").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_role("button", name="Delete it")).to_be_focused()
    assert await violations(phone) == []
    await page.keyboard.press("Enter")
    await phone.told("Taken back.")
    await expect(page.get_by_role("img", name="Done on 1 of 3 days.")).to_be_visible()
    await phone.press_back()
    await expect(page.get_by_role("tree")).to_be_visible()


async def test_a_goal_is_paused_changed_and_deleted_after_a_question(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    await talk.say("read 20")
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person, sdk=DARK)
    page = phone.page
    await at_goal(phone, "Read")
    more = page.get_by_role("button", name="More", exact=True)

    async def act(what: str) -> None:
        await more.click()
        await page.get_by_role("dialog").get_by_role("button", name=what, exact=True).click()

    await act("Pause")
    await page.get_by_label("Last day").fill("2026-12-04")
    assert await violations(phone) == []
    await phone.press_main("Pause")
    await phone.told("Read: paused until 4 Dec.")
    await expect(page.get_by_role("region", name="Pauses").get_by_text("24 Nov to 4 Dec 2026")).to_be_visible()
    assert await violations(phone) == []
    await page.get_by_role("button", name="End the pause").click()
    await phone.told("Read: the pause is over.")
    await expect(page.get_by_role("region", name="Pauses")).to_have_count(0)
    await act("Change")
    await page.get_by_role("button", name="Sat", exact=True).click()
    await page.get_by_role("button", name="Sun", exact=True).click()
    assert await violations(phone) == []
    await phone.press_main("Save")
    await phone.told("Read: changed.")
    asked = page.get_by_role("region", name="What is asked").get_by_role("listitem")
    await expect(asked).to_have_text(
        ["20 pages · Mon, Tue, Wed, Thu and Fri from 24 Nov 2026 on", "20 pages from 23 Nov 2026 on"],
        use_inner_text=True,
    )
    await act("End")
    await phone.press_main("End it")
    await phone.told("Read: ended.")
    await act("Take up again")
    await phone.told("Read: taken up again.")
    await act("Delete")
    await phone.press_main("Delete it")
    await expect(page.get_by_role("dialog").get_by_text("was logged once")).to_be_visible()
    await phone.press_main("Delete all of it")
    await phone.told("Read: deleted.")
    await expect(page.get_by_role("tree")).to_be_visible()
    await expect(page.get_by_role("treeitem", name="Read,")).to_have_count(0)
    phone.may_be_refused = True


async def test_the_way_to_a_target_is_drawn_and_said(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    await talk.say("run 5")
    app_stage.clock.set(app_stage.clock() + timedelta(days=2))
    phone = await office.phone(talk.person)
    await at_goal(phone, "20 km a week")
    line = phone.page.get_by_role("img", name="5 km of 20 km on 25 Nov; the dashed line is the even pace.")
    await expect(line).to_be_visible()
    await expect(
        phone.page.get_by_role("region", name="Why").get_by_text("With 15 km by 29 Nov it is 100%.")
    ).to_be_visible()
    await expect(line.locator(".way")).to_have_attribute("d", re.compile("."))
    assert await violations(phone) == []


async def test_the_terms_of_a_goal_are_listed(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted(plan="/plan Fit\n  W: A week\n    D: Run = 5 km [mon wed] x2")
    phone = await office.phone(talk.person)
    await at_goal(phone, "Run")
    await expect(phone.page.get_by_text("5 km · Mon and Wed · weight 2")).to_be_visible()


async def test_the_dashboard_says_what_is_behind_and_what_to_do(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=3))
    await talk.say("read 20")
    phone = await office.phone(talk.person)
    page = phone.page
    await page.get_by_role("button", name="Progress", exact=True).click()
    await expect(page.get_by_role("heading", name="This week")).to_be_visible()
    await expect(page.get_by_role("heading", name="This year")).to_have_count(0)
    behind = page.get_by_role("region", name="Behind")
    await expect(behind.get_by_text("9 km would bring it back on pace.")).to_be_visible()
    await expect(page.get_by_text("1 of 3 done")).to_be_visible()
    assert await violations(phone) == []
    await behind.get_by_role("button", name="20 km a week").click()
    await expect(page.get_by_role("heading", name="20 km a week")).to_be_visible()


@pytest.mark.parametrize("screen", ["Tree", "Progress"])
async def test_right_to_left(app_stage: AppStage, office: Office, screen: str) -> None:
    talk = await app_stage.planted("Reza", "/plan ماراتن\n  W: هفته = 20 km sum\n    D: دویدن = 5 km", language="fa")
    phone = await office.phone(talk.person)
    await phone.page.get_by_role("button", name=screen, exact=True).click()
    await phone.page.get_by_text("۰٪").first.wait_for()
    await phone.becomes("document.documentElement.dir", "rtl")
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await violations(phone) == []


async def test_the_dashboard_shows_the_summary_of_all_levels(app_stage: AppStage, office: Office) -> None:
    levels = """/plan Run a marathon
  Y: 1000 km a year = 1000 km sum
    P: Power = 300 km sum
      M: 60 km a month = 60 km sum
        W: 20 km a week = 20 km sum
          D: Run = 5 km
  D: Stretch"""
    talk = await app_stage.planted(plan=levels)
    await talk.say("/log run 5 yesterday")
    for _ in range(3):
        await talk.say("run 5 and stretch")
        app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    await talk.say("stretch")
    phone = await office.phone(talk.person)
    page = phone.page
    await page.get_by_role("button", name="Progress", exact=True).click()
    await expect(page.get_by_role("heading", name="This year")).to_be_visible()
    result = await read_summary(app_stage.store, Actor.alone(talk.chat_id), date(2026, 11, 26))
    widgets = [
        f"Today {result.daily.rate}% {result.daily.completed} of {result.daily.total} done",
        f"This week {result.weekly.progress}% {result.weekly.well} on track",
        f"This month {result.monthly.progress}% {result.monthly.well} goals met",
        f"This quarter {result.quarterly.progress}% {result.quarterly.well} power goals on track",
        f"This year {result.yearly.progress}% {result.yearly.well} on track",
    ]
    await expect(page.locator(".widget")).to_have_text(widgets, use_inner_text=True)
    assert min(result.daily.rate, result.weekly.progress, result.yearly.progress) > 0
    streaks = page.get_by_role("region", name="Streaks")
    figures = [f"{result.streaks.best}", f"{result.streaks.average}", f"{result.streaks.total}"]
    await expect(streaks.get_by_role("definition")).to_have_text(figures)
    await expect(streaks.get_by_role("listitem").first).to_contain_text("Stretch")
    await page.get_by_role("button", name="Tree", exact=True).click()
    row = page.get_by_role("treeitem", name="Stretch")
    await expect(row).to_contain_text("100%")
    await expect(row).to_contain_text(f"done · 🔥 {result.streaks.best}")
    week = page.get_by_role("treeitem", name="20 km a week")
    await expect(week.locator(".bar b")).to_have_attribute("style", "inset-inline-start: 42%;")  # 3 of 7 days
