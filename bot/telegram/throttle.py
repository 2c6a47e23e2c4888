"""Limits how much one person may send; beyond that the bot stops listening to them for a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from core.records import record

REMEMBERED = 20_000
"""People remembered at most. The one silent for longest is dropped, and starts with a full bucket again."""
PAUSE = timedelta(seconds=20)
"""How long the bot ignores someone who sent too much."""


@record
class Allowance:
    """How much one person may send. `at_once`: messages (and as many taps) accepted however fast they come; `a_minute`:
    how many more each minute."""

    at_once: int = 100
    a_minute: int = 60


IN_A_GROUP = 20
"""Messages that one person may send to the bot in one group, at once and each minute: as many as the answers that the
group accepts."""


def in_group(allowance: Allowance) -> Allowance:
    """The allowance of one person in one group, whose answers all members share."""
    return Allowance(min(allowance.at_once, IN_A_GROUP), min(allowance.a_minute, IN_A_GROUP))


class Verdict(Enum):
    """The verdict on a message or tap. ENOUGH: it starts a pause, of which the person should be told."""

    HEARD = "heard"
    ENOUGH = "enough"
    UNHEARD = "unheard"


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    paused_until: datetime | None = None


class Throttle:
    """A token bucket in memory for each person and kind of update.

    The buckets use the time when something was *sent*: messages that piled up while the bot was down were sent over
    hours, and count as such however fast they arrive now.
    """

    def __init__(self, allowance: Allowance, remembered: int = REMEMBERED) -> None:
        self._allowance = allowance
        self._remembered = remembered
        self._buckets: OrderedDict[tuple[int, str], _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, user_id: int, kind: str, sent: datetime) -> Verdict:
        """Counts one update of a kind that a user sent at an instant."""
        bucket = self._bucket(user_id, kind, sent)
        # Messages from two chats may arrive out of order: never turn the bucket's clock back.
        passed = max(timedelta(0), sent - bucket.at)
        bucket.left = min(self._allowance.at_once, bucket.left + passed.total_seconds() * self._allowance.a_minute / 60)
        bucket.at += passed
        if bucket.paused_until is not None and sent < bucket.paused_until:
            return Verdict.UNHEARD
        bucket.paused_until = None
        if bucket.left < 1:
            bucket.paused_until = bucket.at + PAUSE
            return Verdict.ENOUGH
        bucket.left -= 1
        return Verdict.HEARD

    def paused_until(self, user_id: int, kind: str) -> datetime | None:
        """When the user's pause ends, if there is one."""
        bucket = self._buckets.get((user_id, kind))
        return bucket.paused_until if bucket else None

    def _bucket(self, user_id: int, kind: str, sent: datetime) -> _Bucket:
        key = (user_id, kind)
        bucket = self._buckets.setdefault(key, _Bucket(self._allowance.at_once, sent))
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return bucket
