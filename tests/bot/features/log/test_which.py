"""Which goal is meant: choices, resemblances, and omissions."""

from __future__ import annotations

from tests.bot.conftest import Talk
from tests.bot.logged import told
from tests.bot.planting import planted


async def test_two_candidates_give_buttons_that_carry_what_was_wanted(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log r 5 yesterday with Tom")
    assert asked.text == "Which one is “r”?"
    assert asked.buttons == ["Run · 5", "Read 20 pages · 5"]
    assert await told(chat) == []
    [answer] = await chat.tap("Run")
    assert answer.edited
    assert answer.text.startswith("✅ Run  5 km · for Sun 22 Nov · done")
    assert answer.buttons == []
    assert await told(chat) == [("11-22", "5", "with Tom")]


async def test_a_choice_is_made_once_even_if_the_tap_comes_again(chat: Talk) -> None:
    await planted(chat)
    await chat.say("r 5")
    await chat.tap("Run")
    await chat.again()
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_chosen_log_is_amended_by_editing_its_message(chat: Talk) -> None:
    await planted(chat)
    await chat.say("r 5")
    await chat.tap("Run")
    [answer] = await chat.edit("run 6")
    assert answer.text.startswith("✏️ Run  6 km · today done")
    assert await told(chat) == [("11-23", "6", None)]


async def test_a_parent_offers_its_leaves(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log strength yesterday")
    assert "Strength is not logged itself" in asked.text
    assert asked.buttons == ["Gym", "Stretch"]
    [answer] = await chat.tap("Gym")
    assert answer.text.startswith("✅ Gym · for Sun 22 Nov · done")


async def test_an_unknown_name_brings_the_nearest(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log rnu 5 yesterday")
    assert "I know no goal called “rnu”." in asked.text
    assert asked.buttons[0] == "Run · 5"
    assert await told(chat) == []
    await chat.tap("Run")
    assert await told(chat) == [("11-22", "5", None)]


async def test_a_number_that_is_missing_is_asked_for(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("run")
    assert asked.text.startswith("“Run” needs a number of km, for example Run 5.")
    assert asked.buttons[:2] == ["= 5 km", "= 2.5 km"]
    await chat.tap("2.5 km")
    assert await told(chat) == [("11-23", "2.5", None)]


async def test_talk_gets_one_gentle_sentence(chat: Talk) -> None:
    await planted(chat)
    assert (await chat.tell("what a lovely day")).startswith("I did not find a goal in that.")
    [asked] = await chat.say("str was nice")
    assert asked.text == "Is that a check-off? Tap the goal if it is."
    assert asked.buttons == ["Stretch"]
    assert await told(chat) == []


async def test_without_a_tree_everything_invites_to_plan(chat: Talk) -> None:
    assert "First: where are you" in await chat.tell("run 5")  # the first word of all leads on
    await chat.tell("Berlin")
    for text in ("/log", "/log run 5", "/tree", "/tree all", "/summary", "/streaks"):
        assert "/plan" in await chat.tell(text)
    assert "nothing to undo" in await chat.tell("/undo")
