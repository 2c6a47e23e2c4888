"""What is to be shared: a goal by its name, and how much of it is shown."""

from __future__ import annotations

from dataclasses import dataclass

FULL = frozenset({"full", "whole", "all"})
"""Say that the whole tree is to be seen."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The goal's name (empty: none was given), and whether the whole tree below it is to be shown."""

    name: str
    whole: bool


def wish(args: str) -> Wish:
    """Reads `gym`, `full gym` and `full`."""
    first, _, rest = args.strip().partition(" ")
    return Wish(rest.strip(), True) if first.casefold() in FULL else Wish(args.strip(), False)
