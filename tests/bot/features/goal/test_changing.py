"""Changing a goal's name, target and days, with its buttons and in words."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from tests.bot.company import Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.plan.test_plan import outline
from tests.bot.logged import told
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: 20 km a week = 20 km sum
    D: Run = 5 km
  D: Stretch [mon wed fri]
  D: Coffee = 4 cups
  W: Gym = 3 times
  T: Weight = 86 -> 78 kg (until 2027-03-31)
"""
ADMINS_ONLY = "Only the group's admins can do that: ask one of them."


async def one(chat: Talk, text: str) -> Said:
    [said] = await chat.say(text)
    return said


async def test_renaming_by_the_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    [asked] = await chat.tap("Rename")
    assert (asked.edited, asked.text) == (True, "What is Gym to be called? Write the new name.")
    done = await one(chat, "Weights & more")
    assert done.text == "✏️ Gym is called Weights & more now. /undo takes it back."
    assert (await chat.tap("‹ Weights & more"))[0].text.startswith("🟢 Weights & more")
    assert "W: Weights & more = 3 times" in await outline(chat)


@pytest.mark.parametrize("said", ["gym Weights", "gym to Weights", "Gym -> Weights", "gym: “Weights”"])
async def test_renaming_in_words(chat: Talk, said: str) -> None:
    await planted(chat, OUTLINE)
    assert await chat.tell(f"/rename {said}") == "✏️ Gym is called Weights now. /undo takes it back."
    assert "W: Weights = 3 times" in await outline(chat)


