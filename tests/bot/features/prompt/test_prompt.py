"""The check-in prompt, as a person meets it: it comes at 21:30 on Monday 2026-11-23, and is answered with taps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.features.prompt.letter import check_in
from bot.telegram.callback import packed
from bot.telegram.letter import Letter
from core.actions import deliver
from core.actions.owners import change_settings
from core.actions.reminders import add_check_in
from core.asking.reminders import Message, MessageKind, MessageState
from core.asking.schedule import Schedule
from core.goals.model import Node, QuietHours
from core.group.permissions import Actor
from storage.sql import Sql
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.log.test_day import data_of
from tests.bot.features.log.test_log import told
from tests.bot.planting import MARATHON, planted

HALF_PAST = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 24, 7, 45, tzinfo=UTC)
QUESTION = """🔔 Mon 23 Nov · how is it going?
• Run · 0 of 5 km
• Gym
• Stretch"""
DAYS_OWN = "Vision (from 2026-10-01)\n  D: Run = 5 km\n  D: Gym\n"


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """An instant of November."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def reminded(chat: Talk, outline: str = MARATHON, wall: time = time(21, 30), **settings: Any) -> dict[str, Node]:
    """Plants goals, and a reminder for the evening."""
    nodes = await planted(chat, outline)
    store, now = chat.stage.store, chat.stage.clock()
    if settings:
        await change_settings(store, Actor.host(chat.chat_id), now, **settings)
    await add_check_in(store, Actor.host(chat.chat_id), Schedule(wall), now)
    return nodes


async def asked(chat: Talk, outline: str = MARATHON, **settings: Any) -> Said:
    """The prompt of the evening."""
    await reminded(chat, outline, **settings)
    [said] = await chat.until(HALF_PAST)
    return said


async def outbox(chat: Talk) -> dict[str, int]:
    """How many messages are in which state."""
    counts = await chat.stage.store.read(lambda tx: tx.statistics.counts(chat.stage.clock()))
    return {state: count for state, count in counts.outbox.items() if count}


def rows_of(said: Said) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    return [[b["text"] for b in row] for row in said.raw.get("reply_markup", {}).get("inline_keyboard", [])]


async def test_one_message_asks_for_everything_that_is_open(chat: Talk) -> None:
    said = await asked(chat)
    assert said.text == QUESTION
    assert rows_of(said) == [
        ["Run 5 km", "2.5", "other…", "⏭"],
        ["✅ Gym", "⏭ Skip"],
        ["✅ Stretch", "⏭ Skip"],
        ["✅ All done"],
        ["⏰ 15 min", "⏰ 1 h", "⏰ Tomorrow"],
    ]
    assert not said.raw.get("disable_notification")


async def test_what_is_done_or_skipped_is_not_asked_for(chat: Talk) -> None:
    await reminded(chat)
    for words in ("run 5", "gym skip", "read 20 pages"):
        await chat.tell(words)
    [said] = await chat.until(HALF_PAST)
    assert said.text == "🔔 Mon 23 Nov · how is it going?\n• Stretch"


async def test_nothing_is_sent_when_nothing_is_open(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN)
    await chat.tell("run 5")
    await chat.tell("gym")
    assert await chat.until(HALF_PAST) == []
    assert await outbox(chat) == {"dropped": 1}


async def test_each_answer_edits_it_and_the_last_closes_it(chat: Talk) -> None:
    await asked(chat, MARATHON.replace("  W: Read 20 pages = 3 times\n", ""))
    [said] = await chat.tap("Run 5 km")
    assert said.edited
    assert said.text.startswith("✅ Run  5 km · today done · 🔥 1 day\nW  50 km a week      ▓░░░░░░░░░  10%  +10")
    assert said.text.endswith("🔔 Mon 23 Nov · how is it going?\n• Gym\n• Stretch")
    assert chat.toasts == ["✅ Run  5 km · today done · 🔥 1 day"]
    [said] = await chat.tap("⏭ Skip")
    assert said.text.startswith("⏭ Gym skipped today")
    [said] = await chat.tap("✅ Stretch")
    assert said.edited
    assert said.text.startswith("✅ Stretch · today done · 🔥 1 day\nW  Strength")
    assert said.text.partition("\n\n")[2] == (
        "🏁 Mon 23 Nov · 2 of 2 done · 1 skipped\n"
        "🔥 Run 1 day · Stretch 1 day\n"
        "Week     ▓░░░░░░░░░  16%  2 of 2 on track\n"
        "Month    ░░░░░░░░░░   2%  0 of 1 reached\n"
        "Quarter  ░░░░░░░░░░   0%"
    )
    assert said.buttons == []
    assert [entry[1] for entry in await told(chat)] == ["5", "skip", "1"]


