"""Numbers as people write them, made exact: a value, target or weight is at most a billion and has up to six
decimals."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from core.errors import InvalidValue

LARGEST = Decimal(10**9)
DECIMALS = 6

_ONE, _FINEST = Decimal(1), Decimal(1).scaleb(-DECIMALS)
_LONGEST = 60
"""The most characters of a number: longer text is refused unread, so that a hostile one costs nothing."""
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_SAME = str.maketrans(
    {"\u2212": "-", "\u066b": ".", "'": " ", "\u2019": " ", "\u066c": " ", "\xa0": " ", "\u202f": " ", "\u2009": " "}
)


def parse_number(given: str | int | float | Decimal | None, *, decimal_comma: bool = False) -> Decimal:
    """The exact number that someone wrote or sent.

    "5", "5.5", "5,5", "1 000", "1,234.5" and "1.234,5" are unambiguous. Three digits after a single comma ("1,000") are
    thousands, after a single point decimals; `decimal_comma` (from the locale) reverses that. With several marks they
    are thousands. Raises InvalidValue for no number, nan, infinity, more than a billion either way, or more than six
    decimals.
    """
    if given is None or isinstance(given, bool):
        raise InvalidValue("number_missing")
    if isinstance(given, Decimal):
        return exact(given)
    if isinstance(given, int):
        if abs(given) > LARGEST:  # before it is turned into text, which takes quadratic time
            raise _too_large()
        return Decimal(given)
    if isinstance(given, float):
        return exact(Decimal(repr(given)))
    return _from_text(given, decimal_comma)


def _from_text(given: str, decimal_comma: bool) -> Decimal:
    text = given[: _LONGEST * 4].strip()
    if not text:
        raise InvalidValue("number_missing")
    if len(given) > _LONGEST * 4 or len(text) > _LONGEST:
        raise _too_large() if given[:_LONGEST].isdigit() else InvalidValue("not_a_number", text=None)
    plain = _point_only(text.translate(_SAME), decimal_comma)
    if plain is None:
        raise InvalidValue("not_a_number", text=text)
    try:
        return exact(Decimal(plain))
    except InvalidOperation:  # an exponent beyond what even Decimal holds
        raise _too_large() from None


def exact(value: Decimal) -> Decimal:
    """The value in its plain form (no exponent, no trailing zeros). Raises InvalidValue as `parse_number` does."""
    if not value.is_finite():
        raise InvalidValue("number_infinite", text=str(value))
    if value.copy_abs() > LARGEST:
        raise _too_large()
    return _plain(value)


@lru_cache(4096)
def _plain(value: Decimal) -> Decimal:
    if value == 0:
        return Decimal(0)
    # Within ten digits and six decimals no context rounds any of this.
    whole = value.to_integral_value()
    if value == whole:
        return whole.quantize(_ONE)
    rounded = value.quantize(_FINEST)
    if rounded != value:
        raise InvalidValue("number_too_fine", decimals=DECIMALS)
    return rounded.normalize()


def plain_text(value: Decimal) -> str:
    """The number with a decimal point, without exponent and trailing zeros."""
    return f"{exact(value):f}"


def _too_large() -> InvalidValue:
    return InvalidValue("number_too_large", most=LARGEST)


def _point_only(text: str, decimal_comma: bool) -> str | None:
    """The text with a decimal point and without thousands separators; None if it is no number."""
    pointed = _pointed(text, decimal_comma)
    return pointed if _PLAIN.fullmatch(pointed) else None


def _pointed(text: str, decimal_comma: bool) -> str:
    if _SPACED.fullmatch(text):
        return text.replace(" ", "").replace(",", ".")
    match sorted({",", "."}.intersection(text), key=text.rfind):
        case [mark, point]:
            return _joined(text, mark, point) or ""
        case [mark]:
            # This locale's thousands separator is read as one wherever possible, else as the decimal mark.
            is_decimal = (mark == ",") is decimal_comma and text.count(mark) == 1
            thousands = None if is_decimal else _joined(text, mark, None)
            return text.replace(mark, ".") if thousands is None else thousands
    return text


def _joined(text: str, mark: str, point: str | None) -> str | None:
    """The text without `mark`, if that separates thousands throughout, and with `point` as a decimal point."""
    decimals = rf"(?:{re.escape(point)}\d*)?" if point else ""
    if not re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+{decimals}", text):
        return None
    text = text.replace(mark, "")
    return text.replace(point, ".") if point else text


def rounded_up(amount: Fraction | Decimal, like: Decimal) -> Decimal:
    """An amount rounded up at the last decimal place of another one: nobody reads 12.67 km towards 50 km."""
    step: int = 10 ** decimals_of(like)
    return Decimal(-(-Fraction(amount) * step // 1)) / step


def share_of(amount: Decimal, part: int, whole: int) -> Decimal:
    """A share of an amount, rounded up at the amount's own last decimal place."""
    step: int = 10 ** decimals_of(amount)
    return Decimal(-(-int(amount * step) * part // whole)) / step


def decimals_of(amount: Decimal) -> int:
    """The number of decimal places of a number, without trailing zeros."""
    exponent = amount.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
