"""Times of day as people write them: "21:00", "9pm", "7.30", "19h", "8"."""

from __future__ import annotations

import re
from datetime import time

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})|h)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def clock(text: str) -> time | None:
    """A time such as "04:00", "4" or "4am"; None if it is none."""
    said = text.strip()
    found = _CLOCK.fullmatch(said)
    if found is None:
        return _NAMED.get(said.casefold())
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
