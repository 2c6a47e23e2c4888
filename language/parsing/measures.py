"""Units: whether one is a goal's own, and what an amount in another unit of the same kind is in the goal's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache

from core.values import DECIMALS, exact
from language.lexicon import Lexicon
from language.tokens import Token, plain

_SIZES: Mapping[str, tuple[str, int | Decimal]] = {
    "h": ("time", 3600), "min": ("time", 60), "s": ("time", 1),
    "km": ("length", 1000), "m": ("length", 1), "mi": ("length", Decimal("1609.344")),
    "l": ("volume", 1000), "dl": ("volume", 100), "cl": ("volume", 10), "ml": ("volume", 1),
    "kg": ("weight", 1000), "g": ("weight", 1), "lb": ("weight", Decimal("453.59237")),
}  # fmt: skip
"""What units measure, and how large each is."""
_IMPERIAL = ("mi", "lb")
_ROUNDED = 2
"""Decimals of an amount that goes from imperial units to metric ones or back: nobody means more."""
THOUSAND = "k"
"""Stands behind a number: "5k" are 5 km, "10k" are 10,000 steps."""


@lru_cache(maxsize=4096)
def same_unit(written: str, unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit is the goal's own, perhaps in the plural or spelled differently."""
    one, other = plain(written), plain(" ".join(unit.split()))
    spelled = lexicon.units.get(other)
    return (
        one in (other, other + "s", other + "es")
        or other in (one + "s", one + "es")
        or (spelled is not None and lexicon.units.get(one) == spelled)
    )


def is_unit(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that stands behind a number is a unit, or makes thousands of it."""
    return word == THOUSAND or word in lexicon.units


def unit_words(heard: Sequence[Token], at: int, units: Iterable[str], lexicon: Lexicon) -> int:
    """How many words from `at` on are one of the units."""
    for unit in units:
        count = len(unit.split())
        written = " ".join(token.text for token in heard[at : at + count]).rstrip(",;.!")
        if written and same_unit(written, unit, lexicon):
            return count
    return 0


def converted(value: Decimal, written: str, unit: str, lexicon: Lexicon) -> Decimal | None:
    """An amount in the goal's unit, to six decimals at most; None if the two units do not measure the same."""
    one, other = plain(written), lexicon.units.get(plain(unit), plain(unit))
    if one == THOUSAND and other != "kg":
        return value if other == "km" else exact(value * 1000)
    one = lexicon.units.get(one, one)
    kind, size = _SIZES.get(one, ("", 1))
    wanted, per = _SIZES.get(other, ("none", 1))
    if kind != wanted:
        return None
    decimals = DECIMALS if (one in _IMPERIAL) == (other in _IMPERIAL) else _ROUNDED
    with localcontext() as context:
        context.prec = 40
        return exact((value * size / per).quantize(Decimal(1).scaleb(-decimals)))


def is_time(unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit measures time."""
    return _kind(unit, lexicon) == "time"


def is_counted(unit: str, lexicon: Lexicon) -> bool:
    """Whether nobody writes three decimals of a unit, as one does of km and kg: 1.200 steps are 1,200."""
    return not _kind(unit, lexicon)


def _kind(unit: str, lexicon: Lexicon) -> str:
    return _SIZES.get(lexicon.units.get(plain(unit), plain(unit)), ("", 1))[0]
