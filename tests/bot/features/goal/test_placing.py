"""Moving a goal, up, down and elsewhere, and adding goals below it: with the card's buttons and in words."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from tests.bot.company import Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.plan.test_plan import outline
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: 20 km a week = 20 km sum
    D: Run = 5 km
    D: Jog = 2 km
  W: Body
    D: Gym
    D: Stretch
    D: Swim
  W: Mind
    D: Think
"""
ANOTHER = "Other (from 2026-10-01)\n  D: Elsewhere\n"
ADMINS_ONLY = "Only the group's admins can do that: ask one of them."


async def one(chat: Talk, text: str) -> Said:
    [said] = await chat.say(text)
    return said


async def titles(chat: Talk) -> list[str]:
    """The goals in the order of the tree, with their depth."""
    lines = (await outline(chat)).splitlines()
    return [line.split(" = ")[0].split(" (")[0].rstrip() for line in lines]


async def test_a_goal_moves_by_its_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    [asked] = await chat.tap("Move")
    assert asked.text == "Below which goal is Gym to stand? Tap one, or write its name."
    assert asked.buttons == ["Feel well", "20 km a week", "Mind", "Cancel"]
    [done] = await chat.tap("Mind")
    assert done.text == "📂 Gym stands below Mind now.\n/undo takes it back."
    assert (await titles(chat))[-3:] == ["  W: Mind", "    D: Think", "    D: Gym"]
    await chat.say("/goal gym")
    await chat.tap("Move")
    assert (await one(chat, "body")).text.startswith("📂 Gym stands below Body now.")


async def test_a_goal_goes_up_and_down_in_its_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    [card] = await chat.tap("down")
    assert (card.edited, card.text.splitlines()[0]) == (True, "🟢 Gym · on track")
    assert chat.toasts == ["📂 Gym is 2 of 3 below Body now."]
    await chat.tap("down")
    assert not any("down" in label for label in chat.last[0].buttons)
    assert [line.strip() for line in await titles(chat)][5:8] == ["D: Stretch", "D: Swim", "D: Gym"]
    await chat.tap("up")
    await chat.again()
    assert [line.strip() for line in await titles(chat)][5:8] == ["D: Stretch", "D: Gym", "D: Swim"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("gym below Mind", "📂 Gym stands below Mind now."),
        ("gym under mind", "📂 Gym stands below Mind now."),
        ("jog to body", "📂 Jog stands below Body now."),
        ("gym down", "📂 Gym is 2 of 3 below Body now."),
        ("swim up", "📂 Swim is 2 of 3 below Body now."),
        ("gym up", "Gym stands there already. Nothing was changed."),
        (
            "think below body",
            "📂 Think stands below Body now.\nNo goal stands below Mind now: tick it itself, or /add one there.",
        ),
        ("gym below body", "Gym stands there already. Nothing was changed."),
    ],
)
async def test_moving_in_words(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, OUTLINE)
    assert (await one(chat, f"/move {said}")).text.startswith(answer)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("body below gym", "A goal cannot stand below itself: choose one that is not below it."),
        ("body below run", "has been logged, so it cannot have goals below it: add them beside it."),
        ("20 km below think", "A weekly goal cannot stand under a daily one"),
        ("gym below zzz", "I know no goal called “zzz”. /tree shows your goals."),
    ],
)
async def test_a_place_that_there_is_not_gets_a_sentence_and_changes_nothing(
    chat: Talk, said: str, answer: str
) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 5")
    before = await outline(chat)
    assert answer in (await one(chat, f"/move {said}")).text
    assert await outline(chat) == before


