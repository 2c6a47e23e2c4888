"""A database of the first release under this version: the chat continues where it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from core.actions.cache import verify
from core.actions.read import read_trees
from core.group.permissions import Actor
from sandbox.objects import Chat, Person
from tests.bot.conftest import Stage, Talk
from tests.storage.planting import CHAT
from tests.storage.test_releases import sqlite_of_the_first_release


async def test_a_chat_of_the_first_release_goes_on(stage: Stage, tmp_path: Path) -> None:
    await stage.stop()
    (tmp_path / "goaltree.db").unlink()
    sqlite_of_the_first_release(tmp_path / "goaltree.db")
    stage.clock.set(datetime(2026, 11, 21, 18, tzinfo=UTC))
    await stage.start()
    person = Person(CHAT, "Anna")
    stage.world.people[CHAT] = person
    chat = Chat(CHAT, "private", "Anna", members={CHAT: "member", stage.world.bot.id: "member"})
    stage.world.chats[CHAT] = chat
    anna = Talk(stage, person, chat)
    assert "Run" in await anna.tell("/tree")
    before = await read_trees(stage.store, Actor.host(CHAT), date(2026, 11, 21))
    said = await anna.tell("/log run 4")
    assert "✅ Run  4 km" in said
    after = await read_trees(stage.store, Actor.host(CHAT), date(2026, 11, 21))
    month = [
        reading.standing(node).value
        for readings in (before, after)
        for reading in readings
        for node in reading.tree.nodes.values()
        if node.title == "60 km a month"
    ]
    assert len(month) == 2
    assert month[1] == (month[0] or 0) + 4
    assert "Taken back" in await anna.tell("/undo")
    assert "21:00" in await anna.tell("/remind 21:00")
    assert (await verify(stage.store, Actor.host()))[1] == []
