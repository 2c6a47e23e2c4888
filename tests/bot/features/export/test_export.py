"""The document exported from the chat, and imported again."""

from __future__ import annotations

import json

from sandbox.objects import Upload
from tests.bot.conftest import Stage, Talk

PLAN = """/plan Fit (until 2027-04-30)
  W: 50 km a week = 50 km sum
    D: Run = 5 km
    D: Walk = 3 km
  D: Stretch [mon wed fri] x2"""


async def export(talk: Talk) -> bytes:
    await talk.say("/export")
    answers = await talk.tap("Everything, to restore it")
    assert answers[0].document is not None
    assert answers[0].document["file_name"] == "goaltree-2026-11-23.json"
    return talk.content(answers[0])


async def test_entries_are_exported_as_two_sheets(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/log run 5 felt great")
    entries, periods = await chat.say("/export csv")
    assert entries.document is not None
    assert entries.document["file_name"] == "goaltree-2026-11-23.csv"
    assert chat.content(entries).decode("utf-8-sig").splitlines()[1:] == [
        "2026-11-23,Run,Fit / 50 km a week,5,km,,felt great"
    ]
    assert periods.document is not None
    assert periods.document["file_name"] == "goaltree-2026-11-23-periods.csv"
    assert "Run,Fit / 50 km a week,daily,2026-11-23,2026-11-23,5,5,km,100,done" in chat.content(periods).decode()
    await chat.say("/export")
    assert len(await chat.tap("Sheets (CSV)")) == 2
    [same] = await chat.send("goaltree.csv", chat.content(entries))
    assert "1 habit" in same.text


async def test_the_plan_goes_out_as_an_outline(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/export")
    [answer] = await chat.tap("The plan as an outline")
    assert chat.content(answer).decode().startswith("Fit (from 2026-11-23 until 2027-04-30)\n  W: 50 km a week")
    assert (await chat.tell("/export xml")).startswith("I make no “xml”. Which file would you like?")


async def test_an_outline_of_no_goals_is_no_file(chat: Talk) -> None:
    await chat.say("/start")
    told = await chat.tell("/export outline")
    assert told == "There are no goals here yet. Plant your first tree with /plan: it takes two minutes."


async def test_a_returned_sheet_of_periods_is_recognised(chat: Talk) -> None:
    await chat.say(PLAN)
    _, periods = await chat.say("/export csv")
    [answer] = await chat.send("periods.csv", chat.content(periods))
    assert answer.text.startswith("This is the sheet of periods, which I only write.")


async def test_it_goes_round(chat: Talk, stage: Stage) -> None:
    await chat.say("/settings zone Berlin")
    await chat.say(PLAN)
    await chat.say("/log run 5 felt <great>")
    await chat.say("/log stretch")
    document = await export(chat)
    assert json.loads(document)["format"] == "goaltree/1"
    same = await chat.send("goaltree.json", document)
    assert same[0].text == "Nothing to do: everything in this file is here already."
    bob = stage.talk("Bob")
    done = await bob.send("goaltree.json", document)
    assert done[0].text == (
        "📥 Imported: 5 goals added, 2 entries added, reminders taken over, time zone is now Europe/Berlin. "
        "/tree shows it, /undo takes it back."
    )
    # In a private chat everything belongs to its owner.
    theirs = document.decode().replace(f'"author": {chat.person.id}', f'"author": {bob.person.id}')
    assert json.loads(await export(bob)) == json.loads(theirs)


async def test_a_broken_document_names_its_faults_and_changes_nothing(chat: Talk) -> None:
    await chat.say(PLAN)
    document = json.loads(await export(chat))
    assert "Nothing was changed" in (await chat.send("a.json", b'{"format": not json'))[0].text
    document["visions"][0]["children"][0]["target"] = -1
    document["visions"][0]["title"] = "Changed"
    answer = (await chat.send("a.json", json.dumps(document).encode()))[0].text
    assert "visions[0].children[0]" in answer
    assert json.loads(await export(chat))["visions"][0]["title"] == "Fit"


async def test_other_files_are_not_read(chat: Talk) -> None:
    upload = Upload("cv.pdf", b"%PDF-1.4", "application/pdf")
    answers = await chat._after(lambda: chat.stage.world.send_file(chat.person, chat.chat, upload))
    assert answers[0].text.startswith("I cannot read this file: send an export of Loop Habit Tracker")


async def test_many_faults_are_named_as_a_few_and_how_many_more(chat: Talk) -> None:
    nodes = [{"key": f"k{n}", "title": "", "kind": "kpi", "level": "daily"} for n in range(9)]
    vision = {"key": "v", "title": "V", "kind": "vision", "level": "vision", "children": nodes}
    answer = (await chat.send("a.json", json.dumps({"format": "goaltree/1", "visions": [vision]}).encode()))[0].text
    assert answer.count("•") == 5
    assert answer.endswith("… and 4 more.")


async def test_a_huge_file_is_not_even_fetched(chat: Talk, stage: Stage) -> None:
    answer = await chat.send("big.json", b" " * (20 * 1024 * 1024 + 1))
    assert answer[0].text == "This file is too large: I read files of up to 20 MB."
    assert "getFile" not in [method for method, _ in stage.telegram.requests]


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(chat: Talk, stage: Stage) -> None:
    stage.telegram.faults.error(400, "Bad Request: file is too big", "getFile")
    assert "once more" in (await chat.send("a.json", b"{}"))[0].text


async def test_in_a_group_only_with_its_caption(stage: Stage, chat: Talk) -> None:
    await chat.say(PLAN)
    document = await export(chat)
    friends = stage.group()
    assert await friends.send("goaltree.json", document) == []
    assert await friends.send("goaltree.json", document, "look at this") == []
    assert "Imported" in (await friends.send("goaltree.json", document, "/import"))[0].text
    assert "caption" in await friends.tell("/import")
