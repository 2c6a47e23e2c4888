"""The rate limit of each caller."""

from __future__ import annotations

import math
from collections import OrderedDict

from core.records import record

REMEMBERED = 20_000
"""The most callers that are remembered; the least recent is dropped, and starts over."""


@record
class Rate:
    """`at_once` requests in a burst, refilled by `a_minute` each minute."""

    at_once: int = 120
    a_minute: int = 240


class RateLimit:
    """A token bucket for each caller, in this process's memory. `now` is in seconds of a monotonic clock."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def wait(self, caller: object, now: float, cost: int = 1) -> int:
        """Count a request that costs `cost` tokens. Returns 0 if it is let through, else the whole seconds to wait."""
        a_second = self._rate.a_minute / 60
        left, at = self._buckets.get(caller, (float(self._rate.at_once), now))
        left = min(self._rate.at_once, left + max(0.0, now - at) * a_second)
        enough = left >= cost
        self._buckets[caller] = (left - cost if enough else left, max(at, now))
        self._buckets.move_to_end(caller)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if enough else math.ceil((cost - left) / a_second)
