"""Members' names in messages: no name pings anybody or breaks the markup around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.columns import cut
from bot.telegram.html import esc
from core.goals.model import Member, Owner
from language.i18n import Words

_WIDTH = 24
_GONE = "Deleted Account"
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def name_of(member: Member, w: Words, columns: int = _WIDTH) -> str:
    """A member's name for a toast or a button, not escaped; "Someone" for a deleted account and for one without a
    name."""
    if member.name == _GONE:
        return w.t("Someone")
    shown = "".join(char for char in member.name if unicodedata.bidirectional(char) not in _CONTROLS)
    shown = cut(shown, columns)
    if not shown.strip():
        return w.t("Someone")
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in shown):
        return f"{_ISOLATE}{shown}{_END}"
    return shown


def shown_name(member: Member, w: Words) -> str:
    """A member's name within a message, escaped."""
    return esc(name_of(member, w))


def group_title(group: Owner, w: Words) -> str:
    """A group's title, not escaped."""
    return cut(group.title, 40) or w.t("Your group")


def names(members: Sequence[Member], w: Words, most: int = 12) -> str:
    """Several members' names, escaped: "Ann, Ben and 37 more"."""
    return listed([shown_name(member, w) for member in members], w, most)


def listed(parts: Sequence[str], w: Words, most: int = 12) -> str:
    """Several texts joined by commas; beyond `most`, only the number of the others."""
    text = ", ".join(parts[:most])
    left = len(parts) - most
    return f"{text} " + w.n("and {count} more", "and {count} more", left) if left > 0 else text
