"""Charts: their figures agree with the tree, and show nothing of another chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actions.charts import MOST_STEPS, read_board_chart, read_goal_chart
from core.actions.read import read_trees
from core.digest.model import Mark
from core.errors import NotFound
from core.goals.model import Node
from core.goals.progress import ONE
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, CLEO, MONDAY, Circle

OUTLINE = """\
Read more (from 2026-09-01)
  Q: A good quarter
    M: 60 km = 60 km sum
      D: Run = 5 km
    D: Read = 20 pages each
"""


async def node_of(circle: Circle, title: str) -> Node:
    [reading] = await read_trees(circle.store, Actor.host(circle.chat), circle.today)
    return next(node for node in reading.tree.nodes.values() if node.title == title and node.member_id is None)


async def grown(store: Store) -> Circle:
    circle = await Circle(store).open(OUTLINE, ANN, BEN, CLEO)
    for day in range(4):
        circle.today = MONDAY + timedelta(days=day)
        await circle.log(ANN, "Read", 20)
        await circle.log(BEN, "Read", 10)
        await circle.log(CLEO, "Run", 2 + day)
    return circle


@pytest.mark.parametrize("title", ["Read more", "A good quarter", "60 km"])
async def test_the_last_step_of_a_way_is_how_the_goal_stands(store: Store, title: str) -> None:
    circle = await grown(store)
    node = await node_of(circle, title)
    chart = await read_goal_chart(store, Actor.host(circle.chat), node.id, circle.today)
    last = chart.way[-1]
    assert (last.on, last.progress) == (circle.today, chart.standing.progress)
    assert last.value == chart.standing.value
    assert last.progress > chart.way[0].progress
    assert len(chart.way) <= MOST_STEPS
    assert [share for _, share in chart.even] == sorted(share for _, share in chart.even)
    assert chart.even[-1] == (chart.standing.period.end, 1.0)


async def test_the_days_of_the_year_are_those_of_the_cache(store: Store) -> None:
    circle = await grown(store)
    node = await node_of(circle, "Run")
    chart = await read_goal_chart(store, Actor.host(circle.chat), node.id, circle.today)
    logged = {day.on: (day.mark, day.progress) for day in chart.days if day.progress}
    assert logged == {
        MONDAY: (Mark.PARTIAL, ONE * 2 // 5),
        MONDAY + timedelta(days=1): (Mark.PARTIAL, ONE * 3 // 5),
        MONDAY + timedelta(days=2): (Mark.PARTIAL, ONE * 4 // 5),
        MONDAY + timedelta(days=3): (Mark.DONE, ONE),
    }
    assert chart.way == ()


async def test_the_week_of_each_one(store: Store) -> None:
    circle = await grown(store)
    chart = await read_board_chart(store, Actor.host(circle.chat), circle.today)
    weeks = {one.member.name: "".join(day.mark.value[0] for day in one.days) for one in chart.people}
    assert weeks == {"Ann": "ddddooo", "Ben": "ppppooo", "Cleo": "mmmoooo"}


async def test_a_goal_of_another_chat_is_not_there(store: Store) -> None:
    circle = await grown(store)
    node = await node_of(circle, "Run")
    other = await Circle(store, chat=-1009).open("Swim\n  D: Lanes", ANN)
    with pytest.raises(NotFound):
        await read_goal_chart(store, Actor.host(other.chat), node.id, circle.today)
