"""The first check-in, which everybody gets."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from core.actions.reminders import delete_reminder
from core.asking.reminders import MessageKind
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.features.remind.test_remind import PLAN, check_ins, reminders
from tests.bot.features.start.test_start import owner
from tests.bot.planting import planted

FIRST = "⏰ I'll ask you every day at 20:00 how it went. /remind changes that."
BY_UTC = (
    "⏰ I'll ask you every day at 20:00 how it went, by UTC until you tell me where you are: "
    "/settings zone Lisbon. /remind changes the time."
)


async def test_the_first_plan_brings_one_and_says_so_once(chat: Talk) -> None:
    await chat.say("/settings zone Berlin")
    assert (await chat.tell(PLAN)).endswith(f"tap through today with /log.\n\n{FIRST}")
    assert "I'll ask" not in await chat.tell("/plan Read\n  D: A page")
    [result] = [r for r in await reminders(chat) if r.kind is MessageKind.CHECK_IN]
    assert result.next_due == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


async def test_an_unknown_zone_means_utc_until_it_is_told(chat: Talk) -> None:
    assert (await chat.tell(PLAN)).endswith(BY_UTC)
    said = await chat.tell("/settings zone Tokyo")
    assert said.endswith("Your next reminder comes today at 20:00.")
    [result] = [r for r in await reminders(chat) if r.kind is MessageKind.CHECK_IN]
    assert result.next_due == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


async def test_it_does_not_come_again_after_all_were_deleted(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    for result in await reminders(chat):
        await delete_reminder(stage.store, Actor.host(chat.chat_id), result.id, stage.clock())
    assert "I'll ask" not in await chat.tell("/plan Read\n  D: A page")
    assert await reminders(chat) == []


async def test_someone_who_set_one_up_before_the_first_plan_keeps_to_that(chat: Talk) -> None:
    await chat.say("/remind 21:00")
    assert "I'll ask" not in await chat.tell(PLAN)
    assert await check_ins(chat) == ["21:00 0123456"]
    shown = await chat.tell("/remind")
    assert "📊 Weekly digest · Every Monday at 10:00" in shown
    assert "📊 Quarterly digest · On the first day of each quarter at 10:00" in shown


@pytest.mark.parametrize(
    ("before", "comes"),
    [
        (
            "/settings weekly friday 18:00",
            ["check_in 20:00", "quarterly_digest 10:00", "weekly_digest 18:00", "yearly_digest 10:00"],
        ),
        ("/settings weekly off", ["check_in 20:00", "quarterly_digest 10:00", "yearly_digest 10:00"]),
        ("/settings quarterly off", ["check_in 20:00", "weekly_digest 10:00", "yearly_digest 10:00"]),
        (
            "/settings monthly on",
            [
                "check_in 20:00",
                "monthly_digest 10:00",
                "quarterly_digest 10:00",
                "weekly_digest 10:00",
                "yearly_digest 10:00",
            ],
        ),
        (
            "/settings monthly off",
            ["check_in 20:00", "quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"],
        ),
        ("/remind off", ["quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"]),
        (
            "/remind weekdays 8:00",
            ["check_in 08:00", "quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"],
        ),
    ],
)
async def test_the_first_plan_brings_what_was_not_set_or_turned_off_before(
    chat: Talk, before: str, comes: list[str]
) -> None:
    await chat.say(before)
    await chat.say(PLAN)
    await chat.say("/plan Read\n  D: A page")
    going = [result for result in await reminders(chat) if not result.paused]
    assert sorted(f"{result.kind} {result.schedule.at:%H:%M}" for result in going) == comes


async def test_reminders_turned_off_before_the_first_plan_can_be_taken_up(chat: Talk) -> None:
    assert await chat.tell("/remind off") == "You have no reminders, so nothing comes. /remind 21:00 adds one."
    assert await chat.tell("/remind off") == "They are paused already. /remind on brings them back."
    assert "I'll ask" not in await chat.tell(PLAN)
    assert "⏰ Every day at 20:00" in await chat.tell("/remind on")
    await chat.say("/settings weekly off")
    assert "Digests: weekly (every Monday at 10:00)" in await chat.tell("/settings weekly on")


async def test_a_vision_without_goals_does_not_bring_it(chat: Talk) -> None:
    assert "I'll ask" not in await chat.tell("/plan Fit")
    assert await reminders(chat) == []
    assert "I'll ask" in (await chat.say(PLAN))[0].text


async def test_the_guided_plan_brings_it(chat: Talk) -> None:
    await chat.say("/start")
    await chat.tap("London")
    for words in ("Run a marathon", "no end", "run 5 km", "done"):
        await chat.say(words)
    if "Plant it" not in str(chat.last[-1].buttons):
        await chat.say("no")
    assert FIRST in (await chat.tap("Plant it"))[0].text
    assert await check_ins(chat) == ["20:00 0123456"]


async def test_a_document_brings_it_unless_it_has_reminders_itself(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    await chat.say("/remind mon 7:00")
    document = json.loads(chat.content((await chat.say("/export json"))[0]))
    ben = stage.talk("Ben")
    said = (await ben.send("goaltree.json", json.dumps(document).encode()))[0].text
    assert said == "📥 Imported: 3 goals added, reminders taken over. /tree shows it, /undo takes it back."
    assert await check_ins(ben) == await check_ins(chat)
    del document["reminders"]
    clara = stage.talk("Clara")
    assert (await clara.send("goaltree.json", json.dumps(document).encode()))[0].text.endswith(BY_UTC)
    again = (await clara.send("goaltree.json", json.dumps(document).encode()))[0].text
    assert again == "Nothing to do: everything in this file is here already."


async def test_in_a_group_they_are_its_rounds(stage: Stage) -> None:
    friends = stage.group()
    await planted(friends)
    assert "⏰ I'll ask everyone here every day at 20:00 how it went." in await friends.tell("/plan Read\n  D: A page")
    assert "That is instead of 20:00." in await friends.tell("/remind 8:00")
    await friends.tap("Keep 20:00 too")
    rounds = [one.schedule.at.hour for one in await reminders(friends) if one.kind is MessageKind.CHECK_IN]
    assert sorted(rounds) == [8, 20]


async def test_reminders_come_as_they_were_set_up(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind gym 7:00")
    assert await chat.until(datetime(2026, 11, 24, 6, 59, tzinfo=UTC)) == []
    [morning] = await chat.until(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert "Gym" in str(morning.buttons)
    assert "Run" not in str(morning.buttons)
    await chat.say("/remind off")
    assert await chat.until(datetime(2026, 11, 25, 12, 0, tzinfo=UTC)) == []
    await chat.say("/remind on")
    [evening] = await chat.until(datetime(2026, 11, 25, 21, 0, tzinfo=UTC))
    assert "Run" in str(evening.buttons)


async def test_the_owner_is_marked_once_the_first_plan_brought_its_reminders(chat: Talk) -> None:
    await chat.say("/remind 21:00")
    assert not (await owner(chat)).defaults_given
    await chat.say(PLAN)
    assert (await owner(chat)).defaults_given
