"""A goal ends no later than its vision, however its dates were written; otherwise it would count nowhere. It is Monday
2026-11-23."""

from __future__ import annotations

import json
from datetime import date

import pytest

from core.actions.documents import import_document
from core.actions.read import read_trees
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from tests.bot.conftest import Talk
from tests.bot.planting import planted

THESIS = "Thesis (from 2026-12-01 until 2027-03-31)\n"
LATE, EARLY = "T: Draft = 12 chapters (until 2027-08-30)", "M!: Base = 3 chapters (from 2026-11-20 until 2026-12-31)"
WRITTEN = "T: Draft = 12 chapters (until 2027-03-31)", "M!: Base = 3 chapters (from 2026-12-01 until 2026-12-31)"


async def outline(chat: Talk) -> str:
    return (await chat.say("/tree outline"))[0].text


@pytest.mark.parametrize(
    "said",
    [
        [f"/plan {THESIS}  {LATE}\n  {EARLY}"],
        [f"/plan {THESIS}  D: Write", f"/plan Thesis\n  {LATE}\n  {EARLY}"],
        [f"/plan {THESIS}  D: Write", f"/add Thesis: {LATE}", f"/add Thesis: {EARLY}"],
        [f"/plan {THESIS}  T: Draft = 2 chapters\n  M!: Base = 3 chapters", f"/plan Thesis\n  {LATE}\n  {EARLY}"],
    ],
)
async def test_dates_that_reach_beyond_the_vision_end_with_it(chat: Talk, said: list[str]) -> None:
    for text in said:
        [answer] = await chat.say(text)
        if "Apply" in answer.buttons:
            await chat.tap("Apply")
    written = await outline(chat)
    assert [line for line in WRITTEN if line not in written] == []


async def test_a_document_says_it_so_too(chat: Talk) -> None:
    await planted(chat, "Fit\n  D: Gym\n")
    [plan] = parse_outline(f"{THESIS}  {LATE}\n", date(2026, 11, 23))
    draft = {"key": "draft", "title": "Draft", "kind": "target", "level": "range", "measure": "number", "target": 12}
    vision = {"key": "v", "title": plan.title, "kind": "vision", "starts_on": "2026-12-01", "ends_on": "2027-03-31"}
    content = vision | {"children": [draft | {"ends_on": "2027-08-30"}]}
    document = json.dumps({"format": "goaltree/1", "visions": [content]})
    for _ in range(2):
        await import_document(chat.stage.store, Actor.host(chat.chat_id), document, chat.stage.clock())
        readings = await read_trees(chat.stage.store, Actor.host(chat.chat_id), date(2026, 12, 1))
        nodes = {node.title: node for reading in readings for node in reading.tree.nodes.values()}
        assert nodes["Draft"].ends_on == date(2027, 3, 31)


async def test_a_vision_that_ends_earlier_takes_its_goals_with_it(chat: Talk) -> None:
    await chat.say(f"/plan {THESIS}  T: Draft = 12 chapters (until 2027-03-20)")
    await chat.say("/plan Thesis (from 2026-12-01 until 2027-02-28)")
    await chat.tap("Apply")
    assert "by 28 Feb 2027" in await chat.tell("/goal draft")


async def test_dates_that_lie_wholly_outside_are_refused(chat: Talk) -> None:
    await chat.say(f"/plan {THESIS}  D: Write")
    assert "It would never be active." in await chat.tell("/add Thesis: T: Draft = 12 chapters (until 2026-11-30)")
    assert "Draft" not in await outline(chat)


async def test_a_goal_that_begins_later_says_so_and_can_be_changed(chat: Talk) -> None:
    [made] = await chat.say(f"/plan {THESIS}  D: Write = 500 words")
    assert "It begins on 1 Dec 2026: from then on it is asked for" in made.text
    assert "Log the first thing" not in made.text
    assert "⚪ Write · begins on Tue 1 Dec" in await chat.tell("/goal write")
    assert "there is now D: Read" in await chat.tell("/add Thesis: Read")
    assert "paused" in await chat.tell("/pause write 1 feb to 3 feb")
