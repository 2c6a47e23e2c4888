"""Every change to something that a group's messages show is noted for them, and for its members' prompts."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from core.actions.absences import come_back, go_away
from core.actions.buddies import answer_buddy, ask_buddy, confirm, end_buddy
from core.actions.deliver import Snoozed, settle, snooze
from core.actions.documents import export_document, import_document
from core.actions.edit.ending import end
from core.actions.edit.undo import undo_last
from core.actions.forget import forget
from core.actions.groups import retitled
from core.actions.log import amend
from core.actions.logged import Log
from core.actions.members import join, leave, renamed
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.asking.delivery import Delivered
from core.asking.reminders import Message, MessageKind, NewMessage
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction
from tests.core.actions.circle import ANN, BEN, CLEO, Circle

OUTLINE = "V (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n"
DAY = timedelta(days=1)


async def asked(store: Store, circle: Circle, chat_id: int, key: str = "a") -> Message:
    """A check-in of today that was sent to a chat."""

    def claimed(tx: Transaction) -> Message:
        owner = tx.owners.by_chat(chat_id)
        assert owner is not None
        until = circle.now + DAY
        message = NewMessage(
            f"{key}:{chat_id}", MessageKind.CHECK_IN, owner.id, chat_id, circle.today, circle.now, until
        )
        tx.outbox.add([message], circle.now)
        return tx.outbox.claim(circle.now, until, 1)[0]

    message = await store.write(claimed)
    await settle(store, Actor.host(), message, Delivered(70 + message.id), circle.now, 0.0)
    return message


@pytest.fixture
async def circle(store: Store) -> Circle:
    """A group of two, with a round; the first of them has a prompt of her own."""
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await welcome(store, Actor.host(ANN), OwnerType.PRIVATE, "Ann", "en", circle.now)
    await asked(store, circle, circle.chat)
    await asked(store, circle, ANN)
    return circle


async def waiting(circle: Circle) -> set[int]:
    """The chats with messages to edit; asking clears them."""

    def work(tx: Transaction) -> set[int]:
        changed = tx.living.changed(9)
        tx.living.mark_shown({message.id: message.changes for message in changed})
        return {message.chat_id for message in changed}

    return await circle.store.write(work)


async def member_id(circle: Circle, user_id: int) -> int:
    def look(tx: Transaction) -> int:
        owner = tx.owners.by_chat(circle.chat)
        member = tx.members.by_user(owner.id, user_id) if owner else None
        assert member is not None
        return member.id

    return await circle.store.read(look)


async def _log(circle: Circle) -> None:
    await circle.log(BEN, "Run", 3)


async def _undo(circle: Circle) -> None:
    await circle.log(BEN, "Run", 3)
    assert await waiting(circle)
    await undo_last(circle.store, Actor.in_group(circle.chat, BEN), circle.now)


async def _amend(circle: Circle) -> None:
    wanted = Log((await circle.node("Run")).id, circle.today, source_key="5:0:0")
    await amend(circle.store, Actor.in_group(circle.chat, BEN), "5:0:", [], circle.now)
    assert await waiting(circle) == set()
    await amend(circle.store, Actor.in_group(circle.chat, BEN), "5:0:", [replace(wanted, value=Decimal(2))], circle.now)


async def _plan(circle: Circle) -> None:
    await plant(
        circle.store, Actor.host(circle.chat), parse_outline("V\n  D: Swim\n", circle.today), circle.today, circle.now
    )


async def _archive(circle: Circle) -> None:
    run = (await circle.node("Run")).id
    await end(circle.store, Actor.host(circle.chat), run, None, circle.now, source_key=None)


async def _settings(circle: Circle) -> None:
    await change_settings(circle.store, Actor.host(circle.chat), circle.now, day_start=time(4))


async def _title(circle: Circle) -> None:
    await retitled(circle.store, Actor.host(circle.chat), "Better friends", circle.now)


async def _away(circle: Circle) -> None:
    await go_away(circle.store, circle.by(BEN), None, circle.now)


async def _back(circle: Circle) -> None:
    await go_away(circle.store, circle.by(BEN), None, circle.now)
    await waiting(circle)
    await come_back(circle.store, circle.by(BEN), circle.now)


async def _join(circle: Circle) -> None:
    await join(circle.store, circle.by(CLEO), "Cleo", circle.now)


async def _leave(circle: Circle) -> None:
    await leave(circle.store, circle.by(ANN), circle.now)


async def _rename(circle: Circle) -> None:
    await renamed(circle.store, Actor.alone(BEN), "Benjamin", circle.now)


async def _forget(circle: Circle) -> None:
    await forget(circle.store, Actor.alone(BEN), lambda _: "Former member", circle.now)


async def _import(circle: Circle) -> None:
    document = json.loads(await export_document(circle.store, Actor.host(circle.chat)))
    document["visions"][0]["children"][1]["target"] = 6
    await import_document(circle.store, Actor.host(circle.chat), json.dumps(document), circle.now)


async def _buddy(circle: Circle) -> None:
    ann = await member_id(circle, ANN)
    await ask_buddy(circle.store, circle.by(ANN), await member_id(circle, BEN))
    await answer_buddy(circle.store, circle.by(BEN), ann, circle.now, accepts=True)


async def _no_buddy(circle: Circle) -> None:
    await _buddy(circle)
    await waiting(circle)
    await end_buddy(circle.store, circle.by(ANN), circle.now)


async def _confirm(circle: Circle) -> None:
    await _buddy(circle)
    await waiting(circle)
    ann = await member_id(circle, ANN)
    await confirm(circle.store, circle.by(BEN), ann, circle.today, circle.now)


@pytest.mark.parametrize(
    "act",
    [
        _log, _undo, _amend, _plan, _archive, _settings, _title, _away, _back, _join, _leave, _rename, _forget, _import,
        _buddy, _no_buddy, _confirm,
    ],
)  # fmt: skip
async def test_the_round_and_a_member_s_prompt_are_to_be_edited(
    circle: Circle, act: Callable[[Circle], Awaitable[None]]
) -> None:
    assert await waiting(circle) == set()
    await act(circle)
    assert await waiting(circle) == {circle.chat, ANN}


async def test_a_private_change_is_nobody_else_s(circle: Circle) -> None:
    await plant(circle.store, Actor.host(ANN), parse_outline("V\n  D: Swim\n", circle.today), circle.today, circle.now)
    assert await waiting(circle) == {ANN}


async def test_a_later_round_changes_the_one_before(circle: Circle) -> None:
    await asked(circle.store, circle, circle.chat, "b")
    assert await waiting(circle) == {circle.chat}


async def test_a_prompt_that_is_put_off_may_be_put_off_again(circle: Circle) -> None:
    message = await asked(circle.store, circle, ANN, "b")
    wanted = Snoozed(message.id, circle.now + timedelta(hours=1), "tap")
    assert await snooze(circle.store, Actor.alone(ANN), wanted, circle.now) is not None
    assert await waiting(circle) == {ANN}
    assert await snooze(circle.store, Actor.alone(ANN), wanted, circle.now) is None
    assert await waiting(circle) == set()
