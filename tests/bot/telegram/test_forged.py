"""Buttons that were never sent, and nodes of other chats: a polite answer, and nothing is written."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted

DAY, AHEAD = "20261123", "20261124"

FORGED = [
    *("log", "log:", "log:x", "log:t", "log:t:::", "log:t:zzzzzzzzzzzzzzzzzz:20261123:1", "log:t:1:20261301:1"),
    *("log:t:1:2026-1-1:1", "log:d:20261123", "log:d:20261123:-1", "log:v:1:20261123:1:nan", "log:v:1:20261123:1:"),
    *("log:v:1:20261123:1:1e400", "log:d:99991231:0", "log:d:00000000:0", "log:\u0661", "log:t:\u0661:20261123:1"),
    *("pick", "pick:1", "pick:1:20261123:x5:1:0", "pick:1:20261123::1:0", "pick:1:20261123:anan:1:0"),
    *("tree", "tree:", "tree:1:1", "tree:0:0:zzzzz:0:20269999", "tree:!:0:0:0:-", "sum", "sum:era", "sum:", "nope:1"),
]


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_is_answered_and_writes_nothing(chat: Talk, data: str) -> None:
    await planted(chat)
    await chat.say("/log")
    await chat.press(data)
    assert chat.toasts
    assert await told(chat) == []


@pytest.mark.parametrize(
    "data",
    [
        "log:t:{id}:20261123:1",
        "log:m:{id}:20261123:1",
        "log:k:{id}:20261123:1",
        "log:n:{id}:20261123:1",
        "log:o:{id}:20261123:1",
        "log:v:{id}:20261123:1:5",
        "pick:{id}:20261123:a5:1:0",
        "tree:{id}:{id}:0:0:-",
        "tree:0:{id}:0:0:-",
    ],
)
async def test_a_goal_of_another_chat_is_not_there(stage: Stage, data: str) -> None:
    ben = stage.talk("Ben")
    theirs = await planted(ben, "Secret plan (from 2026-10-01)\n  D: Secret deed = 5 km\n")
    anna = stage.talk("Anna")
    await planted(anna)
    await anna.say("/log")
    said = await anna.press(data.format(id=packed(theirs["Secret deed"].id)))
    assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert said == []
    assert await told(ben) == []


async def test_a_day_ahead_is_refused_on_a_button_too(chat: Talk) -> None:
    nodes = await planted(chat)
    await chat.say("/log")
    gym = packed(nodes["Gym"].id)
    for data in (f"log:t:{gym}:{AHEAD}:1", f"log:k:{gym}:{AHEAD}:1", f"pick:{gym}:{AHEAD}:a:1:0", f"log:d:{AHEAD}:0"):
        await chat.press(data)
        assert "lies ahead" in chat.toasts[0]
    assert await told(chat) == []


async def test_a_parent_is_not_logged_by_a_button(chat: Talk) -> None:
    nodes = await planted(chat)
    await chat.say("/log")
    strength = packed(nodes["Strength"].id)
    await chat.press(f"log:t:{strength}:{DAY}:1")
    assert "is not logged itself" in chat.toasts[0]
    [offered] = await chat.press(f"pick:{strength}:{DAY}:a:1:0")
    assert offered.buttons == ["Gym", "Stretch"]
    assert await told(chat) == []


async def test_a_check_takes_no_number_from_a_button(chat: Talk) -> None:
    nodes = await planted(chat)
    await chat.say("/log")
    await chat.press(f"log:v:{packed(nodes['Gym'].id)}:{DAY}:1:5")
    assert "takes no number" in chat.toasts[0]
    assert await told(chat) == []


async def test_a_forged_choice_does_not_use_up_another_persons_message(stage: Stage) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, PLAN)
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    run, forged = packed(nodes["Run"].id), max(company.chat.messages) + 3
    await company.ben.press(f"pick:{run}:{DAY}:a1:{packed(forged)}:0")
    assert (await company.anna.tell("/log run 5")).startswith("✅ Run  5 km")
    assert company.chat.messages[forged]["text"] == "/log run 5"  # the message named by the button is hers
    edited = await company.anna.edit("/log run 6")
    assert edited[0].text.startswith("✏️ Run  6 km")
    assert [value for _, value, _ in await told(company.anna)] == ["1", "6"]


async def test_nobody_becomes_a_buddy_by_a_forged_button(stage: Stage) -> None:
    company = await Company(stage).settled()
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    anna, ben = await company.members()
    await company.ben.press(f"bud:y:{packed(anna.id)}:{packed(ben.id)}")
    assert company.ben.toasts == ["That question is over: it was answered, or somebody else was asked since."]
    assert [member.buddy_id for member in await company.members()] == [None, None]


@pytest.mark.parametrize("data", ["join:", "tree:0:0:0:0:-", "sum:week", "log:d:20261123:0"])
async def test_a_button_does_nothing_in_a_channel(stage: Stage, data: str) -> None:
    company = await Company(stage).settled()
    channel = stage.world.channel("News", company.anna.person, username="news")
    stage.world.promote(channel, stage.world.bot, by=company.anna.person)
    stage.world.post(channel, "Hello")
    await stage.quiet()
    before = dict(channel.messages)
    stage.world.tap(company.anna.person, channel, max(channel.messages), data)
    await stage.quiet()
    assert channel.messages == before
    assert await stage.store.read(lambda tx: tx.owners.by_chat(channel.id)) is None


@pytest.mark.parametrize("data", ["rem:f:{id}", "rem:b:{id}", "rem:n:{id}:3j:2100"])
async def test_the_reminders_of_a_members_own_leaf_are_not_there(stage: Stage, data: str) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "Readers (from 2026-10-01)\n  D: Read = 20 pages each\n")
    await company.anna.say("/join")
    await company.anna.say("/remind")
    visions = await stage.store.read(lambda tx: tx.trees.visions_of(1))
    own = next(node for vision in visions for node in vision.nodes if node.member_id is not None)
    await company.anna.press(data.format(id=packed(own.id)))
    assert company.anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
