"""A bounded in-memory cache (LRU) of values that a process has read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """The most recently used values, as many as weigh no more than `most` together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The remembered value, if any."""
        remembered = self._values.get(key)
        if remembered is None:
            return None
        self._values.move_to_end(key)
        return remembered[0]

    def keep(self, key: K, value: V, weight: int) -> None:
        """Remembers a value, and forgets the least recently used ones."""
        self.forget(key)
        self._values[key] = value, weight
        self._weight += weight
        while self._weight > self._most:
            _, (_, oldest) = self._values.popitem(last=False)
            self._weight -= oldest

    def forget(self, key: K) -> None:
        """Forgets a value."""
        gone = self._values.pop(key, None)
        if gone is not None:
            self._weight -= gone[1]

    def clear(self) -> None:
        """Forgets all."""
        self._values.clear()
        self._weight = 0
