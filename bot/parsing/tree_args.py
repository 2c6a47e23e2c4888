"""What stands behind /tree: nothing, all, a depth, outline, a day, or the name of a branch; also several of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.parsing.dates import date_at

ALL = 35
"""Deeper than any tree."""

_WINDOW = 8
"""Words: every date has fewer."""


@dataclass(frozen=True, slots=True)
class TreeWanted:
    """`depth` None: as deep as fits; `on` None: today."""

    name: str = ""
    depth: int | None = None
    outline: bool = False
    on: date | None = None


def read_tree_args(text: str, titles: Sequence[str], today: date) -> TreeWanted:
    """A title wins over the other words: a goal may be called "All" or "10"."""
    words = text.split()
    known = {" ".join(title.split()).casefold() for title in titles}
    name, depth, outline, on = list[str](), None, False, None
    if " ".join(words).casefold() in known:
        return TreeWanted(" ".join(words))
    at = 0
    while rest := words[at : at + _WINDOW]:
        dated = date_at(rest, today) if on is None else None
        word, used = rest[0].casefold(), 1
        if word == "all" and depth is None:
            depth = ALL
        elif word == "outline" and not outline:
            outline = True
        elif word.isascii() and word.isdigit() and len(word) < 3 and depth is None and not _begins_a_day(rest, today):
            depth = min(int(word), ALL)
        elif dated:
            on, used = dated.on, dated.words
        else:
            name.append(rest[0])
        at += used
    return TreeWanted(" ".join(name), depth, outline, on)


def _begins_a_day(words: list[str], today: date) -> bool:
    return date_at(words, today) is not None
