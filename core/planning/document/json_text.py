"""Reads JSON that people send, within limits; every refusal has its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from typing import NoReturn

from core.caps import Caps
from core.errors import Fault, InvalidPlan
from core.text import undirected

ALIKE = 20_000
"""The most distinct texts and numbers that are shared, since most repeat."""


def refuse(place: str, code: str, /, **values: object) -> NoReturn:
    raise InvalidPlan([Fault(place, code, **values)])


def read_json(raw: bytes | str, caps: Caps) -> object:
    if len(raw) > caps.document:
        refuse("", "document_too_large", size=len(raw), most=caps.document)
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
        return json.loads(
            text,
            parse_int=_int,
            parse_float=lru_cache(ALIKE)(_decimal),
            parse_constant=Decimal,
            object_pairs_hook=partial(_object, lru_cache(ALIKE)(undirected)),
        )
    except UnicodeDecodeError as error:
        refuse(f"byte {error.start + 1}", "not_text")
    except json.JSONDecodeError as error:
        refuse(f"line {error.lineno}, column {error.colno}", "broken_json", problem=error.msg)
    except RecursionError:
        refuse("", "nested_too_deeply", most=caps.depth)


def _object(clean: Callable[[str], str], pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object. By default `json` keeps the last of several fields with the same name, and silently loses the
    others."""
    read = {name: clean(value) if isinstance(value, str) else value for name, value in pairs}
    if len(read) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        refuse("", "duplicate_field", field=twice[:40])
    return read


def _int(digits: str) -> int | Decimal:
    # Python refuses very long integers with its own error; read as decimals they are refused by the rule on size.
    return int(digits) if len(digits) < 40 else _decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent beyond what Decimal holds
        return Decimal("Infinity")
