"""Joins a long outline that a chat split into two messages."""

from __future__ import annotations

import re

from core.planning.outline.later import is_later
from core.planning.outline.words import BULLET, LETTER, LEVELS, ONE_OFFS

FULL = 4_096
"""Characters (UTF-16) in a message. A client may break a longer text anywhere in the second half of that."""
_BLANKS = " \t\xa0"
_NUMBERED = re.compile(r"(?:line\s+)?\d{1,4}\s*[:.)]\s*", re.IGNORECASE)


def may_be_first_part(text: str) -> bool:
    """Whether a message is long enough to be the first of two parts."""
    return _length(text) >= FULL // 2


def has_lines(text: str) -> bool:
    """Whether a text has a line with a level letter or with later terms, which chatter does not have. A number may come
    before it."""
    lines = [_NUMBERED.sub("", line.lstrip(_BLANKS), count=1) for line in text.split("\n")]
    return any(_letter(line) or is_later(line, indented=False) for line in lines)


def joined(first: str, second: str) -> str:
    """The text of two messages. Telegram cut off the blanks at the beginning of the second, so its first line gets the
    indent of its level in the first message. If it has no letter, it continues the last line."""
    begun, _, rest = second.partition("\n")
    letter = _letter(begun)
    if letter is None and is_later(begun.lstrip(_BLANKS), indented=False):
        return f"{first}\n{second}"
    if letter is None:
        between = "" if _length(first) >= FULL else " "
        return f"{first}{between}{second}"
    indent = _indent_of(letter, first, rest)
    return "\n".join([first, indent + begun.lstrip(_BLANKS), *([rest] if rest else [])])


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _letter(line: str) -> str | None:
    start = len(line) - len(line.lstrip(_BLANKS))
    bullet = BULLET.match(line, start)
    match = LETTER.match(line, bullet.end() if bullet else start)
    letter = match[1].upper() if match else ""
    return letter if letter in LEVELS or letter in ONE_OFFS else None


def _indent_of(letter: str, first: str, rest: str) -> str:
    """The indent of the nearest line with this level."""
    lines = [*reversed(first.split("\n")), *rest.split("\n")]
    same = next((line for line in lines if _letter(line) == letter), None)
    below = same or next((line for line in lines if _letter(line)), "")
    return below[: len(below) - len(below.lstrip(_BLANKS))]
