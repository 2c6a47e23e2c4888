"""Cells of a sheet that say how a day went: signs and words for done, not done and skipped, and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from enum import Enum, auto
from typing import TypeAlias

from core.errors import ImportRefused, InvalidValue
from core.importing.options import StateWords
from core.importing.reading import ONE
from core.records import record
from core.values import parse_number

_DONE = frozenset(["1", "1.0", "1,0", "x", "✓", "✔", "✔️", "✅", "☑", "☑️", "+", "•", "🟢"])
_UNDONE = frozenset(["0", "0.0", "0,0", "✗", "✘", "✕", "❌", "☐", "n/a", "🔴"])
_SKIPPED = frozenset({"-", "–", "—", "⏭", "⏭️"})
_MEASURED = re.compile(r"([+-]?\d[\d.,'’\xa0\u202f ]*?)\s*(%|[^\W\d_]{1,20})")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,(?:\d{1,2}|\d{4,})")
_DECIMAL_POINT = re.compile(r"[+-]?\d*\.(?:\d{1,2}|\d{4,})")


class CellState(Enum):
    """The meaning of a cell without a number."""

    DONE = auto()
    UNDONE = auto()
    SKIPPED = auto()


CellSaid: TypeAlias = CellState | Decimal


@record
class CellReader:
    """Reads the cells of a sheet, with its words and its decimal separator."""

    words: StateWords
    decimal_comma: bool
    _states: dict[str, CellState | None] = field(default_factory=dict)
    _numbers: dict[str, Decimal | None] = field(default_factory=dict)
    """Cached results, since most cells repeat."""

    def state(self, text: str) -> CellState | None:
        """The state that a sign or word means. 1 and 0 are signs as well, except in a column of numbers."""
        if text not in self._states:
            self._states[text] = self._state(text.lower())
        return self._states[text]

    def _state(self, said: str) -> CellState | None:
        if said in _DONE or said in self.words.done:
            return CellState.DONE
        if said in _UNDONE or said in self.words.undone:
            return CellState.UNDONE
        return CellState.SKIPPED if said in _SKIPPED or said in self.words.skipped else None

    def said(self, text: str, *, is_number: bool, line: int) -> CellSaid:
        """The meaning of a non-empty cell. Raises ImportRefused if it is unknown."""
        state = self.state(text)
        if state is not None and not (is_number and text[:1].isdigit()):
            if state is CellState.DONE and is_number:
                raise ImportRefused("value_unreadable", line=line, text=text[:40])
            return state
        number = self._number(text)
        if number is not None:
            return number
        try:
            return parse_number(text, decimal_comma=self.decimal_comma)
        except InvalidValue as refused:
            beyond = refused.code in ("number_too_large", "number_too_fine")
            raise ImportRefused("number_beyond" if beyond else "value_unreadable", line=line, text=text[:40]) from None

    def is_number(self, texts: Iterable[str]) -> bool:
        """Whether a habit with these cells is measured by a number: one of them is a number and no sign."""
        return any(text and self.state(text) is None and self._number(text) is not None for text in texts)

    def unit(self, texts: Iterable[str]) -> str:
        """The unit after every number in these cells: "5 km", "85%". Empty if there is none or if there are several,
        which cannot be added up."""
        units: set[str] = set()
        for text in texts:
            if not text or self.state(text) is not None:
                continue
            match = _MEASURED.fullmatch(text)
            if match is None or self._number(match[1]) is None:
                return ""
            units.add(match[2])
        # If its case varies, prefer lower case, so that every reading of the file gives the same unit.
        return max(units) if len({unit.casefold() for unit in units}) == 1 else ""

    def _number(self, text: str) -> Decimal | None:
        if text not in self._numbers:
            try:
                self._numbers[text] = parse_number(text, decimal_comma=self.decimal_comma)
            except InvalidValue:
                self._numbers[text] = None
        return self._numbers[text]


def cells_of(texts: Iterable[str], separator: str, words: StateWords) -> CellReader:
    """The reader for the cells of a sheet, decided over all of them."""
    commas = points = False
    for text in texts:
        commas = commas or _DECIMAL_COMMA.fullmatch(text) is not None
        points = points or _DECIMAL_POINT.fullmatch(text) is not None
    return CellReader(words, commas or (separator == ";" and not points))


def without_unit(text: str, unit: str) -> str:
    """A cell without the unit after its number."""
    bare = text[: -len(unit)].rstrip() if unit and text.casefold().endswith(unit.casefold()) else text
    return bare if bare[-1:].isdigit() else text


def tick(said: CellSaid) -> bool:
    """Whether a cell of a check says that it was done."""
    return said is CellState.DONE or said == ONE
