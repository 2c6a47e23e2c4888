"""Messages edited after they were logged."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.bot.conftest import Talk
from tests.bot.logged import told
from tests.bot.planting import planted


async def test_an_edited_message_amends_its_entry(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    [answer] = await chat.edit("run 7 yesterday with wind")
    assert answer.text.startswith("✏️ Run  7 km · for Sun 22 Nov · done")
    assert await told(chat) == [("11-22", "7", "with wind")]
    await chat.again()
    assert await told(chat) == [("11-22", "7", "with wind")]
    await chat.edit("gym")
    assert await told(chat) == [("11-23", "1", None)]


async def test_an_edit_into_nonsense_leaves_the_entry(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    for nonsense in ("what was that", "run nan", "run 5 tomorrow", "r 5", "strength"):
        [answer] = await chat.edit(nonsense)
        assert answer.text.endswith("So I left what this message had logged as it was.")
    assert await told(chat) == [("11-23", "5", None)]


async def test_lines_are_amended_together(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5\ngym")
    await chat.edit("run 6\nstretch")
    assert [entry[1] for entry in await told(chat)] == ["6", "1"]


async def test_an_edit_of_what_logged_nothing_logs_it_now(chat: Talk) -> None:
    await planted(chat)
    await chat.say("xyzzy 5")
    [answer] = await chat.edit("run 5")
    assert answer.text.startswith("✅ Run  5 km")
    assert await chat.edit("nothing of that kind") != []
    assert await told(chat) == [("11-23", "5", None)]


async def test_an_edit_of_mere_talk_is_answered_as_the_talk_was(chat: Talk) -> None:
    await planted(chat)
    await chat.say("what a lovely day")
    [said] = await chat.edit("what a lovely night")
    assert said.text.startswith("I cannot tell which goal")
    assert await told(chat) == []


async def test_an_edit_next_morning_stays_on_the_day_of_the_message(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 9")
    chat.stage.clock.set(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    [answer] = await chat.edit("run 8")
    assert answer.text.startswith("✏️ Run  8 km · for Mon 23 Nov")
    await chat.edit("run 7 yesterday")
    assert await told(chat) == [("11-22", "7", None)]
    await chat.edit("run 7 tomorrow")
    assert await told(chat) == [("11-24", "7", None)]
    [answer] = await chat.edit("run 7 2026-11-25")
    assert "lies ahead: today is Tue 24 Nov" in answer.text


async def test_an_edit_into_what_is_done_already_says_what_it_took_away(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym")
    await chat.tell("run 10")
    [answer] = await chat.edit("gym")
    lines = answer.text.split("\n")
    assert lines[:2] == ["↩ Taken back: Run  10 km · for Mon 23 Nov", "☑ Gym is already done today."]
    assert await told(chat) == [("11-23", "1", None)]
