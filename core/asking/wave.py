"""Digests that are due at once: each has a picture to be drawn, so they go one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

AHEAD = timedelta(seconds=15)
"""How long it takes to draw the pictures of the digests that are in hand: less than any of them may take."""
FEWEST = 2


@dataclass
class Wave:
    """The line of the digests that are due and cannot be drawn yet. `room`: as many are taken now. Each of the others
    is put off to an instant of its own, `pace` behind the one before."""

    room: int = FEWEST
    pace: timedelta = timedelta(0)
    end: datetime | None = None

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
            self.end = self.place(put_off - 1)
