"""The cache of a tree on SQLite saves reading it, and is never used once it is out of date."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any

import pytest

import storage
from core.actions.check_off import OpenCheckOff
from core.actions.edit.ending import end
from core.actions.edit.rename import rename
from core.actions.edit.undo import undo_last
from core.actions.log import log
from core.actions.logged import CheckOff, Log, LogOutcome
from core.errors import DateRefused, NotFound
from core.goals.periods import DAY
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.group.permissions import Actor
from core.ports.store import Transaction
from core.ports.trees import VisionPath
from storage.repositories.cache import SqlCacheRows
from storage.repositories.trees import SqlTrees
from tests.core.actions.circle import ANN, BEN, MONDAY, OUTLINE, Circle
from tests.laws.shared_tree import CHAT, all_is_well, make, source_keys
from tests.laws.stream import NOON
from tests.storage.test_postgres_clerk import ME, TODAY, a_day, leaves_of


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[VisionPath | None]:
    """The paths that were read."""
    result: list[VisionPath | None] = []
    path = SqlTrees.path

    def noted(trees: SqlTrees, *asked: Any) -> VisionPath | None:
        result.append(path(trees, *asked))
        return result[-1]

    monkeypatch.setattr(SqlTrees, "path", noted)
    return result


async def test_a_path_is_read_once(sqlite_url: str, read: list[VisionPath | None]) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        for back in range(5):
            assert (await log(store, ME, a_day(leaf, 5 - back), NOON)).outcome is LogOutcome.LOGGED
        assert len(read) == 1
        await all_is_well(store)


async def test_a_tree_that_another_process_changed_is_read_again(
    sqlite_url: str, read: list[VisionPath | None]
) -> None:
    async with storage.open_store(sqlite_url) as one, storage.open_store(sqlite_url) as other:
        await make(one)
        [leaf, *_] = await leaves_of(one)
        await log(one, ME, a_day(leaf, 2), NOON)
        await rename(other, ME, leaf.id, "Other", NOON, source_key=None)
        read.clear()
        assert (await log(one, ME, a_day(leaf, 1), NOON)).leaf.title == "Other"
        assert read
        await end(other, ME, leaf.id, TODAY - DAY, NOON, source_key=None)
        with pytest.raises(DateRefused):
            await log(one, ME, a_day(leaf), NOON)
        await all_is_well(one)


async def test_an_unusual_check_off_is_done_by_itself(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        first = a_day(leaf)
        assert (await log(store, ME, first, NOON)).outcome is LogOutcome.LOGGED
        assert (await log(store, ME, first, NOON)).outcome is LogOutcome.REPEATED
        await undo_last(store, ME, NOON)
        assert (await log(store, ME, first, NOON)).outcome is LogOutcome.REPEATED
        assert await source_keys(store) == []
        with pytest.raises(NotFound):
            await log(store, ME, Log(99, TODAY), NOON)
        with pytest.raises(NotFound):
            await log(store, Actor.alone(CHAT + 1), first, NOON)
        await all_is_well(store)


async def test_the_path_of_ones_own_part_is_read_once(sqlite_url: str, read: list[VisionPath | None]) -> None:
    async with storage.open_store(sqlite_url) as store:
        circle = await Circle(store).open(OUTLINE, ANN, BEN)
        node = await circle.node("Read")
        read.clear()
        for number, user in enumerate([ANN, BEN] * 3):
            circle.today = MONDAY + number // 2 * DAY
            wanted = Log(node.id, circle.today, value=Decimal(20), source_key=f"{circle.chat}:{number}:0")
            done = await log(store, circle.by(user), wanted, circle.now)
            assert done.steps[1].standing.percent == (100 if user == BEN else 50)
        assert len(read) == 2
        await circle.sound()


async def test_a_returned_member_logs_on_the_leaf_of_the_day(sqlite_url: str, read: list[VisionPath | None]) -> None:
    async with storage.open_store(sqlite_url) as store:
        circle = await Circle(store).open(OUTLINE, ANN, BEN)
        circle.today += DAY
        await circle.log(ANN, "Read", 20)
        circle.today += DAY
        await circle.leave(ANN)
        circle.today += 2 * DAY
        await circle.join(ANN)
        before, _, after = await circle.leaves()
        for on, leaf in ((circle.today, after), (MONDAY, before), (circle.today, after), (MONDAY, before)):
            assert (await circle.log(ANN, "Read", 5, on=on)).leaf == leaf
        await circle.sound()


async def test_a_glimpse_of_a_vision_that_is_gone_shows_nothing(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)

        seen = await store.read(lambda tx: (tx.check_offs.look(1, TODAY, TODAY), tx.check_offs.look(99, TODAY, TODAY)))
        assert seen[0] is not None
        assert (seen[0].is_shown, seen[0].unanswered) == (False, 0)
        assert seen[1] is None


async def test_one_that_is_broken_off_half_way_undoes_no_other(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)
        leaf, other, *_ = await leaves_of(store)
        await log(store, ME, a_day(leaf, 9), NOON)
        await log(store, ME, a_day(other, 9), NOON)
        write = SqlCacheRows.write

        def failing(cache: SqlCacheRows, cells: Sequence[tuple[int, date, Cell]], runs: Mapping[int, Run]) -> None:
            write(cache, cells, runs)
            if any(node_id == other.id for node_id, *_ in cells):
                raise ArithmeticError

        monkeypatch.setattr(SqlCacheRows, "write", failing)
        gate = threading.Event()
        waiting = asyncio.gather(
            store.write(lambda _: gate.wait(60)),
            log(store, ME, a_day(leaf, 2), NOON),
            log(store, ME, a_day(other, 2), NOON),
            store.write(lambda tx: tx.conversations.put(CHAT, 7, {"asked": "x"}, NOON)),
            log(store, ME, a_day(leaf, 1), NOON),
            return_exceptions=True,
        )
        await asyncio.sleep(0)
        gate.set()
        outcomes = await waiting
        monkeypatch.undo()
        assert [type(outcome) for outcome in outcomes] == [bool, CheckOff, ArithmeticError, NoneType, CheckOff]
        assert await store.read(lambda tx: tx.conversations.get(CHAT, 7)) == {"asked": "x"}
        done = ((leaf, 9), (leaf, 2), (leaf, 1), (other, 9))
        assert set(await source_keys(store)) == {a_day(node, back).source_key for node, back in done}
        await all_is_well(store)


async def test_the_answer_is_prepared_after_the_commit(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        threads: list[str] = []
        prepare = OpenCheckOff._result

        def noted(*figures: Any) -> CheckOff:
            threads.append(threading.current_thread().name)
            return prepare(*figures)

        monkeypatch.setattr(OpenCheckOff, "_result", noted)
        assert (await log(store, ME, a_day(leaf), NOON)).outcome is LogOutcome.LOGGED
        assert threads == [threading.main_thread().name]


async def test_an_unusual_one_does_not_make_others_run_again(sqlite_url: str) -> None:
    async with storage.open_store(sqlite_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        await log(store, ME, a_day(leaf), NOON)
        gate, runs = threading.Event(), 0

        def run(_: Transaction) -> None:
            nonlocal runs
            runs += 1

        waiting = asyncio.gather(
            store.write(lambda _: gate.wait(60)), store.write(run), log(store, ME, a_day(leaf), NOON)
        )
        await asyncio.sleep(0)
        gate.set()
        assert (await waiting)[2].outcome is LogOutcome.REPEATED
        assert runs == 1
