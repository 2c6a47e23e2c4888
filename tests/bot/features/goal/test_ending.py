"""Ending, reopening and deleting a goal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.telegram.callback import packed
from tests.bot.company import Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.plan.test_plan import outline
from tests.bot.logged import told
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01)
  W: Body
    D: Gym
    D: Stretch
  D: Run = 5 km
"""
ADMINS_ONLY = "Only the group's admins can do that: ask one of them."


async def one(chat: Talk, text: str) -> Said:
    [said] = await chat.say(text)
    return said


@pytest.mark.parametrize("command", ["end", "archive"])
async def test_ending_asks_first(chat: Talk, command: str) -> None:
    await planted(chat, OUTLINE)
    asked = await one(chat, f"/{command} body")
    assert asked.text == "End Body and the 2 goals below it? Its history stays."
    assert (await chat.tap("Keep it"))[0].text.startswith("🟢 Body")
    await chat.say(f"/{command} stretch")
    assert (await chat.tap("End it"))[0].text == (
        "🏁 Stretch has ended. What you logged for it is kept. /undo takes it back."
    )
    assert "D: Stretch (until 2026-11-22)" in await outline(chat)
    assert "I know no goal called “zzz”" in await chat.tell(f"/{command} zzz")
    alone = await one(chat, f"/{command}")
    assert "Which goal has ended? Tap, or write /end gym." in alone.text


async def test_old_buttons_below_archive_still_end_a_goal(chat: Talk) -> None:
    nodes = await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    [asked] = await chat.press(f"arch:ask:{nodes['Gym'].id}")
    assert asked.text == "End Gym? Its history stays."
    assert (await chat.press("arch:no"))[0].text == "Kept as it is."
    assert "has ended" in (await chat.press(f"arch:yes:{nodes['Gym'].id}"))[0].text
    assert "has ended already" in (await chat.press(f"arch:yes:{nodes['Gym'].id}"))[0].text


async def test_an_ended_goal_is_taken_up_again(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    await chat.tap("🏁 End")
    await chat.tap("End it")
    chat.stage.clock.set(chat.stage.clock() + timedelta(days=2))
    [card] = await chat.tap("‹ Gym")
    assert card.text.startswith("◻ Gym has ended: 22 Nov 2026")
    assert card.buttons == ["↺ Take up again", "🗑 Delete", "‹ tree"]
    [done] = await chat.tap("Take up again")
    assert done.text.startswith("↺ Gym goes on from today. The days in between do not count as missed.")
    assert (await one(chat, "/back gym")).text == "Gym is not paused. Nothing was changed."
    await chat.say("/end gym")
    await chat.tap("End it")
    assert (await one(chat, "/back gym")).text.startswith("↺ Gym goes on from today.")


async def test_a_goal_without_entries_is_deleted_at_once(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal stretch")
    assert (await chat.tap("Delete"))[0].text == "🗑 Stretch is deleted. /undo brings it back."
    assert "Stretch" not in await outline(chat)


async def test_a_goal_with_entries_is_deleted_after_a_question(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 5")
    asked = await one(chat, "/delete run")
    assert "Run" in asked.text
    assert asked.buttons == ["Delete it", "End it", "Keep it"]
    assert (await chat.tap("Keep it"))[0].text.startswith("✅ Run")
    await chat.tap("🗑 Delete")
    [done] = await chat.tap("Delete it")
    assert done.text == "🗑 Run is deleted. /undo brings it back."
    assert "Run" not in await outline(chat)
    await chat.press(asked.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"], asked.raw["message_id"])
    assert chat.toasts == ["That goal is not here (any more). /tree shows what there is."]


async def test_a_vision_is_deleted_with_its_tree(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal feel well")
    assert (await chat.tap("Delete"))[0].text == "🗑 Feel well is deleted. /undo brings it back."
    assert "There are no goals here yet" in await chat.tell("/tree")


async def test_the_only_goal_below_another_is_deleted_and_that_one_is_ticked(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/delete gym")
    assert await chat.tell("/delete stretch") == (
        "🗑 Stretch is deleted. /undo brings it back.\nNo goal stands below Body now: tick it itself, or /add one there."
    )
    assert (await chat.tell("body")).startswith("✅ Body")


async def test_buttons_of_a_goal_that_is_gone_answer_kindly(chat: Talk) -> None:
    nodes = await planted(chat, OUTLINE)
    card = await one(chat, "/goal gym")
    await chat.say("/delete gym")
    gym, newest = packed(nodes["Gym"].id), card.raw["message_id"]
    for row in card.raw["reply_markup"]["inline_keyboard"]:
        for button in row:
            if button["callback_data"].startswith("tree:"):
                continue
            said = await chat.press(button["callback_data"], newest)
            told_of = [*chat.toasts, *(one.text for one in said)]
            assert told_of == ["That goal is not here (any more). /tree shows what there is."]
    for data in (
        f"goal:gone:{gym}",
        f"goal:again:{gym}",
        f"arch:yes:{nodes['Gym'].id}",
        f"goal:off:{gym}:20261123:20261124",
    ):
        assert await chat.press(data, newest) == []
        assert chat.toasts == ["That goal is not here (any more). /tree shows what there is."]


async def test_a_typed_answer_about_a_goal_that_is_gone(chat: Talk) -> None:
    nodes = await planted(chat, OUTLINE)
    await chat.say("/rename gym")
    await chat.press(f"goal:gone:{packed(nodes['Gym'].id)}")
    assert await chat.tell("Weights") == "That goal is not here (any more). /tree shows what there is."


async def test_another_chats_goal_is_neither_ended_nor_deleted(stage: Stage) -> None:
    ben = stage.talk("Ben")
    theirs = await planted(ben, OUTLINE)
    await ben.say("run 5")
    anna = stage.talk("Anna")
    await planted(anna, OUTLINE)
    await anna.say("/goal gym")
    before = await outline(ben), await told(ben)
    run = theirs["Run"].id
    for data in (
        f"arch:yes:{run}",
        f"goal:gone:{packed(run)}",
        f"goal:again:{packed(run)}",
        f"goal:do:{packed(run)}:delete",
    ):
        assert await anna.press(data) == []
        assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert (await outline(ben), await told(ben)) == before


async def test_in_a_group_only_those_who_plan_end_and_delete(stage: Stage) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, OUTLINE)
    await company.ben.say("/join")
    for text in ("/end gym", "/archive gym", "/delete gym"):
        assert await company.ben.tell(text) == ADMINS_ONLY
    gym = nodes["Gym"].id
    for data in (
        f"arch:yes:{gym}",
        f"goal:gone:{packed(gym)}",
        f"goal:again:{packed(gym)}",
        f"goal:do:{packed(gym)}:end",
    ):
        await company.ben.press(data)
        assert company.ben.toasts == [ADMINS_ONLY]
    assert "D: Gym" in await outline(company.anna)
