"""Lines that are sent in place of the wrong ones of an outline."""

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
"""How alike (0 to 100) a line is to the one that it corrects, where there are several."""


def corrected(text: str, faults: Sequence[Fault], said: str) -> dict[int, str] | None:
    """The lines that were sent by the number of the line that each takes the place of, with its indent. A line may
    begin with that number ("3: D: Run = 5 km"); else it is the one that is most alike. None if they do not fit."""
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
    """The numbers of the lines, of so many, that have faults."""
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
    """A line with the indent of the one that it corrects, and with its letter where it has none itself."""
    start = len(wrong) - len(wrong.lstrip(_BLANKS))
    line = line.strip()
    letter = LETTER.match(wrong, start)
    if letter and not LETTER.match(line):
        line = f"{letter[0]} {line}"
    return wrong[:start] + line