async def test_a_goal_stays_in_its_tree_and_a_vision_at_its_top(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await planted(chat, ANOTHER)
    said = await chat.tell("/move gym below other")
    assert said == "What was logged of “Gym” counts for “Feel well”: end it there, and add it anew where you want it."
    assert "“Feel well”" not in await chat.tell("/move feel well below other")


async def test_a_place_in_doubt_is_asked(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  W: Run fast\n    D: A\n    D: B\n  W: Run far\n    D: C\n")
    asked = await one(chat, "/move a below run")
    assert asked.text == "Which goal do you mean by “run”?"
    assert asked.buttons == ["Run fast", "Run far", "Cancel"]
    [done] = await chat.tap("Run far")
    assert done.text.startswith("📂 A stands below Run far now.")


async def test_a_goal_is_added_by_the_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal mind")
    [asked] = await chat.tap("Add")
    assert asked.text.startswith("What is to be done for Mind? Write it, such as")
    done = await one(chat, "Meditate 10 min")
    assert done.text == "🌿 Below Mind there is now D: Meditate = 10 min.\n/undo takes it back."
    assert (await chat.tap("‹ Meditate"))[0].text.startswith("🟢 Meditate")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Body: Plank", "D: Plank"),
        ("body: D: Yoga = 10 min [mon wed]", "D: Yoga = 10 min [mon wed]"),
        ("Yoga 3x a week below Body", "W: Yoga = 3 times"),
        ("body: Row every 2 days", "D: Row [every 2 days]"),
        ("body: Coffee at most 2 cups", "D: Coffee <= 2 cups"),
    ],
)
async def test_adding_in_words(chat: Talk, said: str, line: str) -> None:
    await planted(chat, OUTLINE)
    assert f"🌿 Below Body there is now {line}." in (await one(chat, f"/add {said}")).text
    assert line in await outline(chat)


async def test_the_place_of_a_new_goal_is_asked(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    asked = await one(chat, "/add Breathe")
    assert asked.text == "Below which goal is “Breathe” to stand?"
    assert asked.buttons == ["Feel well", "20 km a week", "Body", "Mind", "Cancel"]
    assert (await chat.tap("Mind"))[0].text.startswith("🌿 Below Mind there is now D: Breathe.")
    await chat.say("/add")
    assert (await one(chat, "Mind: Sit")).text.startswith("🌿 Below Mind there is now D: Sit.")
    await chat.say("/add Sleep 8 h")
    assert (await one(chat, "mind")).text.startswith("🌿 Below Mind there is now D: Sleep = 8 h.")
    assert (await one(chat, "/add body")).text.startswith("What is to be done for Body?")
    assert (await one(chat, "/add minx: Nap")).text.startswith("🌿 Below Mind there is now D: Nap.")
    assert (await one(chat, "/add gim: Nap")).text == "I know no goal called “gim”. Is it one of these?"
    assert (await one(chat, "mind")).text.startswith("There is “Nap” below “Mind” already: choose another name.")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Body: gym", "There is “Gym” below “Body” already: choose another name."),
        ("Body: D: X [32nd]", "Days of the month go from 1 to 31"),
        ("Body: D: X <= -1", "A limit is zero or more: -1 cannot be kept."),
        ("Body: D: X [every 0 days]", "Write every how many days, from 1 to 366."),
        ("Body: D: X [mon] [tue]", "days"),
        ("Body: D: X = fast", "number"),
        ("Body: M: Book", "A monthly goal cannot stand under a weekly one"),
        ("Body: D: Read each", "group"),
        ("Run: D: Warm up", "has been logged, so it cannot have goals below it: add them beside it."),
        ("zzz: Stretch", "I know no goal called “zzz”. /tree shows your goals."),
    ],
)
async def test_a_line_that_cannot_be_gets_a_sentence_and_changes_nothing(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 5")
    before = await outline(chat)
    assert answer in await chat.tell(f"/add {said}")
    assert await outline(chat) == before


async def test_another_chats_goals_take_nothing(stage: Stage) -> None:
    ben = stage.talk("Ben")
    theirs = await planted(ben, "Secret (from 2026-10-01)\n  W: Deeds\n    D: Deed\n    D: Other deed\n")
    anna = stage.talk("Anna")
    nodes = await planted(anna, OUTLINE)
    await anna.say("/goal gym")
    gym, deeds, deed = packed(nodes["Gym"].id), packed(theirs["Deeds"].id), packed(theirs["Deed"].id)
    before = await outline(ben), await outline(anna)
    for data in (
        f"goal:below:{gym}:{deeds}",
        f"goal:below:{deed}:{deeds}",
        f"goal:at:{gym}:{deed}",
        f"goal:at:{deed}:0",
    ):
        assert await anna.press(data) == []
        assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert (await outline(ben), await outline(anna)) == before


async def test_in_a_group_only_those_who_plan_move_and_add(stage: Stage) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, "Together (from 2026-10-01)\n  W: Body\n    D: Run\n    D: Gym\n  W: Mind\n")
    await company.ben.say("/join")
    for text in ("/move run below Mind", "/add Mind: Read"):
        assert await company.ben.tell(text) == ADMINS_ONLY
    await company.ben.press(f"goal:below:{packed(nodes['Run'].id)}:{packed(nodes['Mind'].id)}")
    assert company.ben.toasts == [ADMINS_ONLY]
    assert "D: Read = 20 pages each" in await company.anna.tell("/add Together: D: Read = 20 pages each")


