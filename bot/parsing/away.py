"""Until when somebody is away: "3 days", "until friday", "tomorrow", "12 Dec"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.parsing.until import until
from bot.parsing.weekdays import weekday
from language.i18n import Words

_FILLERS = re.compile(r"\b(?:until|till|til|through|up to|to|for|the|next|coming|this)\b")
_COUNT = re.compile(r"(an?|one|\d{1,3})\s*(d|days?|w|weeks?)")
_WORDS = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


def last_day(text: str, today: date, w: Words) -> date | None:
    """The last day of an absence that begins today; None if the words name none. Raises `NoSuchDay` for one that is
    not in the calendar."""
    plain = " ".join(_FILLERS.sub(" ", text.casefold()).split())
    first, _, rest = plain.partition(" ")
    if first in _WORDS and rest:
        plain = f"{_WORDS[first]} {rest}"
    if found := _COUNT.fullmatch(plain):
        count = int(found[1]) if found[1].isdecimal() else 1
        days = count * (7 if found[2].startswith("w") else 1)
        return today + timedelta(days=days - 1) if days else None
    if plain in ("today", "day"):
        return today
    if (named := weekday(plain, w)) is not None:
        return today + timedelta(days=(named - today.weekday()) % 7)
    return until(plain, today)
