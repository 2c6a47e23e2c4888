"""The roles of a process of `goaltree run`, where several share a database."""

from __future__ import annotations

from enum import Enum


class ProcessRole(Enum):
    """One process does it all; or some take updates in and answer, and others send what is due."""

    ALL = "all"
    WEB = "web"
    SCHEDULER = "scheduler"

    @property
    def receives(self) -> bool:
        """Whether it takes updates in and answers people."""
        return self is not ProcessRole.SCHEDULER

    @property
    def sends(self) -> bool:
        """Whether it may be the one that sends reminders and digests."""
        return self is not ProcessRole.WEB
