"""Every kind of goal that an outline can hold is logged, listed and summed up in the chat."""

from __future__ import annotations

import pytest

from bot.columns import LETTERS, MARKS
from core.goals.model import Level, Status
from tests.bot.conftest import Talk

PLAN = """/plan Run a marathon (until 2027-04-30)
  Y: 1000 km in the year = 1000 km sum
    Q: 600 km a quarter = 600 km sum
      D: Run = 5 km
  T: Weight = 86 -> 78 kg (until 2027-03-31)
  W: A calm week
    D: Coffee <= 2 cups
    D: Plants [every 2 days]
    D: Mood = track"""


def test_every_level_has_a_letter_and_every_status_a_mark() -> None:
    assert set(LETTERS) == set(Level)
    assert set(MARKS) == set(Status)


async def test_all_kinds_are_logged_and_shown(chat: Talk) -> None:
    for text in ("/start", "Berlin", PLAN):
        await chat.say(text)
    [ran] = await chat.say("run 5")
    assert "Y  1000 km in the" in ran.text
    assert "Q  600 km a quarter" in ran.text
    [tree] = await chat.say("/tree")
    assert "Y 1000 km in the year" in tree.text
    assert "T Weight" in tree.text
    [summary] = await chat.say("/summary")
    assert "Year" in summary.text


async def test_a_goal_without_a_target_is_noted_and_not_asked_for(chat: Talk) -> None:
    for text in ("/start", "Berlin", PLAN):
        await chat.say(text)
    [noted] = await chat.say("mood 7")
    assert noted.text.splitlines()[0].endswith("Mood  7")
    [again] = await chat.say("mood 2")
    assert "of 1" not in again.text
    assert "9 in all" in again.text
    [day] = await chat.say("/log")
    assert "Mood · 9" in day.buttons
    assert " of 3 done" in day.text
    [summary] = await chat.say("/summary")
    assert "Mood" not in summary.text


async def test_half_of_a_ways_end_is_not_offered(chat: Talk) -> None:
    await chat.say("/plan Fit (until 2027-06-30)\n  T: Weight = 86 -> 78 kg")
    assert (await chat.say("weight"))[0].buttons[:2] == ["= 78 kg", "other…"]


async def test_a_way_without_an_entry_says_where_it_begins(chat: Talk) -> None:
    await chat.say("/plan Fit (until 2027-06-30)\n  T: Weight = 86 -> 78 kg")
    assert "It begins at 86 kg." in await chat.tell("weight")
    await chat.say("weight 85")
    assert "So far 85 kg." in await chat.tell("weight")


async def test_a_limit_that_is_broken_has_no_tick(chat: Talk) -> None:
    await chat.say("/plan Calm\n  D: Coffee <= 2 cups")
    assert [(await chat.tell(text))[0] for text in ("coffee 2", "coffee 1")] == ["✅", "🔸"]


@pytest.mark.parametrize("said", ["didn't smoke", "i didn't smoke today", "no smoking today", "no smoking"])
async def test_a_limit_of_nothing_is_kept_in_words(chat: Talk, said: str) -> None:
    await chat.say("/plan No smoking\n  D: Smoking <= 0")
    assert (await chat.tell(said)).startswith("✅ Smoking  0 · today done")


async def test_an_answer_that_may_be_thousands_is_asked_about(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Walk = 10000 steps")
    await chat.say("walk")
    [asked] = await chat.say("10.200")
    assert asked.buttons == ["Walk · 10,200 steps", "Walk · 10.2 steps (about 10)"]
    assert "✅ Walk  10,200 steps" in (await chat.tap("10,200"))[0].text


async def test_a_period_that_is_wholly_paused_expects_nothing(chat: Talk) -> None:
    await chat.say("/plan Run a marathon\n  Q: 300 km a quarter = 300 km sum\n    D: Run = 5 km")
    await chat.say("/pause until 15 January")
    told = [await chat.tell(text) for text in ("run 5", "/goal 300", "/digest quarter", "/why 300")]
    assert not [text for text in told if "of 0 km" in text or "0 of 300" in text]


@pytest.mark.parametrize(
    ("aim", "said", "logged"),
    [
        ("half an hour of piano a day", "half an hour of piano", "✅ Piano  30 min"),
        ("two pages a day", "two pages", "✅ Pages  2 pages"),
    ],
)
async def test_the_words_of_an_aim_log_what_is_below_it(chat: Talk, aim: str, said: str, logged: str) -> None:
    for text in ("/start", "Berlin", f"/plan {aim}", "yes"):
        await chat.say(text)
    assert (await chat.tell(said)).startswith(logged)
