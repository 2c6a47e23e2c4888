"""Making and extending trees through a real store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.actions.cache import verify
from core.actions.edit.ending import end
from core.actions.log import log
from core.actions.logged import Log
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.asking.amounts import is_open
from core.errors import InvalidPlan, NotFound
from core.goals.model import OwnerType, Status
from core.group.permissions import Actor
from core.planning.outline import parse_outline, print_outline
from core.ports.store import Store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
TODAY = date(2026, 11, 18)
CHAT = 7
RUNNING = """\
Run a marathon (from 2026-11-02)
  W: 50 km a week = 50 km sum
    D: Run = 5 km
"""


async def planted(store: Store, outline: str, today: date = TODAY) -> tuple[int, int]:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", NOW)
    done = await plant(store, Actor.host(CHAT), parse_outline(outline, today), today, NOW)
    return sum(item.added for item in done), sum(item.changed for item in done)


async def outline_of(store: Store) -> str:
    return "".join(print_outline(reading.tree, TODAY) for reading in await read_trees(store, Actor.host(CHAT), TODAY))


async def leaf_id(store: Store, title: str) -> int:
    readings = await read_trees(store, Actor.host(CHAT), TODAY)
    return next(node.id for reading in readings for node in reading.tree.nodes.values() if node.title == title)


async def test_the_same_outline_again_changes_nothing(store: Store) -> None:
    assert await planted(store, RUNNING) == (3, 0)
    assert await planted(store, RUNNING) == (0, 0)
    assert (await outline_of(store)).strip() == RUNNING.strip()


async def test_an_outline_of_a_vision_that_is_there_adds_what_is_new(store: Store) -> None:
    await planted(store, RUNNING)
    assert await planted(store, "run a marathon\n  W: 50 km a week = 50 km sum\n    D: Walk = 2 km\n") == (1, 0)
    assert [
        node.title for reading in await read_trees(store, Actor.host(CHAT), TODAY) for node in reading.tree.leaves()
    ] == ["Run", "Walk"]


async def test_a_goal_added_to_a_running_vision_begins_today(store: Store) -> None:
    await planted(store, RUNNING)
    await planted(store, "Run a marathon\n  W: 50 km a week\n    D: Walk = 2 km\n")
    walk = (await read_trees(store, Actor.host(CHAT), TODAY))[0].tree.nodes[await leaf_id(store, "Walk")]
    assert walk.starts_on == TODAY


async def test_a_changed_target_counts_from_now_and_past_periods_keep_theirs(store: Store) -> None:
    await planted(store, RUNNING)
    run = await leaf_id(store, "Run")
    await log(store, Actor.alone(CHAT), Log(run, date(2026, 11, 10), value=Decimal(25)), NOW)
    await log(store, Actor.alone(CHAT), Log(run, TODAY, value=Decimal(25)), NOW)
    assert await planted(store, "Run a marathon\n  W: 50 km a week = 100 km sum\n") == (0, 1)

    def week(reading: object) -> int:
        from core.goals.reading import Reading

        assert isinstance(reading, Reading)
        node = next(node for node in reading.tree.nodes.values() if node.title == "50 km a week")
        return reading.standing(node).percent

    assert week((await read_trees(store, Actor.host(CHAT), TODAY))[0]) == 25
    assert week((await read_trees(store, Actor.host(CHAT), date(2026, 11, 15)))[0]) == 50
    assert (await verify(store, Actor.host()))[1] == []


async def test_a_leaf_that_was_logged_stays_a_leaf(store: Store) -> None:
    await planted(store, RUNNING)
    await log(store, Actor.alone(CHAT), Log(await leaf_id(store, "Run"), TODAY, value=Decimal(5)), NOW)
    with pytest.raises(InvalidPlan, match="logged_parent"):
        await planted(store, "Run a marathon\n  W: 50 km a week\n    D: Run = 5 km sum\n      D: Morning = 2 km\n")


async def test_goals_can_be_put_below_a_leaf_that_was_never_logged(store: Store) -> None:
    await planted(store, "Health\n  W: Move\n")
    assert (await planted(store, "Health\n  W: Move\n    D: Walk\n"))[0] == 1
    assert [n.title for reading in await read_trees(store, Actor.host(CHAT), TODAY) for n in reading.tree.leaves()] == [
        "Walk"
    ]


async def test_a_one_off_target_belongs_to_the_week_in_which_it_was_made(store: Store) -> None:
    await planted(store, "Publish\n  W!: First article\n")
    reading = (await read_trees(store, Actor.host(CHAT), TODAY))[0]
    article = reading.tree.leaves()[0]
    assert (article.starts_on, article.ends_on) == (TODAY, date(2026, 11, 22))
    next_week = (await read_trees(store, Actor.host(CHAT), date(2026, 11, 23)))[0]
    assert next_week.standing(article).status is Status.INACTIVE
    assert await planted(store, "Publish\n  W!: First article\n", date(2026, 11, 24)) == (0, 0)


async def test_an_archived_goal_no_longer_counts_and_its_history_stays(store: Store) -> None:
    await planted(store, RUNNING + "    D: Stretch\n")
    run = await leaf_id(store, "Run")
    await log(store, Actor.alone(CHAT), Log(run, date(2026, 11, 10), value=Decimal(5)), NOW)
    await end(store, Actor.host(CHAT), run, None, NOW, source_key=None)
    reading = (await read_trees(store, Actor.host(CHAT), TODAY))[0]
    assert [standing.node.title for standing in reading.leaves_today()] == ["Stretch"]
    past = (await read_trees(store, Actor.host(CHAT), date(2026, 11, 10)))[0]
    assert past.standing(past.tree.nodes[run]).percent == 100
    assert (await verify(store, Actor.host()))[1] == []


async def test_an_archived_goal_that_is_planted_again_is_taken_up_again(store: Store) -> None:
    await planted(store, RUNNING)
    await end(store, Actor.host(CHAT), await leaf_id(store, "Run"), None, NOW, source_key=None)
    assert await planted(store, RUNNING) == (0, 1)
    reading = (await read_trees(store, Actor.host(CHAT), TODAY))[0]
    assert [standing.node.title for standing in reading.leaves_today()] == ["Run"]


async def test_another_chats_goal_cannot_be_archived(store: Store) -> None:
    await planted(store, RUNNING)
    run = await leaf_id(store, "Run")
    await welcome(store, Actor.host(8), OwnerType.PRIVATE, "Ben", "en", NOW)
    with pytest.raises(NotFound):
        await end(store, Actor.host(8), run, None, NOW, source_key=None)


async def test_a_goal_ended_on_its_first_day_is_not_asked_about_that_evening(store: Store) -> None:
    async def asked() -> list[str]:
        [reading] = await read_trees(store, Actor.host(CHAT), TODAY)
        leaves = reading.leaves_today()
        return [standing.node.title for standing in leaves if is_open(standing, skipped=False, day=())]

    await planted(store, "Publish\n  D: Write\n  D!: First article\n")
    assert await asked() == ["Write", "First article"]
    for title in ("Write", "First article"):
        await end(store, Actor.host(CHAT), await leaf_id(store, title), None, NOW, source_key=None)
    assert await asked() == []
    await planted(store, "Publish\n  D: Write\n")  # named again, it is reopened
    assert await asked() == ["Write"]
    assert (await verify(store, Actor.host()))[1] == []
