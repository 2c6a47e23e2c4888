"""A group's document: for the admin alone, and imported into a group with members and all."""

from __future__ import annotations

import json
from dataclasses import replace

from core.actions.cache import verify
from core.group.permissions import Actor
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted


async def filled(stage: Stage) -> Company:
    company = await Company(stage).settled()
    await planted(company.anna, PLAN + "  D: Read = 20 pages each\n")
    await company.ben.say("/join")
    await company.ben.say("/log read 20 tired but done")
    await company.anna.say("/log run 5")
    return company


async def test_the_file_goes_to_the_admin_alone(stage: Stage) -> None:
    company = await filled(stage)
    [said] = await company.anna.say("/export json")
    assert said.text.startswith("The file holds everyone's notes, so I send it to you alone.")
    anna = stage.talk("Anna")
    await anna.say("/start")
    heard: list[str] = []
    stage.world.listeners.append(lambda event: heard.append(f"{event.chat_id} {event.kind}"))
    [said] = await company.anna.say("/export json")
    stage.world.listeners.pop()
    assert said.text == "I have sent you the file in our private chat: it holds everyone's notes."
    assert said.document is None
    assert f"{anna.chat_id} sent" in heard
    [nameless] = await company.as_group("/export")
    assert nameless.text.startswith("You write here in the name of the group")
    assert await company.ben.tell("/export") == "Only the group's admins can do that: ask one of them."


async def test_members_who_may_plan_may_not_have_everyones_notes(stage: Stage) -> None:
    company = await filled(stage)
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(company.chat.id))
    assert owner is not None
    await stage.store.write(lambda tx: tx.owners.save(replace(owner, members_plan=True)))
    assert await company.ben.tell("/export") == "Only the group's admins can do that: ask one of them."


async def test_it_comes_back_with_everyone(stage: Stage) -> None:
    company = await filled(stage)
    anna = stage.talk("Anna")
    await anna.say("/start")
    await company.anna.say("/export json")
    content = _file(anna)
    document = json.loads(content)
    assert {entry["note"] for entry in document["entries"] if "note" in entry} == {"tired but done"}
    [same] = await company.anna.send("goaltree.json", content, "/import")
    assert same.text.startswith("Nothing to do: everything in this file is here already.")
    assert (await company.ben.send("goaltree.json", content, "/import"))[0].text.startswith("Only the group's admins")

    other = stage.group("New home", "Anna")
    await stage.quiet()
    [done] = await other.send("goaltree.json", content, "/import")
    assert done.text.startswith("📥 Imported:")
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(other.chat_id))
    assert owner is not None
    members = await stage.store.read(lambda tx: tx.members.of_owner(owner.id))
    assert {member.user_id for member in members} <= {other.person.id}  # a file makes nobody a member
    bens = await stage.store.read(lambda tx: tx.entries.of_owner_latest(owner.id, company.ben.person.id, 9))
    assert not bens
    await stage.talk("Ben").say("/start")
    ben = stage.group("New home", "Ben")
    await ben.say("/join")
    assert (await ben.tell("/log read 5")).startswith("✅ Read")
    assert (await verify(stage.store, Actor.host()))[1] == []


async def test_sheets_name_those_who_allow_it(stage: Stage) -> None:
    company = await filled(stage)
    anna = stage.talk("Anna")
    await anna.say("/start")
    assert (await company.ben.tell("/named")).startswith("Ben, sheets that admins take out of this group leave your")
    await company.anna.say("/export csv")
    assert "2026-11-23,Read,Together,20,pages,,tired but done,\r\n" in _sheet(anna)
    assert (await company.ben.tell("/named on")).startswith("Ben, sheets that admins take out of this group may hold")
    await company.anna.say("/export csv")
    sheet = _sheet(anna)
    assert "2026-11-23,Read,Together,20,pages,,tired but done,Ben\r\n" in sheet
    assert "2026-11-23,Run,Together,5,km,,,\r\n" in sheet
    # Nobody logs for others, nor takes over their logs: Ben's own entries stay Ben's.
    [refused] = await anna.send("sheet.csv", sheet.encode())
    assert refused.text.startswith("No entry in this sheet of a group has your name")
    ben = stage.talk("Ben")
    await ben.say("/start")
    [offer] = await ben.send("sheet.csv", sheet.encode())
    assert "• 1 entry without a name is left out: nobody knows whose it is." in offer.text
    [done] = await ben.tap("As a tree")
    assert "1 entry added" in done.text
    await company.ben.say("/leave")
    await company.anna.say("/export csv")
    assert "Ben" not in _sheet(anna)
    assert "for groups" in await anna.tell("/named on")


def _sheet(talk: Talk) -> str:
    files = [m["document"] for m in talk.chat.messages.values() if "document" in m]
    [content] = [
        talk.stage.world.files.find(one["file_id"]).upload.content
        for one in files
        if not one["file_name"].endswith("-periods.csv")
    ][-1:]
    return content.decode("utf-8-sig")


def _file(talk: Talk) -> bytes:
    message = [m for m in talk.chat.messages.values() if "document" in m][-1]
    return talk.stage.world.files.find(message["document"]["file_id"]).upload.content
