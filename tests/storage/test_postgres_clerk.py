"""Check-offs that are batched on PostgreSQL have the same result as one by one, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

import storage
from core.actions.cache import verify
from core.actions.check_off import OpenCheckOff
from core.actions.edit.ending import end
from core.actions.edit.pauses import pause
from core.actions.edit.undo import undo_last
from core.actions.log import log
from core.actions.logged import CheckOff, Log, LogOutcome
from core.actions.read import read_trees
from core.errors import DateRefused, InvalidValue, NotFound
from core.goals.model import Node, Pause
from core.goals.streaks import Streak
from core.group.permissions import Actor
from core.ports.store import Store, StoreUnavailable
from storage.postgres_batch import Ready
from storage.postgres_clerk import Clerk
from storage.postgres_line import PostgresLine
from storage.repositories import batches
from tests.databases import end_connections
from tests.laws.shared_tree import CHAT, all_is_well, make, source_keys
from tests.laws.stream import NOON
from tests.laws.stream import wanted as of_number
from tests.storage.planting import planted

ME = Actor.alone(CHAT)
TODAY = NOON.date()


async def leaves_of(store: Store) -> list[Node]:
    """The leaves of the tree that all write to."""
    [reading] = await read_trees(store, ME, TODAY)
    return reading.tree.leaves()


def a_day(leaf: Node, back: int = 0, key: str | None = None) -> Log:
    """A number on a day before today."""
    source = key or f"{CHAT}:{leaf.id}.{back}:0"
    return Log(leaf.id, TODAY - timedelta(days=back), value=Decimal(2), source_key=source)


async def test_waiting_check_offs_are_written_together_each_on_the_result_of_the_last(
    postgres_url: str, slow: list[object], sizes: list[int]
) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        leaves = await leaves_of(store)
        slow.clear()
        done = await asyncio.gather(*(log(store, ME, a_day(leaf), NOON) for leaf in leaves))
        half = len(leaves) // 2  # the other half is prepared while the first is written
        assert (slow, sizes) == ([], [half, len(leaves) - half])
        week = [step.standing for made in done for step in made.steps if step.standing.node.key == "w"]
        assert [standing.value for standing in week] == [Decimal(2), Decimal(4)]
        assert [made.entry and made.entry.source_key for made in done] == [a_day(leaf).source_key for leaf in leaves]
        await all_is_well(store)


async def test_nothing_is_made_ahead_where_another_process_writes_to_the_same_tree(
    postgres_url: str, sizes: list[int]
) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        leaves = await leaves_of(one)
        for back in (4, 3, 1, 0):
            sizes.clear()
            await asyncio.gather(*(log(one, ME, a_day(leaf, back), NOON) for leaf in leaves))
            if back == 3:
                assert len(sizes) == 2
                await log(other, ME, a_day(leaves[0], 2), NOON)
        assert sizes == [len(leaves)]
        await all_is_well(one)


async def test_several_of_one_leaf_come_one_after_the_other(postgres_url: str, slow: list[object]) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        slow.clear()
        same = [a_day(leaf, key=f"{CHAT}:{number}:0") for number in range(5)]
        done = await asyncio.gather(*(log(store, ME, item, NOON) for item in same))
        assert [made.steps[0].standing.value for made in done] == [2, 4, 6, 8, 10]
        assert slow == []
        await all_is_well(store)


async def test_a_message_that_was_logged_before_keeps_no_other_from_being_written(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        leaves = await leaves_of(store)
        first = await log(store, ME, a_day(leaves[0]), NOON)
        await undo_last(store, ME, NOON)  # its key is still there, though the standing entries do not show it
        done = await asyncio.gather(*(log(store, ME, a_day(leaf), NOON) for leaf in leaves))
        assert [made.outcome for made in done] == [LogOutcome.REPEATED, *[LogOutcome.LOGGED] * (len(leaves) - 1)]
        assert first.outcome is LogOutcome.LOGGED
        assert len(await source_keys(store)) == len(leaves) - 1
        await all_is_well(store)


async def test_a_cached_tree_is_not_used_once_it_has_changed(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        [leaf, *_] = await leaves_of(one)
        await log(one, ME, a_day(leaf, 2), NOON)
        await end(other, ME, leaf.id, TODAY - timedelta(days=2), NOON, source_key=None)
        with pytest.raises(DateRefused):
            await log(one, ME, a_day(leaf, 0), NOON)
        await all_is_well(one)


async def test_a_refusal_from_memory_is_looked_at_again(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        [leaf, *_] = await leaves_of(one)
        await end(one, ME, leaf.id, TODAY - timedelta(days=1), NOON, source_key=None)
        with pytest.raises(DateRefused):
            await log(one, ME, a_day(leaf), NOON)
        await _taken_up(other, leaf)
        assert (await log(one, ME, a_day(leaf), NOON)).outcome is LogOutcome.LOGGED
        await all_is_well(one)


async def test_nothing_is_lost_if_a_wait_for_the_lock_begins_while_it_is_read(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Clerk._ask

    async def asked_meanwhile(clerk: Clerk, read: Any) -> None:
        await ask(clerk, read)
        ready = getattr(read, "__self__", None)
        if isinstance(ready, Ready):
            vision_id = ready.unread[0].known.vision_id
            clerk._locking[vision_id] = asyncio.ensure_future(asyncio.sleep(0))
            asyncio.get_running_loop().call_soon(clerk._locking.pop, vision_id)

    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        first, second, *_ = await leaves_of(one)
        await log(one, ME, a_day(first, 3), NOON)
        await end(other, ME, second.id, TODAY - timedelta(days=1), NOON, source_key=None)
        monkeypatch.setattr(Clerk, "_ask", asked_meanwhile)
        async with asyncio.timeout(60):
            done = await log(one, ME, a_day(first, 4), NOON)
        assert done.outcome is LogOutcome.LOGGED
        await all_is_well(one)


async def _taken_up(store: Store, leaf: Node) -> None:
    def work(tx: Any) -> None:
        path = tx.trees.lock_path(CHAT, leaf.id)
        vision = tx.trees.vision(path.id)
        [now] = [node for node in vision.nodes if node.id == leaf.id]
        tx.trees.save_nodes([replace(now, ends_on=None)])
        tx.trees.mark_stale(path.id)

    await store.write(work)


async def test_refusals_are_those_of_the_slow_way(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        with pytest.raises(NotFound):
            await log(store, ME, Log(99, TODAY, value=Decimal(1)), NOON)
        with pytest.raises(NotFound):
            await log(store, Actor.alone(CHAT + 1), a_day(leaf), NOON)
        with pytest.raises(DateRefused):
            await log(store, ME, a_day(leaf, -1), NOON)
        with pytest.raises(InvalidValue):
            await log(store, ME, replace(a_day(leaf), value=Decimal(-1)), NOON)
        assert await source_keys(store) == []


async def test_nobody_waits_for_a_tree_that_somebody_else_is_changing(postgres_url: str) -> None:
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        async with storage.open_store(postgres_url) as store:
            await make(store)
            [leaf, *_] = await leaves_of(store)
            elsewhere = await planted(store, CHAT + 1)
            change = other.transaction()
            await change.start()
            await other.execute("UPDATE visions SET revision = revision + 1 WHERE id <> $1", elsewhere.vision)
            waiting = asyncio.ensure_future(log(store, ME, a_day(leaf), NOON))
            for back in range(3):
                wanted = Log(elsewhere.stretch, TODAY - timedelta(days=back))
                assert (await log(store, Actor.alone(CHAT + 1), wanted, NOON)).outcome is LogOutcome.LOGGED
            assert not waiting.done()
            await change.commit()
            assert (await waiting).outcome is LogOutcome.LOGGED
            assert await verify(store, Actor.host()) == (2, [])
    finally:
        await other.close()


@pytest.mark.parametrize("written", [False, True])
async def test_a_connection_that_is_lost_while_it_writes_is_settled_by_the_source_key(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        leaves = await leaves_of(store)
        rows_while, lost = PostgresLine.rows_while, 0

        async def losing(line: PostgresLine, *what: Any) -> object:
            nonlocal lost
            lost += 1
            if lost > 1:
                return await rows_while(line, *what)
            if written:
                await rows_while(line, *what)
            driver = line._driver
            driver.terminate()
            return await driver.fetch("SELECT 1")

        monkeypatch.setattr(PostgresLine, "rows_while", losing)
        nameless = replace(a_day(leaves[0]), source_key=None)
        works = [log(store, ME, nameless, NOON), *(log(store, ME, a_day(leaf), NOON) for leaf in leaves[1:])]
        done = await asyncio.gather(*works, return_exceptions=True)
        told = [made.outcome if not isinstance(made, BaseException) else type(made) for made in done]
        there = LogOutcome.REPEATED if written else LogOutcome.LOGGED
        half = len(leaves) // 2  # the second half was computed from the first already
        assert told == [StoreUnavailable, *[there] * (half - 1), *[LogOutcome.LOGGED] * (len(leaves) - half)]
        assert lost > 1
        monkeypatch.undo()
        assert (await log(store, ME, a_day(leaves[0], 3), NOON)).outcome is LogOutcome.LOGGED
        assert len(await source_keys(store)) == len(leaves) + written
        await all_is_well(store)


async def test_a_connection_closed_by_the_server_is_replaced(postgres_url: str, slow: list[object]) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        await log(store, ME, a_day(leaf, 1), NOON)
        slow.clear()
        assert await end_connections(postgres_url)
        assert (await log(store, ME, a_day(leaf), NOON)).outcome is LogOutcome.LOGGED
        assert slow == []
        await all_is_well(store)


async def test_a_check_off_after_a_missed_day_off_is_batched(postgres_url: str, slow: list[object]) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        day_off = TODAY - timedelta(days=2)
        await pause(store, ME, Pause(0, day_off, day_off), NOON, source_key=None)
        await log(store, ME, replace(a_day(leaf, 4), value=Decimal(5)), NOON)
        slow.clear()
        values = {3: 5, 2: 1, 1: 5, 0: 5}
        for back, value in values.items():
            made = await log(store, ME, replace(a_day(leaf, back), value=Decimal(value)), NOON)
        assert made.steps[0].standing.streak == Streak(2, 2)
        assert slow == []
        await all_is_well(store)
        # An entry before others changes the run through all cells.
        for _ in range(2):
            made = await log(store, ME, replace(a_day(leaf, 2), source_key=None), NOON)
        assert made.steps[0].standing.streak == Streak(5, 5)
        assert len(slow) == 1
        await all_is_well(store)


async def test_two_processes_that_write_to_one_tree_lose_nothing(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        stores = [one, other]
        items = [await of_number(one, CHAT, number) for number in range(60)]
        done = await asyncio.gather(*(log(stores[at % 2], ME, item, NOON) for at, item in enumerate(items)))
        assert {made.outcome for made in done} == {LogOutcome.LOGGED}
        assert len(await source_keys(one)) == 60
        await all_is_well(one)


async def test_one_who_is_cancelled_keeps_no_other_waiting(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        leaves = await leaves_of(store)
        tasks = [asyncio.ensure_future(log(store, ME, a_day(leaf), NOON)) for leaf in leaves]
        await asyncio.sleep(0)
        tasks[0].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(done[0], asyncio.CancelledError)
        assert {made.outcome for made in done[1:] if not isinstance(made, BaseException)} == {LogOutcome.LOGGED}
        await all_is_well(store)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of check-offs in each read."""
    done: list[int] = []
    read = batches.read

    def noted(sql: Any, vision_ids: Any, needs: Any, known: Any) -> Any:
        done.append(len(needs))
        return read(sql, vision_ids, needs, known)

    monkeypatch.setattr(batches, "read", noted)
    return done


