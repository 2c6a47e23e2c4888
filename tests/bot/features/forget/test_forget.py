"""/forget_me: the export, a question, and nothing left, whoever taps and whatever comes twice."""

from __future__ import annotations

import json

import pytest

from core.actions.cache import verify
from core.group.permissions import Actor
from sandbox.objects import Json
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted
from tests.storage.rows import everything

TITLE, NOTE = "Learn qwzx Portuguese", "marker qwzx note"
OUTLINE = f"{TITLE}\n  D: Practise qwzx\n"


async def rows(stage: Stage) -> list[str]:
    await stage.bot.settle()
    return await everything(stage._url)


@pytest.fixture
async def company(stage: Stage) -> Company:
    """Anna and Ben have joined; Ben has goals of his own, and logs in the group and privately."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN + "  D: Read = 20 pages each\n")
    await company.anna.say("/join")
    await company.ben.say("/join")
    await company.ben.say(f"/log run 4 {NOTE}")
    await company.ben.say(f"/log read 20 {NOTE}")
    await company.anna.say("/log read 10")
    return company


async def private(stage: Stage) -> Talk:
    ben = stage.talk("Ben")
    await planted(ben, OUTLINE)
    await ben.say(f"/log practise {NOTE}")
    return ben


async def test_ben_is_forgotten_and_the_group_keeps_its_figures(stage: Stage, company: Company) -> None:
    ben = await private(stage)
    number = str(ben.person.id)
    summary = await company.anna.tell("/summary")
    in_groups, file, question = await ben.say("/forget_me")
    [friends] = json.loads(ben.content(in_groups))["groups"]
    assert friends["title"] == "Friends"
    assert [(one["goal"], one["value"], one["note"]) for one in friends["entries"]] == [
        ("Run", 4, NOTE), ("Read", 20, NOTE)
    ]  # fmt: skip
    assert file.document is not None
    handed = json.loads(ben.content(file))
    assert [vision["title"] for vision in handed["visions"]] == [TITLE]
    assert [entry["note"] for entry in handed["entries"]] == [NOTE]
    assert "In Friends you will be no member any more" in question.text
    assert question.buttons == ["🗑 Erase everything", "Keep it"]
    assert any(number in row for row in await rows(stage))

    [gone] = await ben.tap("Erase everything")
    assert gone.edited
    assert gone.text.startswith("You are forgotten")
    left = await rows(stage)
    for told in (number, "Ben", NOTE, "qwzx"):
        assert [row for row in left if told in row] == []
    assert (await verify(stage.store, Actor.host()))[1] == []
    assert await company.anna.tell("/summary") == summary
    assert (await company.anna.say("/log read 5"))[0].text


async def test_a_repeated_update_brings_nobody_back(stage: Stage, company: Company) -> None:
    ben = await private(stage)
    await ben.say("/log")
    old = [m["message_id"] for m in ben.chat.messages.values() if m.get("reply_markup")][-1]
    mine = next(m["message_id"] for m in ben.chat.messages.values() if m.get("text", "").startswith("/log practise"))
    *_, question = await ben.say("/forget_me")
    erase = question.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await ben.tap("Erase everything")
    left = await rows(stage)
    await ben.again()  # as a new update
    stage.world.updates.add_again(stage.world.last_update or {})  # as the same one
    await stage.quiet()
    await ben.press(erase, question.raw["message_id"])
    assert ben.toasts == ["This button does not work any more."]
    await ben.press("zone:Europe/Berlin", old)
    await ben.edit(f"/log practise again {NOTE}", mine)
    assert ben.last == []
    assert _but_updates(await rows(stage)) == _but_updates(left)
    assert str(ben.person.id) not in "".join(await rows(stage))

    welcome = await ben.say("/start")
    assert "Hello, Ben!" in welcome[0].text
    await company.ben.say("/join")
    assert [member.name for member in await company.members()] == ["Anna", "Ben"]


def _but_updates(result: list[str]) -> list[str]:
    return [row for row in result if not row.startswith("inbox")]


async def test_only_the_button_of_the_last_question_erases(stage: Stage) -> None:
    ben, anna = await private(stage), stage.talk("Anna")
    await planted(anna)
    await anna.say("/tree")
    _, first = await ben.say("/forget_me")
    _, second = await ben.say("/forget_me")
    data = [_data(said.raw)[0] for said in (first, second)]
    before = await rows(stage)
    for forged in (
        data[0],
        "forget:yes:",
        "forget:yes",
        "forget:yes:0123456789abcdef",
        "forget:maybe:" + data[1][-16:],
    ):
        await ben.press(forged)
        assert ben.toasts == ["This button does not work any more."]
    await anna.press(data[1])
    assert anna.toasts == ["This button does not work any more."]
    assert _but_updates(await rows(stage)) == _but_updates(before)
    [kept] = await ben.press(_data(second.raw)[1], second.raw["message_id"])
    assert kept.text == "Nothing was erased. Everything is as it was."
    await ben.press(data[1])
    assert ben.toasts == ["This button does not work any more."]
    assert TITLE in (await ben.say("/tree"))[0].text


def _data(message: Json) -> list[str]:
    return [row[0]["callback_data"] for row in message["reply_markup"]["inline_keyboard"]]


async def test_in_a_group_nobody_is_forgotten(stage: Stage, company: Company) -> None:
    ben = await private(stage)
    *_, question = await ben.say("/forget_me")
    before = await rows(stage)
    said = await company.ben.tell("/forget_me")
    assert said == "That is between the two of us: send me /forget_me in our private chat, t.me/goaltree_bot."
    assert await company.as_group("/forget_me")
    await company.anna.press(_data(question.raw)[0])
    await company.ben.press(_data(question.raw)[0])
    assert _but_updates(await rows(stage)) == _but_updates(before)
