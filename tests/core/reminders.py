"""The reminders of a chat as they are stored."""

from __future__ import annotations

from core.actions.access import enter
from core.asking.reminders import Reminder
from core.group.permissions import Act, Actor
from core.ports.store import Store


async def list_reminders(store: Store, actor: Actor) -> list[Reminder]:
    """In the order in which they were made."""
    return await store.read(lambda tx: tx.reminders.of_owner(enter(tx, actor, Act.SEE).owner.id))
