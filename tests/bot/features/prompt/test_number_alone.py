"""A number without a reply: it answers a fresh prompt, or the bot asks which goal it is for. It is Monday
2026-11-23."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.conftest import Talk
from tests.bot.logged import told
from tests.bot.planting import planted

TWENTY = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
PLAN = """\
Fit (from 2026-10-01)
  D: Run = 5 km
  D: Gym
"""
MORE = PLAN + "  D: Meditate = 20 min\n  D: Sleep = 8 h\n  D: Save = 10 €\n  D: Water = 2 l\n"


async def asked(chat: Talk, plan: str) -> None:
    """A prompt came this evening."""
    await planted(chat, plan)
    await chat.say("/remind 20:00")
    await chat.until(TWENTY)


async def test_it_answers_a_fresh_prompt(chat: Talk) -> None:
    await asked(chat, PLAN)
    said, prompt = await chat.say("5")
    assert said.text.startswith("✅ Run  5 km · today done")
    assert "Run" not in prompt.text
    assert (await chat.say("7"))[0].text.startswith("✅ Run  7 km")  # the corrected total of the day
    assert await told(chat) == [("11-24", "7", None)]


async def test_after_midnight_it_is_the_prompts_day(chat: Talk) -> None:
    await asked(chat, PLAN)
    await chat.until(TWENTY + timedelta(hours=5))
    said = await chat.say("5 km")
    assert said[0].text.startswith("✅ Run  5 km · for Tue 24 Nov")


async def test_several_goals_are_asked_about(chat: Talk) -> None:
    await asked(chat, MORE)
    [which] = await chat.say("5")
    assert which.text == "5 for Tue 24 Nov: which one?"
    assert which.buttons == ["Run", "Meditate", "Sleep", "Save", "Water"]
    await chat.tap("Meditate")
    assert await told(chat) == [("11-24", "5", None)]


@pytest.mark.parametrize(
    ("text", "goals", "value"),
    [
        ("€5", ["Save"], "5"),
        ("500 ml", ["Water"], "0.5"),
        ("1h30", ["Meditate", "Sleep"], "90"),
        ("90 min", ["Meditate", "Sleep"], "90"),
    ],
)
async def test_without_a_prompt_its_unit_tells_which(chat: Talk, text: str, goals: list[str], value: str) -> None:
    await planted(chat, MORE)
    [which] = await chat.say(text)
    assert which.text == f"{text} for Mon 23 Nov: which one?"
    assert which.buttons == goals
    assert await told(chat) == []
    await chat.tap(goals[0])
    assert await told(chat) == [("11-23", value, None)]


@pytest.mark.parametrize("text", ["5 miles to go", "3 of us ran", "20 min of what"])
async def test_an_answer_of_more_than_a_number_is_read_as_usual(chat: Talk, text: str) -> None:
    await planted(chat, MORE)
    assert "which one?" not in await chat.tell(text)


async def test_a_goal_that_is_called_so_is_meant(chat: Talk) -> None:
    await planted(chat, 'Fit\n  D: "10 pages"\n  D: Run = 5 km\n')
    assert (await chat.tell("10 pages")).startswith("✅ 10 pages")


async def test_a_goal_that_is_called_as_what_it_counts_is_meant(chat: Talk) -> None:
    await planted(chat, "Fit\n  D: Steps = 10000 steps\n  D: Run = 5 km\n")
    assert (await chat.tell("8500 steps")).startswith("✅ Steps  8,500 steps")
    assert "may be thousands" in await chat.tell("9.500 steps")


async def test_without_a_number_goal_nothing_is_asked(chat: Talk) -> None:
    await planted(chat, "Fit\n  D: Gym\n")
    assert (await chat.tell("5")).startswith("I did not find a goal in that.")


@pytest.mark.parametrize("said", ["yes", "👍", "ok"])
async def test_a_yes_to_the_prompt_asks_whether_all_is_done(chat: Talk, said: str) -> None:
    await asked(chat, "Calm\n  D: Journal\n  D: Walk")
    [answer] = await chat.say(said, reply_to=max(chat.chat.messages))
    assert answer.text == "Is all done on Tue 24 Nov: “Journal” and “Walk”?"


async def test_a_no_to_the_prompt_is_no_unknown_goal(chat: Talk) -> None:
    await asked(chat, "Calm\n  D: Journal\n  D: Walk")
    [answer] = await chat.say("no", reply_to=max(chat.chat.messages))
    assert answer.text == "None of what?"
