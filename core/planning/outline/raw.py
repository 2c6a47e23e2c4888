"""The lines of an outline as they are written, before parsing."""

from __future__ import annotations

from core.planning.outline.later import is_later
from core.planning.outline.words import BULLET
from core.records import record

_BLANKS = " \t\xa0"


@record
class Raw:
    """A line as it is written: its indent, where its text begins after indent and bullet, and whether it belongs to the
    goal above it."""

    number: int
    text: str
    blank: str
    start: int
    is_later: bool


def written(text: str) -> list[Raw]:
    """The lines of a text that are not empty."""
    lines: list[Raw] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            blank = _blank(raw)
            bullet = BULLET.match(raw, len(blank))
            start = bullet.end() if bullet else len(blank)
            indented = bool(lines) and len(blank) > len(lines[0].blank)
            lines.append(Raw(number, raw, blank, start, is_later(raw[start:], indented=indented)))
    return lines


def _blank(raw: str) -> str:
    return raw[: len(raw) - len(raw.lstrip(_BLANKS))].replace("\xa0", " ")
