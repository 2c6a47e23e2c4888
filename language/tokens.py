"""A text as the words that parsers look at."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\r\f\v\n]+")
_PICTURE_BEFORE_NUMBER = re.compile(r"(?<=[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f])(?=\d)")
_OPENING = "([{\"“„'"
_VARIATION = "\ufe0e\ufe0f"
"""The variation selector that has the sign before it drawn as an emoji."""


class Token(NamedTuple):
    """A word: as typed, and as a lexicon has it (small letters, no punctuation around it)."""

    text: str
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text, split at blanks; an emoji before a number is a word of its own."""
    if not text.isascii():
        text = _PICTURE_BEFORE_NUMBER.sub(" ", text)
    return [Token(part, bare(part)) for part in _BLANKS.split(text) if part]


def words(text: str) -> list[str]:
    """The words of a text, normalised as in a lexicon."""
    return [bare(part) for part in text.split()]


def phrase(text: str) -> str:
    """A whole text, normalised like a phrase in a lexicon: small letters, single blanks, no full stop."""
    return " ".join(plain(text).strip(" .!").split())


@lru_cache(maxsize=1024)
def bare(part: str) -> str:
    """A word without brackets and quotes before it, and without punctuation or emoji behind it. A word of punctuation
    only stays as it is, and so does the last point of "a.m."."""
    small = plain(part)
    if small.isalnum():
        return small
    end = len(small)
    while end and (small[end - 1] in _VARIATION or unicodedata.category(small[end - 1])[0] in "PSC"):
        end -= 1
    stripped = small[:end].lstrip(_OPENING)
    if re.fullmatch(r".*[ap]\.m", stripped) and small[end:].startswith("."):
        return stripped + "."
    return stripped or small.rstrip(_VARIATION)


def shortened(text: str, most: int = 40) -> str:
    """A text with single blanks, cut to a number of characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def plain(text: str) -> str:
    """Small letters without accents, with plain apostrophes."""
    small = text.strip().casefold().replace("’", "'")
    if small.isascii():
        return small
    return "".join(char for char in unicodedata.normalize("NFD", small) if not unicodedata.combining(char))
