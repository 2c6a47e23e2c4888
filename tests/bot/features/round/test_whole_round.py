"""Answering a round as a whole, and limits in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.conftest import Said, Stage, Talk

PLAN = "/plan Fit\n  D: Run = 5 km each\n  D: Coffee <= 2 cups each\n  D: Gym each\n  D: Clean"


async def asked(stage: Stage, plan: str = PLAN) -> tuple[Talk, Talk, Said]:
    """Anna and Ben in a group, and its round."""
    anna, ben = stage.group("Friends", "Anna"), stage.group("Friends", "Ben")
    for text in ("/settings zone Berlin", plan, "/join"):
        await anna.say(text)
    await ben.say("/join")
    said = await anna.until(stage.clock() + timedelta(hours=24))
    return anna, ben, next(one for one in said if one.text.startswith("🔔"))


async def state(anna: Talk, round_: Said) -> str:
    return str(anna.chat.messages[round_.raw["message_id"]]["text"])


async def test_all_done_ticks_the_open_goals_of_the_member_who_taps(stage: Stage) -> None:
    _, ben, round_ = await asked(stage)
    assert "✅ All done" in round_.buttons
    await ben.tap("All done")
    assert ben.toasts == ["✅ 1 goal done.\nThese need a number: “Run” and “Coffee”."]
    text = await state(ben, round_)
    assert "Gym\n✅ Ben · ⬜ Anna" in text
    assert "Clean · together\n⬜ still open" in text


async def test_all_done_sets_what_somebody_mostly_logs(stage: Stage) -> None:
    _, ben, _ = await asked(stage)
    await ben.say("/log run 4")
    said = await ben.until(stage.clock() + timedelta(hours=24))
    round_ = next(one for one in said if one.text.startswith("🔔"))
    done = (await ben.say("all done", reply_to=round_.raw["message_id"]))[0]
    assert done.text == "✅ 2 goals done.\nThese need a number: “Coffee”."
    assert "Run · 5 km each\n⬜ Anna, Ben 4" in await state(ben, round_)


async def test_a_limit_offers_none_and_takes_it_as_a_word(stage: Stage) -> None:
    anna, ben, round_ = await asked(stage)
    assert "Coffee: none today" in round_.buttons
    await ben.tap("Coffee: none today")
    assert "Coffee · 2 cups each\n✅ Ben · ⬜ Anna" in await state(ben, round_)
    question = (await anna.say("none today", reply_to=round_.raw["message_id"]))[0]
    assert (question.text, question.buttons) == ("None of what?", ["Coffee: none today"])
    await anna.tap("Coffee: none today")
    assert "Coffee · 2 cups each\n✅ Anna, Ben" in await state(anna, round_)


@pytest.mark.parametrize("words", ["none today", "nothing", "None"])
async def test_none_is_said_of_a_limit_where_nothing_else_is_open(stage: Stage, words: str) -> None:
    _, ben, round_ = await asked(stage, "/plan Calm\n  D: Coffee <= 2 cups each")
    told = (await ben.say(words, reply_to=round_.raw["message_id"]))[0]
    assert told.text.startswith("✅ Coffee  0 cups · today done")
    assert "✅ Ben · ⬜ Anna" in await state(ben, round_)


async def test_none_of_what_is_asked_back_alone(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Coffee <= 2 cups\n  D: Gym")
    question = (await chat.say("none today"))[0]
    assert (question.text, question.buttons) == ("None of what?", ["Coffee: none today", "⏭ Skip all"])
    assert "Coffee" in (await chat.tap("Coffee: none today"))[0].text
    await chat.say("nothing")
    assert "⏭ 1 goal skipped." in (await chat.tap("Skip all"))[0].text
