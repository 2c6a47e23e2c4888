"""Corrected lines, sent to replace the faulty lines of an outline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import Fault
from core.likeness import likeness
from core.planning.outline.words import LETTER

_LINE = re.compile(r"line (\d+),")
_NUMBERED = re.compile(r"\s*(?:line\s+)?(\d{1,4})\s*[:.)]\s*(?=\S)", re.IGNORECASE)
_BLANKS = " \t\xa0"
_ALIKE = 60
"""How similar (0 to 100) a correction must be to the line it replaces, if there are several."""


def corrected(text: str, faults: Sequence[Fault], said: str) -> dict[int, str] | None:
    """The corrected lines with their indent, by the number of the line that each replaces; None if they do not fit. A
    correction may begin with that number ("3: D: Run = 5 km"); else it replaces the most similar line."""
    lines = text.split("\n")
    wrong = _wrong(faults, len(lines))
    mended: dict[int, str] = {}
    for line in filter(str.strip, said.split("\n")):
        number, line = _numbered(line, wrong)
        rest = [one for one in wrong if one not in mended]
        number = number or _most_alike(line, lines, rest)
        if number is None:
            return None
        mended[number] = _in_place_of(lines[number - 1], line)
    return mended or None


def _wrong(faults: Sequence[Fault], count: int) -> list[int]:
    """The numbers of the faulty lines, below `count`."""
    numbers = (int(place[1]) for fault in faults if (place := _LINE.match(fault.place)))
    return list(dict.fromkeys(number for number in numbers if number <= count))


def _numbered(line: str, wrong: Sequence[int]) -> tuple[int | None, str]:
    told = _NUMBERED.match(line)
    if told and int(told[1]) in wrong:
        return int(told[1]), line[told.end() :]
    return None, line


def _most_alike(line: str, lines: Sequence[str], numbers: Sequence[int]) -> int | None:
    if len(numbers) == 1:
        return numbers[0]
    scored = [(likeness(line.strip().casefold(), lines[number - 1].strip().casefold()), -number) for number in numbers]
    score, number = max(scored, default=(0, 0))
    return -number if score >= _ALIKE else None


def _in_place_of(wrong: str, line: str) -> str:
    """The correction with the replaced line's indent, and with its level letter if the correction has none."""
    start = len(wrong) - len(wrong.lstrip(_BLANKS))
    line = line.strip()
    letter = LETTER.match(wrong, start)
    if letter and not LETTER.match(line):
        line = f"{letter[0]} {line}"
    return wrong[:start] + line
