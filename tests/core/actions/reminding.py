"""People with reminders, and the resulting contents of the outbox, for the tests of the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from core.actions import deliver
from core.actions.due import make_due
from core.actions.owners import change_settings, welcome
from core.actions.reminders import add_check_in
from core.asking.delivery import Delivered, DeliveryOutcome
from core.asking.reminders import Message, Reminder
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from storage.message_tables import OutboxRow
from tests.core.reminders import list_reminders

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
ANNA = 7


def at(text: str) -> datetime:
    """An instant of the week of the tests, such as "Mon 20:00", in UTC."""
    day, clock = text.split()
    number = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day)
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 23 + number, hour, minute, tzinfo=UTC)


NOON = at("Mon 12:00")


@dataclass(frozen=True)
class Kept:
    """A row of the outbox."""

    chat: int
    kind: str
    on: str
    state: str
    nodes: tuple[int, ...]
    reason: str | None


async def person(store: Store, chat_id: int = ANNA, *times: str, type: OwnerType = OwnerType.PRIVATE) -> list[Reminder]:
    """A person in UTC with check-ins at these times, set up on Monday noon."""
    await welcome(store, Actor.host(chat_id), type, "", "en", NOON)
    await change_settings(store, Actor.host(chat_id), NOON, timezone="UTC")
    return [
        (await add_check_in(store, Actor.host(chat_id), Schedule(time.fromisoformat(one)), NOON)).reminder
        for one in times
    ]


async def all_due(store: Store, now: datetime, limit: int = 100) -> int:
    """Make everything that is due; returns the number of batches."""
    batches = 0
    while await make_due(store, Actor.host(), now, limit):
        batches += 1
    return batches


async def outbox(store: Store) -> list[Kept]:
    """All messages, in the order in which they were made."""

    def rows(tx: Transaction) -> list[Kept]:
        result = tx._sql.connection.execute(  # type: ignore[attr-defined]
            select(
                OutboxRow.chat_id, OutboxRow.kind, OutboxRow.on_date, OutboxRow.state, OutboxRow.nodes, OutboxRow.reason
            ).order_by(OutboxRow.id)
        )
        return [
            Kept(chat, kind, f"{on:%a}", state, tuple(nodes), reason) for chat, kind, on, state, nodes, reason in result
        ]

    return await store.read(rows)


async def states(store: Store) -> list[tuple[str, str]]:
    """(day, state) of all messages."""
    return [(kept.on, kept.state) for kept in await outbox(store)]


async def settled(store: Store, now: datetime, outcome: DeliveryOutcome | None = None) -> list[Message]:
    """Claim what is due and mark it all with an outcome (delivered, with the outbox's own number)."""
    claimed = await deliver.claim(store, Actor.host(), now, 100)
    for message in claimed:
        await deliver.settle(store, Actor.host(), message, outcome or Delivered(message.id), now, 0.0)
    return claimed


async def next_dues(store: Store, chat_id: int = ANNA) -> list[object]:
    return [reminder.next_due for reminder in await list_reminders(store, Actor.host(chat_id))]
