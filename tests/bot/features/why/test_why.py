"""/why in the chat. It is Monday 2026-11-23, 21:00."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.bot.conftest import Talk

RUNNING = """/plan Fit (until 2026-12-31)
  W: Running = 20 km sum
    D: Run = 5 km
  W: Strength
    D: Gym
    D: Stretch"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_a_sum_needs_the_rest_of_its_amount(chat: Talk) -> None:
    await chat.say(RUNNING)
    await chat.say("run 7")
    assert await chat.tell("/why running") == (
        "🟢 Running · 35% this week: 7 of 20 km\nWith 13 km by Sun 29 Nov it is 100%."
    )


async def test_days_that_are_missing_are_named_and_the_days_left_lift(chat: Talk) -> None:
    await chat.say(RUNNING)
    for day, words in ((23, "gym"), (23, "stretch"), (25, "gym"), (25, "stretch"), (27, "stretch")):
        chat.stage.clock.set(at(f"2026-11-{day} 20:00"))
        await chat.say(words)
    chat.stage.clock.set(at("2026-11-28 12:00"))
    told = await chat.tell("/why strength")
    assert told.startswith("🔴 Strength · 35% this week")
    assert "Gym holds it down: Tuesday, Thursday and Friday missing, 2 of 7 days done." in told
    assert told.endswith("With Gym on each of the 2 days left it is 50%.")
    [said] = await chat.say("gym")
    assert "W  Strength  ▓▓▓▓░░░░░░  42%" in said.text


async def test_the_promised_logs_complete_the_goal(chat: Talk) -> None:
    await chat.say(RUNNING)
    await chat.say("run 7")
    await chat.say("run 13")
    assert await chat.tell("/why running") == "✅ Running · 100% this week: 20 of 20 km\nIt is complete. 🎉"


async def test_less_is_expected_of_a_period_that_is_cut_off(chat: Talk) -> None:
    await chat.say("/plan Far\n  Q: Running = 92 km sum\n    D: Run = 5 km")
    told = await chat.tell("/why running")
    assert "0 of 39 km\n39 of 92 km are expected, since 39 of 92 days are open." in told


async def test_limits_tracked_numbers_and_pauses_say_so(chat: Talk) -> None:
    await chat.say("/plan Calm\n  W: Less\n    D: Coffee <= 2 cups\n  D: Mood = track")
    assert (await chat.tell("/why mood")).endswith(
        "It has no target: it is noted and counts for no percentage of its own."
    )
    told = await chat.tell("/why coffee")
    assert "Coffee is a limit: 0 of 1 day is noted; of the rest nothing is known." in told
    assert told.endswith("Note it on 1 more day today and it is 100%: 0 counts, too.")
    await chat.say("coffee 4")
    assert "Coffee is over its limit: 4 cups, and at most 2 cups." in await chat.tell("/why coffee")


async def test_alone_it_speaks_of_the_visions_and_a_name_may_be_meant_twice(chat: Talk) -> None:
    assert "There are no goals here yet" in await chat.tell("/why")
    await chat.say(RUNNING)
    assert (await chat.tell("/why")).startswith("🟢 Fit · 0% now")
    [asked] = await chat.say("/why run")
    assert asked.text.startswith("🟢 Run · 0% today: 0 of 5 km")
    [unknown] = await chat.say("/why swim")
    assert unknown.text.startswith("I know no goal called “swim”")


async def test_it_is_a_tap_away_from_a_digest(chat: Talk) -> None:
    await chat.say(RUNNING)
    await chat.say("run 7")
    await chat.say("/digest week")
    [said] = await chat.tap("Why?")
    assert not said.edited
    assert said.text.startswith("🟢 Fit · ")
