"""The check-in prompt from a person's side: it comes at 21:30 on Monday 2026-11-23, and is answered with taps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.telegram.callback import packed
from core.actions import deliver
from core.actions.owners import change_settings
from core.actions.reminders import add_check_in
from core.asking.schedule import Schedule
from core.goals.model import Node
from core.group.permissions import Actor
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.log.test_day import data_of
from tests.bot.logged import told
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
    """Plant goals, and set an evening reminder."""
    nodes = await planted(chat, outline)
    store, now = chat.stage.store, chat.stage.clock()
    if settings:
        await change_settings(store, Actor.host(chat.chat_id), now, **settings)
    await add_check_in(store, Actor.host(chat.chat_id), Schedule(wall), now)
    return nodes


async def asked(chat: Talk, outline: str = MARATHON, **settings: Any) -> Said:
    """The evening's prompt."""
    await reminded(chat, outline, **settings)
    [said] = await chat.until(HALF_PAST)
    return said


async def outbox(chat: Talk) -> dict[str, int]:
    """The number of messages in each state."""
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


async def test_done_and_skipped_goals_are_not_asked_for(chat: Talk) -> None:
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
    """Both taps were made on the earlier version of the message."""
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
        [shown] = await chat.press(data_of(said, label), number)  # as shown on another device
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
