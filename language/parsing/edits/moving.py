"""The destination of a moved goal: "below Body", "under Body", "to Body", "up", "down"."""

from __future__ import annotations

from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import phrase, plain

_MOST_WORDS = 40
"""The longest name behind "below", in characters."""
_BELOW = (Meaning.BELOW, Meaning.TO, Meaning.IN)


@record
class SaidPlace:
    """`below` names the new parent; without it, the goal moves `steps` down among its siblings."""

    below: str = ""
    steps: int = 0


def read_place(text: str, lexicon: Lexicon) -> SaidPlace:
    """The destination that the words behind a goal's name give."""
    said = phrase(text)
    if lexicon.means(said, Meaning.UP):
        return SaidPlace(steps=-1)
    if lexicon.means(said, Meaning.DOWN):
        return SaidPlace(steps=1)
    first, _, rest = text.strip().partition(" ")
    return SaidPlace(rest.strip() if rest and lexicon.means(plain(first), *_BELOW) else text.strip())


def split_at_place(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """(the words before the last "below", the words behind it); the second is empty if there is none."""
    words = text.split()
    for at in range(len(words) - 2, max(len(words) - _MOST_WORDS, 0), -1):
        if lexicon.means(plain(words[at]), Meaning.BELOW):
            return " ".join(words[:at]), " ".join(words[at + 1 :])
    return text, ""
