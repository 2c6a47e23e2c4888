"""Due reminders: one message for each occasion, useful for some time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import time

import pytest

from core.actions.deliver import claim
from core.actions.due import PUT_OFF, make_due, move_on_all, something_is_due
from core.actions.owners import change_settings
from core.actions.reminders import add_check_in, set_digest
from core.asking.schedule import Schedule
from core.goals.model import Level, QuietHours
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.core.actions.reminding import (
    ANNA,
    DAY,
    NOON,
    Kept,
    all_due,
    at,
    next_dues,
    outbox,
    person,
    settled,
    states,
)  # fmt: skip
from tests.databases import ON_SQLITE
from tests.storage.planting import planted

pytestmark = ON_SQLITE


async def test_a_due_reminder_makes_its_message_once_and_moves_on(store: Store) -> None:
    await person(store, ANNA, "20:00")
    assert not await something_is_due(store, Actor.host(), at("Mon 19:59"))
    assert await make_due(store, Actor.host(), at("Mon 19:59"), 10) == 0
    assert await something_is_due(store, Actor.host(), at("Mon 20:00"))
    assert await make_due(store, Actor.host(), at("Mon 20:00"), 10) == 1
    assert await make_due(store, Actor.host(), at("Mon 20:00"), 10) == 0
    assert await outbox(store) == [Kept(ANNA, "check_in", "Mon", "pending", (), None)]
    assert await next_dues(store) == [at("Tue 20:00")]


async def test_a_batch_s_border_does_not_part_what_is_one_person_s(store: Store) -> None:
    await person(store, ANNA, "17:00", "18:00", "19:00", "20:00")
    await person(store, 8, "17:30")
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 4
    assert len(await settled(store, at("Mon 22:00"))) == 1  # delivered between two batches
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 1
    assert await make_due(store, Actor.host(), at("Mon 22:00"), 1) == 0


async def test_a_prompt_for_late_in_the_day_is_of_use_for_an_hour(store: Store) -> None:
    await person(store, ANNA, "23:30")
    await all_due(store, at("Tue 00:20"))
    assert await states(store) == [("Mon", "pending")]
    assert await settled(store, at("Tue 00:31")) == []
    assert await states(store) == [("Mon", "dropped")]


async def test_a_digest_is_of_use_for_three_days(store: Store) -> None:
    await person(store)
    weekly = Schedule(time(19), frozenset({0}))
    for chat_id in (ANNA, 8):
        await person(store, chat_id)
        await set_digest(store, Actor.host(chat_id), Level.WEEKLY, weekly, NOON)
    await all_due(store, at("Thu 18:59"))
    assert {kept.state for kept in await outbox(store)} == {"pending"}
    assert len(await settled(store, at("Thu 18:59"))) == 2
    await all_due(store, at("Thu 19:00") + 7 * DAY)
    assert [kept.state for kept in await outbox(store)] == ["sent", "sent", "dropped", "dropped"]


async def test_a_digest_does_not_stand_in_for_a_prompt_nor_the_other_way_round(store: Store) -> None:
    await person(store, ANNA, "19:00", "20:00")
    await set_digest(store, Actor.host(ANNA), Level.WEEKLY, Schedule(time(19), frozenset({0})), NOON)
    await all_due(store, at("Mon 22:00"))
    assert Counter((kept.kind, kept.state) for kept in await outbox(store)) == {
        ("check_in", "dropped"): 1, ("check_in", "pending"): 1, ("weekly_digest", "pending"): 1,
    }  # fmt: skip


async def test_branches_of_the_same_day_are_asked_for_together(store: Store) -> None:
    tree = await planted(store, ANNA)
    await person(store, ANNA)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(18)), NOON, tree.stretch)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(19)), NOON, tree.run)
    await all_due(store, at("Mon 18:00"))  # waits, and is not sent
    await all_due(store, at("Mon 19:00"))
    result = await outbox(store)
    assert [(kept.nodes, kept.state) for kept in result] == [
        ((tree.stretch,), "dropped"), ((tree.run, tree.stretch), "pending"),
    ]  # fmt: skip
    await add_check_in(store, Actor.host(ANNA), Schedule(time(20)), NOON)
    await all_due(store, at("Mon 20:00"))
    assert [(kept.nodes, kept.state) for kept in await outbox(store)][-1] == ((), "pending")


async def test_a_prompt_of_another_day_is_a_question_of_its_own_unless_it_is_late(store: Store) -> None:
    tree = await planted(store, ANNA)
    await person(store, ANNA)
    await change_settings(store, Actor.host(ANNA), NOON, day_start=time(4))
    await add_check_in(store, Actor.host(ANNA), Schedule(time(2)), NOON, tree.stretch)
    await add_check_in(store, Actor.host(ANNA), Schedule(time(5)), NOON, tree.run)
    await change_settings(store, Actor.host(ANNA), NOON, quiet=QuietHours(time(1), time(5)))
    await all_due(store, at("Tue 05:00"))
    result = {(kept.on, kept.nodes): kept.state for kept in await outbox(store)}
    assert result == {("Mon", (tree.stretch,)): "pending", ("Tue", (tree.run,)): "pending"}
    await all_due(store, at("Wed 05:30"))  # held up: one question, about the latest day
    late = {(kept.on, kept.nodes): kept.state for kept in await outbox(store)}
    assert late[("Tue", (tree.stretch,))] == "dropped"
    assert late[("Wed", (tree.run,))] == "pending"


async def test_a_message_being_sent_is_not_taken_back(store: Store) -> None:
    await person(store, ANNA, "18:00", "18:01")
    await all_due(store, at("Mon 18:00"))
    assert len(await claim(store, Actor.host(), at("Mon 18:00"), 10)) == 1
    await all_due(store, at("Mon 18:01"))
    assert await states(store) == [("Mon", "sending"), ("Mon", "pending")]


async def test_one_that_cannot_be_worked_out_keeps_no_other_waiting(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await person(store, 1, "20:00")
    [theirs] = await person(store, 2, "20:00")

    def lose_the_zone(tx: Transaction) -> None:
        owner = tx.owners.by_chat(1)
        assert owner is not None
        tx.owners.save(replace(owner, timezone="Mars/Olympus"))

    await store.write(lose_the_zone)
    await all_due(store, at("Mon 20:00"))
    assert [(kept.chat, kept.state) for kept in await outbox(store)] == [(2, "pending")]
    assert await next_dues(store, 1) == [at("Mon 20:00") + PUT_OFF]
    assert "putting it off" in caplog.text
    # The clock goes back by a day: theirs is worked out anew all the same.
    assert await move_on_all(store, Actor.host(), at("Mon 10:00"), batch=1) == 1
    assert await next_dues(store, 2) == [at("Mon 20:00")]
    assert theirs.next_due == at("Mon 20:00")
