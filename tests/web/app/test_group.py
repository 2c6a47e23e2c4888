"""A group of three in the app: opened by its link, each logs for themselves, and nobody else gets in."""

from __future__ import annotations

from playwright.async_api import expect

from core.start_param import group_param
from tests.web.app.conftest import DESKTOP, AppStage, Office
from tests.web.app.test_looks import violations
from tests.web.app.themes import DARK

PLAN = """/plan Fit together
  M: 60 km a month = 60 km sum
    D: Walk = 5 km
  W: Every day a little
    D: Read = 20 pages each
    D: Stretch each"""


async def test_only_who_may_plan_is_shown_the_way_to_it(app_stage: AppStage, office: Office) -> None:
    anna, ben = (app_stage.group("Runners", name) for name in ("Anna", "Ben"))
    await anna.say("/start")
    await anna.say("Berlin")
    for talk in (anna, ben):
        await talk.say("/join")
    param = group_param(anna.chat_id, app_stage.telegram.token)
    admin = (await office.phone(anna.person, start_param=param)).page
    member = (await office.phone(ben.person, start_param=param)).page
    for screen in ("Today", "Progress", "Tree"):
        for page in (admin, member):
            await page.get_by_role("navigation").get_by_role("button", name=screen).click()
        await expect(member.get_by_text("An admin plans the first one")).to_be_visible()
        await expect(admin.get_by_role("button", name="Plan the first one")).to_be_visible()
        await expect(member.get_by_role("button", name="Plan the first one")).to_have_count(0)
    await expect(admin.get_by_role("button", name="Add", exact=True)).to_be_visible()
    await expect(member.get_by_role("button", name="Add", exact=True)).to_have_count(0)
    await anna.say("/settings plan members")
    await member.get_by_role("navigation").get_by_role("button", name="Today").click()
    await member.get_by_role("button", name="Plan the first one").click()
    await expect(member.get_by_label("What do you want?")).to_be_visible()


async def test_only_who_may_plan_is_offered_to_change_a_goal(app_stage: AppStage, office: Office) -> None:
    anna, ben = (app_stage.group("Runners", name) for name in ("Anna", "Ben"))
    await anna.say("/start")
    await anna.say("Berlin")
    for talk in (anna, ben):
        await talk.say("/join")
    await anna.say(PLAN)
    await anna.say("/pause 3 days")
    param = group_param(anna.chat_id, app_stage.telegram.token)
    offers = []
    for talk in (anna, ben):
        page = (await office.phone(talk.person, start_param=param)).page
        await page.get_by_role("navigation").get_by_role("button", name="Tree").click()
        row = page.get_by_role("treeitem", name="60 km a month")
        await expect(row).to_be_visible()
        if talk is anna:
            await expect(row.locator(".more")).to_have_count(1)
        await row.focus()
        await row.press("Space")
        offers.append([await row.locator(".more").count(), await page.get_by_role("dialog").count()])
        await page.keyboard.press("Escape")
        await row.press("Enter")
        await expect(page.get_by_role("heading", name="Pauses")).to_be_visible()
        if talk is anna:
            await expect(page.get_by_role("button", name="Change", exact=True)).to_be_visible()
        names = ("Change", "More", "End the pause")
        offers[-1] += [await page.get_by_role("button", name=name, exact=True).count() for name in names]
    assert offers == [[1, 1, 1, 1, 1], [0, 0, 0, 0, 0]]


async def test_a_group_of_three(app_stage: AppStage, office: Office) -> None:
    talks = {name: app_stage.group("Runners", name) for name in ("Anna", "Ben", "Chris")}
    anna, ben, chris = talks.values()
    await anna.say("/start")
    await anna.say("Berlin")
    for talk in talks.values():
        await talk.say("/join")
    await anna.say(PLAN)
    own = app_stage.talk("Anna")
    await own.say("/start")
    await own.say("/plan Secret dream\n  D: Hide")
    param = group_param(anna.chat_id, app_stage.telegram.token)

    phone = await office.phone(anna.person, start_param=param, sdk=DARK)
    page = phone.page
    await page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")
    await page.get_by_role("button", name="Read, 0 of 20 pages").click()
    await phone.told("Read: noted.")
    await page.get_by_role("button", name="Group", exact=True).click()
    await expect(page.get_by_role("heading", name="In today: 1 of 3")).to_be_visible()
    others = await office.phone(ben.person, start_param=param, viewport=DESKTOP)
    await others.page.get_by_role("button", name="Walk, 0 of 5 km").click()
    await others.told("Walk: noted.")
    await chris.say("/log walk 2.5")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    together = page.get_by_role("region", name="Together this week")
    await expect(together.get_by_text("7.5 km")).to_be_visible()
    await expect(together.get_by_role("listitem")).to_have_text(["Ben 5 km", "Chris 2.5 km"], use_inner_text=True)
    week = page.get_by_role("region", name="This week")
    await expect(week.get_by_role("listitem").first).to_contain_text("Anna")
    assert await violations(phone) == []
    assert "Secret dream" not in await page.content()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360

    for talk, goal in ((ben, "/log read 20"), (ben, "/log stretch"), (chris, "/log read 20"), (chris, "/log stretch")):
        await talk.say(goal)
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(page.get_by_role("heading", name="Everyone is in today.")).to_be_visible()
    await others.page.get_by_role("button", name="Group", exact=True).click()
    await expect(others.page.get_by_text("🔥 1 day with nothing missed")).to_be_visible()
    assert await violations(others) == []

    stranger = app_stage.world.person("Eve")
    app_stage.world.private(stranger)
    eve = await office.phone(stranger, start_param=param)
    await expect(eve.page.get_by_role("heading", name="goaltree")).to_be_visible()
    await expect(eve.page.get_by_text("Walk")).to_have_count(0)
    eve.may_be_refused = True
