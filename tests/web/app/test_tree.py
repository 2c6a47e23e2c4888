"""The tree: folding, keyboard only, thousands of goals, and changes by hand."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from playwright.async_api import Route, expect

from core.actions.plant import plant
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from tests.web.app.conftest import DESKTOP, AppStage, Office, Phone

SCROLLED = """async () => {
  const tree = document.querySelector('[role=tree]');
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const most = { rows: 0, drawn: 0, gaps: 0 };
  let drawn = 0;
  const look = new MutationObserver((seen) => seen.forEach((one) => (drawn += one.addedNodes.length)));
  look.observe(tree, { childList: true });
  for (let step = 0; step < 25; step += 1) {
    drawn = 0;
    scrollBy(0, 400);
    for (let wait = 0; wait < 4; wait += 1) await frame();
    most.rows = Math.max(most.rows, tree.children.length);
    most.drawn = Math.max(most.drawn, drawn);
    most.gaps += document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('[role=treeitem]') ? 0 : 1;
  }
  return most;
}"""
RUNNING = ("Run a marathon", "100 km a quarter", "60 km a month", "20 km a week", "Run")
OTHERS = ("Body and mind", "Stretch", "Read")


async def opened(phone: Phone) -> None:
    """Go to the tree."""
    await phone.page.get_by_role("button", name="Tree", exact=True).click()
    await phone.page.get_by_role("tree").wait_for()


async def shows(phone: Phone, *titles: str) -> None:
    """Wait until these goals are visible, in this order."""
    await expect(phone.page.locator("[role=treeitem] .title")).to_have_text(titles)


async def test_goals_are_folded_and_unfolded(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await opened(phone)
    await shows(phone, *RUNNING, *OTHERS)
    await phone.page.locator("[data-node]").nth(1).locator(".fold").click()
    await shows(phone, "Run a marathon", "100 km a quarter", *OTHERS)
    await phone.page.reload()
    await opened(phone)
    await shows(phone, "Run a marathon", "100 km a quarter", *OTHERS)  # it is remembered


async def test_opening_the_tree_before_the_goals_are_loaded_finds_them_unfolded(
    app_stage: AppStage, office: Office
) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await opened(phone)
    may_come = asyncio.Event()

    async def late(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await phone.page.route("**/api/goal-tree*", late)
    await phone.page.reload()
    await phone.page.get_by_role("button", name="Tree", exact=True).click()
    await expect(phone.page.locator(".skeleton")).to_be_visible()
    may_come.set()
    await phone.page.get_by_role("tree").wait_for()
    await shows(phone, *RUNNING, *OTHERS)


async def test_the_tree_is_walked_by_keys(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, viewport=DESKTOP)
    await opened(phone)
    top = phone.page.get_by_role("treeitem", name="Run a marathon")
    await top.focus()
    keys = phone.page.keyboard
    await keys.press("ArrowDown")
    quarter = phone.page.get_by_role("treeitem", name="100 km a quarter")
    await expect(quarter).to_be_focused()
    await keys.press("ArrowLeft")
    await expect(quarter).to_have_attribute("aria-expanded", "false")
    await keys.press("ArrowLeft")
    await expect(top).to_be_focused()
    await keys.press("End")
    await expect(phone.page.get_by_role("treeitem", name="Read")).to_be_focused()
    await keys.press("Enter")
    await expect(phone.page.get_by_role("heading", name="Read")).to_be_visible()
    await phone.becomes("app.BackButton.isVisible", True)
    await keys.press("Escape")
    await expect(phone.page.get_by_role("heading", name="Tree")).to_be_visible()


async def test_two_thousand_goals_stay_smooth(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted(plan="/plan Small\n  D: One")
    weeks = "".join(
        f"    W: Week {week}\n" + "".join(f"      D: Leaf {week}.{leaf}\n" for leaf in range(19)) for week in range(99)
    )
    today = app_stage.clock().date()
    plans = parse_outline(f"Big\n  M: Everything\n{weeks}", today)
    await plant(app_stage.store, Actor.host(talk.chat_id), plans, today, app_stage.clock())
    phone = await office.phone(talk.person)
    await opened(phone)
    for title in ("Big,", "Everything,"):
        await phone.page.get_by_role("treeitem", name=title).focus()
        await phone.page.keyboard.press("ArrowRight")
    await expect(phone.page.get_by_role("treeitem", name="Week 0,")).to_be_visible()
    await phone.becomes("document.querySelector('[role=tree]').offsetHeight / 60 >= 99", True)
    for week in (3, 2, 1, 0):
        await phone.page.get_by_role("treeitem", name=f"Week {week},").first.focus()
        await phone.page.keyboard.press("ArrowRight")
    await expect(phone.page.get_by_role("treeitem", name="Leaf 0.0,")).to_be_visible()
    most = await phone.page.evaluate(SCROLLED)
    assert most["rows"] < 45  # of all rows only the visible ones exist
    assert most["drawn"] <= 16  # and a frame renders only those that become visible
    assert most["gaps"] == 0


async def test_a_goal_is_added_changed_ended_and_taken_up_in_a_sheet(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person)
    page = phone.page
    await opened(phone)

    async def act(title: str, what: str) -> None:
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.get_by_role("treeitem", name=f"{title},").focus()
        await page.keyboard.press(" ")
        await page.get_by_role("dialog").get_by_role("button", name=what).click()

    await act("Body and mind", "Add a goal below")
    await page.get_by_label("Title").fill("Swim")
    await page.get_by_label("Amount, such as 5 km").fill("2 km")
    await phone.press_main("Add")
    await phone.told("Added below Body and mind.")
    await shows(phone, *RUNNING, *OTHERS, "Swim")
    await phone.becomes("app.MainButton.isVisible", False)
    await act("Swim", "Change")
    await page.get_by_label("Title").fill("Swim far")
    await page.get_by_label("New target from today on (km)").fill("3")
    await page.keyboard.press("Enter")
    await phone.told("Swim far: changed.")
    assert "Swim far = 3 km" in await talk.tell("/tree outline")
    await act("Stretch", "End")
    await phone.press_main("End it")
    await phone.told("Stretch: ended.")
    await act("Stretch", "Take up again")
    await phone.told("Stretch: taken up again.")


async def test_a_goal_is_moved_by_dragging_and_by_keys(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, viewport=DESKTOP)
    page = phone.page
    await opened(phone)
    await page.get_by_role("treeitem", name="Read,").focus()
    await page.keyboard.press("Alt+ArrowUp")
    await phone.told("Read: moved.")
    await shows(phone, *RUNNING, "Body and mind", "Read", "Stretch")
    await page.get_by_role("button", name="Arrange").click()
    handle = page.locator("[data-node]", has_text="Stretch").locator(".handle")
    box = await handle.bounding_box()
    target = await page.get_by_role("treeitem", name="Run,").bounding_box()
    assert box
    assert target
    await page.mouse.move(box["x"] + 20, box["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 60, target["y"] + 58, steps=4)
    await expect(page.locator(".drop")).to_be_visible()
    await page.mouse.move(box["x"] + 80, target["y"] + 59)
    await page.mouse.up()
    await phone.told("Stretch: moved.")
    await shows(phone, *RUNNING, "Stretch", "Body and mind", "Read")
    await expect(page.get_by_role("treeitem", name="Stretch,")).to_have_attribute("aria-level", "5")


async def test_a_refused_move_is_explained(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person, viewport=DESKTOP)
    await opened(phone)
    await talk.say("stretch")
    await phone.page.get_by_role("treeitem", name="Read,").focus()
    await phone.page.keyboard.press("Alt+ArrowRight")
    await phone.told("has been logged")
    await shows(phone, *RUNNING, *OTHERS)
    phone.may_be_refused = True
