"""Text from outside, without invisible characters that make it look like something else."""

from __future__ import annotations

import re

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TURNING = re.compile(f"[{_DIRECTION}]")
_UNWANTED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_DIRECTION}\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text without control characters (tabs and line ends stay), direction marks (such as U+202E) and lone
    surrogates, which no database takes."""
    return text if text.isascii() and text.isprintable() else _UNWANTED.sub("", text)


def undirected(text: str) -> str:
    """The text without direction marks, for use where other bad characters are refused, not removed."""
    return text if text.isascii() else _TURNING.sub("", text)


def all_cleaned(value: object) -> object:
    """A parsed JSON value with every string `cleaned`; field names stay."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [all_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: all_cleaned(one) for name, one in value.items()}
    return value
