"""Values in JSON: numbers as numbers, dates as ISO 8601, unknown values as null."""

from __future__ import annotations

from decimal import Decimal


def number(value: Decimal | None) -> int | float | None:
    """A value, target or weight; whole ones without a decimal point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
