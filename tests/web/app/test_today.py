"""Today from a person's side: a tick and its bars, refusals, lost connections, other days, and a chat beside it."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Route, expect

from core.actions.edit.ending import end
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.start_param import group_param
from tests.web.app.conftest import AppStage, Office, Phone

ABOVE = ("20 km a week", "60 km a month", "100 km a quarter", "Run a marathon")
LOGGING = re.compile(r"/kpi-logs/\d+/log")


async def at_run(phone: Phone) -> None:
    """Wait until the day is shown."""
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").wait_for()


async def test_a_tick_moves_all_bars_up_to_the_vision_before_the_server_answers(
    app_stage: AppStage, office: Office
) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await at_run(phone)
    await phone.bars(dict.fromkeys(ABOVE, 0))
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        asked.set()
        await may_answer.wait()
        await route.continue_()

    await phone.page.route(LOGGING, late)
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").click()
    await asked.wait()
    # Of the 43 km left of the quarter, and the 16 km of the month.
    await phone.bars(dict(zip(ABOVE, (25, 31.25, 11.6279, 5.81395), strict=True)))
    may_answer.set()
    await phone.told("Run: noted.")
    await expect(phone.page.get_by_text("1 of 3 done")).to_be_visible()
    await phone.bars({"20 km a week": 25, "100 km a quarter": 11})
    felt = [["impactOccurred", "light"], ["notificationOccurred", "success"]]
    await phone.becomes("app.calls.filter(([name]) => name.endsWith('Occurred'))", felt)
    await phone.page.get_by_role("button", name="Undo").click()
    await phone.told("Taken back.")
    await phone.bars(dict.fromkeys(ABOVE, 0))


async def test_a_refusal_puts_the_bars_back_and_says_why(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person)
    await at_run(phone)
    await phone.page.route("**/api/goal-tree*", lambda route: route.abort())  # it misses all changes
    today = app_stage.clock().date()
    [reading] = await read_trees(app_stage.store, Actor.host(talk.chat_id), today)
    [run] = [node for node in reading.tree.nodes.values() if node.title == "Run"]
    await end(app_stage.store, Actor.host(talk.chat_id), run.id, None, app_stage.clock(), source_key=None)
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").click()
    await phone.told("Run: ")
    await phone.bars(dict.fromkeys(ABOVE, 0))
    phone.may_be_refused = True


async def test_ticks_without_a_connection_are_kept_and_sent_once(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await at_run(phone)
    sent = list[str]()

    async def lost(route: Route) -> None:
        sent.append(route.request.headers["idempotency-key"])
        if len(sent) == 1:
            await route.fetch()  # the server has it, and the answer is lost
        await route.abort()

    await phone.page.route(LOGGING, lost)
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").click()
    await phone.told("No connection. 1 check-off is kept and sent later.")
    await phone.bars({"Run a marathon": 0})
    await expect(phone.page.get_by_role("button", name="Run, 0 of 5 km, waits to be sent")).to_be_visible()
    await phone.becomes("JSON.parse(localStorage[Object.keys(localStorage)[0]]).map((one) => one.key)", sent[:1])
    await phone.page.unroute(LOGGING)
    await phone.page.reload()  # the page may be closed meanwhile
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()
    await expect(phone.page.get_by_text("waits to be sent")).to_have_count(0)
    await phone.becomes("localStorage[Object.keys(localStorage)[0]]", "[]")
    tree = await talk.tell("/tree run")
    assert "100%" in tree
    phone.may_be_refused = True


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (429, "Too much at once; what you did is kept and sent again."),
        (500, "Something went wrong here; what you did is kept and sent again."),
        (503, "Something went wrong here; what you did is kept and sent again."),
        (200, "No connection. 1 check-off is kept and sent later."),  # a captive portal's page
    ],
)
async def test_ticks_that_the_server_does_not_take_now_are_kept_and_sent_once(
    app_stage: AppStage, office: Office, status: int, said: str
) -> None:
    talk = await app_stage.planted(plan="/plan Fit\n  W: 20 km a week = 20 km sum\n    D: Run = 5 km")
    phone = await office.phone(talk.person)
    phone.may_be_refused = True
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").wait_for()
    keys = list[str]()

    async def not_now(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            await route.fetch()  # the server has it, and its answer is replaced on the way
        await route.fulfill(status=status, content_type="text/html", body="<p>Not now</p>")

    await phone.page.route(LOGGING, not_now)
    await phone.page.get_by_role("button", name="Run, 0 of 5 km").click()
    await phone.told(said)
    if status != 200:
        await expect(phone.page.locator(".offline")).to_have_text(said)
    await expect(phone.page.get_by_role("button", name="Run, 0 of 5 km, waits to be sent")).to_be_visible()
    await phone.page.unroute(LOGGING)
    await phone.page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()
    await expect(phone.page.locator(".offline")).to_have_count(0)
    assert len(set(keys)) == 1
    assert "25%" in await talk.tell("/tree 20 km")  # 5 of 20 km: once


@pytest.mark.parametrize(
    ("status", "said"),
    [(429, "Too much at once; try again in a moment."), (500, "Something went wrong here; try again in a moment.")],
)
async def test_an_unsaved_log_says_what_went_wrong(app_stage: AppStage, office: Office, status: int, said: str) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    phone.may_be_refused = True
    page = phone.page
    await page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")
    await page.route("**/api/**", lambda route: route.fulfill(status=status, body=""))
    await page.get_by_role("button", name="Undo").click()
    await phone.told(said)
    await expect(page.locator(".offline")).to_have_text(said)
    await page.reload()
    await expect(page.locator("main.alone")).to_contain_text(said)
    await page.unroute("**/api/**")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("button", name="Stretch, done")).to_be_visible()


async def test_more_may_be_said_than_a_tick(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await at_run(phone)
    await phone.page.get_by_role("button", name="More for Run").click()
    await phone.page.get_by_label("Amount (km)").fill("a lot")
    await phone.page.get_by_label("Note").fill("along the river")
    await phone.page.get_by_role("button", name="Log", exact=True).click()
    await expect(phone.page.get_by_role("alert")).to_have_text("Type a number, such as 5 or 2.5.")
    await phone.page.get_by_label("Amount (km)").fill("3,5")
    await phone.page.keyboard.press("Enter")
    await phone.told("Run: noted.")
    await expect(phone.page.get_by_text("3.5 of 5 km")).to_be_visible()
    await phone.page.get_by_role("button", name="More for Run").click()
    await expect(phone.page.get_by_role("dialog").get_by_text("along the river")).to_be_visible()
    await phone.press_back()
    await expect(phone.page.get_by_role("dialog")).to_have_count(0)
    stretch = phone.page.get_by_role("button", name="Stretch, open")
    await stretch.dispatch_event("pointerdown", {"clientX": 10, "clientY": 10})
    await phone.page.get_by_role("button", name="Skip").click()
    await phone.told("Stretch: skipped.")


async def test_yesterday_is_one_swipe_away(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person)
    await at_run(phone)
    swipe = """async ([from, to]) => {
      const place = document.querySelector(".leaf");
      const touch = (x) => [new Touch({ identifier: 1, target: place, clientX: x, clientY: 300 })];
      place.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: touch(from) }));
      place.dispatchEvent(new TouchEvent("touchend", { bubbles: true, changedTouches: touch(to) }));
    }"""
    await phone.page.evaluate(swipe, [50, 250])
    await expect(phone.page.get_by_role("heading", name="Yesterday")).to_be_visible()
    await phone.page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")
    await phone.page.evaluate(swipe, [250, 50])
    await expect(phone.page.get_by_role("button", name="Stretch, open")).to_be_visible()


async def test_a_day_that_comes_late_is_not_shown_for_another(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person)
    await at_run(phone)
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        asked.set()
        await may_answer.wait()
        await route.continue_()

    await phone.page.route("**/daily-kpis/*", late, times=1)
    await phone.page.get_by_role("button", name="Yesterday").click()
    await asked.wait()
    await phone.page.get_by_role("button", name="Today").first.click()
    async with phone.page.expect_response("**/daily-kpis/*") as first:
        may_answer.set()
    await (await first.value).finished()
    await expect(phone.page.get_by_role("heading", name="Today")).to_be_visible()
    await phone.page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")


async def test_the_chat_and_the_app_show_the_same(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    await talk.until(app_stage.clock() + timedelta(hours=23, minutes=30))
    [prompt] = [said for said in talk.last if "Run" in "".join(said.buttons)]
    phone = await office.phone(talk.person)
    await phone.page.get_by_role("button", name="Stretch, open").click()
    await phone.told("Stretch: noted.")
    await app_stage.quiet()
    edited = talk.chat.messages[prompt.raw["message_id"]]
    buttons = [button["text"] for row in edited["reply_markup"]["inline_keyboard"] for button in row]
    assert any("Stretch" in text for text in prompt.buttons)
    assert not any("Stretch" in text for text in buttons)
    await talk.say("run 5")
    await phone.page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()
    await phone.bars({"20 km a week": 25})


async def test_a_round_in_the_group_and_the_app_show_the_same(app_stage: AppStage, office: Office) -> None:
    anna, ben = (app_stage.group("Runners", name) for name in ("Anna", "Ben"))
    await anna.say("/start")
    await anna.say("Berlin")
    for talk in (anna, ben):
        await talk.say("/join")
    await anna.say("/plan Fit\n  W: 20 km a week = 20 km sum\n    D: Walk = 5 km\n  D: Read each")
    await anna.until(app_stage.clock() + timedelta(hours=23, minutes=30))
    [before] = [said for said in anna.last if "how is it going?" in said.text and said.buttons]
    param = group_param(anna.chat_id, app_stage.telegram.token)
    phone = await office.phone(ben.person, start_param=param)
    await phone.page.get_by_role("button", name="Read, open").click()
    await phone.told("Read: noted.")
    await app_stage.quiet()
    shown = anna.chat.messages[before.raw["message_id"]]["text"]
    assert "⬜ Anna, Ben" in before.text
    assert "✅ Ben" in shown
    await anna.say("/log walk 5")
    await phone.page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()
    await phone.bars({"20 km a week": 25})


async def test_it_refreshes_by_itself_every_few_seconds(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    sooner = "window.setInterval = (work, ms) => (window.every = ms, after(work, ms / 50))"
    await phone.page.add_init_script(f"{{ const after = setInterval; {sooner}; }}")
    await phone.page.reload()
    await at_run(phone)
    await phone.becomes("window.every", 5000)
    await talk.say("run 5")
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()  # nobody comes back to it, nor touches it


async def test_a_change_between_trees_and_day_is_loaded_at_once(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await phone.page.add_init_script("window.setInterval = () => 0")  # it does not refresh by itself
    await phone.page.reload()
    await at_run(phone)
    comes = ["run 5"]

    async def overtaken(route: Route) -> None:
        answer = await route.fetch()
        if answer.status == 200 and comes:
            await talk.say(comes.pop())
        await route.fulfill(response=answer)

    await phone.page.route("**/api/goal-tree*", overtaken)
    await talk.say("stretch")
    await phone.page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(phone.page.get_by_text("5 of 5 km")).to_be_visible()
    await phone.bars({"20 km a week": 25})


async def test_a_refresh_that_changes_nothing_reads_no_trees(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    phone = await office.phone(talk.person)
    await at_run(phone)
    async with phone.page.expect_response("**/api/goal-tree*") as answered:
        await phone.page.evaluate("dispatchEvent(new Event('focus'))")
    assert (await answered.value).status == 304


async def test_yesterday_is_looked_at_on_its_own_screen_only(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted()
    app_stage.clock.set(app_stage.clock() + timedelta(days=1))
    phone = await office.phone(talk.person)
    page = phone.page
    await at_run(phone)
    await page.get_by_role("button", name="Yesterday", exact=True).click()
    await page.get_by_role("button", name="More for Run").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Run · Monday 23 November")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("treeitem", name="Run,").get_by_text("Run").click()
    await page.get_by_role("button", name="Log", exact=True).click()
    await page.get_by_role("button", name="5 km", exact=True).click()
    await phone.told("Run: noted.")
    await expect(page.get_by_role("region", name="Entries")).to_contain_text("Tuesday 24 November")
    await page.get_by_role("navigation").get_by_role("button", name="Today").click()
    await expect(page.get_by_role("heading", name="Today")).to_be_visible()


async def test_a_way_from_one_value_to_another_says_both(app_stage: AppStage, office: Office) -> None:
    talk = await app_stage.planted(plan="/plan Fit\n  T: Weight = 86 -> 78 kg (until 2027-03-31)")
    phone = await office.phone(talk.person)
    page = phone.page
    weight = page.get_by_role("button", name="Weight, ")
    await expect(weight).to_contain_text("from 86 to 78 kg")
    await weight.click()
    await page.get_by_label("Amount").fill("84")
    await page.keyboard.press("Enter")
    await expect(weight).to_contain_text("84 kg · from 86 to 78 kg")
    await page.get_by_role("button", name="Tree", exact=True).click()
    await page.get_by_role("treeitem", name="Weight").get_by_text("Weight").click()
    why = page.get_by_role("region", name="Why")
    await expect(why.get_by_text("With 78 kg by 31 Mar it is 100%.")).to_be_visible()


async def test_a_title_of_another_direction_leaves_the_order_of_a_sentence_alone(
    app_stage: AppStage, office: Office
) -> None:
    talk = await app_stage.planted(plan="/plan Fit\n  D: قراءة")
    phone = await office.phone(talk.person)
    await phone.page.get_by_role("button", name="قراءة, open").click()
    await phone.told("\u2068قراءة\u2069: noted.")
