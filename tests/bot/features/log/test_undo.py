"""/undo reverts the last action: check-offs and edits of goals, in one order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.actions.edit.deleting import delete
from core.actions.edit.ending import end, take_up
from core.actions.edit.moving import NewPlace, move
from core.actions.edit.pauses import pause, resume
from core.actions.edit.rename import rename
from core.actions.edit.terms import TermsChange, change_terms
from core.actions.read import read_trees
from core.goals.model import Node, Pause
from core.group.permissions import Actor
from tests.bot.conftest import Talk, text_of
from tests.bot.logged import told
from tests.bot.planting import planted

OUTLINE = "/plan Fit\n  W: 50 km a week = 50 km sum\n    D: Run = 5 km\n    D: Walk = 2 km\n  D: Read = 20 pages"


async def node(chat: Talk, title: str) -> Node:
    actor = Actor.host(chat.chat_id)
    readings = await read_trees(chat.stage.store, actor, chat.stage.clock().date())
    return next(node for one in readings for node in one.tree.nodes.values() if node.title == title)


async def test_a_plan_is_taken_back_once_all_that_was_logged_is(chat: Talk) -> None:
    await chat.say(OUTLINE)
    await chat.say("run 5")
    assert (await chat.tell("/undo")).startswith("↩ Taken back: Run  5 km")
    assert await chat.tell("/undo") == (
        "↩ Taken back: your plan, with the 5 goals that it planted. Send it again to plant it again."
    )
    assert await chat.tell("/undo") == "There is nothing to undo."
    assert "Planted" in await chat.tell(OUTLINE)


async def test_undo_restores_what_a_plan_changed(chat: Talk) -> None:
    await chat.say(OUTLINE)
    await chat.say("/plan Fit\n  D: Read = 30 pages")
    await chat.tap("Apply")
    assert await chat.tell("/undo") == "↩ Taken back: what your plan changed. All is as it was before."
    assert (await node(chat, "Read")).target == 20


async def test_an_ended_goal_goes_on(chat: Talk) -> None:
    await chat.say(OUTLINE)
    await chat.say("/archive read")
    await chat.tap("End it")
    assert await chat.tell("/undo") == "↩ Taken back: Read goes on."
    assert (await chat.tell("read 20")).startswith("✅ Read  20 pages")


async def test_an_undo_that_arrives_again_takes_nothing_more_back(chat: Talk) -> None:
    await chat.say(OUTLINE)
    await chat.say("/plan Fit\n  D: Read = 30 pages")
    await chat.tap("Apply")
    first = await chat.tell("/undo")
    message = max(m["message_id"] for m in chat.chat.messages.values() if m.get("text") == "/undo")
    chat.stage.world.push("message", chat.chat.messages[message])
    await chat.stage.quiet()
    assert text_of(chat.chat.messages[max(chat.chat.messages)]) == first
    assert (await node(chat, "Read")).target == 20


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("rename", "↩ Taken back: Jog is called Run again."),
        ("terms", "↩ Taken back: Run is asked for as it was before."),
        ("pause", "↩ Taken back: Run is not paused by that any more."),
        ("pause all", "↩ Taken back: nothing is paused by that any more."),
        ("resume", "↩ Taken back: Run is paused until Sun 29 Nov, as before."),
        ("move", "↩ Taken back: Run stands where it stood before."),
        ("take up", "↩ Taken back: Run has ended, as before."),
        ("delete", "↩ Taken back: Run is there again, with all that was logged."),
    ],
)
async def test_each_change_is_named_as_it_was(chat: Talk, kind: str, said: str) -> None:
    await chat.say(OUTLINE)
    run, fit = [(await node(chat, title)).id for title in ("Run", "Fit")]
    store, actor, now = chat.stage.store, Actor.alone(chat.chat_id), chat.stage.clock()
    today = now.date()
    days = Pause(0, today, today.replace(day=29), run)
    match kind:
        case "rename":
            await rename(store, actor, run, "Jog", now, source_key=None)
        case "terms":
            await change_terms(store, actor, run, TermsChange(target=Decimal(8)), now, source_key=None)
        case "pause":
            await pause(store, actor, days, now, source_key=None)
        case "pause all":
            await pause(store, actor, Pause(0, today, today), now, source_key=None)
        case "resume":
            await pause(store, actor, days, now, source_key=None)
            await resume(store, actor, run, now, source_key=None)
        case "move":
            await move(store, actor, run, NewPlace(fit), now, source_key=None)
        case "take up":
            await end(store, actor, run, None, now, source_key=None)
            await take_up(store, actor, run, None, now, source_key=None)
        case "delete":
            await delete(store, actor, run, now, source_key=None)
    assert await chat.tell("/undo") == said


async def test_undo_says_what_it_took_back(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    answer = await chat.tell("/undo")
    assert answer.startswith("↩ Taken back: Run  5 km · 0 of 5 km today\nW  50 km a week      ░░░░░░░░░░   0%  -10")
    assert await told(chat) == []
    assert await chat.tell("/undo") == "There is nothing to undo."


async def test_undo_brings_back_what_was_replaced_and_an_echo_takes_back_no_more(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    await chat.tell("run =7")
    await chat.tell("/undo")
    assert await told(chat) == [("11-23", "5", None)]
    await chat.again()
    assert await told(chat) == [("11-23", "5", None)]


async def test_undo_with_a_name_takes_nothing_else_back(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    await chat.tell("gym")
    assert (await chat.tell("/undo run")).startswith("/undo takes back what you did last")
    assert len(await told(chat)) == 2


async def test_an_undo_that_arrives_again_under_another_update_takes_nothing_more_back(chat: Talk) -> None:
    await planted(chat)
    await chat.say("run 5")
    await chat.say("run 4")
    first = await chat.tell("/undo")
    message = max(m["message_id"] for m in chat.chat.messages.values() if m.get("text") == "/undo")
    chat.stage.world.push("message", chat.chat.messages[message])
    await chat.stage.quiet()
    assert [value for _, value, _ in await told(chat)] == ["5"]
    assert text_of(chat.chat.messages[max(chat.chat.messages)]).startswith("↩ Taken back: Run  4 km")
    assert first.startswith("↩ Taken back: Run  4 km")
