"""Goals that each member does are batched on PostgreSQL, too: each check-off on the result of those before."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.util import greenlet_spawn

import storage
from core.actions.cache import verify
from core.actions.documents import import_document
from core.actions.log import log
from core.actions.logged import CheckOff, Log
from core.actions.members import join
from core.actions.read import read_trees
from core.goals.crowd import Crowd
from core.goals.model import Node, OwnerType
from core.group.permissions import Actor
from core.ports.store import Store
from storage.known_trees import KnownTree
from storage.postgres_clerk import Clerk
from storage.repositories import batches
from tests.laws.stream import NOON

GROUP = -7
PEOPLE = range(1, 9)
TODAY = NOON.date()
STRATEGIES = ("sum", "average", "count", "min", "max")


def _each(strategy: str) -> dict[str, Any]:
    said = {"key": strategy, "title": strategy, "level": "daily", "strategy": strategy}
    return {**said, "target": 5, "unit": "km", "each": {"measure": "number", "aggregate": "sum"}}


def _leaf(key: str) -> dict[str, Any]:
    return {"key": key, "title": key, "level": "daily", "measure": "number", "unit": "km", "target": 5}


_BELOW = {"key": "w", "title": "w", "level": "weekly", "children": [_leaf("all"), *map(_each, STRATEGIES[1:])]}
_SUMMED = {"key": "s", "title": "s", "level": "weekly", "strategy": "sum", "target": 9, "unit": "km"}
DOCUMENT = {
    "format": "goaltree/1",
    "visions": [
        {
            "key": "v",
            "title": "v",
            "starts_on": "2026-10-01",
            "children": [_BELOW, {**_SUMMED, "children": [_each("sum")]}],
        }
    ],
}


async def make(store: Store) -> dict[str, Node]:
    """A group of eight, and its goals by their keys."""
    await store.write(lambda tx: tx.owners.add(GROUP, OwnerType.GROUP, "", "en", NOON - timedelta(days=40)))
    await import_document(store, Actor.host(GROUP), json.dumps(DOCUMENT), NOON - timedelta(days=40))
    for user in PEOPLE:
        await join(store, Actor.in_group(GROUP, user), f"P{user}", NOON - timedelta(days=30))
    [reading] = await read_trees(store, Actor.host(GROUP), TODAY)
    return {node.key: node for node in reading.tree.nodes.values()}


async def says(store: Store, user: int, node: Node, *how: Any, key: str | None = None) -> CheckOff:
    """Somebody logs a number, and on how many days ago."""
    value, back = (*how, 0)[:2]
    source = key or f"{GROUP}:{user}.{node.id}.{back}.{value}:0"
    wanted = Log(node.id, TODAY - timedelta(days=back), value=Decimal(value), source_key=source)
    return await log(store, Actor.in_group(GROUP, user), wanted, NOON)


async def all_is_well(store: Store) -> None:
    assert await verify(store, Actor.host()) == (1, [])


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_what_each_one_does_is_written_together(
    postgres_url: str, slow: list[object], sizes: list[int], strategy: str
) -> None:
    async with storage.open_store(postgres_url) as store:
        each = (await make(store))[strategy]
        slow.clear()
        done = await asyncio.gather(*(says(store, user, each, user) for user in PEOPLE))
        assert (slow, sizes) == ([], [4, 4])
        each_time = [step.standing.value for made in done for step in made.steps if step.standing.node.id == each.id]
        expected = {
            "sum": [1, 3, 6, 10, 15, 21, 28, 36],
            "average": [Decimal(part) for part in ("2.5", "7.5", "15", "25", "37.5", "50", "62.5", "75")],
            "count": [0, 0, 0, 0, 1, 2, 3, 4],
            "min": [0] * 7 + [20],
            "max": [20, 40, 60, 80, 100, 100, 100, 100],
        }
        assert each_time == expected[strategy]
        await all_is_well(store)


async def test_a_change_of_the_minimum_or_maximum_is_read_by_itself(postgres_url: str, slow: list[object]) -> None:
    async with storage.open_store(postgres_url) as store:
        goals = await make(store)
        for strategy, last in (("min", 4), ("max", 4), ("average", 4)):
            for user in PEOPLE:
                await says(store, user, goals[strategy], last if user == 8 else 2 if strategy == "max" else 5)
            slow.clear()
            made = await says(store, 8, goals[strategy], Decimal("0.5"))
            assert len(slow) == (strategy != "average")
            assert made.steps[1].standing.value == (Decimal("98.75") if strategy == "average" else 90)
        await all_is_well(store)


async def test_check_offs_of_one_leaf_run_in_sequence_on_every_path(
    postgres_url: str, slow: list[object], sizes: list[int]
) -> None:
    async with storage.open_store(postgres_url) as store:
        goals = await make(store)
        each, own = goals["average"], next(node for node in goals.values() if node.member_id is not None)
        assert own.parent_id is not None
        each = next(node for node in goals.values() if node.id == own.parent_id)
        slow.clear()
        ways = [says(store, 1, node, 1, key=f"{GROUP}:{at}:0") for at, node in enumerate((each, own, each, own))]
        done = await asyncio.gather(*ways)
        assert [made.steps[0].standing.value for made in done] == [1, 2, 3, 4]
        assert sizes == [1] * 4
        sizes.clear()
        shared = await asyncio.gather(*(says(store, user, goals["all"], 1) for user in PEOPLE))
        assert [made.steps[0].standing.value for made in shared] == [*range(1, 9)]
        assert (slow, sizes) == ([], [1] * 8)
        await all_is_well(store)


async def test_a_group_is_read_once_a_day_and_each_member_once(
    postgres_url: str, slow: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    crowds: list[int] = []
    read = batches.read

    def noted(*what: Any) -> Any:
        reading = read(*what)
        crowds.append(len(reading.crowds))
        return reading

    monkeypatch.setattr(batches, "read", noted)
    async with storage.open_store(postgres_url) as store:
        each = (await make(store))["average"]
        slow.clear()
        for value in (1, 2, 3):
            for user in PEOPLE:
                await says(store, user, each, value)
        assert (slow, crowds) == ([], [1] + [0] * (len(PEOPLE) - 1))


async def test_a_known_crowd_that_another_process_changed_is_read_again(postgres_url: str, slow: list[object]) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        each = (await make(one))["average"]
        await says(one, 1, each, 5)
        await says(other, 2, each, 5)
        slow.clear()
        made = await says(one, 3, each, 5)
        assert made.steps[1].standing.value == Decimal("37.5")
        assert slow == []
        await all_is_well(one)


async def test_after_any_check_offs_the_crowd_is_what_would_be_read(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, compared = random.Random(7), 0
    reads = Clerk._read

    async def held_against_a_reading(clerk: Clerk, jobs: Any) -> Any:
        nonlocal compared
        ready = await reads(clerk, jobs)
        for job in ready.jobs:
            read = await greenlet_spawn(lambda: batches.read(clerk._line.sql(), [job.known.vision_id], [job.needs]))  # noqa: B023
            tree, known = KnownTree(*read.marks[job.known.vision_id]), ready.trees[job.known.vision_id]
            if known.revision == tree.revision:  # else it has been changed by others, and is not used
                tree.learn(job.needs, read)
                rows, fresh = known.rows(job.needs), tree.rows(job.needs)
                assert rows is not None
                assert fresh is not None
                assert replace(rows, others=None) == replace(fresh, others=None)
                assert _as_far_as_known(rows.others, fresh.others) == fresh.others
                compared += job.known.vision_id in ready.remembered
        return ready

    monkeypatch.setattr(Clerk, "_read", held_against_a_reading)
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        goals = await make(one)
        for number in range(250):
            store = other if number % 30 == 29 else one
            each, user = goals[chance.choice(STRATEGIES)], chance.choice(PEOPLE)
            value, back = chance.randint(1, 5), 1 - number // 125 + chance.choice((0, 0, 1))
            await says(store, user, each, value, back, key=f"{GROUP}:{number}:0")
        await all_is_well(one)
    assert compared > 40


def _as_far_as_known(known: Crowd | None, read: Crowd | None) -> Crowd | None:
    if known is None or read is None:
        return known
    least, most = known.least, known.most
    return replace(known, least=read.least if least is None else least, most=read.most if most is None else most)
