"""The goals that words may mean are cached, and read again after any of the trees has changed, by whatever way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.common import goals
from bot.common.goals import KnownReach
from core.actions.edit.rename import rename
from core.actions.members import leave
from core.actions.reach import TreesInReach, read_trees_in_reach
from core.group.permissions import Actor
from core.ports.store import Store
from tests.bot.company import Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
    """The owners whose trees were read."""
    seen: list[Actor] = []

    async def noted(store: Store, actor: Actor) -> TreesInReach:
        seen.append(actor)
        return await read_trees_in_reach(store, actor)

    monkeypatch.setattr(goals, "read_trees_in_reach", noted)
    return seen


async def test_trees_are_read_again_only_when_they_have_changed(chat: Talk, read: list[Actor]) -> None:
    nodes = await planted(chat)
    for words in ("/log run 5", "run 2", "/log gym"):
        assert (await chat.tell(words)).startswith("✅")
    assert len(read) == 1
    await rename(
        chat.stage.store, Actor.alone(chat.person.id), nodes["Run"].id, "Jog", chat.stage.clock(), source_key=None
    )
    assert (await chat.tell("/log jog 1")).startswith("✅ Jog  1 km")
    assert len(read) == 2
    await planted(chat, "Read more\n  D: Read = 20 pages")
    assert (await chat.tell("/log read 20")).startswith("✅ Read  20 pages")
    assert len(read) == 3


async def test_a_groups_goals_are_known_as_they_are_and_for_as_long_as_one_is_in(
    stage: Stage, read: list[Actor]
) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, "Together (from 2026-10-01)\n  D: Read = 20 pages\n")
    await company.ben.say("/join")
    ben, group = stage.talk("Ben"), Actor.host(company.chat.id)
    assert "✅ Read  20 pages" in await ben.tell("/log read 20")
    assert "✅ Read  5 pages" in await ben.tell("/log read 5")
    before = len(read)
    await rename(stage.store, group, nodes["Read"].id, "Study", stage.clock(), source_key=None)
    assert "✅ Study  5 pages" in await ben.tell("/log study 5")
    assert len(read) == before + 1
    await leave(stage.store, Actor.in_group(company.chat.id, ben.person.id), stage.clock())
    assert "Study" not in await ben.tell("/log study 5")


async def test_a_goal_that_has_ended_has_ended_on_the_day_that_is_asked_for(chat: Talk) -> None:
    await planted(chat, "Read more\n  D: Read = 20 pages (until 2026-11-30)")
    known = KnownReach(await read_trees_in_reach(chat.stage.store, Actor.alone(chat.person.id)))
    last = date(2026, 11, 30)
    for on, ended in ((last, False), (last + timedelta(1), True), (last, False)):
        assert [goal.ended for goal in known.on(on).goals if goal.title == "Read"] == [ended]
    assert known.on(last) is known.on(last)


async def test_all_members_of_a_group_share_what_is_remembered_of_its_goals(stage: Stage, read: list[Actor]) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, "Together (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n")
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    assert "✅ Run  5 km" in await company.anna.tell("/log run 5")
    before = len(read)
    assert "✅ Read  20 pages" in await company.ben.tell("/log read 20")
    assert "✅ Run  2 km" in await company.anna.tell("/log run 2")
    assert len(read) == before
    await rename(stage.store, Actor.host(company.chat.id), nodes["Run"].id, "Jog", stage.clock(), source_key=None)
    assert "✅ Jog  1 km" in await company.ben.tell("/log jog 1")
    assert len(read) == before + 1
