"""Reminders: who is asked what, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.model import Owner
from core.reminders import Reminder


class Reminders(Protocol):
    """Who is asked what and when. What is due is found by an index; nothing waits in a process."""

    def of_owner(self, owner_id: int) -> list[Reminder]:
        """An owner's reminders, in the order of their making."""

    def add(self, reminder: Reminder, now: datetime) -> Reminder:
        """Writes a new reminder (its id does not matter) and gives it with its id."""

    def save(self, reminder: Reminder) -> None:
        """Writes a changed reminder."""

    def remove(self, reminder_ids: Sequence[int]) -> None:
        """Removes reminders."""

    def due(self, now: datetime, limit: int) -> list[tuple[Reminder, Owner]]:
        """Those due by now, longest due first, with their owners, locked: other processes pass over them. At most so
        many, but with each owner all of theirs that are due."""

    def after(self, reminder_id: int, limit: int) -> list[tuple[Reminder, Owner]]:
        """Those that are not paused, of owners who can be reached, by id from behind the given one; locked."""

    def advance(self, next_due: Mapping[int, datetime | None]) -> None:
        """Sets when reminders are due next: one statement."""

    def next_due(self) -> datetime | None:
        """When the next one of all is due."""
