"""An upgrade that changes the calculation: all caches are rebuilt in the background, and every figure is right
meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest

from core.actions import cache
from core.actions.cache import verify
from core.actions.edit.ending import end
from core.actions.log import log
from core.actions.logged import Log
from core.actions.plant import plant
from core.actions.read import read_trees
from core.goals.model import OwnerType
from core.goals.progress import Cell
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction, Use, Work
from scheduler import rebuilder as rules
from scheduler.rebuilder import RESTS, Rebuilder

P = TypeVar("P")
T = TypeVar("T")
STARTED = date(2026, 10, 1)
TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
AT_ONCE = 4
CHATS = range(1, 2 * AT_ONCE + 2)
OUTLINE = "Run (from 2026-10-01)\n  M: 100 km = 100 km sum\n    D: Jog = 5 km\n  D: Stretch\n"
ENTRIES = 8


@pytest.fixture(autouse=True)
def a_few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller batch than in production, so that a few trees take several ticks."""
    monkeypatch.setattr(rules, "AT_ONCE", AT_ONCE)


async def old(store: Store) -> list[int]:
    """Trees of an old calculation, whose figures are all wrong by the new one; returns the leaf of each chat."""
    leaves = []

    def welcome_all(tx: Transaction) -> None:
        for chat in CHATS:
            tx.owners.add(chat, OwnerType.PRIVATE, "", "en", NOON)

    await store.write(welcome_all)
    for chat in CHATS:
        [made] = await plant(store, Actor.host(chat), parse_outline(OUTLINE, STARTED), STARTED, NOON)
        leaf = next(node for node in made.tree.leaves() if node.title == "Jog")
        leaves.append(leaf.id)
        for day in range(ENTRIES):
            await log(store, Actor.alone(chat), Log(leaf.id, TODAY - timedelta(days=day), value=Decimal(1)), NOON)
    await store.write(spoil)
    return leaves


def spoil(tx: Transaction) -> None:
    for vision_id in tx.trees.vision_ids():
        tx.trees.vision(vision_id, lock=True)
        cells = [
            (node, start, Cell(value=Decimal(77), progress=0, counts=True))
            for node, result in tx.cache.all_cells(vision_id).items()
            for start in result
        ]
        tx.cache.write(cells, {})
        tx.cache.mark_built(vision_id, 0)


async def left(store: Store) -> int:
    return (await store.read(lambda tx: tx.statistics.counts(NOON))).outdated


async def jogged(store: Store, chat: int) -> list[Decimal | None]:
    [reading] = await read_trees(store, Actor.host(chat), TODAY)
    return [reading.standing(node).value for node in reading.tree.nodes.values() if node.title in ("100 km", "Jog")]


async def test_all_are_rebuilt_a_few_at_a_time_and_then_it_rests(store: Store) -> None:
    await old(store)
    now = NOON
    rebuilder = Rebuilder(store, lambda: now)
    seen = [await left(store)]
    for _ in range(3):
        await rebuilder.run()
        seen.append(await left(store))
    assert seen == [len(CHATS), len(CHATS) - AT_ONCE, len(CHATS) - 2 * AT_ONCE, 0]
    assert await verify(store, Actor.host()) == (len(CHATS), [])
    await store.write(spoil)
    await rebuilder.run()
    assert await left(store) == len(CHATS)
    now += RESTS
    await rebuilder.run()
    assert await left(store) == len(CHATS) - AT_ONCE


async def test_every_figure_is_right_for_readers_and_writers_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "PART", 2)
    leaves = await old(store)

    async def rebuild() -> None:
        rebuilder = Rebuilder(store, lambda: NOON)
        while await left(store):
            await rebuilder.run()

    async def read() -> None:
        for chat in CHATS:
            assert await jogged(store, chat) in ([Decimal(ENTRIES), Decimal(1)], [Decimal(ENTRIES + 1), Decimal(2)])

    async def write() -> None:
        for chat in reversed(CHATS):
            done = await log(store, Actor.alone(chat), Log(leaves[chat - 1], TODAY, value=Decimal(1)), NOON)
            assert [step.standing.value for step in done.steps[:2]] == [Decimal(2), Decimal(ENTRIES + 1)]

    await asyncio.gather(rebuild(), read(), write())
    assert await left(store) == 0
    assert await verify(store, Actor.host()) == (len(CHATS), [])
    assert {tuple(await jogged(store, chat)) for chat in CHATS} == {(Decimal(ENTRIES + 1), Decimal(2))}


class Dying:
    """A store whose process ends after a number of commits."""

    def __init__(self, store: Store, commits: int) -> None:
        self._store = store
        self._commits = commits

    def use(self) -> Mapping[str, Use]:
        return self._store.use()

    def away(self) -> str | None:
        return self._store.away()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self._store.read(work)

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        return await self._store.glance(work)

    async def check_off(self, work: Work[P, T]) -> T:
        return await self.write(work.slowly)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        if self._commits == 0:
            raise asyncio.CancelledError
        self._commits -= 1
        return await self._store.write(work)


@pytest.mark.parametrize("commits", [1, 3, 7])
async def test_a_process_that_dies_in_the_middle_leaves_the_rest_to_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    monkeypatch.setattr(cache, "PART", 3)
    await old(store)
    with pytest.raises(asyncio.CancelledError):
        await Rebuilder(Dying(store, commits), lambda: NOON).run()
    assert await left(store) > 0
    assert await jogged(store, 1) == [Decimal(ENTRIES), Decimal(1)]
    following = Rebuilder(store, lambda: NOON)
    for _ in range(4):
        await following.run()
    assert await left(store) == 0
    assert await verify(store, Actor.host()) == (len(CHATS), [])


async def test_a_tree_that_changed_meanwhile_is_rebuilt_in_its_new_form(store: Store) -> None:
    [leaf, *_] = await old(store)

    class Changing(Dying):
        async def write(self, work: Callable[[Transaction], T]) -> T:
            if self._commits:
                self._commits = 0
                await end(store, Actor.host(1), leaf, None, NOON, source_key=None)
            return await store.write(work)

    await Rebuilder(Changing(store, 1), lambda: NOON).run()
    assert await left(store) == len(CHATS) - AT_ONCE
    assert await verify(store, Actor.host()) == (len(CHATS), [])


async def test_one_that_cannot_be_rebuilt_keeps_no_other_from_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await old(store)
    renew = cache.renew

    async def failing(on: Store, actor: Actor, vision_id: int) -> bool:
        if vision_id == bad:
            raise ArithmeticError
        return await renew(on, actor, vision_id)

    [bad] = await cache.outdated(store, Actor.host(), 0, 1)
    monkeypatch.setattr(cache, "renew", failing)
    rebuilder = Rebuilder(store, lambda: NOON)
    for _ in range(3):
        await rebuilder.run()
    assert await left(store) == 1
    assert f"could not rebuild tree {bad}: ArithmeticError" in caplog.text
