"""The day as buttons: one tap each, never twice, and always for the day in question (Monday 2026-11-23)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.conftest import Said, Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted


async def opened(chat: Talk) -> Said:
    """The answer to /log."""
    [said] = await chat.say("/log")
    return said


def data_of(said: Said, label: str) -> str:
    """The callback data of the button with this label."""
    rows = said.raw["reply_markup"]["inline_keyboard"]
    return str(next(button["callback_data"] for row in rows for button in row if label in button["text"]))


async def test_the_day_shows_open_leaves_first_and_done_ones_with_their_value(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 6")
    said = await opened(chat)
    assert said.text == "📋 Mon 23 Nov · 1 of 3 done\nTap what you did."
    assert said.buttons == ["Gym", "Stretch", "Read 20 pages · 0 of 3", "✅ Run · 6 km", "⏭ Skip one…"]


async def test_one_tap_sets_a_check_done_and_shows_what_it_did_in_place(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    [said] = await chat.tap("Gym")
    assert said.edited
    assert said.text.startswith("✅ Gym · today done · 🔥 1 day\nW  Strength")
    assert said.text.endswith("📋 Mon 23 Nov · 1 of 3 done\nTap what you did.")
    assert "✅ Gym" in said.buttons
    assert chat.toasts == ["✅ Gym · today done · 🔥 1 day"]
    assert await told(chat) == [("11-23", "1", None)]


async def test_a_double_tap_changes_nothing(chat: Talk) -> None:
    await planted(chat)
    said = await opened(chat)
    data = data_of(said, "Gym")
    await chat.press(data)
    await chat.press(data)
    assert chat.toasts == ["This tap was counted before. Nothing was changed."]
    await chat.again()
    assert await told(chat) == [("11-23", "1", None)]


async def test_the_echo_of_a_tap_does_not_log_again_what_was_undone(chat: Talk) -> None:
    await planted(chat)
    said = await opened(chat)
    data, message_id = data_of(said, "Gym"), said.raw["message_id"]
    await chat.press(data, message_id)
    await chat.say("/undo")
    [shown] = await chat.press(data, message_id)
    assert await told(chat) == []
    assert "Gym" in shown.buttons
    await chat.press(data_of(shown, "Gym"), message_id)  # on the message as it is now, the tap is a new one
    assert await told(chat) == [("11-23", "1", None)]


async def test_the_echo_of_an_amount_does_not_bring_it_back(chat: Talk) -> None:
    await planted(chat)
    said = await opened(chat)
    message_id = said.raw["message_id"]
    [asked] = await chat.press(data_of(said, "Run"), message_id)
    five = data_of(asked, "5 km")
    await chat.press(five, message_id)
    await chat.tell("run =3")
    await chat.press(five, message_id)
    assert [entry[1] for entry in await told(chat)] == ["3"]


async def test_a_number_asks_how_much_and_sets_it(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 6 yesterday")
    await opened(chat)
    [asked] = await chat.tap("Run")
    assert asked.edited
    assert asked.text == "Run · Mon 23 Nov: how much in all?\nSo far 0 km. Target: 5 km."
    assert asked.buttons == ["= 6 km", "= 5 km", "= 2.5 km", "other…", "⏭ Skip", "‹ back"]
    [said] = await chat.tap("2.5 km")
    assert said.text.startswith("✅ Run  2.5 km · 2.5 of 5 km today")
    await chat.tap("Run")
    await chat.tap("5 km")
    assert [entry[1] for entry in await told(chat)] == ["6", "5"]


async def test_back_returns_to_the_day(chat: Talk) -> None:
    await planted(chat)
    said = await opened(chat)
    await chat.tap("Run")
    [back] = await chat.tap("‹ back")
    assert (back.text, back.buttons) == (said.text, said.buttons)


async def test_other_asks_for_a_reply_and_takes_nonsense_kindly(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    await chat.tap("Run")
    [asked] = await chat.tap("other…")
    assert asked.text == "Run: how many km in all for Mon 23 Nov? Reply with the number."
    assert "no number" in await chat.tell("lots")
    assert "no number" in await chat.tell("30min")
    assert (await chat.tell("4,5 km")).startswith("✅ Run  4.5 km · 4.5 of 5 km today")
    assert await chat.tell("7") == "7 for Mon 23 Nov: which one?"
    assert await told(chat) == [("11-23", "4.5", None)]


async def test_another_log_ends_the_question(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    await chat.tap("Run")
    await chat.tap("other…")
    assert (await chat.tell("gym")).startswith("✅ Gym")
    assert await chat.tell("5") == "5 for Mon 23 Nov: which one?"


async def test_the_question_survives_a_restart(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    await chat.tap("Run")
    await chat.tap("other…")
    await chat.stage.restart()
    assert (await chat.tell("4")).startswith("✅ Run  4 km")


async def test_a_tap_after_midnight_answers_the_evening_and_says_so(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    chat.stage.clock.set(datetime(2026, 11, 24, 0, 20, tzinfo=UTC))
    [said] = await chat.tap("Gym")
    assert chat.toasts == ["✅ Gym · for Mon 23 Nov · done · 🔥 1 day"]
    assert "📋 Mon 23 Nov · 1 of 3 done" in said.text
    [asked] = await chat.tap("Run")
    assert asked.text.startswith("Run · Mon 23 Nov: how much in all?")
    await chat.tap("5 km")
    assert [entry[0] for entry in await told(chat)] == ["11-23", "11-23"]


async def test_a_skip_by_button(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    [asked] = await chat.tap("Skip one…")
    assert "Which one do you skip?" in asked.text
    assert asked.buttons == ["Run · 0 of 5 km", "Gym", "Stretch", "Read 20 pages · 0 of 3", "‹ back"]
    [said] = await chat.tap("Gym")
    assert said.text.startswith("⏭ Gym skipped today")
    assert "⏭ Gym" in said.buttons
    assert "0 of 2 done" in said.text


async def test_a_done_goal_is_undone_only_on_request(chat: Talk) -> None:
    await planted(chat)
    await opened(chat)
    await chat.tap("Gym")
    [menu] = await chat.tap("✅ Gym")
    assert menu.text == "Gym is done today."
    assert menu.buttons == ["↩ Not done", "‹ back"]
    assert await told(chat) == [("11-23", "1", None)]
    [said] = await chat.tap("Not done")
    assert said.text.startswith("⬜ Gym is not done")


async def test_all_done(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n  D: Gym\n")
    await opened(chat)
    [said] = await chat.tap("Gym")
    assert said.text.endswith("📋 Mon 23 Nov · 1 of 1 done\nAll done. 🎉")
    assert said.buttons == ["✅ Gym"]


async def test_a_day_without_leaves(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n  D: Gym [tue]\n")
    assert (await opened(chat)).text == "📋 Mon 23 Nov · nothing is planned. /tree shows your goals."


async def test_a_long_day_is_paged(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n" + "".join(f"  D: Habit {n:03}\n" for n in range(120)))
    said = await opened(chat)
    assert said.buttons[:1] + said.buttons[-4:] == ["Habit 000", "‹", "page 1 of 4", "›", "⏭ Skip one…"]
    [turned] = await chat.tap("›")
    assert turned.edited
    assert turned.buttons[0] == "Habit 030"
    assert len(turned.buttons) == 34


async def test_in_a_group_any_member_taps_and_is_the_author(stage: Stage) -> None:
    anna, ben = stage.group("Friends", "Anna"), stage.group("Friends", "Ben")
    await planted(anna)
    await opened(anna)
    await ben.tap("Gym")
    assert "/join first" in ben.toasts[0]
    await ben.say("/join")
    await ben.tap("Gym")
    assert await anna.tell("/undo") == "There is nothing to undo."
    assert (await ben.tell("/undo")).startswith("↩ Taken back: Gym")


async def test_no_button_makes_the_day_s_total_less(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 9")
    await opened(chat)
    [asked] = await chat.tap("Run")
    assert asked.text == "Run · Mon 23 Nov: how much in all?\nSo far 9 km. Target: 5 km."
    assert asked.buttons == ["= 14 km", "= 11.5 km", "other…", "⏭ Skip", "‹ back"]


async def test_the_amounts_of_a_week_s_goal_are_the_day_s(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-11-01)\n  W: Lengths = 40 laps\n")
    chat.stage.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await chat.tell("lengths 10 yesterday")
    await opened(chat)
    [asked] = await chat.tap("Lengths")
    assert asked.text == "Lengths · Tue 24 Nov: how much in all?\nSo far 0 laps. This week: 10 of 40 laps."


@pytest.mark.parametrize(
    ("words", "day"),
    [("yesterday", "Sun 22 Nov"), ("on friday", "Fri 20 Nov"), ("the 9th", "Mon 9 Nov"), ("2026-11-01", "Sun 1 Nov")],
)
async def test_a_day_alone_offers_the_list_of_that_day(chat: Talk, words: str, day: str) -> None:
    await planted(chat)
    [said] = await chat.say(f"/log {words}")
    assert said.text.startswith(f"📋 {day} · 0 of ")
    [done] = await chat.tap("Gym")
    assert done.text.startswith(f"✅ Gym · for {day} · done")


async def test_a_day_ahead_has_no_list_and_a_goal_called_like_a_day_is_meant_first(chat: Talk) -> None:
    await chat.say("/plan Calm\n  D: Sunday\n  D: Monday review")
    assert (await chat.tell("/log 2026-11-25")).startswith("Wed 25 Nov")
    assert (await chat.tell("/log sunday")).startswith("✅ Sunday · today done")
    assert (await chat.tell("/log monday")).startswith("📋 Mon 23 Nov · 1 of 2 done")
