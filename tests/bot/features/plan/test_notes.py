"""Notes beside the tree in the reply to a plan."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.conftest import Stage, Talk


async def test_short_periods_idle_goals_and_unreachable_ones_are_noted_once(chat: Talk, stage: Stage) -> None:
    stage.clock.advance(timedelta(days=2))
    text = "/plan Fit\n  W: Week = 20 km sum\n    D: Run = 5 km\n    D: Stretch\n  W: Gym = 9 times"
    planted = await chat.tell(text)
    assert (
        "⏳ This week is short: 15 of 20 km.\n"
        "ℹ️ Stretch adds nothing to Week.\n"
        "⚠️ Gym can never be reached: at most 7 of 9 are possible."
    ) in planted
    assert await chat.tell(text) == "Fit: nothing new, it is as it was."


async def test_a_plan_that_is_whole_has_nothing_to_add(chat: Talk) -> None:
    planted = await chat.tell("/plan Fit\n  W: Week = 20 km sum\n    D: Run = 5 km")
    assert not any(sign in planted for sign in "⏳ℹ⚠")


async def test_in_the_guided_way_a_group_says_what_each_one_does(stage: Stage) -> None:
    anna = stage.group("Friends", "Anna")
    asked = await anna.say("/plan")
    for answer in ("Read together", "no end"):
        asked = await anna.say(answer, reply_to=asked[0].raw["message_id"])
    listed = await anna.say("Read 20 pages each", reply_to=asked[0].raw["message_id"])
    assert "• Read = 20 pages each – daily" in listed[0].text


async def test_alone_the_word_says_nothing(chat: Talk) -> None:
    for text in ("/plan", "Read more", "no end"):
        await chat.say(text)
    assert "• Read = 20 pages – daily" in await chat.tell("Read 20 pages each")


async def test_why_a_goal_ends_sooner_than_it_was_to_is_said(chat: Talk) -> None:
    planted = await chat.tell(
        "/plan Trip (until 2026-12-31)\n  W: Gym (until 2027-02-01)\n    D: Stretch (until 2027-02-01)"
    )
    assert "✂️ Gym and Stretch end with the vision on 31 Dec 2026: nothing below it lasts longer." in planted
    changed = await chat.tell("/plan Trip\n  D: Run = 5 km (until 2027-03-01)")
    assert "✂️" not in changed  # it is shown first
    assert "✂️ Run ends with the vision on 31 Dec 2026" in (await chat.tap("Apply"))[0].text
