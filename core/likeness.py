"""How alike two words are. The library is loaded for the first misspelt word, since it takes as much memory as a small
framework."""

from __future__ import annotations

from collections.abc import Sequence


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 100, the same."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def most_alike(word: str, among: Sequence[str], least: float, *, most: int = 1) -> list[str]:
    """The words most like a word, at least to this score; the most alike first."""
    from rapidfuzz import fuzz, process

    alike = process.extract(word, among, scorer=fuzz.ratio, limit=most, score_cutoff=least)
    return [text for text, _, _ in alike]
