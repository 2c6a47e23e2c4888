"""Days off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.goals.model import Pause


class Pauses(Protocol):
    """Days off of owners and of branches of their trees. Every change marks the caches stale."""

    def of_owner(self, owner_id: int) -> list[Pause]:
        """All of an owner's pauses, in the order of creation: one statement."""

    def add(self, owner_id: int, pauses: Sequence[Pause]) -> None:
        """Adds pauses, with new ids."""

    def save(self, pause: Pause) -> None:
        """Writes a pause's changed dates."""

    def remove(self, pause_ids: Sequence[int]) -> None:
        """Removes pauses."""
