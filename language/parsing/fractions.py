"""Amounts with fractions in words: "half an hour", "a quarter of an hour", "an hour and a half"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import Token, tokens

_HALF, _QUARTER = Decimal("0.5"), Decimal("0.25")
_WRITTEN = {
    "1/2": _HALF, "½": _HALF, "1/4": _QUARTER, "¼": _QUARTER, "3/4": 3 * _QUARTER, "¾": 3 * _QUARTER,
}  # fmt: skip
_NOTHING = (Decimal(0), "", 0)


def part_before(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """The fraction of a unit named at `at`, and the number of words before the unit: "half an" hour, "three quarters of
    an" hour. (0, 0) for "half marathon"."""
    value, used = _part(heard, at, lexicon)
    if not used:
        return Decimal(0), 0
    if _means(heard, at + used, lexicon, Meaning.OF):
        used += 1
    if _means(heard, at + used, lexicon, Meaning.A):
        used += 1
    return (value, used) if _is_unit(heard, at + used, lexicon) else (Decimal(0), 0)


def part_behind(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """The fraction added to a whole number, and the number of its words: "and a half"."""
    if not _means(heard, at, lexicon, Meaning.AND):
        return Decimal(0), 0
    value, used = _part(heard, at + 1, lexicon)
    is_named = used > 1 or not _means(heard, at + 1, lexicon, Meaning.HALF, Meaning.QUARTER)
    return (value, used + 1) if used and is_named else (Decimal(0), 0)


def said_in_words(heard: Sequence[Token], at: int, lexicon: Lexicon, *, ones: bool = False) -> tuple[Decimal, str, int]:
    """The fractional amount at `at`, its unit, and its number of words: (1.5, "hour", 5) for "an hour and a half"; (0,
    "", 0) if there is none. With `ones`, "a glass" counts too."""
    value, used = part_before(heard, at, lexicon)
    if used:
        return value, heard[at + used].text, used + 1
    whole = lexicon.count(heard[at].word)
    if whole is None:
        return _NOTHING
    value, used = part_behind(heard, at + 1, lexicon)
    unit = at + 1 + used
    if not _is_unit(heard, unit, lexicon):
        return _NOTHING
    if not used:
        value, used = part_behind(heard, unit + 1, lexicon)
    is_one = ones and whole == 1 and heard[at].word.isalpha()
    return (whole + value, heard[unit].text, 2 + used) if used or is_one else _NOTHING


def in_figures(text: str, lexicon: Lexicon, *, ones: bool = False) -> str:
    """The text with its fractional amounts in digits: "30 min of piano". With `ones` also "1 glass of water"."""
    heard = tokens(text)
    written, at = [], 0
    while at < len(heard):
        value, unit, used = said_in_words(heard, at, lexicon, ones=ones)
        written.append(_written(value, unit, lexicon) if used else heard[at].text)
        at += used or 1
    return " ".join(written)


def _written(value: Decimal, unit: str, lexicon: Lexicon) -> str:
    """The amount in digits; a fraction of an hour in minutes."""
    if value < 1 and lexicon.units.get(tokens(unit)[0].word) == "h":
        return f"{(value * 60).normalize():f} min"
    return f"{value:f} {unit}"


def _part(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """(0.75, 2) for "three quarters", (0.5, 2) for "a half", (0.5, 1) for "1/2", (0, 0) for anything else."""
    if at < len(heard) and (written := _WRITTEN.get(heard[at].text)):
        return written, 1
    many, used = Decimal(1), 0
    if at < len(heard) and (number := lexicon.count(heard[at].word)) is not None and 0 < number < 4:
        many, used = Decimal(number), 1
    if many == 1 and _means(heard, at + used, lexicon, Meaning.HALF):
        return _HALF, used + 1
    if _means(heard, at + used, lexicon, Meaning.QUARTER):
        return many * _QUARTER, used + 1
    return Decimal(0), 0


def _means(heard: Sequence[Token], at: int, lexicon: Lexicon, *meanings: Meaning) -> bool:
    return at < len(heard) and lexicon.means(heard[at].word, *meanings)


def _is_unit(heard: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return at < len(heard) and heard[at].word in lexicon.units
