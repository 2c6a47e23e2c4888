"""Times of day as people write them: "21:00", "9pm", "7.30", "19h", "8"."""

from __future__ import annotations

import re
from datetime import time

from language.lexicon import Lexicon
from language.meanings import Meaning

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})|h)?\s*([^\W\d][^\d\s]*)?")


def clock(text: str, lexicon: Lexicon) -> time | None:
    """A time such as "04:00", "4" or "4am"; None for anything else."""
    said = text.strip().casefold()
    if lexicon.means(said, Meaning.NOON):
        return time(12)
    if lexicon.means(said, Meaning.MIDNIGHT):
        return time(0)
    match = _CLOCK.fullmatch(said)
    if match is None:
        return None
    hour, minute = _hour(int(match[1]), match[3], lexicon), int(match[2] or 0)
    return time(hour, minute) if hour is not None and hour < 24 and minute < 60 else None


def _hour(hour: int, half: str | None, lexicon: Lexicon) -> int | None:
    """The hour of "9", or of "9" and "pm"; None if there is no such hour."""
    if half is None:
        return hour
    meaning = lexicon.words.get(half.rstrip("."))
    if not 1 <= hour <= 12 or meaning not in (Meaning.AM, Meaning.PM):
        return None
    return hour % 12 + (12 if meaning is Meaning.PM else 0)
