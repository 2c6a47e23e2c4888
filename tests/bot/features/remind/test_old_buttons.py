"""Buttons of reminders that have changed."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from core.actions.reminders import delete_reminder
from core.goals.terms import ALL_WEEK
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.features.remind.test_remind import PLAN, reminders
from tests.bot.planting import planted

GONE = "That reminder is not here any more. /remind shows those that there are."


@pytest.mark.parametrize("verb", ["m:{id}", "c:{id}", "p:{id}", "r:{id}", "d:{id}", "t:{id}:2100", "w:{id}:3j"])
async def test_a_button_of_a_deleted_reminder_says_so(chat: Talk, verb: str) -> None:
    await chat.say(PLAN)
    await chat.say("/remind 21:30")
    [*_, mine] = await reminders(chat)
    await delete_reminder(chat.stage.store, Actor.host(chat.chat_id), mine.id, chat.stage.clock())
    before = await reminders(chat)
    assert await chat.press("rem:" + verb.format(id=packed(mine.id))) == []
    assert chat.toasts == [GONE]
    assert await reminders(chat) == before


@pytest.mark.parametrize("verb", ["m:{id}", "c:{id}", "p:{id}", "r:{id}", "d:{id}", "t:{id}:2100", "w:{id}:3"])
async def test_another_chats_reminder_is_not_there(stage: Stage, chat: Talk, verb: str) -> None:
    ben = stage.talk("Ben")
    await ben.say(PLAN)
    theirs = await reminders(ben)
    await chat.say("/start")
    await chat.press("rem:" + verb.format(id=packed(theirs[-1].id)))
    assert chat.toasts == [GONE]
    assert await reminders(ben) == theirs


async def test_an_answer_about_a_reminder_deleted_meanwhile_says_so(chat: Talk) -> None:
    await chat.say("/remind 21:30")
    await chat.tap("Change or delete")
    await chat.tap("Change")
    [mine] = await reminders(chat)
    await delete_reminder(chat.stage.store, Actor.host(chat.chat_id), mine.id, chat.stage.clock())
    assert await chat.tell("22:00") == GONE
    assert "Hello, Anna!" in await chat.tell("22:00")


async def test_another_chats_goal_makes_no_reminder(stage: Stage, chat: Talk) -> None:
    theirs = await planted(stage.talk("Ben"))
    await chat.say("/start")
    await chat.press(f"rem:n:{packed(theirs['Gym'].id)}:3j:2100")
    assert chat.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert await reminders(chat) == []


@pytest.mark.parametrize(
    "data",
    [
        *("rem", "rem:", "rem:x", "rem:n", "rem:n:0:0:2100", "rem:n:0:3k:2100", "rem:n:0:3j:2460", "rem:n:0:3j:9:00"),
        *(
            "rem:n:-1:3j:2100",
            "rem:t:1",
            "rem:t:1:21:00",
            "rem:w:1:zz",
            "rem:d:",
            "rem:d:1:1",
            "rem:m:\u0661",
            "rem:f",
            "rem:b:x",
        ),
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(chat: Talk, data: str) -> None:
    await chat.say(PLAN)
    before = await reminders(chat)
    await chat.press(data)
    assert chat.toasts
    assert await reminders(chat) == before


async def test_all_the_week_is_what_the_forged_buttons_above_say() -> None:
    assert packed(sum(1 << day for day in ALL_WEEK)) == "3j"
