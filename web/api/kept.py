"""A cache of answers: after each change, all of a group's open apps ask for the same trees."""

from __future__ import annotations

from collections import OrderedDict

MOST_BYTES = 32 * 1024 * 1024


class Kept:
    """Bodies by ETag, within a limit; the least recently used are dropped. A tag stands for one state of one owner's
    trees, so no entry can be out of date."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def find(self, tag: str) -> bytes | None:
        """The body for a tag, if it is still cached."""
        if tag not in self._bodies:
            return None
        self._bodies.move_to_end(tag)
        return self._bodies[tag]

    def keep(self, tag: str, body: bytes) -> bytes:
        """Cache a body unless it exceeds the whole limit; returns it."""
        if tag not in self._bodies and len(body) <= self._most:
            self._bodies[tag] = body
            self._size += len(body)
        while self._size > self._most:
            self._size -= len(self._bodies.popitem(last=False)[1])
        return body
