"""A number that the bot asks for comes as a message."""

from __future__ import annotations

from tests.bot.conftest import Talk
from tests.bot.features.log.test_day import data_of
from tests.bot.features.prompt.test_prompt import DAYS_OWN, HALF_PAST, NEXT_MORNING, asked, reminded
from tests.bot.logged import told


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


async def test_a_number_that_replies_to_nothing_takes_away_only_what_is_meant(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    await chat.say("8")
    [question] = await chat.say("7")
    assert question.text == "Run has 8 km on Mon 23 Nov. Is 7 more, or all?"
    assert question.buttons == ["+ 7 km", "= 7 km"]
    assert await told(chat) == [("11-23", "8", None)]
    await chat.tap("+ 7 km")
    assert [entry[1] for entry in await told(chat)] == ["8", "7"]


async def test_a_smaller_number_is_the_newest_of_what_does_not_add_up(chat: Talk) -> None:
    await asked(chat, "Light (from 2026-10-01)\n  D: Weight = 80 kg last\n  D: Gym\n")
    await chat.say("82")
    assert (await chat.say("81.5"))[0].text.startswith("✅ Weight  81.5 kg")
