"""What a button carries, in few bytes: numbers in base 36, dates as YYYYMMDD, fields parted by ":".

What comes back is checked field by field: a forged or outdated button raises `BadButton`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from core.errors import GoaltreeError
from core.rules import FIRST_DATE, LAST_DATE

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1


class BadButton(GoaltreeError):
    """Callback data that no button of ours carries."""

    def __init__(self) -> None:
        super().__init__("bad_button")


def packed(number: int) -> str:
    """A number that is not negative, in base 36."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def unpacked(text: str) -> int:
    """The number that `packed` wrote."""
    if not re.fullmatch(r"[0-9a-z]{1,13}", text) or (number := int(text, 36)) > _LARGEST:
        raise BadButton
    return number


def day_packed(on: date) -> str:
    """A date as YYYYMMDD."""
    return on.strftime("%Y%m%d") if on.year > 999 else f"{on.year:04}{on:%m%d}"


def day_unpacked(text: str) -> date:
    """The date that `day_packed` wrote."""
    if not re.fullmatch(r"[0-9]{8}", text):
        raise BadButton
    try:
        on = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise BadButton from None
    if not FIRST_DATE <= on <= LAST_DATE:
        raise BadButton
    return on


def fields(data: str, *counts: int) -> Sequence[str]:
    """The fields of callback data (behind its prefix), which must be one of these many."""
    parts = data.split(":")
    if len(parts) not in counts:
        raise BadButton
    return parts