async def test_known_rows_are_not_read_again(postgres_url: str, slow: list[object], readings: list[int]) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [first, second, *_] = await leaves_of(store)
        slow.clear()
        for number, leaf in enumerate((first, second, first, second, second, first)):
            await log(store, ME, a_day(leaf, key=f"{CHAT}:{number}:0"), NOON)
        # Once for each leaf: nothing is known of a leaf that was not touched yet.
        assert (slow, readings) == ([], [1, 1])
        await all_is_well(store)


async def test_changes_of_another_process_are_read(postgres_url: str, slow: list[object], readings: list[int]) -> None:
    async with storage.open_store(postgres_url) as one, storage.open_store(postgres_url) as other:
        await make(one)
        [leaf, *_] = await leaves_of(one)
        slow.clear()
        for number, store in enumerate((one, one, other, one, one)):
            made = await log(store, ME, a_day(leaf, key=f"{CHAT}:{number}:0"), NOON)
            assert made.steps[0].standing.value == 2 * (number + 1)
        assert (slow, readings) == ([], [1, 1, 1])
        await all_is_well(one)


async def test_a_writing_that_fails_leaves_nothing_behind_in_memory(postgres_url: str, readings: list[int]) -> None:
    async with storage.open_store(postgres_url) as store:
        await make(store)
        [leaf, *_] = await leaves_of(store)
        key = a_day(leaf).source_key
        await log(store, ME, a_day(leaf), NOON)
        await undo_last(store, ME, NOON)
        await log(store, ME, a_day(leaf, key=f"{CHAT}:1:0"), NOON)
        # Its key is there, which the cache does not show: it is computed, and then not written.
        assert (await log(store, ME, a_day(leaf, key=key), NOON)).outcome is LogOutcome.REPEATED
        made = await log(store, ME, a_day(leaf, key=f"{CHAT}:2:0"), NOON)
        assert made.steps[0].standing.value == 4
        await all_is_well(store)


async def test_an_error_in_one_answer_is_reported_to_its_person_alone(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = OpenCheckOff._result
    async with storage.open_store(postgres_url) as store:
        await make(store)
        leaves = await leaves_of(store)

        def failing(open_: OpenCheckOff, *what: Any) -> CheckOff:
            if open_.path.leaf.id == leaves[0].id:
                raise ArithmeticError
            return told(open_, *what)

        monkeypatch.setattr(OpenCheckOff, "_result", failing)
        works = (log(store, ME, a_day(leaf), NOON) for leaf in leaves)
        done = await asyncio.gather(*works, return_exceptions=True)
        assert [type(one) for one in done] == [ArithmeticError, *[CheckOff] * (len(leaves) - 1)]
        monkeypatch.undo()
        # It is logged: whoever repeats it learns that.
        assert (await log(store, ME, a_day(leaves[0]), NOON)).outcome is LogOutcome.REPEATED
        await all_is_well(store)
