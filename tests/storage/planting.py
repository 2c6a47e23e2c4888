"""A small tree in a store: a vision, a weekly goal under it, and two daily leaves under that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from core.goals.engine import CALCULATION_VERSION
from core.goals.model import Kind, Level, Measure, Node, OwnerType, Strategy
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
CHAT = 4_000_000_000


@dataclass(frozen=True)
class Planted:
    """The ids of the nodes."""

    owner: int
    vision: int
    root: int
    week: int
    run: int
    stretch: int


def plant(transaction: Transaction, chat_id: int = CHAT) -> Planted:
    """Plant the tree; its cache counts as built."""
    owner = transaction.owners.add(chat_id, OwnerType.PRIVATE, "Anna", "en", NOW)
    vision = transaction.trees.add_vision(owner.id, NOW)
    root, week, run, stretch = transaction.trees.new_node_ids(4)
    transaction.trees.add_nodes(
        vision,
        [
            Node(root, None, f"marathon-{vision}", Kind.VISION, Level.VISION, "Run a marathon"),
            Node(week, root, f"week-{vision}", Kind.WEEKLY_TARGET, Level.WEEKLY, "50 km", Strategy.SUM, unit="km"),
            Node(run, week, f"run-{vision}", Kind.DAILY_ACTION, Level.DAILY, "Run", measure=Measure.NUMBER, unit="km"),
            Node(stretch, week, f"stretch-{vision}", Kind.DAILY_ACTION, Level.DAILY, "Stretch", position=1),
        ],
    )
    transaction.cache.mark_built(vision, CALCULATION_VERSION)
    return Planted(owner.id, vision, root, week, run, stretch)


async def planted(store: Store, chat_id: int = CHAT) -> Planted:
    """The same, in a transaction of its own."""
    return await store.write(lambda transaction: plant(transaction, chat_id))


def logged(node_id: int, on: date = MONDAY, value: str = "1", source_key: str | None = None) -> NewEntry:
    """An entry to be written."""
    return NewEntry(node_id, on, Decimal(value), source_key=source_key)
