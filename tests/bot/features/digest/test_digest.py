"""Digests: when they come, and what is in them. It is Monday 2026-11-23, 21:00."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pictures.model import DigestPicture
from core.actions.edit.ending import end
from core.actions.edit.pauses import pause
from core.actions.read import read_trees
from core.actions.reminders import set_digest
from core.asking.schedule import Schedule
from core.goals.model import Level, Node, Pause
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.features.digest.week import at, first_line, logged_over_a_week, switch_on
from tests.bot.planting import planted
from tests.evenings import WEEKLY


async def test_the_week_comes_on_sunday_evening_with_a_picture(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await logged_over_a_week(chat)
    assert await chat.until(at("2026-11-29 18:59")) == []
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert said.is_picture
    assert said.text == (
        "📊 Week of 23 Nov\n"
        "🔴 Daily goals 39% · on pace would be 85% · last week 0%\n"
        "🔴 Weekly goals 31% · on pace would be 85% · last week 0%\n"
        "🔴 Monthly goals 18% · on pace would be 93% · October by then 0%\n"
        "🔴 Quarterly goals 6% · on pace would be 64%\n"
        "\n"
        "W 50 km a week: 36 of 50 km, 72%\n"
        "W Strength: 22%\n"
        "M 200 km a month: 36 of 200 km, 18%\n"
        "Q 600 km a quarter: 36 of 600 km, 6%\n"
        "\n"
        "💪 Strongest: 600 km a quarter, thanks to Run (6 of 7 days)\n"
        "🌱 Needs care: Read 20 pages (0 of 3)\n"
        "\n"
        "🔥 Run 6 days\n"
        "\n"
        "🎯 50 km a week: 14 km today reaches 50 km\n"
        "🎯 600 km a quarter: 18 km a day reaches 600 km by Thu 31 Dec"
    )
    assert said.buttons == ["All goals", "Why?"]
    [picture] = chat.stage.painter.asked
    assert picture.title == "23–29 Nov 2026"


async def test_by_default_it_comes_behind_the_last_prompt_of_its_week(chat: Talk) -> None:
    await chat.say("/plan Fitness\n  D: Gym")
    for day in range(23, 29):
        chat.stage.clock.set(at(f"2026-11-{day} 21:00"))
        await chat.say("gym")
    [*_, asked] = await chat.until(at("2026-11-29 20:00"))
    assert asked.buttons[0] == "✅ Gym"
    await chat.tap("✅ Gym")
    assert await chat.until(at("2026-11-30 09:59")) == []
    [said] = await chat.until(at("2026-11-30 10:00"))
    assert said.text.startswith("📊 Week of 23 Nov\n✅ Daily goals 100%")


async def test_a_digest_that_moves_to_a_later_day_tells_no_period_twice(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    await chat.until(at("2026-11-29 19:30"))
    await chat.say("/settings weekly monday 10:00")
    assert await chat.until(at("2026-12-06 23:00")) == []
    [said] = await chat.until(at("2026-12-07 10:00"))
    assert first_line(said) == "📊 Week of 30 Nov"


async def test_all_goals_are_a_tap_away(chat: Talk) -> None:
    await planted(chat)
    await chat.say("run 6")
    await chat.say("/digest week")
    [said] = await chat.tap("All goals")
    assert not said.edited
    assert said.text.startswith("📋 Mon 23 Nov to Sun 29 Nov")


async def test_late_by_two_days_it_is_about_the_same_week(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    chat.stage.clock.set(at("2026-12-01 10:00"))
    [said] = await chat.until(at("2026-12-01 10:00"))
    assert first_line(said) == "📊 Week of 23 Nov"
    assert "last week" in said.text


async def test_new_years_eve_brings_every_digest_that_is_due(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.MONTHLY, Level.QUARTERLY)
    await set_digest(
        chat.stage.store,
        Actor.host(chat.chat_id),
        Level.WEEKLY,
        Schedule(WEEKLY.at, frozenset({3})),
        chat.stage.clock(),
    )
    chat.stage.clock.set(at("2026-12-30 20:00"))
    await chat.say("run 6")
    said = await chat.until(at("2026-12-31 23:59"))
    assert sorted(first_line(one) for one in said) == ["📊 Q4 2026", "📊 Week of 28 Dec, so far"]
    assert [one.is_picture for one in said] == [True] * 2
    quarter = next(one.text for one in said if one.text.startswith("📊 Q4 2026"))
    assert "\n\nDecember 2026: Daily goals 1% · Weekly goals " in quarter
    assert quarter.count("December 2026") == 1


async def test_a_pause_is_named_and_a_goal_that_was_ended_early_is_not_reached(chat: Talk) -> None:
    await chat.say("/plan Fit (from 2026-10-05)\n  W: Swim = 14 laps\n  W: Row = 7 km\n  D: Gym")
    await chat.say("swim 8")
    await chat.say("row 8")
    nodes = {node.title: node for node in await nodes_of(chat)}
    off = Pause(0, at("2026-11-25 00:00").date(), at("2026-11-26 00:00").date(), nodes["Gym"].id)
    actor = Actor.host(chat.chat_id)
    await pause(chat.stage.store, actor, off, chat.stage.clock(), source_key="test")
    await end(chat.stage.store, actor, nodes["Swim"].id, off.last, chat.stage.clock(), source_key="end")
    chat.stage.clock.set(at("2026-11-29 20:00"))
    text = await chat.tell("/digest week")
    assert "⏸ Paused: Gym, 25–26 Nov 2026" in text
    assert "Reached: W Row" in text
    assert "W Swim" not in text


async def nodes_of(chat: Talk) -> list[Node]:
    result = await read_trees(chat.stage.store, Actor.host(chat.chat_id), at("2026-11-23 12:00").date())
    return [node for reading in result for node in reading.tree.nodes.values()]


async def test_less_that_is_expected_is_explained_beside_its_goal(chat: Talk) -> None:
    await chat.say("/plan Far\n  Q: Running = 92 km sum\n    D: Run = 5 km")
    await chat.say("run 13")
    text = await chat.tell("/digest week")
    assert "Q Running: 13 of 39 km, 33%\n39 of 92 km are expected, since 39 of 92 days are open." in text


async def test_a_group_gets_its_own(stage: Stage) -> None:
    anna = stage.talk("Anna")
    await planted(anna)
    friends = stage.group("Friends")
    await friends.say("/start")
    await planted(friends, "Together (from 2026-10-01)\n  D: Swim\n")
    await friends.say("/join")
    await friends.say("/log swim")
    [said] = await friends.say("/digest")
    assert first_line(said) == "📊 Week of 23 Nov, so far · Friends"
    assert said.raw["reply_to_message"]
    assert "Swim" not in (await anna.say("/digest"))[0].text
    [drawn] = stage.painter.asked
    assert isinstance(drawn, DigestPicture)
    assert drawn.whose == "Friends"


@pytest.mark.parametrize("data", ["digest", "digest:", "digest:decade", "digest:week:1"])
async def test_a_forged_button_gives_nothing(chat: Talk, data: str) -> None:
    await planted(chat)
    await chat.say("/digest")
    assert await chat.press(data) == []
    assert chat.toasts == ["This button does not work any more."]


async def test_it_speaks_of_the_owners_days(chat: Talk) -> None:
    """At 19:00 in Auckland, on their Sunday."""
    await planted(chat)
    await chat.say("/settings zone Pacific/Auckland")
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6 2026-11-23")
    assert await chat.until(at("2026-11-29 05:59")) == []
    [said] = await chat.until(at("2026-11-29 06:00"))
    assert first_line(said) == "📊 Week of 23 Nov"
    assert chat.stage.clock() - at("2026-11-29 06:00") == timedelta(0)