async def test_a_name_that_is_taken_empty_or_too_long_changes_nothing(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    before = await outline(chat)
    assert "There is “Coffee” below “Feel well” already: choose another name." in await chat.tell("/rename gym coffee")
    assert "201 characters and 200 fit" in await chat.tell(f"/rename gym {'x' * 201}")
    assert await chat.tell("/rename gym Gym") == "Gym is called so already. Nothing was changed."
    assert (await one(chat, "/rename gym")).text == "What is Gym to be called? Write the new name."
    assert (await chat.tap("Cancel"))[0].text.startswith("🟢 Gym")
    assert "Which goal gets a new name?" in (await one(chat, "/rename")).text
    assert await outline(chat) == before


async def test_which_goal_is_asked_with_what_was_said_kept(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  D: Run fast\n  D: Run far\n")
    asked = await one(chat, "/rename run Jog slowly")
    assert asked.buttons == ["Run fast", "Run far", "Cancel"]
    [done] = await chat.tap("Run far")
    assert done.text == "✏️ Run far is called Jog slowly now. /undo takes it back."
    await chat.press(asked.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"], asked.raw["message_id"])
    assert chat.toasts == ["That question is over. Open the goal again with /goal."]


async def test_a_target_by_the_card_is_asked_from_when(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal 20 km")
    [asked] = await chat.tap("Target")
    assert asked.text == "20 km a week: 20 km. Write what it is to be, such as 8 km from 1 Jan."
    since = await one(chat, "25")
    assert since.text == "20 km a week, 25: from when? Tap, or write a day such as 1 Jan."
    assert since.buttons == ["today", "tomorrow", "from Mon 30 Nov", "Cancel"]
    [done] = await chat.tap("from Mon 30 Nov")
    assert done.text == "🎯 20 km a week: 25 km from Mon 30 Nov on.\nBefore that: 20 km.\n/undo takes it back."
    await chat.press(since.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"], since.raw["message_id"])
    assert chat.toasts == ["That question is over. Open the goal again with /goal."]


async def test_a_day_can_be_written_too(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal run")
    await chat.tap("Target")
    await chat.say("8")
    assert "I cannot tell from when “some day” is" in await chat.tell("some day")
    assert (await one(chat, "1 Jan")).text.startswith("🎯 Run: 8 km from Fri, 1 Jan 2027 on.\nBefore that: 5 km.")
    await chat.say("/goal run")
    await chat.tap("Target")
    assert (await one(chat, "9 km from tomorrow")).text.startswith("🎯 Run: 9 km from tomorrow on, Tue 24 Nov.")


async def test_days_by_the_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal stretch")
    await chat.tap("Days")
    assert "“fish” is no target for Stretch" in await chat.tell("fish")
    await chat.say("weekends")
    [done] = await chat.tap("today")
    assert done.text.startswith("🎯 Stretch: to be ticked off, on weekends from today on.")
    assert "D: Stretch [weekends]" in await outline(chat)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("run 8", "🎯 Run: 8 km from today on."),
        ("run 8 from 1 Jan", "🎯 Run: 8 km from Fri, 1 Jan 2027 on."),
        ("run to 8000 m", "🎯 Run: 8 km from today on."),
        ("run mon wed", "🎯 Run: 5 km, on Mon and Wed from today on."),
        ("run every 2 days", "🎯 Run: 5 km, every 2 days from today on."),
        ("stretch 1st and last day", "🎯 Stretch: to be ticked off, on day 1 and the last day of the month from"),
        ("gym 4 times a week", "🎯 Gym: 4 times from today on."),
        ("gym x2", "🎯 Gym: 3 times, weight 2 from today on."),
        ("weight 86 -> 77 kg", "🎯 Weight: from 86 to 77 kg from today on."),
        ("run track", "🎯 Run: tracked, without a target from today on."),
    ],
)
async def test_targets_in_words(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, OUTLINE)
    assert (await one(chat, f"/target {said}")).text.startswith(answer)


async def test_a_target_counts_from_tomorrow_if_today_is_logged(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 5")
    assert (await one(chat, "/target run 8")).text.startswith("🎯 Run: 8 km from tomorrow on, Tue 24 Nov.")


async def test_a_target_that_becomes_a_limit_says_that_the_past_does_too(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    assert (await one(chat, "/target coffee <= 2")).text == (
        "🎯 Coffee: at most 2 cups from today on.\nBefore that: 4 cups.\n"
        "It is a limit now: that counts for the past as well.\n/undo takes it back."
    )
    assert (await one(chat, "/target weight 90 -> 78")).text == (
        "🎯 Weight: from 90 to 78 kg from today on.\nBefore that: from 86 to 78 kg.\n"
        "It begins at 90 now: that counts for the past as well.\n/undo takes it back."
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("run 0", "A target is above zero, not 0: for none at all, make it a limit of 0."),
        ("run <= -1", "A limit is zero or more: -1 cannot be kept."),
        ("run fast", "“fast” is no target for Run: write 8, at most 2, or days such as mon wed fri."),
        ("run 8 kg", "Run is counted in km, not in “kg”: write its target in km."),
        ("run 8 a week", "Run is daily, and “8 a week” is another rhythm: add a goal of its own for that."),
        ("run [every 0 days]", "Write every how many days, from 1 to 366."),
        ("run 32nd", "Days of the month go from 1 to 31"),
        ("run [mon] [tue]", "days"),
        ("run 8 from yonder", "I cannot tell from when “yonder” is"),
        ("run 8 from 31 feb", "There is no such day: “31 feb”"),
        ("run 8 from 2020-01-01", "before the goal starts on 2026-10-01: choose a later day."),
        ("run 8 from 2027-06-01", "the goal ends on 2027-04-30: choose an earlier day."),
        ("run 86 -> 78", "make it a target (T:) with an end."),
        ("weight 86 -> 86", "The way would begin and end at 86: choose another target."),
        ("stretch 5", "Stretch is done or not done, so “5” is no target for it"),
        ("gym mon", "Chosen days are for daily goals, this one is weekly: leave them out."),
        ("20 km track", "A sum needs a target"),
    ],
)
async def test_a_wrong_form_gets_a_sentence_and_changes_nothing(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, OUTLINE)
    before = await outline(chat)
    assert answer in await chat.tell(f"/target {said}")
    assert await outline(chat) == before


async def test_a_log_in_between_keeps_the_question(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    await chat.tap("Rename")
    logged, still = await chat.say("run 5")
    assert logged.text.startswith("✅ Run  5 km")
    assert still.text == "My question is still open: answer it to go on, or /cancel."
    assert await chat.tell("Weights") == "✏️ Gym is called Weights now. /undo takes it back."
    await chat.say("/target run")
    assert (await one(chat, "run 8 from tomorrow")).text.startswith("🎯 Run")
    assert [value for _, value, _ in await told(chat)] == ["5"]


async def test_a_message_that_arrives_again_changes_nothing_twice(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    first = await chat.tell("/target run 8")
    assert [said.text for said in await chat.again()] in ([], [first])


async def test_a_question_survives_a_restart(stage: Stage) -> None:
    chat = stage.talk("Anna")
    await planted(chat, OUTLINE)
    await chat.say("/goal run")
    await chat.tap("Target")
    await stage.restart()
    await chat.say("8")
    await stage.restart()
    assert (await chat.tap("today"))[0].text.startswith("🎯 Run: 8 km from today on.")


async def test_in_a_group_members_change_goals_only_where_they_may(stage: Stage) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, "Together (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n")
    await company.ben.say("/join")
    for text in ("/rename run Jog", "/target run 8"):
        assert await company.ben.tell(text) == ADMINS_ONLY
    for data in (f"goal:do:{packed(nodes['Run'].id)}:rename", f"goal:from:{packed(nodes['Run'].id)}:20261124"):
        assert await company.ben.press(data) == []
        assert company.ben.toasts == [ADMINS_ONLY]
    assert (await company.anna.tell("/target read 30")).startswith("🎯 Read: 30 pages each from today on.")
    await company.anna.say("/settings plan members")
    assert (await company.ben.tell("/rename run Jog")).startswith("✏️ Run is called Jog now.")
    [asked] = await company.ben.say("/rename jog")
    [done] = await company.ben.say("Sprint", reply_to=asked.raw["message_id"])
    assert done.text == "✏️ Jog is called Sprint now. /undo takes it back."


async def test_one_members_part_is_not_changed_by_itself(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "Together (from 2026-10-01)\n  D: Read = 20 pages each\n")
    visions = await stage.store.read(lambda tx: tx.trees.visions_of(1))
    own = next(node for vision in visions for node in vision.nodes if node.member_id is not None)
    await company.anna.say("/goal read")
    for data in (f"goal:see:{packed(own.id)}", f"goal:do:{packed(own.id)}:card"):
        await company.anna.press(data)
        assert company.anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
