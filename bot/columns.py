"""Monospaced columns: widths as a screen shows them, bars, and the signs that goals are marked with."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from core.goals.model import Level, Node, Status

ELLIPSIS = "…"
_JOINER, _EMOJI_FORM = "\u200d", "\ufe0f"

LETTERS = {
    Level.DAILY: "D",
    Level.WEEKLY: "W",
    Level.MONTHLY: "M",
    Level.QUARTERLY: "Q",
    Level.YEARLY: "Y",
    Level.RANGE: "T",
    Level.VISION: "★",
}
MARKS = {
    Status.DONE: "✅",
    Status.ON_TRACK: "🟢",
    Status.AT_RISK: "🟡",
    Status.BEHIND: "🔴",
    Status.TRACKED: "🔹",
    Status.OFF: "⚪",
    Status.INACTIVE: "⚪",
}


@lru_cache(4096)
def width(text: str) -> int:
    """The columns that a text takes in a monospaced block: wide letters and emoji take two, combining marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(taken for _, taken in clusters(text))


@lru_cache(4096)
def cut(text: str, columns: int) -> str:
    """The text, shortened with "…" to at most that many columns, never cutting an emoji in two."""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for cluster, taken in clusters(text):
        if used + taken > columns - 1:
            break
        kept += cluster
        used += taken
    return kept.rstrip() + ELLIPSIS


def padded(text: str, columns: int) -> str:
    """The text, cut or padded with blanks to exactly that many columns."""
    text = cut(text, columns)
    return text + " " * (columns - width(text))


def bar(percent: int, blocks: int = 10) -> str:
    """A progress bar, rounded down: it is full only when the target is reached."""
    filled = max(0, min(percent, 100)) * blocks // 100
    return "▓" * filled + "░" * (blocks - filled)


def level_letter(node: Node) -> str:
    """The letter of a node's level; a star for the vision."""
    return LETTERS[node.level]


def clusters(text: str) -> list[tuple[str, int]]:
    """The grapheme clusters of a text with their columns: a joined emoji or a flag is one."""
    signs: list[tuple[str, int]] = []
    joined = False
    for char in text:
        taken = _char_width(char)
        flag = signs and _is_flag(char) and _is_flag(signs[-1][0])
        if signs and (joined or taken == 0 or flag):
            sign, before = signs[-1]
            signs[-1] = (sign + char, 2 if char == _EMOJI_FORM or flag else before)
        else:
            signs.append((char, taken))
        joined = char == _JOINER
    return signs


@lru_cache(4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") or 0x1F3FB <= ord(char) <= 0x1F3FF:
        return 0
    if _is_flag(char):
        return 2
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _is_flag(text: str) -> bool:
    return len(text) == 1 and 0x1F1E6 <= ord(text) <= 0x1F1FF
