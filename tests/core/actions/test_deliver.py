"""The consequences of Telegram's answers: sent, tried again, dropped, or dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.actions import deliver
from core.actions.claimed import LEASE, LOST
from core.actions.deliver import claim, prune, settle, something_waits
from core.asking.delivery import CUT, LAPSED, MOST_DOUBTS, Delivered, Failed, NotNeeded, Rejected
from core.asking.reminders import MessageState
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.core.actions.delivering import EVENING, NIGHT, as_stored, mark, next_try, prompt, read_owner
from tests.core.actions.reminding import ANNA, DAY, HOUR, MINUTE, all_due, at, outbox, person, states
from tests.databases import ON_SQLITE
from tests.storage.remembering import message, written

pytestmark = ON_SQLITE


async def test_delivered_is_sent_under_telegram_s_number(store: Store) -> None:
    sent = await mark(store, await prompt(store), Delivered(41))
    assert (sent.state, sent.message_id) == (MessageState.SENT, 41)
    assert await claim(store, Actor.host(), EVENING + HOUR, 10) == []


async def test_an_unneeded_message_is_dropped_and_a_refused_one_is_dead(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    claimed = await prompt(store)
    assert (await mark(store, claimed, NotNeeded("all is done"))).state is MessageState.DROPPED
    await person(store, 8, "20:00")
    await all_due(store, EVENING)
    [other] = await claim(store, Actor.host(), EVENING, 10)
    assert caplog.text == ""
    await settle(store, Actor.host(), other, Rejected("message is too long"), EVENING, 0.0)
    assert (await as_stored(store, other, 8)).state is MessageState.DEAD
    assert f"message {other.id} to chat 8 is dead: message is too long" in caplog.text


async def test_a_certain_failure_is_retried_until_it_is_of_no_use(store: Store) -> None:
    """Telegram answers nothing but 502 all evening."""
    claimed, now, tries = await prompt(store), EVENING, 0
    while claimed:
        tries += 1
        await settle(store, Actor.host(), claimed, Failed("Bad Gateway"), now, 1.0)
        due = await store.read(lambda tx: tx.outbox.next_due())
        if due is None:
            break
        assert due > now
        now = due
        [claimed] = await claim(store, Actor.host(), now, 10)
    assert tries > 20
    assert now < at("Tue 00:00")
    assert [kept.reason for kept in await outbox(store)] == ["Bad Gateway; no try is left while it is of use"]
    assert await states(store) == [("Mon", "dead")]


async def test_a_doubtful_message_is_tried_three_times_at_most(store: Store) -> None:
    claimed = await prompt(store)
    lost = Failed("connection broke", doubtful=True)
    for tries in (1, 2):
        again = await mark(store, claimed, lost)
        assert (again.state, again.doubts) == (MessageState.RETRY, tries * CUT)
        [claimed] = await claim(store, Actor.host(), EVENING + HOUR, 10)
    assert (await mark(store, claimed, lost)).state is MessageState.DEAD
    assert [kept.reason for kept in await outbox(store)] == ["connection broke; it may have arrived"]


async def test_it_waits_as_long_as_telegram_says(store: Store) -> None:
    claimed = await prompt(store)
    await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(seconds=77)))
    assert await next_try(store) == EVENING + timedelta(seconds=77)
    assert not await something_waits(store, Actor.host(), EVENING + timedelta(seconds=76))
    [again] = await claim(store, Actor.host(), EVENING + timedelta(seconds=77), 10)
    assert (again.attempt, again.doubts) == (2, 0)


async def test_a_message_that_kills_its_sender_is_not_retried_for_ever(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await prompt(store)
    now, claims = EVENING, 1
    for _ in range(2 * MOST_DOUBTS):
        now += LEASE
        claims += len(await claim(store, Actor.host(), now, 10))
    assert claims == MOST_DOUBTS / LAPSED
    assert [(kept.state, kept.reason) for kept in await outbox(store)] == [("dead", LOST)]
    assert "is dead" in caplog.text


async def test_senders_that_died_weigh_less_than_connections_that_broke(store: Store) -> None:
    """Three that were killed with it in their hands, and it goes out all the same; then each broken try counts."""
    claimed, now = await prompt(store), EVENING
    for _ in range(3):
        now += LEASE
        [claimed] = await claim(store, Actor.host(), now, 10)
    assert claimed.doubts == 3 * LAPSED
    assert (await mark(store, claimed, Failed("broke", doubtful=True))).state is MessageState.RETRY
    [claimed] = await claim(store, Actor.host(), now + HOUR, 10)
    assert (await mark(store, claimed, Failed("broke", doubtful=True))).state is MessageState.DEAD


async def test_messages_of_no_use_fill_no_place(store: Store) -> None:
    await person(store, ANNA)
    owner = await read_owner(store)
    assert owner is not None
    old = [message(owner.id, f"old {number}", at("Sun 12:00") - 7 * DAY) for number in range(20)]
    await written(store, *old, message(owner.id, "new", EVENING))
    [fresh] = await claim(store, Actor.host(), EVENING, 3)
    assert fresh.useful_until == EVENING + DAY
    assert [kept.state for kept in await outbox(store)] == ["dropped"] * 20 + ["sending"]


async def test_messages_settled_long_ago_are_forgotten_in_bites(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "PRUNED_AT_ONCE", 2)
    await person(store, ANNA)
    owner = await read_owner(store)
    assert owner is not None
    await written(store, *[message(owner.id, f"k{number}", dropped="stale") for number in range(5)])
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT) == 0
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT + MINUTE) == 5
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT + MINUTE) == 0


async def test_a_zone_that_is_gone_keeps_nobody_else_waiting(store: Store) -> None:
    await prompt(store)
    await person(store, 8, "20:00")
    await all_due(store, EVENING)

    def lose_the_zone(tx: Transaction) -> None:
        owner = tx.owners.by_chat(8)
        assert owner is not None
        tx.owners.save(replace(owner, timezone="Mars/Olympus", quiet=NIGHT))

    await store.write(lose_the_zone)
    assert [message.chat_id for message in await claim(store, Actor.host(), EVENING, 10)] == [8]
