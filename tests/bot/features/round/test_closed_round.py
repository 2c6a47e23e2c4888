"""A round-up keeps its meaning: skips are skips, and nobody who joins, leaves or is renamed changes a past day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.circle import MIDNIGHT, NEXT, ROUND, Circle
from tests.bot.conftest import Stage

ONE = "Read more (from 2026-10-01)\n  D: Read = 20 pages each\n"
NOON = timedelta(hours=12)


async def _closed(stage: Stage, plan: str = ONE) -> Circle:
    """Ann, Ben and Cleo were asked on Tuesday; Cleo did not answer. It is Wednesday noon."""
    circle = await Circle(stage).begin("Ben", "Cleo", plan=plan)
    await circle.round(ROUND)
    for name in ("Ann", "Ben"):
        await circle[name].say("/log read 20")
    await circle["Ann"].until(MIDNIGHT + NOON)
    return circle


async def test_a_skip_is_shown_as_one_and_nobody_counts_it_as_in(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", "Cleo", plan=ONE)
    await circle.round(ROUND)
    for name in ("Ann", "Ben"):
        await circle[name].say("/log read 20")
    said = "\n".join(one.text for one in await circle["Cleo"].say("/log read skip"))
    assert "🏆" not in said
    assert "✅ Ann, Ben · ⏭ Cleo" in circle.shown
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown == "🏁 Tue 24 Nov · 2 of 3 in\n✅ Ann, Ben\n⏭ Skipped: Cleo\n\n🔥 1 day with nothing missed"


async def test_a_skip_of_ones_own_goal_reaches_nothing_above_it(stage: Stage) -> None:
    chat = stage.talk("Anna")
    await chat.say("/start")
    await chat.say("Berlin")
    await chat.say("/plan Feel strong\n  D: Gym\n  D: Stretch")
    await chat.say("/log gym")
    assert "🏆" not in (await chat.say("/log stretch skip"))[0].text


@pytest.mark.parametrize("then", ["leave", "join", "rename", "plan", "log today", "away"])
async def test_later_events_leave_a_closed_round_as_it_was(stage: Stage, then: str) -> None:
    circle = await _closed(stage)
    before = circle.shown
    assert before.startswith("🏁 Tue 24 Nov · 2 of 3 in\n✅ Ann, Ben\n▫️ Missed: Cleo")
    if then == "leave":
        await circle["Ben"].say("/leave")
        await circle["Cleo"].say("/leave")
    elif then == "join":
        await circle["Dan"].say("/join")
    elif then == "rename":
        ben = circle["Ben"].person
        stage.world.people[ben.id] = circle["Ben"].person = type(ben)(**{**vars(ben), "first_name": "Benjamin"})
        await circle["Ben"].say("/join")
    elif then == "plan":
        await circle["Ann"].say("/plan Read more\n  D: Swim each")
    elif then == "log today":
        await circle["Cleo"].say("/log read 20")
    else:
        await circle["Cleo"].say("/away")
    assert circle.shown == before


async def test_only_a_word_about_that_very_day_changes_it(stage: Stage) -> None:
    circle = await _closed(stage)
    await circle["Ben"].say("/leave")
    await circle["Dan"].say("/join")
    await circle["Cleo"].say("/log read 20 yesterday")
    assert circle.shown.startswith("🏁 Tue 24 Nov · everyone is in! 🎉\n✅ Ann, Ben, Cleo\n\n🔥 1 day")


async def test_a_run_that_has_ended_is_not_told_in_the_round_up(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan=ONE)
    await circle.round(ROUND)
    for name in ("Ann", "Ben"):
        await circle[name].say("/log read 20")
    await circle.round(NEXT)
    assert "🔥 1 day with nothing missed" in circle.shown
    await circle["Ben"].say("/log read 20")
    await circle["Ann"].until(MIDNIGHT + timedelta(days=1))
    assert circle.shown.startswith("🏁 Wed 25 Nov · 1 of 2 in\n✅ Ben\n▫️ Missed: Ann")
    assert "🔥" not in circle.shown
    assert "with everyone in" not in (await circle["Ben"].say("/board"))[0].text


async def test_nothing_is_due_on_the_day_of_joining(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan=ONE)
    await circle.round(ROUND)
    await circle["Dan"].say("/join")
    assert "⬜ Ann, Ben, Dan" in circle.shown
    for name in ("Ann", "Ben"):
        await circle[name].say("/log read 20")
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown.startswith("🏁 Tue 24 Nov · everyone is in! 🎉\n✅ Ann, Ben\n🙋 New today: Dan")
    await circle["Ann"].until(datetime(2026, 11, 26, 0, 0, tzinfo=UTC))
    assert "Missed: Ann, Ben, Dan" in circle.shown


async def test_new_members_are_not_called_in(stage: Stage) -> None:
    stage.clock.set(ROUND - timedelta(hours=12))  # the day on which all of them join
    circle = await Circle(stage).begin("Ben", plan=ONE)
    await circle.round(ROUND)
    await circle["Ann"].say("/log read 20")
    await circle["Ben"].say("/log read 5")
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown.startswith("🏁 Tue 24 Nov\n✅ Ann\n🙋 New today: Ben")


async def test_a_member_new_on_a_day_stays_so_after_leaving_and_coming_back(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan=ONE)
    await circle.round(ROUND)
    await circle["Dan"].say("/join")
    await circle["Ann"].until(MIDNIGHT)
    assert "🙋 New today: Dan" in circle.shown
    await circle["Dan"].say("/leave")
    await circle["Dan"].say("/join")
    await circle["Ann"].say("/log read 20 yesterday")  # an entry for that very day changes it
    assert circle.shown.startswith("🏁 Tue 24 Nov · 1 of 2 in\n✅ Ann\n▫️ Missed: Ben\n🙋 New today: Dan")


async def test_leaving_and_joining_again_keeps_the_week(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan="Swim (from 2026-10-01)\n  W: Swim = 2 km each\n")
    await circle["Ben"].say("/log swim 2")
    await circle["Ben"].say("/leave")
    await circle["Ann"].until(ROUND + timedelta(days=2))
    await circle["Ben"].say("/join")
    board = (await circle["Ben"].say("/board"))[0].text
    assert "Ben · today 1 of 1 · week 100%" in board
