"""The roles of `goaltree run` when several processes share a database."""

from __future__ import annotations

from enum import Enum


class ProcessRole(Enum):
    """A process does everything, or only receives and answers updates, or only sends what is due."""

    ALL = "all"
    WEB = "web"
    SCHEDULER = "scheduler"

    @property
    def receives(self) -> bool:
        """Whether it receives and answers updates."""
        return self is not ProcessRole.SCHEDULER

    @property
    def sends(self) -> bool:
        """Whether it may become the one that sends reminders and digests."""
        return self is not ProcessRole.WEB
