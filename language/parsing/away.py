"""The end of an absence: "3 days", "until friday", "tomorrow", "12 Dec"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.day_words import length
from language.parsing.until import until
from language.tokens import plain

_FILLERS = (
    Meaning.UNTIL, Meaning.THROUGH, Meaning.UP_TO, Meaning.TO, Meaning.FOR, Meaning.THE, Meaning.NEXT, Meaning.COMING,
    Meaning.THIS,
)  # fmt: skip


def last_day(text: str, today: date, lexicon: Lexicon) -> date | None:
    """The last day of an absence that begins today; None if the words name none. Raises `NoSuchDay`."""
    said = " ".join(re.sub(lexicon.any_of(*_FILLERS), " ", plain(text)).split())
    apart = re.sub(r"(?<=\d)(?=[^\W\d])", " ", said).split()  # "2w"
    if len(apart) == 2 and (days := length(apart, lexicon)) is not None:
        return today + timedelta(days=days - 1) if days else None
    if lexicon.means(said, Meaning.DAY):
        return today
    if (named := lexicon.weekday(said)) is not None:
        return today + timedelta(days=(named - today.weekday()) % 7)
    return until(said, today, lexicon)
