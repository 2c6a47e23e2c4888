"""Conversations, and updates that wait."""

from __future__ import annotations

from datetime import timedelta

from core.goals.model import OwnerType
from core.ports.inbox import NewUpdate
from core.ports.store import Store
from tests.storage.planting import NOW


async def test_a_conversation_is_remembered_for_each_person_until_forgotten(store: Store) -> None:
    state = {"step": 2, "titles": ["Läufe", None]}
    await store.write(lambda transaction: transaction.conversations.put(-5, 7, {"step": 1}, NOW))
    await store.write(lambda transaction: transaction.conversations.put(-5, 7, state, NOW))
    assert await store.read(lambda transaction: transaction.conversations.get(-5, 7)) == state
    assert await store.read(lambda transaction: transaction.conversations.get(-5, 8)) is None
    await store.write(lambda transaction: transaction.conversations.put(-5, 7, None, NOW))
    assert await store.read(lambda transaction: transaction.conversations.get(-5, 7)) is None


async def test_an_update_is_received_once_and_pending_until_handled(store: Store) -> None:
    async def receive(*updates: tuple[int, str]) -> list[int]:
        rows = [NewUpdate(update_id, 5, text) for update_id, text in updates]
        return await store.write(lambda transaction: transaction.inbox.receive(rows, NOW))

    assert await receive((12, '{"text": "ü"}'), (11, "{}")) == [11, 12]
    assert await receive((12, "again"), (13, "{}"), (13, "{}")) == [13]
    assert await receive() == []
    await store.write(lambda transaction: transaction.inbox.mark_handled([11, 13], NOW))
    assert await store.read(lambda transaction: transaction.inbox.pending()) == [(12, '{"text": "ü"}')]


async def test_only_old_handled_updates_are_pruned(store: Store) -> None:
    def updates(*update_ids: int) -> list[NewUpdate]:
        return [NewUpdate(update_id, 0, "{}") for update_id in update_ids]

    await store.write(lambda transaction: transaction.inbox.receive(updates(1, 2), NOW))
    await store.write(lambda transaction: transaction.inbox.receive(updates(3), NOW + timedelta(days=2)))
    await store.write(lambda transaction: transaction.inbox.mark_handled([1, 3], NOW))
    await store.write(lambda transaction: transaction.inbox.prune(NOW + timedelta(days=1)))
    fresh = await store.write(lambda transaction: transaction.inbox.receive(updates(1, 2, 3), NOW + timedelta(days=3)))
    assert fresh == [1]


async def test_waiting_changes_are_found_by_chat_in_order_without_the_known_ones(store: Store) -> None:
    rows = [NewUpdate(number, -5 if number % 2 else 7, f'{{"n": {number}}}') for number in (9, 3, 4, 1, 2, 8)]
    await store.write(lambda tx: tx.inbox.receive(rows, NOW))
    await store.write(lambda tx: tx.inbox.mark_handled([1, 4], NOW))
    by_id = {row.id: row for row in rows}
    assert await store.read(lambda tx: tx.inbox.waiting_chats(9)) == [7, -5]
    assert await store.read(lambda tx: tx.inbox.waiting_chats(1)) == [7]
    assert await store.read(lambda tx: tx.inbox.pending_of([-5, 7, 6], [8], 9)) == [by_id[2], by_id[3], by_id[9]]
    assert await store.read(lambda tx: tx.inbox.pending_of([-5, 7], [], 2)) == [by_id[2], by_id[3]]
    assert await store.read(lambda tx: tx.inbox.pending_of([7], [], 9)) == [by_id[2], by_id[8]]
    assert await store.read(lambda tx: tx.inbox.pending_of([], [], 9)) == []


async def test_a_chat_has_one_owner_however_often_it_is_added(store: Store) -> None:
    first = await store.write(lambda t: t.owners.add(5, OwnerType.PRIVATE, "Anna", "en", NOW))
    assert await store.write(lambda t: t.owners.add(5, OwnerType.GROUP, "Else", "de", NOW)) == first
    other = await store.write(lambda t: t.owners.add(0, OwnerType.LOCAL, "", "en", NOW))
    assert await store.read(lambda t: t.owners.all()) == [first, other]
    assert await store.read(lambda t: t.owners.by_chat(6)) is None
