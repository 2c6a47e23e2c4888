"""A note that a member writes in their private chat stays private, in the group's replies and in its exports."""

from __future__ import annotations

import json

import pytest

from core.actions.exports import Export, export
from core.goals.model import Entry
from core.group.notes import readable_by, without_note_beside
from core.group.permissions import Actor, Role
from core.sources import api_key, is_written_beside, source_key
from tests.bot.company import PLAN, Company
from tests.bot.conftest import MONDAY_EVENING, Stage
from tests.bot.planting import planted

TODAY = MONDAY_EVENING.date()
STAYS = "Your note stays with you. May the group read what you write here?"


async def noted(stage: Stage) -> Company:
    """Ben has written a note in his private chat and one in the group."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN + "  D: Read = 20 pages each\n")
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    ben = stage.talk("Ben")
    for words in ("/settings zone UTC", "/cancel"):
        await ben.say(words)
    said = await ben.say("read 20 after the quarrel")
    assert said[0].text.endswith(STAYS)
    assert not (await ben.say("run 2"))[0].text.endswith(STAYS)
    await company.ben.say("/log run 5 along the river")
    return company


async def notes_for(company: Company, user_id: int | None) -> set[str]:
    known = [Role.ADMIN] if user_id is not None else []
    actor = Actor.host(company.chat.id) if user_id is None else Actor.in_group(company.chat.id, user_id, *known)
    document = json.loads(await export(company.stage.store, actor, Export.DOCUMENT, MONDAY_EVENING))
    return {entry["note"] for entry in document["entries"] if "note" in entry}


async def test_an_admins_file_is_without_them_the_writers_and_the_hosts_is_whole(stage: Stage) -> None:
    company = await noted(stage)
    both = {"after the quarrel", "along the river"}
    assert await notes_for(company, company.anna.person.id) == {"along the river"}
    assert await notes_for(company, company.ben.person.id) == both
    assert await notes_for(company, None) == both
    anna = Actor.in_group(company.chat.id, company.anna.person.id, Role.ADMIN)
    sheet = (await export(stage.store, anna, Export.ENTRIES, MONDAY_EVENING)).decode()
    assert "along the river" in sheet
    assert "quarrel" not in sheet


async def test_the_file_is_there_already_when_it_comes_back(stage: Stage) -> None:
    company = await noted(stage)
    anna = Actor.in_group(company.chat.id, company.anna.person.id, Role.ADMIN)
    content = await export(stage.store, anna, Export.DOCUMENT, MONDAY_EVENING)
    [same] = await company.anna.send("goaltree.json", content, "/import")
    assert same.text.startswith("Nothing to do: everything in this file is here already.")


async def test_a_word_in_the_group_does_not_bring_them_out(stage: Stage) -> None:
    company = await noted(stage)
    ben = stage.talk("Ben")
    await ben.say("gym slept badly")
    said = await company.ben.tell("/log gym felt better after")
    assert "felt better after" in said
    assert "badly" not in said


@pytest.mark.parametrize(
    ("key", "is_beside"),
    [
        (source_key(12, 5, 12, "0"), True),
        (source_key(-100, 5, 12, "0"), False),
        (source_key(-1_000_000_000_100, 5, 12, "rd:d"), False),
        (api_key(-100, 12, "abc"), True),
        (None, True),
    ],
)
def test_a_note_written_beside_the_group_stays_private(key: str | None, is_beside: bool) -> None:
    entry = Entry(1, 2, TODAY, None, note="n", author_id=12, source_key=key)
    assert is_written_beside(entry) is is_beside
    [(own, other)] = [(readable_by([entry], [], user_id)[0].note for user_id in (12, 13))]
    assert own == "n"
    assert (other is None) is is_beside
    assert (without_note_beside(entry).note is None) is is_beside


async def test_a_log_is_no_first_goal_where_a_group_asks_for_it(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, PLAN + "  D: Read = 20 pages each\n")
    await company.ben.say("/join")
    ben = stage.talk("Ben")
    await ben.say("/start")
    await ben.say("Berlin")
    assert "Read  20 pages · today done" in (await ben.say("read 20"))[0].text
