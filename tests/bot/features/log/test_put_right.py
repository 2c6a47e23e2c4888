"""Corrections of the last log that do not name its goal. It is Monday 2026-11-23."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.conftest import Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted

PLAN = "Fit (from 2026-10-01)\n  D: Run = 5 km\n  D: Read = 20 pages\n  D: Gym\n"


@pytest.mark.parametrize(
    "text",
    [
        "no, 3", "sorry 3 not 5", "i meant 3", "*3", "make it 3 km", "should be 3", "actually 3", "it was only 3",
        "not 5 but 3", "3, not 5", "wrong, 3", "oops, 3 km",
    ],
)  # fmt: skip
async def test_another_amount_stands_for_the_last_one(chat: Talk, text: str) -> None:
    await planted(chat, PLAN)
    await chat.say("run 1")
    await chat.say("run 5")
    [answer] = await chat.say(text)
    assert answer.text.startswith("✏️ Run  3 km · 4 of 5 km today")
    assert await told(chat) == [("11-23", "1", None), ("11-23", "3", None)]


@pytest.mark.parametrize(
    "text", ["i meant yesterday", "that was yesterday not today", "oops that was yesterday", "no wait, yesterday",
             "sorry, on sunday", "not today but yesterday"],
)  # fmt: skip
@pytest.mark.parametrize(("log", "value"), [("run 5 easy", "5"), ("gym easy", "1")])
async def test_another_day_takes_it_with_its_note(chat: Talk, text: str, log: str, value: str) -> None:
    await planted(chat, PLAN)
    await chat.say(log)
    assert "for Sun 22 Nov" in await chat.tell(text)
    assert await told(chat) == [("11-22", value, "easy")]


async def test_both_are_put_right_at_once_and_undo_brings_back_what_was(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5")
    await chat.say("sorry, 4 yesterday")
    assert await told(chat) == [("11-22", "4", None)]
    await chat.say("no, 0")
    assert await told(chat) == [("11-22", "0", None)]


async def test_a_message_that_comes_again_corrects_once(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5")
    await chat.say("no, 3")
    await chat.again()
    assert await told(chat) == [("11-23", "3", None)]


async def test_a_skip_may_have_been_none(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run skip")
    await chat.say("sorry, 3")
    assert await told(chat) == [("11-23", "3", None)]


@pytest.mark.parametrize(
    "text", ["no, 3 or 4", "actually 3 of us", "no, monday or sunday", "sorry", "no", "i meant well"]
)
async def test_words_that_say_more_or_nothing_correct_nothing(chat: Talk, text: str) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5")
    await chat.say(text)
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_correction_after_several_logs_is_explained(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5 and read 10")
    assert "edit the message" in await chat.tell("no, 3")
    assert [value for _, value, _ in await told(chat)] == ["5", "10"]


async def test_a_correction_never_means_an_old_log(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5")
    chat.stage.clock.set(chat.stage.clock() + timedelta(hours=2))
    await chat.say("no, 3")
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_day_that_is_refused_is_said_and_all_stays(chat: Talk) -> None:
    await planted(chat, PLAN)
    await chat.say("run 5")
    assert "lies ahead" in await chat.tell("sorry, tomorrow")
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_group_is_corrected_by_the_name_of_the_bot(stage: Stage) -> None:
    group = stage.group()
    for text in ("/join", "/plan Fit\n  D: Run = 5 km", "/log run 5"):
        await group.say(text)
    assert (await group.tell("@goaltree_bot no, 3")).startswith("✏️ Run  3 km")
    assert (await group.tell("/log no, 4")).startswith("I know no goal called")
