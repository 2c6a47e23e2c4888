"""The place that a writer names as their own: "i'm in New York now", "we moved to Lisbon"."""

from __future__ import annotations

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import tokens

_LONGEST_LEAD, _LONGEST_NAME, _LONGEST_END = 4, 5, 3


def place_said(text: str, lexicon: Lexicon, *, asked: bool = False) -> str | None:
    """The words that may name the place, or None. If the writer was `asked` for it, a mere "in" or "from" is enough."""
    leads = (Meaning.BEING_IN, Meaning.IN, Meaning.FROM) if asked else (Meaning.BEING_IN,)
    heard = tokens(text)
    if "\n" in text or len(heard) > _LONGEST_LEAD + _LONGEST_NAME + _LONGEST_END:
        return None
    for lead in range(min(_LONGEST_LEAD, len(heard)), 0, -1):
        if lexicon.means(" ".join(token.word for token in heard[:lead]), *leads):
            end = _without_time([token.word for token in heard], lexicon)
            name = " ".join(token.text for token in heard[lead:end]).rstrip(" .,!")
            return name if 0 < end - lead <= _LONGEST_NAME else None
    return None


def _without_time(words: list[str], lexicon: Lexicon) -> int:
    """The number of words before "now", "today", "this week"."""
    for count in range(_LONGEST_END, 0, -1):
        end = " ".join(words[-count:])
        if end in lexicon.periods or lexicon.near_day(end) is not None or lexicon.means(end, Meaning.PRESENT):
            return len(words) - count
    return len(words)
