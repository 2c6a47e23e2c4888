"""Figures for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.records import record


@record
class Digests:
    """The number of digests that are due and not delivered, and when the last one comes; None if none waits."""

    waiting: int
    until: datetime | None


@record
class Counts:
    """Totals. `outdated` trees have a cache that has to be rebuilt; `oldest_undelivered` is when the message that has
    waited longest was written."""

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
    digests: Digests


@record
class Waiting:
    """Waiting work: undelivered messages by state, due reminders, and updates that are not handled yet.

    `late_since` is when the oldest message that is due or was tried was written; None if there is none.
    """

    outbox: Mapping[str, int]
    reminders: int
    updates: int
    late_since: datetime | None
    digests: Digests


class Statistics(Protocol):
    """Figures for the operator."""

    def counts(self, now: datetime) -> Counts:
        """The current totals. Reads whole tables."""

    def waiting(self, now: datetime) -> Waiting:
        """The currently waiting work. Uses indexes of open rows, so it stays fast as history grows."""
