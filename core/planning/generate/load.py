"""Whether a day's share is more than most people can do in a day."""

from __future__ import annotations

from decimal import Decimal

_MOST = {
    "km": 12, "mi": 8, "h": 6, "min": 240, "pages": 100, "page": 100, "words": 2_000, "word": 2_000,
    "steps": 25_000, "chapters": 5, "chapter": 5, "books": 1, "book": 1, "€": 200, "$": 200, "£": 200, "l": 5,
}  # fmt: skip


def is_a_lot(a_day: Decimal, unit: str | None) -> bool:
    """Whether this amount of a unit, every day, is worth questioning."""
    most = _MOST.get((unit or "").casefold())
    return most is not None and a_day > most
