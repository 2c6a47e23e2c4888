"""The arguments of /tree: nothing, all, a depth, outline, a day, or the name of a branch; several may be combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.dates import Calendar
from language.tokens import Token, tokens

ALL = 35
"""Deeper than any tree."""


@record
class TreeWanted:
    """`depth` None: as deep as fits; `on` None: today."""

    name: str = ""
    depth: int | None = None
    outline: bool = False
    on: date | None = None


def read_tree_args(text: str, titles: Sequence[str], today: date, lexicon: Lexicon) -> TreeWanted:
    """The wanted tree. A title beats the keywords: a goal may be called "All" or "10"."""
    heard = tokens(text)
    whole = " ".join(token.text for token in heard)
    if whole.casefold() in {" ".join(title.split()).casefold() for title in titles}:
        return TreeWanted(whole)
    wanted, calendar, at = TreeWanted(), Calendar(today, lexicon), 0
    while at < len(heard):
        wanted, used = _with_next(wanted, heard, at, calendar)
        at += used
    return wanted


def _with_next(wanted: TreeWanted, heard: Sequence[Token], at: int, calendar: Calendar) -> tuple[TreeWanted, int]:
    """(the wanted tree after the next words, their number)."""
    token = heard[at]
    dated = calendar.date_at(heard, at)
    meaning = calendar.lexicon.words.get(token.word)
    if meaning is Meaning.ALL and wanted.depth is None:
        return replace(wanted, depth=ALL), 1
    if meaning is Meaning.OUTLINE and not wanted.outline:
        return replace(wanted, outline=True), 1
    if dated and wanted.on is None:
        return replace(wanted, on=dated.on), dated.words
    if _is_depth(token.text) and wanted.depth is None and not dated:
        return replace(wanted, depth=min(int(token.text), ALL)), 1
    return replace(wanted, name=f"{wanted.name} {token.text}".strip()), 1


def _is_depth(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 3
