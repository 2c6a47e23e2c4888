"""Titles: how they are stored and compared."""

from __future__ import annotations

import unicodedata


def tidy_title(title: str) -> str:
    """A title as it is stored: composed (NFC) and stripped."""
    return unicodedata.normalize("NFC", title).strip()


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, ignoring case and the encoding of accents."""
    return compared(one) == compared(other)


def compared(title: str) -> str:
    """A title in the form in which titles are compared."""
    return unicodedata.normalize("NFC", title.strip().casefold())
