"""Units: whether one is the goal's own, and conversion between units of the same kind."""

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
"""Units by the quantity that they measure, with their sizes."""
_IMPERIAL = ("mi", "lb")
_ROUNDED = 2
"""The most decimals of an amount converted between imperial and metric units."""
THOUSAND = "k"
"""The suffix of a number: "5k" is 5 km, or 5,000 steps."""


@lru_cache(maxsize=4096)
def same_unit(written: str, unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit is the goal's own, perhaps in the plural or in another spelling."""
    one, other = plain(written), plain(" ".join(unit.split()))
    spelled = lexicon.units.get(other)
    return (
        one in (other, other + "s", other + "es")
        or other in (one + "s", one + "es")
        or (spelled is not None and lexicon.units.get(one) == spelled)
    )


def is_unit(word: str, lexicon: Lexicon) -> bool:
    """Whether a word behind a number is a unit, or multiplies it by a thousand."""
    return word == THOUSAND or word in lexicon.units


def unit_words(heard: Sequence[Token], at: int, units: Iterable[str], lexicon: Lexicon) -> int:
    """The number of words from `at` on that are one of the units."""
    for unit in units:
        count = len(unit.split())
        written = " ".join(token.text for token in heard[at : at + count]).rstrip(",;.!")
        if written and same_unit(written, unit, lexicon):
            return count
    return 0


def converted(value: Decimal, written: str, unit: str, lexicon: Lexicon) -> Decimal | None:
    """An amount in the goal's unit, to at most six decimals; None if the units measure different things."""
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
    return _kind(unit, lexicon) == "time"


def is_counted(unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit is counted in whole numbers, unlike km and kg: 1.200 steps are 1,200."""
    return not _kind(unit, lexicon)


def _kind(unit: str, lexicon: Lexicon) -> str:
    return _SIZES.get(lexicon.units.get(plain(unit), plain(unit)), ("", 1))[0]
