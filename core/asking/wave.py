"""Digests that are due at once: each needs a picture, so they go one after the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

AHEAD = timedelta(seconds=15)
"""How long it takes to draw the pictures of the digests that are in hand: less than any of them may take."""
FEWEST = 2


@dataclass
class Wave:
    """A queue of digests that are due and cannot be drawn yet.

    `room` is how many can be taken now. Each of the others is put off to an instant of its own, `pace` after the one
    before. If drawing is faster than expected, the next are called early, up to `last`, the latest instant given. Those
    found `asleep` are not: they wait for the end of their quiet hours.
    """

    room: int = FEWEST
    pace: timedelta = timedelta(0)
    end: datetime | None = None
    last: datetime | None = None
    asleep: set[int] = field(default_factory=set)

    def is_open(self, now: datetime) -> bool:
        """Whether there is room to call digests early."""
        return self.room > 0 and self.last is not None and self.last > now

    def flow(self, now: datetime, pace: timedelta, in_hand: int, most: int) -> None:
        """Computes how many digests can be taken now; `most` may be in hand at once."""
        can = most if not pace else min(most, max(FEWEST, AHEAD // pace))
        self.room, self.pace = max(0, can - in_hand), pace
        first = now + pace * can
        self.end = first if self.end is None else max(first, self.end)

    def place(self, number: int) -> datetime:
        """The instant of the digest with this number among those put off, from 0."""
        assert self.end is not None
        return self.end + self.pace * (number + 1)

    def took(self, taken: int, put_off: int) -> None:
        """Notes how many of the due digests were taken and put off."""
        self.room -= taken
        if put_off:
            self.end = self.last = self.place(put_off - 1)

    def called(self, taken: int, asleep: Collection[int] = ()) -> None:
        """Notes how many were called early, and which were asleep. If there were fewer than there is room for, the
        queue is empty."""
        self.asleep.update(asleep)
        is_over = taken + len(asleep) < self.room
        self.room -= taken
        if is_over:
            self.end = self.last = None
            self.asleep.clear()
