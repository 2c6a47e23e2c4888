"""Figures about everything, for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is. `outdated` trees have a cache that is to be rebuilt; `oldest_undelivered` is when the message
    that has waited longest was written."""

    people: int
    groups: int
    unreachable: int
    trees: int
    outdated: int
    entries: int
    reminders: int
    due_within_hour: int
    due_within_day: int
    outbox: Mapping[str, int]
    oldest_undelivered: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be done: undelivered messages by state, reminders that are due, updates not handled.

    `late_since` is when the oldest message was written of those that are due or were tried; None without one.
    """

    outbox: Mapping[str, int]
    reminders: int
    updates: int
    late_since: datetime | None


class Statistics(Protocol):
    """Numbers about everything, for whoever operates the bot."""

    def counts(self, now: datetime) -> Counts:
        """How much there is of everything now. Reads whole tables."""

    def waiting(self, now: datetime) -> Waiting:
        """What waits now: by the indexes of what is open, however much there has been."""
