"""Digests that are due at once: each has a picture to be drawn, so they go one after the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

AHEAD = timedelta(seconds=15)
"""How long it takes to draw the pictures of the digests that are in hand: less than any of them may take."""
FEWEST = 2


@dataclass
class Wave:
    """The line of the digests that are due and cannot be drawn yet. `room`: as many are taken now. Each of the others
    is put off to an instant of its own, `pace` behind the one before. That is what the line is expected to take: where
    it moves faster, the next are called before their instant, up to `last`, the latest that was given; but for those
    found `asleep`, whose quiet hours end then."""

    room: int = FEWEST
    pace: timedelta = timedelta(0)
    end: datetime | None = None
    last: datetime | None = None
    asleep: set[int] = field(default_factory=set)

    def is_open(self, now: datetime) -> bool:
        """Whether there is room for digests whose instant has not come yet."""
        return self.room > 0 and self.last is not None and self.last > now

    def flow(self, now: datetime, pace: timedelta, in_hand: int, most: int) -> None:
        """Sees how many digests can be taken now, of `most` that may be in hand."""
        can = most if not pace else min(most, max(FEWEST, AHEAD // pace))
        self.room, self.pace = max(0, can - in_hand), pace
        first = now + pace * can
        self.end = first if self.end is None else max(first, self.end)

    def place(self, number: int) -> datetime:
        """When the digest comes that is put off as this one in number, from 0."""
        assert self.end is not None
        return self.end + self.pace * (number + 1)

    def took(self, taken: int, put_off: int) -> None:
        """Notes what became of the digests that were due."""
        self.room -= taken
        if put_off:
            self.end = self.last = self.place(put_off - 1)

    def called(self, taken: int, asleep: Collection[int] = ()) -> None:
        """Notes how many were called before their instant, and which were asleep. Where fewer were found than there is
        room for, nobody waits any more."""
        self.asleep.update(asleep)
        is_over = taken + len(asleep) < self.room
        self.room -= taken
        if is_over:
            self.end = self.last = None
            self.asleep.clear()
