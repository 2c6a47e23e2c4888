"""Digests that are due at once: each needs a picture, so they go one after the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.asking.reminders import DRAWN, Message, MessageKind
from core.records import record

AHEAD = timedelta(seconds=15)
"""The time in which the pictures of all digests in hand can be drawn, shorter than the time limit of one message."""
FEWEST = 2
LATE = timedelta(minutes=15)
"""If the picture would come this much later than the words alone, the words do not wait for it."""
WORDS_AT_ONCE = 20
"""Digests without their picture that may be in hand."""


@record
class Intervals:
    """The least time from one digest with its picture to the next, and from one message of any kind to the next."""

    drawn: timedelta = timedelta(0)
    sent: timedelta = timedelta(0)

    @property
    def words(self) -> timedelta | None:
        """The least time from one digest without a picture to the next while others go with theirs; None if those take
        all that can be sent."""
        return None if self.drawn <= self.sent else self.sent / (1 - self.sent / self.drawn)


@dataclass
class Wave:
    """Two queues of digests that are due and cannot be drawn yet.

    `room` digests with pictures and `words_room` without can be taken now. Each of the others is put off to an instant
    of its own: after `end`, the last of those that will come with their picture, or, if its words alone could come
    `LATE` earlier, after `words_end`, the last of those that will come without.

    If drawing is faster than expected, the next are called early, up to `last`, the latest instant given, and get
    their picture. Those found `asleep` are not: they wait for the end of their quiet hours.
    """

    room: int = FEWEST
    words_room: int = 0
    intervals: Intervals = field(default_factory=Intervals)
    end: datetime | None = None
    words_end: datetime | None = None
    last: datetime | None = None
    asleep: set[int] = field(default_factory=set)

    def is_open(self, now: datetime) -> bool:
        """Whether there is room to call digests early."""
        return self.room > 0 and self.last is not None and self.last > now

    def flow(self, now: datetime, intervals: Intervals, in_hand: Collection[Message], most: int) -> None:
        """Computes how many digests can be taken now, beside the messages in hand; at most `most` may be digests."""
        words = sum(message.words_first for message in in_hand)
        drawn = sum(message.kind in DRAWN for message in in_hand) - words
        most -= WORDS_AT_ONCE
        can = most if not intervals.drawn else min(most, max(FEWEST, AHEAD // intervals.drawn))
        self.room, self.words_room, self.intervals = max(0, can - drawn), max(0, WORDS_AT_ONCE - words), intervals
        first = now + intervals.drawn * can
        self.end = first if self.end is None else max(first, self.end)
        self.words_end = now if self.words_end is None else max(now, self.words_end)

    def take(self, message: Message) -> Message | datetime:
        """Takes a digest that is due: the message as it is to be sent now, or the instant to which it is put off."""
        assert self.end is not None
        assert self.words_end is not None
        at, words_at = self.end + self.intervals.drawn, self._words_at(message)
        if self.room > 0 or at >= message.useful_until:
            self.room -= 1
            return message
        if words_at is None or at - words_at <= LATE:
            self.end = at
        elif self.words_room > 0:
            self.words_room -= 1
            return replace(message, words_first=True)
        else:
            self.words_end = at = words_at
        self.last = at if self.last is None else max(self.last, at)
        return at

    def _words_at(self, message: Message) -> datetime | None:
        """When the words of a digest could be sent without its picture, if ever."""
        assert self.words_end is not None
        interval = self.intervals.words
        return None if interval is None or message.kind is MessageKind.PICTURE else self.words_end + interval

    def become(self, tried: Wave) -> None:
        """Takes over the state of a copy on which digests were taken."""
        self.room, self.words_room = tried.room, tried.words_room
        self.end, self.words_end, self.last = tried.end, tried.words_end, tried.last

    def called(self, taken: int, asleep: Collection[int] = ()) -> None:
        """Notes how many were called early, and which were asleep. If there were fewer than there is room for, the
        queue is empty."""
        self.asleep.update(asleep)
        is_over = taken + len(asleep) < self.room
        self.room -= taken
        if is_over:
            self.end = self.words_end = self.last = None
            self.asleep.clear()
