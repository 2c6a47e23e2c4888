"""Digests that come by themselves, and /digest. It is Monday 2026-11-23, 21:00."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.features.digest.buttons import DrawDigest
from bot.pictures.model import DigestPicture, Picture
from bot.pictures.painter import NotPainted, Painter
from core.actions.edit.ending import end
from core.actions.edit.pauses import pause
from core.actions.read import read_trees
from core.actions.reminders import set_digest
from core.asking.schedule import Schedule
from core.goals.model import Level, Node, Pause
from core.group.permissions import Actor
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted
from tests.evenings import MONTHLY, QUARTERLY, WEEKLY

SCHEDULES = {Level.WEEKLY: WEEKLY, Level.MONTHLY: MONTHLY, Level.QUARTERLY: QUARTERLY}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def switch_on(talk: Talk, *levels: Level) -> None:
    for level in levels:
        await set_digest(talk.stage.store, Actor.host(talk.chat_id), level, SCHEDULES[level], talk.stage.clock())


async def logged_over_a_week(talk: Talk) -> None:
    """From Monday to Saturday."""
    for day in range(23, 29):
        talk.stage.clock.set(at(f"2026-11-{day} 21:00"))
        await talk.say("run 6")
    await talk.say("stretch 2026-11-25")


def first_line(said: Said) -> str:
    return said.text.partition("\n")[0]


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


async def test_a_picture_that_cannot_be_drawn_now_follows_its_words(
    chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    painter, tries = chat.stage.painter, 0

    async def not_now(asked: Picture) -> bytes | None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise NotPainted
        return await painter.paint(asked)

    monkeypatch.setattr(painter, "paint_in_time", not_now)
    [words] = await chat.until(at("2026-11-29 19:00"))
    assert words.text.startswith("📊 Week of 23 Nov")
    assert not words.is_picture
    assert "🖼 Picture" not in words.buttons
    [late] = await chat.until(at("2026-11-29 20:00"))
    assert (late.text, late.is_picture) == ("", True)
    assert late.raw["reply_to_message"]["message_id"] == words.raw["message_id"]
    assert tries == 4
    assert await chat.until(at("2026-11-30 20:00")) == []


async def test_a_late_picture_is_that_of_its_digest(chat: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    painter, drawn = chat.stage.painter, list[Picture]()

    async def not_at_first(asked: Picture) -> bytes | None:
        drawn.append(asked)
        if len(drawn) == 1:
            raise NotPainted
        return await painter.paint(asked)

    monkeypatch.setattr(painter, "paint_in_time", not_at_first)
    _, late = await chat.until(at("2026-11-29 19:00"))
    assert late.is_picture
    assert drawn[0] == drawn[1]


async def test_a_picture_that_can_never_be_drawn_is_given_up_one_day(
    chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")

    async def never(asked: Picture) -> bytes | None:
        raise NotPainted

    monkeypatch.setattr(chat.stage.painter, "paint_in_time", never)
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert not said.is_picture
    assert await chat.until(at("2026-12-03 19:00")) == []
    kept = await chat.stage.store.read(lambda tx: tx.statistics.waiting(chat.stage.clock()))
    assert kept.digests.waiting == 0


async def test_without_a_picture_the_text_comes_alone(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    chat.stage.painter.fails = True
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert not said.is_picture
    assert said.text.startswith("📊 Week of 23 Nov\n🔴 Daily goals")
    [again] = await chat.say("/digest")
    assert (again.text, again.is_picture) == (said.text, False)
    assert await chat.tap("🖼 Picture") == []
    assert "cannot be drawn" in chat.toasts[0]
    chat.stage.painter.fails = False
    [drawn] = await chat.tap("🖼 Picture")
    assert drawn.is_picture
    await chat.press(DrawDigest(Level.DAILY, date(2026, 11, 23)).pack())  # no digest is of a day


async def test_late_by_two_days_it_is_about_the_same_week(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    chat.stage.clock.set(at("2026-12-01 10:00"))
    [said] = await chat.until(at("2026-12-01 10:00"))
    assert first_line(said) == "📊 Week of 23 Nov"
    assert "last week" in said.text


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


@pytest.mark.parametrize(
    ("words", "headed"),
    [
        ("", "📊 Week of 23 Nov, so far"),
        ("week", "📊 Week of 23 Nov, so far"),
        ("Weekly", "📊 Week of 23 Nov, so far"),
        ("last week", "📊 Week of 16 Nov"),
        ("month", "📊 November 2026, so far"),
        ("previous month", "📊 October 2026"),
        ("this quarter", "📊 Q4 2026, so far"),
        ("last quarter", "📊 Q3 2026"),
        ("Q4", "📊 Q4 2026, so far"),
        ("q 3", "📊 Q3 2026"),
        ("quarter 1", "📊 Q1 2026"),
        ("q4 2025", "📊 Q4 2025"),
        ("october", "📊 October 2026"),
        ("nov", "📊 November 2026, so far"),
        ("Dec", "📊 December 2025"),
        ("october 2025", "📊 October 2025"),
    ],
)
async def test_one_is_made_on_demand(chat: Talk, words: str, headed: str) -> None:
    await planted(chat)
    await chat.say("run 6")
    [said] = await chat.say(f"/digest {words}")
    assert first_line(said) == headed


async def test_an_impossible_digest_is_refused_in_one_sentence(chat: Talk) -> None:
    await planted(chat)
    for words in ("decade", "last", "last decade", "week week", "😀", "q5", "q", "ju", "octopus", "last last week"):
        assert await chat.tell(f"/digest {words}") == (
            "I make digests of a week, a month, a quarter or a year: /digest week, /digest last month, /digest q3, "
            "/digest 2026."
        )
    for words in ("today", "day", "yesterday"):
        assert await chat.tell(f"/digest {words}") == (
            "A digest is of a week or longer: /summary shows today, /digest the week."
        )
    assert await chat.tell("/digest q1 2027") == "Q1 2027 has not begun yet: there is nothing to report."
    assert await chat.tell("/digest 2027") == "2027 has not begun yet: there is nothing to report."


async def test_goals_that_have_ended_are_not_said_to_be_missing(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-10-01 until 2026-11-20)\n  D: Lengths\n")
    [said] = await chat.say("/digest")
    assert said.text == (
        "📊 Week of 23 Nov, so far\n"
        "Your goals have ended, the last one on Fri 20 Nov. To go on, name one again in /plan with a later end, or "
        "plant a new one."
    )
    assert said.buttons == ["🌱 Plan a goal"]
    assert "There was no goal at that time" in (await chat.say("/digest q3"))[0].text
    await chat.say("/plan Swim (until 2026-12-20)")
    await chat.tap("Apply")
    assert "Nothing is logged yet." in (await chat.say("/digest"))[0].text


async def test_future_goals_are_mentioned(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-12-07)\n  D: Lengths\n")
    [said] = await chat.say("/digest")
    assert said.text.endswith("Your goals begin on Mon 7 Dec: there is nothing to report before.")


async def test_on_demand_without_goals(chat: Talk) -> None:
    [said] = await chat.say("/digest month")
    assert "There is no goal to report on yet." in said.text
    [question] = await chat.tap("Plan a goal")
    assert "become true" in question.text


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


async def test_the_picture_is_drawn_for_real(stage: Stage) -> None:
    await stage.restart(painter=Painter())
    chat = stage.talk("Anna")
    await planted(chat)
    await chat.say("run 6")
    [said] = await chat.say("/digest")
    assert said.is_picture
    assert said.raw["photo"][-1]["width"] > 700


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
