"""Answers that are kept as they were sent, for whoever asks for the same again: a group's trees are asked for by all of
its open apps after each change."""

from __future__ import annotations

from collections import OrderedDict

MOST_BYTES = 32 * 1024 * 1024


class Kept:
    """Bodies by their ETags; the ones that nobody asked for the longest make room. A tag stands for one state of one
    owner's trees, so that none of them is ever out of date."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def find(self, tag: str) -> bytes | None:
        """The body of a tag, if it is there still."""
        if tag not in self._bodies:
            return None
        self._bodies.move_to_end(tag)
        return self._bodies[tag]

    def keep(self, tag: str, body: bytes) -> bytes:
        """Keeps a body, unless it is larger than all that is kept may be; gives it back."""
        if tag not in self._bodies and len(body) <= self._most:
            self._bodies[tag] = body
            self._size += len(body)
        while self._size > self._most:
            self._size -= len(self._bodies.popitem(last=False)[1])
        return body