async def test_the_day_closes_though_a_longer_goal_has_time_yet(chat: Talk) -> None:
    await reminded(chat, "Vision (from 2026-10-01)\n  D: Gym\n  W: Lengths = 40 laps\n  W: Read = 3 times\n")
    await chat.until(HALF_PAST + timedelta(days=1))  # both are behind on the second evening of the week
    said, *_ = await chat.tap("✅ Gym")
    assert "🏁 Tue 24 Nov · 1 of 1 done" in said.text
    assert said.text.endswith("There is time yet for:\n• Lengths · 0 of 40 laps this week\n• Read · 0 of 3 this week")
    assert rows_of(said) == [["Lengths 40 laps", "20", "other…", "⏭ Skip week"], ["✅ Read", "⏭ Skip week"]]
    await chat.tap("✅ Read")
    said, *_ = await chat.tap("20")
    assert said.text.startswith("✅ Lengths  20 laps · 20 of 40 laps this week")
    assert said.buttons == []


async def test_the_amounts_are_those_logged_most_and_complete_the_day(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN)
    for words in ("run 8 18 Nov", "run 8 19 Nov", "run 4 20 Nov", "run 4 21 Nov", "run 6 22 Nov", "run 3"):
        await chat.tell(words)
    [said] = await chat.until(HALF_PAST)
    assert "• Run · 3 of 5 km" in said.text
    assert rows_of(said)[0] == ["Run = 5 km", "= 7", "other…", "⏭"]
    [said] = await chat.tap("7")
    assert said.text.startswith("✅ Run  7 km · today done")
    assert (await told(chat))[-1] == ("11-23", "7", None)


