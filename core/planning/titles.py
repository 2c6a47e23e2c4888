"""Titles: how they are kept, and when two of them are the same."""

from __future__ import annotations

import unicodedata


def tidy_title(title: str) -> str:
    """A title as it is kept: its letters composed (NFC), without spaces around it."""
    return unicodedata.normalize("NFC", title).strip()


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same: without case, whether their accents are letters of their own or not."""
    return compared(one) == compared(other)


def compared(title: str) -> str:
    """A title as titles are compared."""
    return unicodedata.normalize("NFC", title.strip().casefold())
