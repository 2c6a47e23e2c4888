"""Figures for operators: the last notes, and how much there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.goals.model import OwnerType
from core.ports.journal import Note
from core.ports.store import Store
from tests.storage.planting import NOW, logged, planted
from tests.storage.remembering import DAY, LEASE, MINUTE, claimed, message, owner_id, reminded, written


async def test_the_journal_keeps_the_last_note_of_each_name(store: Store) -> None:
    assert await store.read(lambda tx: tx.journal.all()) == {}
    for at, detail in ((NOW, {"visions": 1}), (NOW - DAY, {"visions": 2, "path": "ü"})):
        await store.write(lambda tx, at=at, detail=detail: tx.journal.note("verification", at, detail))  # type: ignore[misc]
    await store.write(lambda tx: tx.journal.note("tick", NOW, {}))
    assert await store.read(lambda tx: tx.journal.all()) == {
        "verification": Note(NOW - DAY, {"visions": 2, "path": "ü"}),
        "tick": Note(NOW, {}),
    }


async def test_an_empty_database_has_no_figures(store: Store) -> None:
    counts = await store.read(lambda tx: tx.statistics.counts(NOW))
    assert (counts.people, counts.groups, counts.trees, counts.entries, counts.reminders) == (0, 0, 0, 0, 0)
    assert counts.outbox == {"pending": 0, "sending": 0, "retry": 0, "sent": 0, "dead": 0, "dropped": 0}
    assert counts.oldest_undelivered is None


async def test_it_counts_the_rows(store: Store) -> None:
    tree = await planted(store)
    await store.write(lambda tx: tx.owners.add(0, OwnerType.LOCAL, "", "en", NOW))
    group = await store.write(lambda tx: tx.owners.add(-5, OwnerType.GROUP, "Friends", "en", NOW))
    await store.write(lambda tx: tx.owners.save(replace(group, unreachable_since=NOW)))
    entries = [await store.write(lambda tx: tx.entries.add(tree.vision, logged(tree.run), NOW)) for _ in range(3)]
    await store.write(lambda tx: tx.entries.void([entry.id for entry in entries[:1] if entry], NOW))
    for due in (NOW - DAY, NOW + timedelta(minutes=59), NOW + timedelta(hours=23), NOW + 2 * DAY, None):
        await reminded(store, tree.owner, due)
    await written(store, message(tree.owner, "a"), message(tree.owner, "b", dropped="stale"))

    counts = await store.read(lambda tx: tx.statistics.counts(NOW))
    assert (counts.people, counts.groups, counts.unreachable) == (2, 1, 1)
    assert (counts.trees, counts.entries, counts.reminders) == (1, 2, 4)
    assert (counts.due_within_hour, counts.due_within_day) == (2, 3)
    assert counts.outbox == {"pending": 1, "sending": 0, "retry": 0, "sent": 0, "dead": 0, "dropped": 1}
    assert counts.oldest_undelivered == NOW


async def test_a_tried_message_is_undelivered_and_one_not_due_yet_is_not(store: Store) -> None:
    owner = await owner_id(store)

    async def oldest(after: timedelta) -> bool:
        counts = await store.read(lambda tx: tx.statistics.counts(NOW + after))
        return counts.oldest_undelivered is not None

    await written(store, message(owner, "k", NOW + MINUTE))
    assert not await oldest(timedelta(0))
    assert await oldest(MINUTE)
    [result] = await claimed(store, NOW + MINUTE)
    assert await oldest(LEASE)
    await store.write(lambda tx: tx.outbox.retry(result, NOW + DAY, "no net", 0))
    assert await oldest(LEASE)
    await store.write(lambda tx: tx.outbox.mark_sent(result, 1, NOW))
    assert not await oldest(2 * DAY)
