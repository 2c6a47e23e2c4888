"""The visual order of a line's characters: Unicode's bidirectional algorithm (UAX #9).

The rasteriser applies it too, but only within one font, and a title may need several. Of the explicit formatting
characters only the isolates around titles are supported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_NUMBERS = ("EN", "AN")


ISOLATE, END = "\u2068", "\u2069"
"""Characters that isolate a text's direction from its surroundings."""


def levels(signs: Sequence[str]) -> list[int]:
    """The level of each character, odd if it is read from right to left. The first letter gives the line's
    direction."""
    return _levels(signs, 0)


def _levels(signs: Sequence[str], least: int) -> list[int]:
    """The levels of a line, or of an isolate in one, none of them below `least`."""
    own, apart = _apart(signs)
    kinds = [unicodedata.bidirectional(signs[at][0]) or "L" for at in own]
    base = next((int(kind != "L") for kind in kinds if kind in ("L", "R", "AL")), 0)
    level = least + (base - least) % 2
    levels = [level] * len(signs)
    for at, side in zip(own, _sides(_numbers(kinds, base), base), strict=True):
        levels[at] = level - base + _level(side, base)
    for first, last in apart:
        levels[first:last] = _levels(signs[first:last], level + 1)
    return levels


def _apart(signs: Sequence[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """The indices outside isolates, and the ranges of the isolates (rule BD9)."""
    own: list[int] = []
    apart: list[tuple[int, int]] = []
    depth = first = 0
    for at, sign in enumerate(signs):
        if sign == END and depth:
            depth -= 1
            if not depth:
                apart.append((first, at))
        if not depth:
            own.append(at)
        if sign == ISOLATE:
            first = first if depth else at + 1
            depth += 1
    return own, [*apart, (first, len(signs))] if depth else apart


def visual(levels: Sequence[int]) -> list[int]:
    """The indices of a line's runs from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _numbers(kinds: list[str], base: int) -> list[str]:
    """Rules W1 to W7: the types of numbers and the characters in and around them."""
    resolved = list(kinds)
    for index, strong in enumerate(_strong_before(resolved, base)):
        if resolved[index] == "EN" and strong == "AL":
            resolved[index] = "AN"
    _join_separators(resolved)
    _extend_numbers(resolved)
    return [_as_letter(kind, strong) for kind, strong in zip(resolved, _strong_before(resolved, base), strict=True)]


def _strong_before(kinds: Sequence[str], base: int) -> list[str]:
    """For each character the last strong type up to it, or the line's direction."""
    strong = "R" if base else "L"
    return [strong := kind if kind in ("L", "R", "AL") else strong for kind in kinds]


def _as_letter(kind: str, strong: str) -> str:
    """Rule W7, and Arabic letters as right-to-left ones (W3)."""
    if kind == "EN" and strong == "L":
        return "L"
    return "R" if kind == "AL" else kind


def _join_separators(kinds: list[str]) -> None:
    """Rule W4: one separator between two numbers of a kind belongs to them."""
    for index in range(1, len(kinds) - 1):
        around = {kinds[index - 1], kinds[index + 1]}
        joined = ({"EN"}, {"AN"}) if kinds[index] == "CS" else ({"EN"},) if kinds[index] == "ES" else ()
        if around in joined:
            kinds[index] = around.pop()


def _extend_numbers(kinds: list[str]) -> None:
    """Rule W5: characters such as % and € beside a number belong to it."""
    for places in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        beside = ""
        for index in places:
            if kinds[index] == "ET" and beside == "EN":
                kinds[index] = "EN"
            beside = kinds[index]


def _sides(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2: neutral characters take the direction of both neighbours, or the line's."""
    line = "R" if base else "L"
    resolved = list(kinds)
    index = 0
    while index < len(resolved):
        end = index
        while end < len(resolved) and resolved[end] not in ("L", "R", *_NUMBERS):
            end += 1
        if end > index:
            before, after = (
                line if not 0 <= place < len(resolved) else "L" if resolved[place] == "L" else "R"
                for place in (index - 1, end)
            )
            resolved[index:end] = [before if before == after else line] * (end - index)
        index = end + 1
    return resolved


def _level(side: str, base: int) -> int:
    """Rules I1 and I2."""
    if side in _NUMBERS:
        return 2
    if side == "R":
        return 1
    return 2 * base