@pytest.mark.parametrize(
    ("said", "asked", "target", "name"),
    [
        ("/add feel well: W: 20 laps a week", "20 laps", "W: Laps = 20 laps", 'W: "20 laps a week"'),
        ("/add body: D: Plank: 60 s", "60 s", "D: Plank = 60 s", 'D: "Plank: 60 s"'),
        ("/add body: Squats 3x10", "30", "D: Squats = 30", 'D: "Squats 3x10"'),
    ],
)
async def test_a_number_in_the_title_of_a_new_goal_is_asked_about(
    chat: Talk, said: str, asked: str, target: str, name: str
) -> None:
    await planted(chat, OUTLINE)
    before = await outline(chat)
    [question] = await chat.say(said)
    assert question.text.endswith(f"is {asked} the target?")
    assert await outline(chat) == before
    await chat.tap("Yes: ")
    assert target in await outline(chat)
    await chat.say("/undo")
    await chat.say(said)
    assert name.replace('"', "") in (await chat.tell("no")).replace('"', "")
    assert await outline(chat) != before
    await chat.say("/undo")
    await chat.say(said)
    assert "Lunges = 20" in await chat.tell("Lunges 20 min")
    after = await outline(chat)
    await chat.tap("Yes: ")
    assert await outline(chat) == after


async def test_quoted_words_are_a_name(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    assert "there is now" in await chat.tell('/add body: D: "Read 5 pages"')


async def test_a_number_that_had_a_goal_below_it_for_a_while_is_a_number_again(chat: Talk) -> None:
    await chat.say("/plan Fit\n  M: Read = 2 books\n  D: Plants")
    await chat.say("/move plants below read")
    assert "No goal stands below Read now: log it itself (2 books)" in await chat.tell("/move plants below Fit")
    assert "  M: Read = 2 books\n" in await chat.tell("/tree outline")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("/add pay rent on the 1st", "D: Pay rent [1st]"),
        ("/add less than 2 beers a week", "W: Beers <= 1"),
        ("/add swim 2 km twice a week", "W: Swim = 4 km"),
        ("/add read 30 minutes on weekdays", "D: Read = 30 min [weekdays]"),
    ],
)
async def test_the_only_place_there_is_is_not_asked_for(chat: Talk, said: str, line: str) -> None:
    await planted(chat, "Health\n  D: Walk")
    assert await chat.tell(said) == f"🌿 Below Health there is now {line}.\n/undo takes it back."


async def test_several_goals_at_once_are_refused(chat: Talk) -> None:
    await planted(chat, "Health\n  D: Walk")
    assert await chat.tell("/add run 5 km, read 20 pages") == "These are 2 goals: add them one by one."
    assert "D: Eat fruit, drink water." in await chat.tell("/add Eat fruit, drink water")
