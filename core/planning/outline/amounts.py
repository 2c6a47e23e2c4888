"""Amounts behind "=" in every common form: "12,000 €", "€12 000", "10k steps", "1h30", "10% -> 25%"."""

from __future__ import annotations

import re
from decimal import Decimal

from core.planning.outline.phrases import CURRENCIES, NUMBER, count_of
from core.values import parse_number

AMOUNT = re.compile(
    rf"(?P<sign>{CURRENCIES})?\s*(?P<number>{NUMBER})"
    rf"(?P<thousand>(?(sign)[kK]\b|[kK](?=\s+[^\W\d]|\s*{CURRENCIES})))?"
)
_UNIT = rf"(?P<unit>[^\W\d]+|%|{CURRENCIES})?"
ARROW = re.compile(rf"(?P<begin>{NUMBER})\s*{_UNIT}\s*(?:->|→|–>|=>)\s*")
TO = re.compile(rf"(?:from\s+)?(?P<begin>{NUMBER})\s*{_UNIT}\s+to\s+(?=\d)", re.IGNORECASE)
PRODUCT = re.compile(r"(\d{1,4})[x×](\d{1,4})(?![\d.,])", re.IGNORECASE)
""""3x10": three sets of ten, which are two numbers."""
TIMES = re.compile(
    r"(?:(?P<digits>\d{1,4})\s*[x×](?![^\s=\[(/])|(?P<word>once|twice|thrice)\b(?:\s+times\b)?"
    r"|(?P<named>one|two|three|four|five|six|seven|eight|nine|ten)\s+times\b)",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?P<hours>\d{1,3})(?:h(?P<m1>[0-5]\d)(?:min|m)?|:(?P<m2>[0-5]\d)\s*(?:h|hours?|hrs?))\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:[.,]000)")


def number(text: str, *, decimal_comma: bool) -> Decimal:
    """The exact number. "12.000" is twelve thousand everywhere: nobody writes twelve so. Raises InvalidValue."""
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[.,]", "", text)
    return parse_number(text, decimal_comma=decimal_comma)


def duration(clock: re.Match[str]) -> tuple[Decimal, str]:
    """ "7:30 h" as 7.5 hours, "1h20" as 80 minutes: hours where they have few decimals."""
    hours, minutes = int(clock["hours"]), int(clock["m1"] or clock["m2"])
    if minutes % 3:
        return Decimal(hours * 60 + minutes), "min"
    return Decimal(hours * 60 + minutes) / 60, "h"


def times(match: re.Match[str]) -> Decimal:
    """How many times "3x", "twice" and "three times" are."""
    return Decimal(count_of(match["digits"] or match["word"] or match["named"]) or 0)