async def test_a_tap_next_morning_answers_yesterday_and_says_so(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    chat.stage.clock.set(NEXT_MORNING)
    [said] = await chat.tap("✅ Gym")
    assert chat.toasts == ["✅ Gym · for Mon 23 Nov · done · 🔥 1 day"]
    assert said.text.startswith("✅ Gym · for Mon 23 Nov · done")
    assert said.text.endswith("🔔 Mon 23 Nov · how did it go?\n• Run · 0 of 5 km")
    assert rows_of(said)[-1] == ["⏰ 15 min", "⏰ 1 h"]
    [said] = await chat.tap("2.5")
    assert said.text.startswith("✅ Run  2.5 km · for Mon 23 Nov · 2.5 of 5 km")
    assert [entry[0] for entry in await told(chat)] == ["11-23", "11-23"]


async def test_a_double_tap_changes_nothing(chat: Talk) -> None:
    said = await asked(chat, DAYS_OWN)
    gym, number = data_of(said, "Gym"), said.raw["message_id"]
    [first] = await chat.press(gym, number)
    assert await chat.press(gym, number) == []
    assert chat.toasts == ["This tap was counted before. Nothing was changed."]
    assert await chat.again() == []
    await chat.tap("Run 5 km")
    assert await chat.press(gym, number) == []
    assert first.text.startswith("✅ Gym · today done · 🔥 1 day\n")
    await chat.say("/undo")
    await chat.say("/undo")
    [shown] = await chat.press(gym, number)
    assert chat.toasts == ["This tap was counted before. Nothing was changed."]
    assert await told(chat) == []
    await chat.press(data_of(shown, "Gym"), number)
    assert await told(chat) == [("11-23", "1", None)]


async def test_two_fingers_at_once_leave_what_the_first_one_did(chat: Talk) -> None:
    """Both taps were made on the message as it was before."""
    await reminded(chat)
    await chat.tell("run 2")
    [said] = await chat.until(HALF_PAST)
    world, number = chat.stage.world, said.raw["message_id"]
    for _ in range(2):
        world.tap(chat.person, chat.chat, number, data_of(said, "Run = 5 km"))
    await chat.stage.quiet()
    shown = chat.chat.messages[number]["text"]
    assert "W  50 km a week      ▓░░░░░░░░░  10%  +6" in shown
    assert "Nothing was changed" not in shown
    assert [entry[1] for entry in await told(chat)] == ["5"]


async def test_a_tap_on_what_was_answered_elsewhere_changes_nothing(chat: Talk) -> None:
    said = await asked(chat)
    number = said.raw["message_id"]
    for words, label, told_so in [
        ("gym skip", "✅ Gym", "☑ Gym is skipped today already. Nothing was changed."),
        ("run 4", "2.5", "☑ Run has 4 km today already. Nothing was changed."),
        ("stretch", "✅ Stretch", "☑ Stretch is already done today. Nothing was changed."),
    ]:
        [_, refreshed] = await chat.say(words)
        assert refreshed.raw["message_id"] == number
        before = await told(chat)
        [shown] = await chat.press(data_of(said, label), number)  # as it was shown on another device
        assert shown.text.startswith(told_so)
        assert chat.toasts == [told_so]
        assert await told(chat) == before
    [shown] = await chat.press(data_of(said, "2.5"), number)
    assert "🔔 Mon 23 Nov · how is it going?\n• Run · 4 of 5 km" in shown.text


async def test_two_prompts_of_a_day_are_answered_apart(chat: Talk) -> None:
    first = await asked(chat, DAYS_OWN, nudge_after=timedelta(minutes=60))
    [nudge] = await chat.until(at(22, 30))
    assert nudge.text == "⏰ Mon 23 Nov · still open:\n• Run · 0 of 5 km\n• Gym"
    assert nudge.raw["reply_to_message"]["message_id"] == first.raw["message_id"]
    assert rows_of(nudge) == rows_of(first)
    [said, other] = await chat.tap("✅ Gym")
    assert said.raw["message_id"] == nudge.raw["message_id"]
    assert other.raw["message_id"] == first.raw["message_id"]
    assert other.text == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"
    [said] = await chat.press(data_of(first, "Gym"), first.raw["message_id"])
    assert said.raw["message_id"] == first.raw["message_id"]
    assert said.text.startswith("☑ Gym is already done today.")


async def test_no_nudge_unless_wanted_nor_when_all_is_done(stage: Stage) -> None:
    anna, ben = stage.talk("Anna"), stage.talk("Ben")
    await asked(anna, DAYS_OWN)
    assert await anna.until(at(23, 59)) == []
    stage.clock.set(at(21, day=24))
    await reminded(ben, DAYS_OWN + "  W: Read = 3 times\n", nudge_after=timedelta(hours=1))
    await ben.until(at(21, 30, day=24))
    await ben.tap("Run 5 km")
    await ben.tap("✅ Gym")
    assert await ben.until(at(23, 59, day=24)) == []


# --- too old, forged, gone ---


async def test_a_pruned_prompt_says_what_to_write_instead(chat: Talk) -> None:
    said = await asked(chat, DAYS_OWN)
    later = HALF_PAST + timedelta(days=61)
    await deliver.prune(chat.stage.store, Actor.host(), later)
    chat.stage.clock.set(later)
    for label, example in [
        ("Run 5 km", "/log Run 5 2026-11-23"),
        ("✅ Gym", "/log Gym 2026-11-23"),
        ("⏭ Skip", "/log Gym skip 2026-11-23"),
        ("other…", "/log Run 5 2026-11-23"),
        ("⏰ 1 h", "/log"),
    ]:
        assert await chat.press(data_of(said, label), said.raw["message_id"]) == []
        assert chat.toasts == [f"This check-in is too old to be answered by a tap. Write {example} instead."]
    assert await told(chat) == []
    assert (await chat.tell("/log Run 5 2026-11-23")).startswith("✅ Run  5 km · for Mon 23 Nov")


async def test_a_prompt_of_another_chat_is_not_there(stage: Stage) -> None:
    anna, ben = stage.talk("Anna"), stage.talk("Ben")
    theirs = await asked(ben, "Secret (from 2026-10-01)\n  D: Secret deed\n")
    nodes = await planted(anna)
    await anna.say("/log")
    assert await anna.press(data_of(theirs, "Secret deed")) == []
    assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    prompt = data_of(theirs, "Secret deed").split(":")[2]
    for data in (f"ask:d:{prompt}:{packed(nodes['Gym'].id)}:20261123:0:0", f"ask:z:{prompt}:20261123:0:15"):
        assert await anna.press(data) == []
        assert anna.toasts[0].startswith("This check-in is too old to be answered by a tap.")
    assert await told(anna) == await told(ben) == []
    assert await anna.until(at(23, 59)) == []


@pytest.mark.parametrize(
    "forged",
    [
        *("ask", "ask:", "ask:x", "ask:d", "ask:d:::::", "ask:d:{p}:{n}:20261123:0", "ask:d:{p}:{n}:20261122:0:0"),
        *("ask:d:{p}:{n}:20269999:0:0", "ask:v:{p}:{n}:20261123:0:0:nan", "ask:v:{p}:{n}:20261123:0:0:"),
        *("ask:v:{p}:{n}:20261123:0:0:1e400", "ask:p:{p}:20261123:!", "ask:z:{p}:20261123:0:99", "ask:z:{p}:20261123"),
        *("ask:z:{p}:20261124:0:15", "ask:o:{p}:zzzzzzzz:20261123:0:0", "ask:k:zzzzzzzzzzzzzzzz:1:20261123:0:0"),
        "ask:d:\u0661:{n}:20261123:0:0",
    ],
)
async def test_a_forged_button_is_answered_and_writes_nothing(chat: Talk, forged: str) -> None:
    said = await asked(chat, DAYS_OWN)
    _, _, prompt, node, *_ = data_of(said, "Gym").split(":")
    await chat.press(forged.format(p=prompt, n=node), said.raw["message_id"])
    assert chat.toasts
    assert await told(chat) == []
    assert await chat.until(at(23, 59)) == []


async def test_a_check_takes_no_amount_and_a_parent_no_tap(chat: Talk) -> None:
    nodes = await reminded(chat)
    [said] = await chat.until(HALF_PAST)
    prompt = data_of(said, "Gym").split(":")[2]
    await chat.press(f"ask:v:{prompt}:{packed(nodes['Gym'].id)}:20261123:0:0:5", said.raw["message_id"])
    assert "takes no number" in chat.toasts[0]
    await chat.press(f"ask:d:{prompt}:{packed(nodes['Strength'].id)}:20261123:0:0", said.raw["message_id"])
    assert "is not logged itself" in chat.toasts[0]
    assert await told(chat) == []


async def test_a_goal_that_ended_meanwhile_is_said_to_have(chat: Talk) -> None:
    nodes = await reminded(chat, DAYS_OWN)
    [said] = await chat.until(HALF_PAST)

    def end(tx):  # type: ignore[no-untyped-def]
        [vision] = tx.trees.visions_of(tx.owners.by_chat(chat.chat_id).id)
        gym = next(node for node in vision.nodes if node.id == nodes["Gym"].id)
        tx.trees.save_nodes([replace(gym, ends_on=date(2026, 11, 22))])
        tx.trees.mark_stale(vision.id)

    await chat.stage.store.write(end)
    assert await chat.press(data_of(said, "Gym"), said.raw["message_id"]) == []
    assert chat.toasts == ["Mon, 23 Nov 2026 is too late: this goal ended on Sun, 22 Nov 2026."]
    assert await told(chat) == []


# --- numbers as messages ---


async def test_other_asks_and_the_answer_edits_the_prompt_too(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    chat.stage.clock.set(NEXT_MORNING)
    [question] = await chat.tap("other…")
    assert question.text == "Run: how many km in all for Mon 23 Nov? Reply with the number."
    assert "no number" in await chat.tell("lots")
    await chat.stage.restart()
    reply, edit = await chat.say("7,5 km")
    assert reply.text.startswith("✅ Run  7.5 km · for Mon 23 Nov · done")
    assert (edit.edited, edit.raw["message_id"]) == (True, prompt.raw["message_id"])
    assert edit.text == "🔔 Mon 23 Nov · how did it go?\n• Gym"
    assert await told(chat) == [("11-23", "7.5", None)]


async def test_a_number_in_reply_is_the_total_of_the_prompt_s_day(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN)
    await chat.tell("run 2")
    [prompt] = await chat.until(HALF_PAST)
    chat.stage.clock.set(NEXT_MORNING)
    reply, edit = await chat.say("8", reply_to=prompt.raw["message_id"])
    assert reply.text.startswith("✅ Run  8 km · for Mon 23 Nov · done")
    assert edit.text == "🔔 Mon 23 Nov · how did it go?\n• Gym"
    assert await told(chat) == [("11-23", "8", None)]
    corrected, *_ = await chat.edit("9 km")
    assert corrected.text.startswith("✏️ Run  9 km · for Mon 23 Nov")
    assert await told(chat) == [("11-23", "9", None)]


async def test_words_in_reply_are_about_the_prompt_s_day(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    number = prompt.raw["message_id"]
    chat.stage.clock.set(NEXT_MORNING)
    reply, edit = await chat.say("run 5 felt great", reply_to=number)
    assert reply.text.startswith("✅ Run  5 km · for Mon 23 Nov · done")
    assert edit.text == "🔔 Mon 23 Nov · how did it go?\n• Gym"
    [corrected] = await chat.edit("run 6")  # the prompt looks as before
    assert corrected.text.startswith("✏️ Run  6 km · for Mon 23 Nov")
    await chat.say("gym yesterday", reply_to=number)
    await chat.say("gym today", reply_to=number)
    await chat.say("/log run 1", reply_to=number)
    assert [entry[:2] for entry in await told(chat)] == [
        ("11-23", "6"), ("11-23", "1"), ("11-24", "1"), ("11-23", "1"),
    ]  # fmt: skip


async def test_a_number_for_several_goals_asks_which(chat: Talk) -> None:
    prompt = await asked(chat, "Vision (from 2026-10-01)\n  D: Run = 5 km\n  D: Read = 20 pages\n  D: Row = 3 km\n")
    [which] = await chat.say("8 km", reply_to=prompt.raw["message_id"])
    assert (which.text, which.buttons) == ("8 km for Mon 23 Nov: which one?", ["Run", "Row"])
    chat.stage.clock.set(NEXT_MORNING)
    [said, refreshed] = await chat.tap("Row")
    assert said.text.startswith("✅ Row  8 km · for Mon 23 Nov · done")
    assert "Row" not in refreshed.text
    [which] = await chat.say("4", reply_to=prompt.raw["message_id"])
    assert which.buttons == ["Run", "Read"]
    assert await told(chat) == [("11-23", "8", None)]


async def test_a_second_number_in_reply_corrects_the_first(chat: Talk) -> None:
    prompt = await asked(chat, DAYS_OWN)
    await chat.say("8", reply_to=prompt.raw["message_id"])
    [reply] = await chat.say("7", reply_to=prompt.raw["message_id"])  # the prompt looks as before
    assert reply.text.startswith("✅ Run  7 km · today done")
    assert await told(chat) == [("11-23", "7", None)]


async def test_a_number_in_reply_may_answer_other(chat: Talk) -> None:
    prompt = await asked(chat, "Vision (from 2026-10-01)\n  D: Run = 5 km\n  D: Row = 3 km\n")
    await chat.press(data_of(prompt, "Row").replace("ask:v", "ask:o").rpartition(":")[0], prompt.raw["message_id"])
    reply, edit = await chat.say("8", reply_to=prompt.raw["message_id"])
    assert reply.text.startswith("✅ Row  8 km · today done")
    assert edit.text == "🔔 Mon 23 Nov · how is it going?\n• Run · 0 of 5 km"


async def test_a_reply_that_says_nothing_is_answered_as_ever(chat: Talk) -> None:
    prompt = await asked(chat, "Vision (from 2026-10-01)\n  D: Gym\n")
    reply, *_ = await chat.say("what a day", reply_to=prompt.raw["message_id"])
    assert reply.text.startswith("I did not find a goal in that.")
    reply, *_ = await chat.say("8", reply_to=prompt.raw["message_id"])
    assert reply.text.startswith("I did not find a goal in that.")
    assert await told(chat) == []


# --- snooze ---


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


# --- days, clocks, sizes ---


async def test_the_owner_s_day_start_decides_which_day_is_meant(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN, time(2, 30), day_start=time(4))
    [said] = await chat.until(at(2, 30, 24))
    assert said.text.startswith("🔔 Mon 23 Nov · how is it going?")
    await chat.tap("✅ Gym")
    assert chat.toasts == ["✅ Gym · today done · 🔥 1 day"]
    chat.stage.clock.set(at(4, 0, 24))
    await chat.tap("Run 5 km")
    assert chat.toasts == ["✅ Run  5 km · for Mon 23 Nov · done · 🔥 1 day"]
    assert [entry[0] for entry in await told(chat)] == ["11-23", "11-23"]


@pytest.mark.parametrize(
    ("before", "due", "snoozed", "shown"),
    [
        # 02:30 is skipped on 29 March 2026: the first moment after the gap is 03:00, an hour later 04:00.
        (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=1), "04:00"),
        # 02:30 comes twice on 25 October 2026: the first time counts, and an hour later the clocks show it again.
        (
            datetime(2026, 10, 24, 20, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            timedelta(hours=1),
            "02:30",
        ),
    ],
)
async def test_on_a_night_when_the_clocks_change(
    chat: Talk, before: datetime, due: datetime, snoozed: timedelta, shown: str
) -> None:
    chat.stage.clock.set(before)
    outline = DAYS_OWN.replace("2026-10-01", "2026-01-01")
    await reminded(chat, outline, time(2, 30), timezone="Europe/Berlin", day_start=time(4))
    assert await chat.until(due - timedelta(seconds=1)) == []
    [said] = await chat.until(due)
    assert f"Sat {before.day} " in said.text
    await chat.tap("⏰ 1 h")
    assert chat.toasts == [f"⏰ I'll ask again at {shown}."]
    [again] = await chat.until(due + snoozed)
    assert again.text.startswith(f"⏰ Sat {before.day} ")


async def test_a_new_process_takes_the_answers(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    await chat.stage.restart()
    await chat.tap("✅ Gym")
    await chat.tap("⏰ 15 min")
    await chat.stage.restart()
    [again] = await chat.until(at(21, 45))
    assert again.text == "⏰ Mon 23 Nov · still open:\n• Run · 0 of 5 km"


async def test_many_leaves_are_paged_and_an_answer_stays_on_its_page(chat: Talk) -> None:
    outline = "Vision (from 2026-10-01)\n" + "".join(f"  D: Habit {n:03} = {n + 1} km\n" for n in range(120))
    said = await asked(chat, outline)
    assert len(rows_of(said)) == 12
    assert rows_of(said)[-2] == ["‹", "page 1 of 12", "›"]
    assert said.text.count("•") == 10
    [turned] = await chat.tap("›")
    assert turned.edited
    assert turned.text.splitlines()[1] == "• Habit 010 · 0 of 11 km"
    [left] = await chat.tap("Habit 010 11 km")
    assert "• Habit 011 · 0 of 12 km" in left.text
    assert "page 2 of 12" in left.buttons


async def test_names_are_escaped_whatever_they_hold(chat: Talk) -> None:
    said = await asked(chat, "Vision (from 2026-10-01)\n  D: <b>Gym</b> & co\n  D: ריצה בבוקר = 5 ק״מ\n")
    assert "• <b>Gym</b> & co\n• ריצה בבוקר · 0 of 5 ק״מ" in said.text
    assert rows_of(said)[0] == ["✅ <b>Gym</b> & co", "⏭ Skip"]
    assert rows_of(said)[1][0] == "ריצה בבוקר 5 ק״מ"
    await chat.tap("Gym")
    [said] = await chat.tap("ריצה בבוקר")
    assert "🔥 <b>Gym</b> & co 1 day · ריצה בבוקר 1 day" in said.text


async def test_the_statements_of_a_prompt_do_not_grow_with_its_leaves(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    rows = Sql.rows

    def counted(self, statement, *parameters):  # type: ignore[no-untyped-def]
        sent.append(statement)
        return rows(self, statement, *parameters)

    numbers = []
    for name, leaves in (("Anna", 1), ("Ben", 40)):
        chat = stage.talk(name)
        await reminded(chat, "Vision (from 2026-10-01)\n" + "".join(f"  D: Run {n} = 5 km\n" for n in range(leaves)))
        owner = await stage.store.read(lambda tx, chat_id=chat.chat_id: tx.owners.by_chat(chat_id))  # type: ignore[misc]
        message = Message(1, MessageKind.CHECK_IN, owner.id, chat.chat_id, date(2026, 11, 23), HALF_PAST,
                          MessageState.SENDING, 1)  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(Sql, "rows", counted)
            sent.clear()
            letter = await check_in(stage.bot.services, owner, message, HALF_PAST)
        assert isinstance(letter, Letter)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 4


async def test_a_branch_is_asked_for_by_itself(chat: Talk) -> None:
    nodes = await planted(chat)
    await add_check_in(
        chat.stage.store, Actor.host(chat.chat_id), Schedule(time(21, 30)), chat.stage.clock(), nodes["Strength"].id
    )
    [said] = await chat.until(HALF_PAST)
    assert said.text == "🔔 Mon 23 Nov · how is it going?\n• Gym\n• Stretch"
    await chat.tap("✅ Gym")
    [said] = await chat.tap("✅ Stretch")
    assert "🏁 Mon 23 Nov · 2 of 2 done" in said.text
    assert said.buttons == []
