"""Cursors: opaque strings that mark the beginning of the next page."""

from __future__ import annotations

import base64
import binascii
from datetime import date

from core.errors import RequestRefused


def cursor_of(*parts: date | int) -> str:
    """Encode a position as a cursor."""
    said = " ".join(part.isoformat() if isinstance(part, date) else f"{part}" for part in parts)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def entry_place(cursor: str) -> tuple[date, int]:
    """The (date, id) in a cursor. Raises `RequestRefused`."""
    on, entry_id = _parts(cursor, 2)
    try:
        return date.fromisoformat(on), int(entry_id)
    except ValueError:
        raise RequestRefused("cursor_unfit") from None


def number_in(cursor: str) -> int:
    """The number in a cursor. Raises `RequestRefused`."""
    [number] = _parts(cursor, 1)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise RequestRefused("cursor_unfit")
    return int(number)


def _parts(cursor: str, count: int) -> list[str]:
    try:
        said = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise RequestRefused("cursor_unfit") from None
    parts = said.split(" ")
    if len(parts) != count or any(len(part) > 19 for part in parts):
        raise RequestRefused("cursor_unfit")
    return parts
