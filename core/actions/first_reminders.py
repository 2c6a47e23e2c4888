"""The reminders that come with the first plan, whichever front planted it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.actions.reminders import set_up_first
from core.asking.reminders import Reminder
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.store import Store


async def set_up_with(store: Store, actor: Actor, planted: Iterable[Tree], now: datetime) -> Reminder | None:
    """Sets up the default reminders once there is a goal to ask about (`set_up_first`). Returns the check-in if it was
    set up now. Raises `NotFound` and `Refused`."""
    return await set_up_first(store, actor, now) if any(tree.loggable() for tree in planted) else None
