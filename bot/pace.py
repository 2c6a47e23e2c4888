"""How much one person may send before the bot stops listening to them for a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

REMEMBERED = 20_000
"""Persons at most. Who was not heard of for longest is forgotten, and begins anew."""
PAUSE = timedelta(seconds=20)
"""How long the bot does not listen to who sent too much."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`at_once`: messages (and as many taps) that are taken however fast they come; `a_minute`: those that may follow
    in each minute."""

    at_once: int = 100
    a_minute: int = 60


class Verdict(Enum):
    """What becomes of what was sent. ENOUGH: it is the first of a pause, of which the person is to be told."""

    HEARD = "heard"
    ENOUGH = "enough"
    UNHEARD = "unheard"


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    paused_until: datetime | None = None


class Paces:
    """A bucket for each person and kind of thing sent, in this process's memory.

    Time is when something was *sent*: what piled up while the bot was away was sent over hours and is taken as such,
    however fast it comes in now.
    """

    def __init__(self, pace: Pace, remembered: int = REMEMBERED) -> None:
        self._pace = pace
        self._remembered = remembered
        self._buckets: OrderedDict[tuple[int, str], _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, who: int, kind: str, sent: datetime) -> Verdict:
        """Counts one more thing of a kind that someone sent at an instant."""
        bucket = self._bucket(who, kind, sent)
        # What was sent in two chats may come in another order: time only goes on.
        passed = max(timedelta(0), sent - bucket.at)
        bucket.left = min(self._pace.at_once, bucket.left + passed.total_seconds() * self._pace.a_minute / 60)
        bucket.at += passed
        if bucket.paused_until is not None and sent < bucket.paused_until:
            return Verdict.UNHEARD
        bucket.paused_until = None
        if bucket.left < 1:
            bucket.paused_until = bucket.at + PAUSE
            return Verdict.ENOUGH
        bucket.left -= 1
        return Verdict.HEARD

    def listens_at(self, who: int, kind: str) -> datetime | None:
        """When the pause ends, if there is one."""
        bucket = self._buckets.get((who, kind))
        return bucket.paused_until if bucket else None

    def _bucket(self, who: int, kind: str, sent: datetime) -> _Bucket:
        key = (who, kind)
        bucket = self._buckets.setdefault(key, _Bucket(self._pace.at_once, sent))
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return bucket
