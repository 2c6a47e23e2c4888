"""Periods of which there is little or nothing to report."""

from __future__ import annotations

from core.actions.reminders import set_digest
from core.asking.schedule import Schedule
from core.goals.model import Level
from core.group.permissions import Actor
from tests.bot.conftest import Talk
from tests.bot.features.digest.week import at, first_line, switch_on
from tests.bot.planting import planted
from tests.evenings import WEEKLY


async def test_with_nothing_logged_it_is_short_kind_and_without_a_picture(chat: Talk) -> None:
    await planted(chat)
    await chat.say("run 5 2026-11-20")
    await switch_on(chat, Level.WEEKLY)
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert said.text == (
        "📊 Week of 23 Nov\nNothing was logged this time. That happens; one small thing makes a fresh start: /log"
    )
    assert not said.is_picture
    assert await chat.until(at("2026-12-06 19:00")) == []  # the same is not said again


async def test_a_week_paused_as_a_whole_has_no_digest(chat: Talk) -> None:
    await planted(chat)
    await chat.say("run 5 2026-11-20")
    await switch_on(chat, Level.WEEKLY)
    await chat.say("/pause until 6 dec")
    assert await chat.until(at("2026-11-29 19:00")) == []


async def test_a_time_before_the_first_goal_has_no_digest(chat: Talk) -> None:
    for words in ("/start", "London"):
        await chat.say(words)
    await chat.until(at("2026-11-30 08:00"))
    await chat.say("/plan Read\n  D: Read = 20 pages")
    assert not [said for said in await chat.until(at("2026-11-30 19:00")) if said.text.startswith("📊")]


async def test_silent_people_get_no_empty_digests_either(chat: Talk) -> None:
    for words in ("/start", "London", "/plan Read\n  D: Read = 20 pages"):
        await chat.say(words)
    first = await chat.until(at("2026-12-05 12:00"))
    assert first[-1].text.startswith("👋 I asked on 4 evenings and heard nothing.")
    assert await chat.until(at("2027-01-20 12:00")) == []
    await chat.say("read 20")
    assert any(said.text.startswith("📊 ") for said in await chat.until(at("2027-01-26 12:00")))


async def test_without_goals_an_invitation_comes_once_in_four_weeks(chat: Talk) -> None:
    await chat.say("/start")
    await switch_on(chat, Level.WEEKLY)
    [invitation] = await chat.until(at("2026-12-26 12:00"))
    assert "Plant one with /plan" in invitation.text
    assert invitation.buttons == ["🌱 Plan a goal"]
    assert len(await chat.until(at("2026-12-28 12:00"))) == 1


async def test_a_monday_digest_invites_as_well(chat: Talk) -> None:
    """It is about last week."""
    await chat.say("/start")
    mondays = Schedule(WEEKLY.at, frozenset({0}))
    await set_digest(chat.stage.store, Actor.host(chat.chat_id), Level.WEEKLY, mondays, chat.stage.clock())
    [said] = await chat.until(at("2026-11-30 19:00"))
    assert first_line(said) == "📊 Week of 23 Nov"
    assert said.buttons == ["🌱 Plan a goal"]
