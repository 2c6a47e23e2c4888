"""A check-in of Monday evening on its way to a person."""

from __future__ import annotations

from datetime import time

from core.actions.deliver import claim, settle
from core.asking.delivery import DeliveryOutcome
from core.asking.reminders import Message
from core.goals.model import Owner, OwnerType, QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.reminding import ANNA, all_due, at, person

EVENING = at("Mon 20:00")


async def read_owner(store: Store, chat_id: int = ANNA) -> Owner | None:
    return await store.read(lambda tx: tx.owners.by_chat(chat_id))


async def prompt(store: Store, *, type: OwnerType = OwnerType.PRIVATE, chat_id: int = ANNA) -> Message:
    """A claimed check-in of Monday evening."""
    await person(store, chat_id, "20:00", type=type)
    await all_due(store, EVENING)
    [claimed] = await claim(store, Actor.host(), EVENING, 10)
    return claimed


async def mark(store: Store, claimed: Message, outcome: DeliveryOutcome, chance: float = 0.0) -> Message:
    """The row after an outcome."""
    await settle(store, Actor.host(), claimed, outcome, EVENING, chance)
    return await as_stored(store, claimed)


async def as_stored(store: Store, claimed: Message, chat_id: int = ANNA) -> Message:
    known = await store.read(lambda tx: tx.outbox.by_id(claimed.id, chat_id))
    assert known is not None
    return known


async def next_try(store: Store) -> object:
    return await store.read(lambda tx: tx.outbox.next_due())


NIGHT = QuietHours(time(22), time(7))
