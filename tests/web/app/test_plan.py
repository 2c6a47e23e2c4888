"""Planning in the app: from a sentence to a tree that is changed before it is planted."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.web.app.conftest import DESKTOP, AppStage, Office
from tests.web.app.test_looks import violations
from tests.web.app.themes import DARK

LATER = """Sleep
  D: Lights out = 8 h
    then from 2027-01-04: = 7 h [mon wed]
    pause from 2026-12-20 until 2027-01-03
  D: Walk
Read more
  D: Pages = 20 pages"""


async def test_a_sentence_becomes_a_tree_that_is_changed_and_planted(app_stage: AppStage, office: Office) -> None:
    talk = app_stage.talk("Anna")
    await talk.say("/start")
    await talk.say("Berlin")
    phone = await office.phone(talk.person, sdk=DARK)
    page = phone.page
    await page.get_by_role("button", name="Plan the first one").click()
    await page.get_by_label("What do you want?").fill("lose 8 kg by June")
    await page.keyboard.press("Enter")
    await page.get_by_label("How many kg is it now?").fill("86")
    await phone.press_main("Go on")
    goals = page.get_by_role("list", name="Goals").get_by_role("button")
    await expect(goals.nth(1)).to_contain_text("from 86 to 78 kg")
    await phone.press_back()
    await page.get_by_label("What do you want?").fill("write a book of 80,000 words by 30 June")
    assert await violations(phone) == []
    await phone.press_main("Propose a tree")
    await expect(goals).to_have_count(6)
    await goals.nth(0).click()
    await page.get_by_label("Title").fill("My novel")
    assert await violations(phone) == []
    await phone.press_main("Save")
    await expect(goals.nth(0)).to_contain_text("My novel")
    await goals.nth(5).click()
    await page.get_by_role("button", name="Sun", exact=True).click()
    await page.get_by_label("Number").fill("900")
    await phone.press_main("Save")
    await expect(goals.nth(5)).to_contain_text("900 words · Mon, Tue, Wed, Thu, Fri and Sat")
    await goals.nth(0).click()
    await page.get_by_role("button", name="Add a goal below").click()
    await page.get_by_label("Title").fill('Read "aloud" = 5')
    await page.get_by_label("Amount").fill("3 pages")
    await page.keyboard.press("Enter")
    await expect(goals.nth(6)).to_contain_text('Read "aloud" = 5')
    await goals.nth(6).click()
    await page.get_by_role("button", name="Take it out").click()
    await expect(goals).to_have_count(6)
    await page.get_by_role("button", name="Undo").click()
    await expect(goals).to_have_count(7)
    assert await violations(phone) == []
    assert "No goals" in await talk.tell("/tree") or "Plan" in await talk.tell("/tree")  # nothing is written yet
    await phone.press_main("Plant it")
    await phone.told("Planted. You are asked at 20:00 every day how it went; /remind in the chat changes that.")
    await page.get_by_role("treeitem", name="My novel").wait_for()
    assert "20:00" in await talk.tell("/remind")
    outline = await talk.tell("/tree outline")
    assert "= 900 words [mon tue wed thu fri sat]" in outline
    assert '"Read \\"aloud\\" = 5" = 3 pages' in outline.replace("&quot;", '"')


async def test_a_plan_to_begin_with_is_taken_and_said_otherwise(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, viewport=DESKTOP)
    page = phone.page
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_role("button", name="Reading").first.click()
    assert await violations(phone) == []
    await page.keyboard.press("Escape")
    await page.get_by_label("What do you want?").fill("read 24 books in 2027")
    await page.keyboard.press("Enter")
    goals = page.get_by_role("list", name="Goals").get_by_role("button")
    await expect(goals.nth(0)).to_contain_text("Read 24 books")
    otherwise = page.get_by_label("What shall be different?")
    await otherwise.fill("purple")
    await otherwise.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("That cannot be read.")
    await otherwise.fill("36 books")
    await otherwise.press("Enter")
    await expect(goals.nth(1)).to_contain_text("36 books")
    await page.get_by_role("button", name="Begin anew").click()
    await page.get_by_role("button", name="Type a whole tree").click()
    phone.may_be_refused = True
    lines = page.get_by_label("The goal, and below it")
    await lines.fill("Sleep\n  D: Lights out = = 3\n  X: Bed")
    await phone.press_main("See the plan")
    await expect(page.get_by_role("alert")).to_contain_text("Line 2: ")
    await expect(page.get_by_role("alert")).to_contain_text("Line 3: ")
    assert await violations(phone) == []
    await lines.fill(LATER)
    await phone.press_main("See the plan")
    await expect(goals.nth(1)).to_contain_text("8 h")
    await expect(goals.nth(1)).to_contain_text("from 4 Jan 2027 on: 7 h · Mon and Wed")
    await expect(goals.nth(1)).to_contain_text("paused from 20 Dec to 3 Jan 2027")
    await expect(goals.nth(3)).to_contain_text("Read more")
    assert await violations(phone) == []
    await goals.nth(2).click()
    await page.get_by_role("button", name="Take it out").click()
    await expect(goals).to_have_count(4)
    await page.get_by_role("button", name="Change the lines").click()
    await page.get_by_role("dialog").wait_for()
    await expect(lines).to_have_value(re.compile(re.escape("then from 2027-01-04: = 7 h [mon wed]")))
    await expect(lines).not_to_have_value(re.compile("Walk"))
    await phone.press_main("See the plan")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await phone.press_main("Plant it")
    await phone.told("Planted.")
    await page.get_by_role("treeitem", name="Lights out").wait_for()
    outline = "\n".join(said.text for said in await talk.say("/tree outline"))
    assert "    then from 2027-01-04: = 7 h [mon wed]" in outline
    assert "Read more" in outline


async def test_a_number_in_a_title_is_asked_about_before_it_is_planted(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    page = phone.page
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_role("button", name="Type a whole tree").click()
    lines = page.get_by_label("The goal, and below it")
    await lines.fill("Be well\n  D: Read 5 pages\n  D: Walk\n  D: Swim 2 km")
    await phone.press_main("See the plan")
    read, swim = (page.get_by_role("group", name=title) for title in ("Read 5 pages", "Swim 2 km"))
    await expect(page.get_by_role("button", pressed=True)).to_have_count(0)  # neither is assumed
    await read.get_by_role("button", name="5 pages is the target").click()
    await phone.press_main("Go on")
    await expect(page.get_by_role("alert")).to_have_text("Choose one for each.")
    assert await violations(phone) == []
    await swim.get_by_role("button", name="It is a part of the name").click()
    await phone.press_main("Go on")
    goals = page.get_by_role("list", name="Goals").get_by_role("button")
    await expect(goals.nth(1)).to_contain_text("5 pages")
    await expect(goals.nth(3)).to_contain_text("Swim 2 km")
    await page.get_by_role("button", name="Change the lines").click()
    await expect(lines).to_have_value('Be well\n  D: Read = 5 pages\n  D: Walk\n  D: "Swim 2 km"')
    await phone.press_main("See the plan")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await phone.press_main("Plant it")
    await phone.told("Planted.")
    outline = "\n".join(said.text for said in await talk.say("/tree outline"))
    assert "D: Read = 5 pages" in outline
    assert "D: Swim 2 km" in outline


async def test_a_template_is_planted_with_its_answers(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    page = phone.page
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_role("button", name="Reading").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_label("How many books?")).to_have_value("24 books")
    await sheet.get_by_label("How many books?").fill("12 books")
    await sheet.get_by_label("Until when?").fill("2027-06-30")
    await phone.press_main("Propose a tree")
    await expect(sheet).to_have_count(0)
    goals = page.get_by_role("list", name="Goals").get_by_role("button")
    await expect(goals.nth(0)).to_contain_text("until 30 Jun 2027")
    await expect(page.get_by_role("list", name="Goals")).to_contain_text("12 books")
    await phone.press_main("Plant it")
    await phone.told("Planted.")
    outline = "\n".join(said.text for said in await talk.say("/tree outline"))
    assert "= 12 books" in outline
    assert "until 2027-06-30" in outline


async def test_a_tree_that_is_there_already_is_said_to_grow(app_stage: AppStage, office: Office) -> None:
    talk = app_stage.talk("Anna")
    await talk.say("/start")
    await talk.say("/plan Fit\n  D: Gym")
    phone = await office.phone(talk.person)
    page = phone.page
    await page.get_by_role("navigation").get_by_role("button", name="Tree").click()
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_role("button", name="Type a whole tree").click()
    await page.get_by_label("The goal, and below it").fill("Fit\n  D: Run = 5 km")
    await phone.press_main("See the plan")
    await expect(page.get_by_text("“Fit” is there already: this adds to it")).to_be_visible()
