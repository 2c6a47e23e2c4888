"""Due reminders: which, for whom, and how two processes that ask do not get the same."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.util import await_only

import storage
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Level, QuietHours
from core.ports.store import Store, Transaction
from tests.storage.planting import NOW, planted
from tests.storage.remembering import DAY, MINUTE, owner_id, reminded

HOLDERS = 4


async def due(store: Store, limit: int = 100) -> list[int]:
    result = await store.write(lambda tx: tx.reminders.due(NOW, limit))
    return [reminder.id for reminder, _ in result]


async def test_a_reminder_is_kept_as_it_is_changed_and_removed(store: Store) -> None:
    tree = await planted(store)
    schedule = Schedule(time(7, 5), frozenset({0, 6}), Level.QUARTERLY)
    new = Reminder(0, tree.owner, MessageKind.QUARTERLY_DIGEST, schedule, tree.run, True, NOW)
    kept = await store.write(lambda tx: tx.reminders.add(new, NOW))
    assert kept == replace(new, id=kept.id)
    other = await reminded(store, tree.owner, None)
    assert await store.read(lambda tx: tx.reminders.of_owner(tree.owner)) == [kept, other]

    changed = replace(kept, schedule=Schedule(time(0)), node_id=None, paused=False, next_due=None)
    await store.write(lambda tx: tx.reminders.save(changed))
    await store.write(lambda tx: tx.reminders.remove([other.id]))
    assert await store.read(lambda tx: tx.reminders.of_owner(tree.owner)) == [changed]


async def test_due_reminders_come_with_their_owners_longest_due_first(store: Store) -> None:
    anna, ben = await owner_id(store, 1), await owner_id(store, 2)
    later, first = await reminded(store, anna, NOW), await reminded(store, ben, NOW - DAY)
    await reminded(store, anna, NOW + MINUTE)
    await reminded(store, ben, None)
    quiet = QuietHours(time(22), time(7))
    [before] = [one for one in await store.read(lambda tx: tx.owners.all()) if one.id == ben]
    await store.write(lambda tx: tx.owners.save(replace(before, quiet=quiet)))
    result = await store.write(lambda tx: tx.reminders.due(NOW, 10))
    assert [(one, owner.chat_id, owner.quiet) for one, owner in result] == [(first, 2, quiet), (later, 1, None)]
    assert await store.read(lambda tx: tx.reminders.next_due()) == NOW - DAY


async def test_all_reminders_of_a_person_come_together_despite_the_limit(store: Store) -> None:
    anna, ben = await owner_id(store, 1), await owner_id(store, 2)
    mine = [await reminded(store, anna, NOW - number * MINUTE) for number in (5, 3, 1)]
    theirs = await reminded(store, ben, NOW - 2 * MINUTE)
    assert await due(store, 1) == [reminder.id for reminder in mine]
    assert set(await due(store, 4)) == {*(reminder.id for reminder in mine), theirs.id}


async def test_they_are_moved_on_or_left_without_a_next_time(store: Store) -> None:
    anna = await owner_id(store)
    first, second, third = [await reminded(store, anna, NOW) for _ in range(3)]
    await store.write(lambda tx: tx.reminders.advance({first.id: NOW + DAY, second.id: None}))
    await store.write(lambda tx: tx.reminders.advance({}))
    assert [r.next_due for r in await store.read(lambda tx: tx.reminders.of_owner(anna))] == [NOW + DAY, None, NOW]
    assert await due(store) == [third.id]
    await store.write(lambda tx: tx.reminders.advance({third.id: None}))
    assert await due(store) == []
    assert await store.read(lambda tx: tx.reminders.next_due()) == NOW + DAY


async def test_reminders_to_reschedule_come_by_id_without_the_paused_and_the_unreachable(store: Store) -> None:
    anna, ben = await owner_id(store, 1), await owner_id(store, 2)
    first, _, gone, last = (
        await reminded(store, anna, NOW),
        await reminded(store, anna, None, paused=True),
        await reminded(store, ben, NOW),
        await reminded(store, anna, None),
    )
    assert gone.owner_id == ben
    owner = await store.read(lambda tx: tx.owners.by_chat(2))
    assert owner is not None
    await store.write(lambda tx: tx.owners.save(replace(owner, unreachable_since=NOW)))

    async def after(id: int, limit: int) -> list[int]:
        return [result.id for result, _ in await store.write(lambda tx: tx.reminders.page_after(id, limit))]

    assert await after(0, 10) == [first.id, last.id]
    assert await after(0, 1) == [first.id]
    assert await after(first.id, 10) == [last.id]
    assert await after(last.id, 10) == []


async def test_a_goal_that_goes_takes_its_reminders_along(store: Store) -> None:
    tree = await planted(store)
    await store.write(
        lambda tx: tx.reminders.add(Reminder(0, tree.owner, MessageKind.CHECK_IN, Schedule(time(7)), tree.run), NOW)
    )
    await store.write(lambda tx: tx.owners.remove(tree.owner))
    assert await store.read(lambda tx: tx.reminders.of_owner(tree.owner)) == []


async def test_two_that_ask_at_once_are_given_different_people(postgres_url: str) -> None:
    """While one transaction holds its reminders, another passes over them, and over those people's other reminders."""
    async with storage.open_store(postgres_url) as store:
        for chat_id in range(1, 4):
            owner = await owner_id(store, chat_id)
            for number in range(2):
                await reminded(store, owner, NOW - number * MINUTE)
        release = asyncio.Event()
        taken: asyncio.Queue[list[int]] = asyncio.Queue()

        def hold(tx: Transaction) -> None:
            taken.put_nowait([owner.chat_id for _, owner in tx.reminders.due(NOW, 1)])
            await_only(release.wait())

        holding = []
        for _ in range(HOLDERS):
            holding.append(asyncio.create_task(store.write(hold)))
        held = [await taken.get() for _ in range(HOLDERS)]
        release.set()
        await asyncio.gather(*holding)
        # Each of the first three took one person with both reminders; the last found nobody left.
        assert sorted(held) == [[], [1, 1], [2, 2], [3, 3]]


async def test_an_owner_whose_settings_change_is_passed_over_for_now(postgres_url: str, postgres_host: str) -> None:
    async with storage.open_store(postgres_url) as store:
        anna = await owner_id(store, 1)
        reminder = await reminded(store, anna, NOW)
        database = make_url(postgres_url).database
        other = await asyncpg.connect(host=postgres_host, user="postgres", database=database)
        try:
            async with other.transaction():
                await other.execute("UPDATE owners SET title = 'x' WHERE id = $1", anna)
                assert await due(store) == []
            assert await due(store) == [reminder.id]
        finally:
            await other.close()
