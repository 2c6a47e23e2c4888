"""Difficulties of people who used the bot for weeks. It is Monday 2026-11-23."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.conftest import Talk
from tests.bot.logged import told
from tests.bot.planting import planted

PLAN = """Fit
  T: Weight = 86 -> 78 kg (until 2026-12-31)
  W: Body
    D: Run = 5 km
    D: Gym
    D: Core [tue thu]
    D: Coffee <= 2 cups
"""


async def test_words_that_do_not_say_which_goal_are_asked_with_what_they_say(chat: Talk) -> None:
    await planted(chat, PLAN)
    [asked] = await chat.say("my coach made me run 4 yesterday")
    assert asked.text.startswith("I am not sure what to log of “my coach made me run 4 yesterday”.")
    assert asked.buttons == ["Run · 4 km · Sun 22 Nov"]
    assert await told(chat) == []


@pytest.mark.parametrize("text", ["did 6 and a half km but my knee hurts", "6.5 km, my knee hurts"])
async def test_an_amount_with_more_words_is_asked_about_by_its_unit(chat: Talk, text: str) -> None:
    await planted(chat, PLAN)
    [asked] = await chat.say(text)
    assert asked.buttons == ["Run · 6.5"]
    assert await told(chat) == []
    await chat.tap("Run")
    [(day, value, note)] = await told(chat)
    assert (day, value) == ("11-23", "6.5")
    assert "my knee hurts" in (note or "")


@pytest.mark.parametrize(("text", "begins"), [
    ("no run", "⬜ Run  0 km"),
    ("no coffee", "✅ Coffee  0 cups"),
    ("no core today", "☑ Core is not asked for today."),
    ("weight 85", "✅ Weight  85 kg · 85 → 78 kg now"),
    ("weight 8.5", "8.5 is far from where “Weight” goes, 78 to 86."),
    ("weight 850", "850 is far from where “Weight” goes, 78 to 86."),
])  # fmt: skip
async def test_each_kind_of_goal_gets_its_own_answer(chat: Talk, text: str, begins: str) -> None:
    await planted(chat, PLAN)
    assert (await chat.tell(text)).startswith(begins)


async def test_a_value_of_before_is_not_added_up(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("weight 78")
    assert "in all" not in await chat.tell("weight 85 yesterday")


async def test_a_number_is_found_among_the_words_of_an_answer(chat: Talk) -> None:
    await planted(chat, PLAN)
    assert "how much in all?" in await chat.tell("coffee")
    assert (await chat.tell("only one today")).startswith("✅ Coffee  1 cup")
    assert await told(chat) == [("11-23", "1", "only one today")]


async def test_an_answer_that_names_another_goal_is_none(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("coffee")
    assert "Coffee" not in await chat.tell("only 3 km of a run")


async def test_a_doubt_about_a_goal_above_has_no_button(chat: Talk) -> None:
    await planted(chat, PLAN)
    [asked] = await chat.say("body all week")
    assert asked.text.startswith("“all week” is more than one day.")
    assert asked.buttons == []


async def test_words_behind_a_question_that_are_no_answer_end_it(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("coffee")
    assert (await chat.tell("what a lovely day")).startswith("I did not find a goal in that.")
    assert (await chat.tell("gym")).startswith("✅ Gym")


async def test_a_number_is_asked_about_while_a_goal_is_to_be_chosen(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("gym was closed")
    assert await chat.tell("3") == "3 for Mon 23 Nov: which one?"


@pytest.mark.parametrize("text", ["all done except gym", "everything but the gym", "all but gym"])
async def test_all_but_one_shows_the_day(chat: Talk, text: str) -> None:
    await planted(chat, PLAN)
    assert "Tap what you did." in await chat.tell(text)


async def test_a_day_off_may_have_a_reason_and_is_no_week_off(chat: Talk) -> None:
    await planted(chat, PLAN + "  W: Swim\n")
    said = await chat.tell("nothing today, family visit")
    assert said == "Skip all on Mon 23 Nov: “Run”, “Gym” and “Coffee”?"


async def test_a_log_is_no_answer_to_below_what_a_new_goal_is_to_stand(chat: Talk) -> None:
    await planted(chat, PLAN)
    assert "Below which goal" in await chat.tell("/add Swim = 1 km")
    assert (await chat.say("gym"))[0].text.startswith("✅ Gym")


@pytest.mark.parametrize("said", ["read 12 books", "reading 3 articles yesterday", "read 2 poems to the kids"])
async def test_things_that_a_goal_does_not_count_are_asked_about(chat: Talk, said: str) -> None:
    await chat.say("/plan Mind\n  D: Reading = 30 min")
    asked = await chat.say(said)
    assert "may be an amount, too. Nothing was logged yet." in asked[0].text


@pytest.mark.parametrize("said", ["read 12 always fun", "read 12 min stories", "read 12 outdoors"])
async def test_other_words_behind_an_amount_are_its_note(chat: Talk, said: str) -> None:
    await chat.say("/plan Mind\n  D: Reading = 30 min")
    assert (await chat.tell(said)).startswith("✅ Reading  12 min")


async def test_an_amount_that_a_title_begins_with_is_no_goal(chat: Talk) -> None:
    await chat.say("/plan Health\n  W: 30 km a week = 30 km sum\n    D: Run = 5 km\n  D: Meditate = 10 min")
    assert await chat.tell("run 30 min") == "Run is counted in km, not in “min”. Nothing was logged."
    assert (await chat.tell("run 30")).startswith("✅ Run  30 km")


async def test_a_factor_is_asked_about(chat: Talk) -> None:
    await chat.say("/plan Health\n  D: Meditate = 10 min")
    assert "“x2” may be an amount, too." in await chat.tell("meditate 10 min x2")


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        ("run 5 each on mon and tue", "“mon” may be the day that you mean."),
        ("did gym mon, wed and fri", "“wed” may be the day that you mean."),
        ("gym on thu with Ben, fri alone", "“fri” may be the day that you mean."),
        ("run 5 km daily this week", "“daily” is more than one day."),
    ],
)
async def test_days_in_a_note_are_asked_about(chat: Talk, said: str, doubted: str) -> None:
    await chat.say("/plan Health (from 2026-11-01)\n  D: Run = 5 km\n  D: Gym")
    assert doubted in await chat.tell(said)


async def test_words_that_are_days_as_well_stay_in_a_note(chat: Talk) -> None:
    await chat.say("/plan Health\n  D: Run = 5 km")
    assert (await chat.tell("run 5 in the sun")).startswith("✅ Run  5 km")


async def test_a_weekday_of_another_language_is_asked_about(chat: Talk) -> None:
    await chat.say("/plan Health (from 2026-11-01)\n  D: Run = 5 km")
    asked = await chat.tell("run 5 am montag")
    assert "“montag”" in asked
    assert "Nothing was logged" in asked


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("walk", "✅ Walk the dog"),
        ("skip walk", "⏭ Walk the dog skipped today"),
        ("skip journal and walk", "⏭ Journal skipped today"),
        ("journal yes", "✅ Journal · today done"),
        ("journal: ok", "✅ Journal · today done"),
        ("meditate: yes", "“Meditate” needs a number of min"),
        ("everything", "Is all done on Mon 23 Nov"),
        ("did all three", "Is all done on Mon 23 Nov"),
    ],
)
async def test_short_answers(chat: Talk, said: str, answer: str) -> None:
    await chat.say("/plan Calm\n  D: Journal\n  D: Walk the dog\n  D: Meditate = 10 min")
    assert answer in await chat.tell(said)


@pytest.mark.parametrize(
    "said", ["skip journal and walk", "missed journal and walk", "yesterday skip journal and walk"]
)
async def test_a_denial_in_front_is_that_of_all(chat: Talk, said: str) -> None:
    await chat.say("/plan Calm (from 2026-11-01)\n  D: Journal\n  D: Walk the dog")
    journal, walk = [line for line in (await chat.tell(said)).splitlines() if "Journal" in line or "Walk" in line]
    assert journal[0] == walk[0] != "✅"


@pytest.mark.parametrize("said", ["no journal and walk", "skip journal, walk the dog"])
async def test_a_line_that_may_deny_or_log_is_asked_about(chat: Talk, said: str) -> None:
    await chat.say("/plan Calm\n  D: Journal\n  D: Walk the dog")
    assert "Nothing was logged yet." in await chat.tell(said)


async def test_words_about_the_next_goal_count(chat: Talk) -> None:
    await chat.say("/plan Calm\n  D: Journal\n  D: Walk the dog\n  D: Run = 5 km")
    said = await chat.tell("skip journal and run 5")
    assert "⏭ Journal skipped today" in said
    assert "✅ Run  5 km" in said
    assert "☑ Walk the dog is not done today anyway." in await chat.tell("no journal and no walk")


@pytest.mark.parametrize("text", ["run mon-wed", "run since saturday", "run the last 2 days"])
async def test_numbers_of_several_days_are_not_offered_as_one(chat: Talk, text: str) -> None:
    await planted(chat, PLAN)
    await chat.until(datetime(2026, 11, 25, 20, 0, tzinfo=UTC))
    [refused] = await chat.say(text)
    assert "names several days: log the number of each by itself" in refused.text
    assert refused.buttons == []


async def test_a_number_among_words_that_is_less_than_the_day_has_is_asked_about(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 8")
    await chat.say("run")  # how much in total?
    [asked] = await chat.say("just ran 5")
    assert asked.text == "Run has 8 km on Mon 23 Nov. Is 5 more, or all?"
    assert await told(chat) == [("11-23", "8", None)]
