"""Commands without their slash, and small talk."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted

PLAN = "/plan Health\n  D: Run = 5 km\n  D: Gym\n  D: Coffee <= 2 cups"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("undo that", "↩ Taken back: Run"),
        ("Take it back!", "↩ Taken back: Run"),
        ("what's my streak?", "Streaks"),
        ("my goals", "★ Health"),
        ("remind me at 7", "⏰ I'll ask you every day at 07:00"),
        ("remind me to run at 7am", "⏰ I'll ask you about Run every day at 07:00."),
        ("pause until Friday", "🏖 Everything is paused from Mon 23 Nov until the end of Fri 27 Nov."),
        ("Pause run for 2 weeks", "🏖 Run is paused"),
        ("archive coffee", "End Coffee? Its history stays."),
        ("rename gym to Strength", "✏️ Gym is called Strength now."),
        ("target run 6 km", "🎯 Run: 6 km from tomorrow on"),
        ("add swim = 1 km", "🌿 Below Health there is now D: swim = 1 km."),
        ("tree outline", "Health (from 2026-11-23)"),
        ("summary week", "📋 Mon 23 Nov to Sun 29 Nov"),
        ("I'm on holiday next week", "Going away? Say until when, such as pause until Monday"),
    ],
)
async def test_a_command_needs_no_slash(chat: Talk, said: str, answer: str) -> None:
    await chat.say(PLAN)
    await chat.say("run 5")
    assert answer in await chat.tell(said)


async def test_a_returning_person_ends_the_absence(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("pause until Friday")
    assert (await chat.tell("I'm back")).startswith("👋 Welcome back!")


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("Pause = 5 min", "pause 5 min"),
        ("Plan the day", "plan the day"),
        ("My goals", "my goals"),
        ("Move", "move"),
        ("Status", "status"),
    ],
)
async def test_a_goal_of_that_name_goes_first(chat: Talk, goal: str, said: str) -> None:
    await chat.say(f"/plan Health\n  D: {goal}")
    assert (await chat.tell(said)).startswith("✅ ")


async def test_words_added_to_a_goal_make_no_new_goal(chat: Talk) -> None:
    await chat.say(PLAN)
    assert "Nothing was logged yet." in await chat.tell("add 5 km to run")
    assert "D: Run = 5 km" in await chat.tell("/tree outline")


async def test_words_of_a_group_are_no_commands(stage: Stage) -> None:
    assert await stage.group().say("pause until Friday") == []


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("what's left?", "Tap what you did."),
        ("How am I doing?", "done"),
        ("show me my goals", "Run a marathon"),
        ("yesterday", "Sun 22 Nov"),
        ("Thanks!", "You are welcome."),
        ("Hi!", "Hello! 🌳 Tell me what you did"),
        ("How are you?", "Hello! 🌳 Tell me what you did"),
        ("what can you do?", "/log"),
        ("👍", "👍"),
        ("lol", "👍"),
        ("oops", "/undo takes back what you did last"),
        ("delete that", "/undo takes back what you did last"),
        ("ok", "👍"),
        ("good", "👍"),
        ("stop reminding me", "/remind off ends my questions"),
        ("resume", "Nothing is paused"),
        ("yes", "a yes alone does not tell me which"),
        ("yep", "a yes alone does not tell me which"),
    ],
)
async def test_plain_words_ask_for_what_a_command_shows(chat: Talk, text: str, shows: str) -> None:
    await planted(chat)
    assert shows in await chat.tell(text)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("what's left?", "📋 Mon 23 Nov · 1 of 1 done"),
        ("how are we doing?", "📋 Mon 23 Nov"),
        ("undo that", "↩ Taken back: Run"),
        ("rename run to Jog", "✏️ Run is called Jog now."),
        ("thanks!", "You are welcome. 🌳"),
        ("run 3", "✅ Run  3 km"),
    ],
)
async def test_a_group_says_them_by_the_name_of_the_bot(stage: Stage, said: str, answer: str) -> None:
    group = stage.group()
    for text in ("/join", "/plan Health\n  D: Run = 5 km", "/log run 5"):
        await group.say(text)
    assert answer in await group.tell(f"@goaltree_bot {said}")


async def test_the_name_of_the_bot_says_nothing_in_private(chat: Talk) -> None:
    await chat.say(PLAN)
    assert (await chat.tell("@goaltree_bot, run 5")).startswith("✅ Run  5 km")


async def test_a_command_in_words_is_not_done_again_by_an_edit(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("rename gym to Strength")
    edited = await chat.edit("rename gym to Power")
    assert edited[0].text.startswith("An edit corrects what was logged, and nothing else.")
    assert "D: Strength" in await chat.tell("/tree outline")
    await chat.say("run 5")
    assert "So I left what this message had logged as it was." in (await chat.edit("undo that"))[0].text
