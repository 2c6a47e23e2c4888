"""Owners with reminders and messages, for tests of what falls due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.asking.reminders import Message, MessageKind, NewMessage, Reminder
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.ports.store import Store
from tests.storage.planting import MONDAY, NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LEASE = 2 * MINUTE


async def owner_id(store: Store, chat_id: int = 7) -> int:
    """The owner of a chat, created if necessary."""
    return (await store.write(lambda tx: tx.owners.add(chat_id, OwnerType.PRIVATE, "Anna", "en", NOW))).id


async def reminded(
    store: Store, owner: int, due: datetime | None, at: str = "20:00", *, paused: bool = False
) -> Reminder:
    """A reminder of an owner."""
    schedule = Schedule(time.fromisoformat(at))
    new = Reminder(0, owner, MessageKind.CHECK_IN, schedule, paused=paused, next_due=due)
    return await store.write(lambda tx: tx.reminders.add(new, NOW))


def message(owner: int, key: str, due: datetime = NOW, *, chat_id: int = 7, **fields: object) -> NewMessage:
    """A message to be sent, useful for a day."""
    kind = fields.pop("kind", MessageKind.CHECK_IN)
    return NewMessage(key, kind, owner, chat_id, MONDAY, due, due + DAY, **fields)  # type: ignore[arg-type]


async def written(store: Store, *messages: NewMessage) -> None:
    """Messages in the outbox."""
    await store.write(lambda tx: tx.outbox.add(messages, NOW))


async def claimed(store: Store, now: datetime = NOW, limit: int = 100) -> list[Message]:
    """The messages of a claim."""
    return await store.write(lambda tx: tx.outbox.claim(now, now + LEASE, limit))
