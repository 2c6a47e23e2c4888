"""Each read model comes from one snapshot, and one goal offers the same amounts wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

import pytest

from core.actions.day.board import read_board
from core.actions.day.circle import circle_of
from core.actions.day.day import read_amounts, read_day
from core.actions.day.mine import read_mine
from core.actions.day.prompt import read_prompt
from core.actions.day.round import RoundSheet, round_sheet
from core.actions.read import on_snapshot
from core.asking.reminders import Message, MessageKind, MessageState, NewMessage
from core.errors import Refused
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.core.actions.circle import ANN, BEN, CLEO, MONDAY, Circle

T = TypeVar("T")
OUTLINE = "V (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n"
LATER = timedelta(days=1)


async def habits(store: Store) -> Circle:
    """Ann and Ben read thirty pages on two days, and together they ran eight kilometers once."""
    circle = await Circle(store, today=MONDAY - timedelta(days=45)).open(OUTLINE, ANN, BEN)
    for ago in (40, 3):
        circle.today = MONDAY - timedelta(days=ago)
        await circle.log(ANN, "Read", 30)
    await circle.log(BEN, "Run", 8)
    circle.today = MONDAY
    return circle


async def sheet(circle: Circle) -> RoundSheet:
    """The group's round of today."""
    ends = circle.now + LATER
    asked = Message(1, MessageKind.CHECK_IN, 1, circle.chat, circle.today, ends, MessageState.SENT, 1)
    return await on_snapshot(circle.store, lambda tx: round_sheet(tx, asked, circle.now))


async def test_a_goal_offers_the_same_amounts_in_the_group_in_private_and_in_log(store: Store) -> None:
    circle = await habits(store)
    result = await sheet(circle)
    group = (await read_board(store, Actor.host(circle.chat), circle.today)).circle.owner
    mine = await read_mine(store, Actor.alone(BEN), group.id, circle.today, circle.now)
    assert mine is not None
    for goal in mine.goals:
        node = goal.ask.node
        amounts = await read_amounts(store, circle.by(BEN), node.id, circle.today)
        assert goal.offers == result.offers[node.id] == amounts.offers
    assert [list(map(int, goal.offers)) for goal in mine.goals] == [[30, 20, 10], [8, 5, 2]]


async def test_a_stranger_has_no_amounts_for_a_goal_that_each_member_does(store: Store) -> None:
    circle = await habits(store)
    read = (await sheet(circle)).round.asks[0].node
    with pytest.raises(Refused):
        await read_amounts(store, circle.by(CLEO), read.id, circle.today)


async def test_each_read_model_is_one_snapshot(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = await habits(store)
    group = (await read_board(store, Actor.host(circle.chat), circle.today)).circle.owner
    until = circle.now + LATER

    def asked(tx: Transaction) -> int:
        owner = tx.owners.by_chat(circle.chat)
        assert owner is not None
        message = NewMessage("a", MessageKind.CHECK_IN, owner.id, circle.chat, MONDAY, circle.now, until)
        tx.outbox.add([message], circle.now)
        return tx.outbox.claim(circle.now, until, 1)[0].id

    prompt_id = await store.write(asked)
    run = await circle.node("Run")
    reads = 0
    read = store.read

    async def counted(work: Callable[[Transaction], T]) -> T:
        nonlocal reads
        reads += 1
        return await read(work)

    monkeypatch.setattr(store, "read", counted)
    for wanted in (
        read_day(store, circle.by(ANN), circle.today, circle.now, with_groups=True),
        read_amounts(store, circle.by(ANN), run.id, circle.today),
        read_mine(store, Actor.alone(ANN), group.id, circle.today, circle.now),
        read_board(store, Actor.host(circle.chat), circle.today),
        read_prompt(store, Actor.host(circle.chat), prompt_id, circle.now),
        sheet(circle),
    ):
        reads = 0
        assert await wanted is not None
        assert reads == 1


async def test_a_stale_cache_is_rebuilt_and_read_again(store: Store) -> None:
    circle = await habits(store)
    [vision_id] = await store.read(lambda tx: tx.trees.vision_ids())
    await store.write(lambda tx: tx.trees.mark_stale(vision_id))
    result = await on_snapshot(store, lambda tx: circle_of(tx, circle.chat, circle.today))
    assert [ask.standing.target for ask in result.round.asks if ask.is_shared] == [Decimal(5)]
