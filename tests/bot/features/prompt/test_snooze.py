"""Prompts that are snoozed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from core.goals.model import QuietHours
from tests.bot.conftest import Talk
from tests.bot.features.log.test_day import data_of
from tests.bot.features.prompt.test_prompt import DAYS_OWN, asked, at, outbox
from tests.bot.logged import told


@pytest.mark.parametrize(
    ("label", "due", "said"),
    [
        ("⏰ 15 min", at(21, 45), "⏰ I'll ask again at 21:45."),
        ("⏰ 1 h", at(22, 30), "⏰ I'll ask again at 22:30."),
        ("⏰ Tomorrow", at(9, 0, 24), "⏰ I'll ask again on Tue 24 Nov at 09:00."),
    ],
)
async def test_a_snooze_asks_once_more_for_the_same_day(chat: Talk, label: str, due: datetime, said: str) -> None:
    prompt = await asked(chat, DAYS_OWN)
    [edit] = await chat.tap(label)
    assert chat.toasts == [said]
    assert edit.text == f"{said}\n\n{prompt.text}"
    assert "✅ Gym" in edit.buttons
    assert await chat.until(due - timedelta(seconds=1)) == []
    [again] = await chat.until(due)
    assert again.text == "⏰ Mon 23 Nov · still open:\n• Run · 0 of 5 km\n• Gym"
    assert again.raw["reply_to_message"]["message_id"] == prompt.raw["message_id"]
    await chat.tap("✅ Gym")
    assert await told(chat) == [("11-23", "1", None)]


async def test_tomorrow_after_midnight_is_the_morning_that_comes(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    chat.stage.clock.set(at(0, 10, 24))
    await chat.tap("⏰ Tomorrow")
    assert chat.toasts == ["⏰ I'll ask again at 09:00."]
    [again] = await chat.until(at(9, 0, 24))
    assert again.text.startswith("⏰ Mon 23 Nov · still open:")


async def test_a_second_snooze_takes_the_place_of_the_first_and_of_the_nudge(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN, nudge_after=timedelta(hours=1))
    quarter, number = data_of(prompt, "15 min"), prompt.raw["message_id"]
    await chat.press(quarter, number)
    await chat.tap("⏰ 1 h")
    assert await chat.press(quarter, number) == []
    assert chat.toasts == ["This tap was counted before. Nothing was changed."]
    heard = await chat.until(at(23, 59))
    assert [said.raw["date"] for said in heard] == [int(at(22, 30).timestamp())]


async def test_a_snoozed_prompt_does_not_come_when_all_was_answered(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    await chat.tap("⏰ 15 min")
    await chat.tap("Run 5 km")
    [said] = await chat.tap("✅ Gym")
    assert said.buttons == []
    assert await chat.until(at(23, 59)) == []


async def test_a_snooze_that_makes_no_sense_any_more(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    number = prompt.raw["message_id"]
    chat.stage.clock.set(at(9, 30, 24))
    assert await chat.press(data_of(prompt, "Tomorrow"), number) == []
    past = "It is too late to ask about Mon 23 Nov again. Tap what you did, or write /log."
    assert chat.toasts == [past]
    await chat.say("/log run 5 yesterday")
    [_, shown] = await chat.say("/log gym yesterday")
    assert shown.text.startswith("🏁 Mon 23 Nov · 2 of 2 done")
    assert await chat.press(data_of(prompt, "15 min"), number) == []
    assert chat.toasts == ["Nothing is open any more for Mon 23 Nov, so I will not ask again."]
    await chat.say("/undo")
    chat.stage.clock.set(at(9, 30, 25))
    assert await chat.press(data_of(prompt, "15 min"), number) == []
    assert chat.toasts == [past]
    assert await outbox(chat) == {"sent": 1}


async def test_quiet_hours_put_a_snooze_off(chat: Talk) -> None:
    await asked(chat, DAYS_OWN, quiet=QuietHours(time(22), time(7, 30)))
    await chat.tap("⏰ 1 h")
    assert chat.toasts == ["⏰ I'll ask again on Tue 24 Nov at 07:30."]
    [again, *_] = await chat.until(at(7, 30, 24))
    assert again.text.startswith("⏰ Mon 23 Nov · still open:")
