"""Messages that must be sent once: keys, claims with a lease, and marks that come too late."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import cast

import pytest
from sqlalchemy.util import await_only

import storage
from core.asking.reminders import Message, MessageKind, MessageState, NewMessage
from core.ports.store import Store, Transaction
from storage.sql import Statement
from storage.transaction import SqlTransaction
from tests.processes import started
from tests.storage.planting import MONDAY, NOW
from tests.storage.remembering import DAY, LEASE, MINUTE, claimed, message, owner_id, written

MANY = 300
OF_NEWER_RELEASE = Statement("UPDATE outbox SET kind = 'hologram' WHERE key = 'new'")


async def state_of(store: Store, id: int, chat_id: int = 7) -> Message:
    result = await store.read(lambda tx: tx.outbox.by_id(id, chat_id))
    assert result is not None
    return result


async def one_claimed(store: Store, key: str = "k") -> Message:
    await written(store, message(await owner_id(store), key))
    [result] = await claimed(store)
    return result


async def test_a_message_is_given_back_as_it_was_written(store: Store) -> None:
    owner = await owner_id(store)
    await written(store, message(owner, "k", nodes=(3, 1), after=12, thread_id=99, kind=MessageKind.NUDGE))
    [result] = await claimed(store)
    assert result == Message(
        result.id, MessageKind.NUDGE, owner, 7, MONDAY, NOW + DAY, MessageState.SENDING, 1, 0, (3, 1), 12, 99
    )


async def test_a_key_is_there_once_for_ever(store: Store) -> None:
    owner = await owner_id(store)
    await written(store, message(owner, "one"), message(owner, "two"), message(owner, "one"))
    assert len(await claimed(store)) == 2
    for [result] in ([one] for one in await claimed(store, NOW + LEASE)):
        await store.write(lambda tx, result=result: tx.outbox.mark_sent(result, 5, NOW))  # type: ignore[misc]
    await written(store, message(owner, "one"), message(owner, "three", dropped="stale"))
    assert await claimed(store) == []
    keys = ["one", "two", "three", "four"]
    assert await store.read(lambda tx: tx.outbox.existing_keys(keys)) == {"one", "two", "three"}
    assert await store.read(lambda tx: tx.outbox.existing_keys([])) == set()


async def test_a_claim_takes_what_is_due_and_longest_due_first(store: Store) -> None:
    owner = await owner_id(store)
    await written(store, message(owner, "b"), message(owner, "a", NOW - MINUTE), message(owner, "c", NOW + MINUTE))
    assert await store.read(lambda tx: tx.outbox.next_due()) == NOW - MINUTE
    [first] = await claimed(store, limit=1)
    assert first.useful_until == NOW - MINUTE + DAY
    assert len(await claimed(store)) == 1
    assert await claimed(store) == []
    assert await store.read(lambda tx: tx.outbox.next_due()) == NOW + MINUTE


async def test_messages_of_a_newer_release_are_left_to_it(store: Store) -> None:
    owner = await owner_id(store)
    await written(store, message(owner, "new", NOW - MINUTE), message(owner, "known"))
    await store.write(lambda tx: cast(SqlTransaction, tx).sql.run(OF_NEWER_RELEASE))
    assert await store.read(lambda tx: tx.outbox.next_due()) == NOW
    assert len(await claimed(store)) == 1
    assert await store.read(lambda tx: tx.outbox.next_due()) == NOW + LEASE


async def test_a_claim_ends_with_its_lease_and_leaves_a_doubt(store: Store) -> None:
    first = await one_claimed(store)
    assert await claimed(store, NOW + LEASE - MINUTE) == []
    [second] = await claimed(store, NOW + LEASE)
    assert (second.id, second.attempt, second.doubts) == (first.id, 2, 1)


async def test_a_message_that_is_put_off_was_not_tried(store: Store) -> None:
    first = await one_claimed(store)
    await store.write(lambda tx: tx.outbox.put_off(first, NOW + MINUTE))
    [second] = await claimed(store, NOW + MINUTE)
    assert (second.attempt, second.doubts) == (1, 0)


async def test_digests_that_wait_are_called_the_next_ones_first(store: Store) -> None:
    owner, kind = await owner_id(store), MessageKind.WEEKLY_DIGEST
    await written(
        store,
        message(owner, "third", NOW + 3 * MINUTE, kind=kind),
        message(owner, "first", NOW + MINUTE, kind=kind),
        message(owner, "second", NOW + 2 * MINUTE, kind=kind),
        message(owner, "prompt", NOW + MINUTE),
        message(owner, "failed", NOW, kind=kind),
    )
    [failed] = await claimed(store)
    await store.write(lambda tx: tx.outbox.retry(failed, NOW + MINUTE, "no net", 0))
    until = NOW + 2 * MINUTE
    [first] = await store.write(lambda tx: tx.outbox.call_digests(until, NOW + LEASE, 1))
    await store.write(lambda tx: tx.outbox.put_off(first, NOW))
    [second] = await store.write(lambda tx: tx.outbox.call_digests(until, NOW + LEASE, 1, {first.id}))
    await store.write(lambda tx: tx.outbox.put_off(second, NOW + MINUTE))
    called = await store.write(lambda tx: tx.outbox.call_digests(until, NOW + LEASE, 9))
    assert [(one.useful_until - DAY - NOW) // MINUTE for one in called] == [1, 2]
    assert {(one.state, one.attempt, one.doubts) for one in called} == {(MessageState.SENDING, 1, 0)}
    assert await store.write(lambda tx: tx.outbox.call_digests(until, NOW + LEASE, 9)) == []


async def test_a_try_is_put_off_with_its_reason_and_its_doubts(store: Store) -> None:
    first = await one_claimed(store)
    await store.write(lambda tx: tx.outbox.retry(first, NOW + MINUTE, "no net", 1))
    assert await claimed(store) == []
    [second] = await claimed(store, NOW + MINUTE)
    assert (second.state, second.attempt, second.doubts) == (MessageState.SENDING, 2, 1)


@pytest.mark.parametrize(("dead", "state"), [(False, MessageState.DROPPED), (True, MessageState.DEAD)])
async def test_a_settled_message_is_claimed_no_more(store: Store, dead: bool, state: MessageState) -> None:
    first = await one_claimed(store)
    await store.write(lambda tx: tx.outbox.mark_over([first], "no use", NOW, dead=dead))
    assert (await state_of(store, first.id)).state is state
    assert await claimed(store, NOW + DAY) == []


async def test_the_late_mark_of_a_claim_that_ran_out_changes_nothing(store: Store) -> None:
    first = await one_claimed(store)
    [second] = await claimed(store, NOW + LEASE)
    await store.write(lambda tx: tx.outbox.retry(first, NOW, "late", 3))
    await store.write(lambda tx: tx.outbox.mark_over([first], "late", NOW, dead=True))
    assert await state_of(store, first.id) == second


async def test_a_sent_message_is_marked_even_if_another_has_claimed_it_since(store: Store) -> None:
    first = await one_claimed(store)
    [second] = await claimed(store, NOW + LEASE)
    await store.write(lambda tx: tx.outbox.mark_sent(first, 41, NOW))
    await store.write(lambda tx: tx.outbox.retry(second, NOW, "no net", 2))
    await store.write(lambda tx: tx.outbox.mark_over([second], "no use", NOW))
    await store.write(lambda tx: tx.outbox.mark_sent(second, 42, NOW))
    result = await state_of(store, first.id)
    assert (result.state, result.message_id) == (MessageState.SENT, 41)
    assert await claimed(store, NOW + DAY) == []


async def test_a_sent_message_is_found_by_its_number_in_its_chat_only(store: Store) -> None:
    first = await one_claimed(store)
    assert await store.read(lambda tx: tx.outbox.by_telegram_id(7, 41)) is None
    await store.write(lambda tx: tx.outbox.mark_sent(first, 41, NOW))
    result = await store.read(lambda tx: tx.outbox.by_telegram_id(7, 41))
    assert result is not None
    assert result.id == first.id
    assert await store.read(lambda tx: tx.outbox.by_telegram_id(8, 41)) is None
    assert await store.read(lambda tx: tx.outbox.by_id(first.id, 8)) is None


async def test_waiting_prompts_are_those_due_and_not_on_their_way(store: Store) -> None:
    owner = await owner_id(store)
    await written(store, message(owner, "sending", NOW - MINUTE))
    await claimed(store)
    await written(
        store,
        message(owner, "pending"),
        message(owner, "nudge", kind=MessageKind.NUDGE),
        message(owner, "digest", kind=MessageKind.WEEKLY_DIGEST),
        message(owner, "later", NOW + MINUTE),
        message(owner, "dropped", dropped="stale"),
        message(owner, "other chat", chat_id=8),
    )

    async def waiting(*chats: int) -> list[MessageKind]:
        return [result.kind for result in await store.write(lambda tx: tx.outbox.waiting_prompts(chats, NOW))]

    assert await waiting(7) == [MessageKind.CHECK_IN, MessageKind.NUDGE]
    assert await waiting(7, 8) == [MessageKind.CHECK_IN, MessageKind.NUDGE, MessageKind.CHECK_IN]
    assert await waiting() == []


async def test_waiting_messages_can_be_dropped_by_kind_or_all(store: Store) -> None:
    anna, ben = await owner_id(store, 7), await owner_id(store, 8)
    await written(store, message(anna, "sending", NOW - DAY))
    [sending] = await claimed(store)
    await written(
        store,
        message(anna, "prompt", NOW + MINUTE),
        message(anna, "digest", kind=MessageKind.WEEKLY_DIGEST),
        message(ben, "ben's", chat_id=8),
    )
    await store.write(lambda tx: tx.outbox.drop_open(anna, "off", NOW, [MessageKind.CHECK_IN]))
    assert (await state_of(store, sending.id)).state is MessageState.SENDING
    assert [result.kind for result in await claimed(store, limit=1)] == [MessageKind.WEEKLY_DIGEST]
    await store.write(lambda tx: tx.outbox.drop_open(ben, "off", NOW))
    assert await claimed(store, NOW + MINUTE) == []


async def test_only_what_was_settled_long_ago_is_removed_and_not_all_at_once(store: Store) -> None:
    owner = await owner_id(store)
    old = [message(owner, f"k{number}", dropped="stale") for number in range(3)]
    await written(store, *old, message(owner, "open"))
    assert await store.write(lambda tx: tx.outbox.prune(NOW, 10)) == 0
    assert await store.write(lambda tx: tx.outbox.prune(NOW + MINUTE, 2)) == 2
    assert await store.write(lambda tx: tx.outbox.prune(NOW + MINUTE, 2)) == 1
    assert len(await claimed(store)) == 1


async def test_a_chat_s_messages_move_with_it(store: Store) -> None:
    first = await one_claimed(store)
    await written(store, message(first.owner_id, "elsewhere", chat_id=8))
    await store.write(lambda tx: tx.outbox.move(7, -1007))
    assert (await state_of(store, first.id, -1007)).chat_id == -1007
    assert [result.chat_id for result in await claimed(store)] == [8]


async def test_a_chat_s_rounds_are_found_by_day_and_have_no_number_where_the_chat_has_moved(store: Store) -> None:
    first = await one_claimed(store)  # a check-in about Monday
    await written(store, message(first.owner_id, "waits"), message(first.owner_id, "other", kind=MessageKind.NUDGE))
    assert [result.id for result in await store.read(lambda tx: tx.outbox.rounds(7, MONDAY))] == [first.id]
    await store.write(lambda tx: tx.outbox.mark_sent(first, 5, NOW))
    [sent] = await store.read(lambda tx: tx.outbox.rounds(7, MONDAY))
    assert (sent.state, sent.message_id) == (MessageState.SENT, 5)
    assert await store.read(lambda tx: tx.outbox.rounds(7, MONDAY + DAY)) == []
    await store.write(lambda tx: tx.outbox.move(7, -1007))
    [moved] = await store.read(lambda tx: tx.outbox.rounds(-1007, MONDAY))
    assert moved.message_id is None


async def test_a_message_goes_with_its_owner(store: Store) -> None:
    first = await one_claimed(store)
    await store.write(lambda tx: tx.owners.remove(first.owner_id))
    assert await store.read(lambda tx: tx.outbox.by_id(first.id, 7)) is None


# --- several processes that claim ---


async def fill(store: Store, count: int = MANY) -> None:
    owner = await owner_id(store)
    new: list[NewMessage] = [message(owner, f"k{number}") for number in range(count)]
    await written(store, *new)


async def claim_all(store: Store, limit: int = 7) -> list[int]:
    """Claim until nothing is left."""
    taken: list[int] = []
    while result := await claimed(store, limit=limit):
        assert len(result) <= limit
        taken += [one.id for one in result]
    return taken


async def test_many_that_claim_at_once_never_get_the_same(store: Store) -> None:
    await fill(store)
    taken = Counter(id for ids in await asyncio.gather(*[claim_all(store) for _ in range(8)]) for id in ids)
    assert len(taken) == MANY
    assert set(taken.values()) == {1}


async def test_claims_pass_over_what_another_transaction_holds(postgres_url: str) -> None:
    async with storage.open_store(postgres_url) as store:
        await fill(store, 10)
        release = asyncio.Event()
        held: asyncio.Queue[list[int]] = asyncio.Queue()

        def hold(tx: Transaction) -> None:
            held.put_nowait([result.id for result in tx.outbox.claim(NOW, NOW + LEASE, 6)])
            await_only(release.wait())

        holding = asyncio.create_task(store.write(hold))
        mine = set(await held.get())
        waiting = await store.write(lambda tx: tx.outbox.waiting_prompts([7], NOW))
        assert len(waiting) == 4
        theirs = {result.id for result in await claimed(store, limit=10)}
        release.set()
        await holding
        assert (len(mine), len(theirs), mine & theirs) == (6, 4, set())


async def in_another_process(url: str) -> None:
    async with storage.open_store(url) as store:
        print("open", flush=True)
        print(*await claim_all(store), flush=True)


async def test_two_processes_never_claim_the_same(store_url: str) -> None:
    async with storage.open_store(store_url) as store:
        other = await started("tests.storage.test_outbox", store_url)
        assert await other.stdout.readline() == b"open\n"
        await fill(store)
        mine = await claim_all(store)
        rest, _ = await other.communicate()
        assert other.returncode == 0
        taken = Counter(mine + [int(id) for id in rest.split()])
        taken.update(await claim_all(store))
    assert len(taken) == MANY
    assert set(taken.values()) == {1}


if __name__ == "__main__":
    asyncio.run(in_another_process(sys.argv[1]))
