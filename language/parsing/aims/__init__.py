"""Aims in one sentence: "write a book of 80,000 words by 30 June", "at most 2 coffees a day"."""

from __future__ import annotations

import re

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.apart import apart
from language.parsing.aims.changes import changed, understood
from language.parsing.aims.ends import read_end
from language.parsing.aims.heard import Heard
from language.parsing.aims.sentence import read_aim
from language.parsing.aims.text import LONGEST
from language.parsing.hearing import Hearing
from language.tokens import phrase

__all__ = [
    "Heard",
    "apart",
    "changed",
    "is_helpless",
    "is_rhythm_alone",
    "is_sentence",
    "read_aim",
    "read_end",
    "understood",
]

_OUTLINE = re.compile(r"(?:^|\s)(?:=|<=|≤)|[\[\]]|\(\s*(?:from|until|by|on)\b|^\s*[A-Za-z]!?\s*:|^\s*\"")


def is_sentence(text: str) -> bool:
    """Whether a text is a single line without any marks of an outline."""
    return "\n" not in text.strip() and len(text.strip()) <= LONGEST and not _OUTLINE.search(text)


def is_rhythm_alone(text: str, hearing: Hearing) -> bool:
    """Whether a text says only how often: "3 times a week"."""
    if not is_sentence(text):
        return False
    aim = read_aim(text, hearing).aim
    return not aim.goal and not aim.unit and aim.each is not None


_NO_AIM = (Meaning.HELPLESS, Meaning.THANKS, Meaning.GREETING, Meaning.ASK_HELP, Meaning.NOD)


def is_helpless(text: str, lexicon: Lexicon) -> bool:
    """Whether the writer does not know what to say, or asks back."""
    said = phrase(text)
    return said.endswith("?") or lexicon.means(said.rstrip("?"), *_NO_AIM)
