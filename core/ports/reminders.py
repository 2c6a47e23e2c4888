"""Reminders: rows that say when which chat is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.asking.reminders import Reminder
from core.goals.model import Owner


class Reminders(Protocol):
    """Reminders as rows. An index finds what is due; nothing waits in a process."""

    def of_owner(self, owner_id: int) -> list[Reminder]:
        """An owner's reminders, oldest first."""

    def add(self, reminder: Reminder, now: datetime) -> Reminder:
        """Writes a new reminder (its id is ignored) and returns it with its id."""

    def save(self, reminder: Reminder) -> None:
        """Writes a changed reminder."""

    def remove(self, reminder_ids: Sequence[int]) -> None:
        """Removes reminders."""

    def due(self, now: datetime, limit: int) -> list[tuple[Reminder, Owner]]:
        """The reminders due by now, longest due first, with their owners. They are locked, and other processes skip
        them. At most about `limit`, since an owner's due reminders come together."""

    def page_after(self, reminder_id: int, limit: int) -> list[tuple[Reminder, Owner]]:
        """Active reminders of reachable owners in the order of their ids, after the given one; locked."""

    def advance(self, next_due: Mapping[int, datetime | None]) -> None:
        """Sets when reminders are due next: one statement."""

    def next_due(self) -> datetime | None:
        """When the next of all reminders is due."""
