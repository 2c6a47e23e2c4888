"""Another app's file in the chat: a preview, the necessary questions, one tap."""

from __future__ import annotations

import json

from tests.bot.conftest import Stage, Talk

SHEET = b"date,Run,Read\n2026-11-21,x,no\n2026-11-22,x,x\n"
UNSURE = b"date,Read\n3/4/2026,x\n5/4/2026,x\n"


async def titles(chat: Talk) -> list[str]:
    document = json.loads(chat.content((await chat.say("/export json"))[0]))
    return [node["title"] for vision in document["visions"] for node in [vision, *vision.get("children", [])]]


async def test_a_preview_says_what_was_understood_and_one_tap_imports(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Swim")
    [offer] = await chat.send("habits.csv", SHEET)
    assert offer.text.splitlines() == [
        "CSV: 2 goals (2 daily)",
        "Sat, 21 Nov 2026 – Sun, 22 Nov 2026: 3 ticks",
        "Run, Sun, 22 Nov 2026: done",
        "Read, Sun, 22 Nov 2026: done",
        "",
        "Left out or changed:",
        "• 1 day marked as not done makes no entry: a day without an entry says as much.",
        "• The file does not say how often 2 habits are wanted: ticks are read as daily, numbers are only noted.",
        "",
        "Shall I import it? Nothing is written yet.",
    ]
    assert offer.buttons == ["📥 As a tree “CSV”", "📥 Below “Fit”", "Leave it"]
    assert await titles(chat) == ["Fit", "Swim"]
    await chat.send("habits.csv", SHEET)
    [done] = await chat.tap("As a tree")
    assert done.edited
    assert done.text == "📥 Imported: 3 goals added, 3 entries added. /tree shows it, /undo takes it back."
    assert await titles(chat) == ["Fit", "Swim", "CSV", "Run", "Read"]


async def test_goals_may_go_below_an_existing_goal(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Swim")
    await chat.send("habits.csv", SHEET)
    await chat.tap("Below “Fit”")
    assert await titles(chat) == ["Fit", "Swim", "Run", "Read"]
    await chat.send("habits.csv", SHEET)
    [done] = await chat.tap("As a tree")
    assert done.text == "Nothing to do: everything in this file is here already."


async def test_the_order_of_dates_is_asked(chat: Talk) -> None:
    [asked] = await chat.send("habits.csv", UNSURE)
    assert asked.text == "How are dates such as 3/4/2026 meant?"
    assert asked.buttons == ["day, month, year", "month, day, year", "Leave it"]
    [offer] = await chat.tap("month, day, year")
    assert "Wed, 4 Mar 2026 – Mon, 4 May 2026: 2 ticks" in offer.text
    await chat.tap("As a tree")
    assert await titles(chat) == ["CSV", "Read"]


async def test_a_file_may_be_left(chat: Talk) -> None:
    await chat.send("habits.csv", SHEET)
    [left] = await chat.tap("Leave it")
    assert left.text == "I left it. Nothing was imported."
    await chat.press("file:in:0:-")
    assert await titles(chat) == []


async def test_buttons_of_an_earlier_file_do_nothing(chat: Talk) -> None:
    [first] = await chat.send("habits.csv", SHEET)
    await chat.send("habits.csv", UNSURE)
    data = first.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.press(data, first.raw["message_id"])
    assert chat.toasts[-1] == "This button does not work any more."
    assert await titles(chat) == []


async def test_words_meanwhile_mean_what_they_mean_anywhere(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Swim")
    await chat.send("habits.csv", SHEET)
    assert "Swim" in (await chat.say("swim"))[0].text


async def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(chat: Talk) -> None:
    [said] = await chat.send("habits.csv", b"date,Run\n2026-11-21,maybe\n")
    assert said.text.startswith("Line 2: “maybe” says nothing that I know.")


async def test_in_a_group_only_the_sender_of_a_file_may_import_it(stage: Stage) -> None:
    friends = stage.group()
    [offer] = await friends.send("habits.csv", SHEET, "/import")
    bob = stage.world.person("Bob")
    stage.world.join(bob, friends.chat)
    other = Talk(stage, bob, friends.chat)
    data = offer.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await other.press(data, offer.raw["message_id"])
    assert other.toasts[-1] == "Only the group's admins can do that: ask one of them."
    [done] = await friends.tap("As a tree")
    assert done.text.startswith("📥 Imported: 3 goals added")


async def test_undo_takes_a_whole_import_back(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Swim")
    before = json.loads(chat.content((await chat.say("/export json"))[0]))
    await chat.send("habits.csv", SHEET)
    await chat.tap("As a tree")
    assert await chat.tell("/undo") == "↩ Taken back: the import, with 3 entries."
    assert json.loads(chat.content((await chat.say("/export json"))[0])) == before
    # It may be imported again, and is told apart from what was undone.
    await chat.send("habits.csv", SHEET)
    [done] = await chat.tap("As a tree")
    assert "3 entries added" in done.text
    assert await titles(chat) == ["Fit", "Swim", "CSV", "Run", "Read"]


async def test_undo_goes_back_through_a_tick_to_the_import(chat: Talk) -> None:
    await chat.send("habits.csv", SHEET)
    await chat.tap("As a tree")
    await chat.say("run")
    assert "import" not in await chat.tell("/undo")
    assert await titles(chat) == ["CSV", "Run", "Read"]
    assert await chat.tell("/undo") == "↩ Taken back: the import, with 3 entries."
    assert await titles(chat) == []


async def test_undo_takes_an_import_below_a_goal_back(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Swim")
    await chat.send("habits.csv", SHEET)
    await chat.tap("Below “Fit”")
    assert (await chat.tell("/undo")).startswith("↩ Taken back: the import")
    assert await titles(chat) == ["Fit", "Swim"]
