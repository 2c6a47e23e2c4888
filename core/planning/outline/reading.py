"""The base of the parsers for the parts of a line: the text, the line being read, and its faults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InvalidValue
from core.planning.outline import amounts
from core.planning.outline.line import OutlineLine
from core.planning.outline.phrases import ReadDay

_SPACE = re.compile(r"\s*")


def skip(text: str, at: int) -> int:
    """The place after any blanks."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


@dataclass(slots=True)
class LineReading:
    """A line that is being read. The reader of a part takes the place where it begins, and returns the place after
    it."""

    line: OutlineLine
    text: str
    decimal_comma: bool
    read_day: ReadDay

    def fault(self, at: int, code: str, /, **values: object) -> None:
        """Adds a fault at a place of the text."""
        self.line.fault(at + 1, code, **values)

    def once(self, taken: bool, at: int, code: str) -> None:
        """Adds a fault if the same was said before."""
        if taken:
            self.fault(at, code)

    def spec_start(self, at: int) -> int:
        """Where the first part begins, from a place on, that is no title."""
        return self.line.scope(self.read_day).spec_start(self.text, at)

    def number(self, text: str, at: int) -> Decimal | None:
        """A number; None with a fault if it is out of range."""
        try:
            return amounts.number(text, decimal_comma=self.decimal_comma)
        except InvalidValue as refused:
            self.fault(at, refused.code, **refused.values)
            return None
