"""Several days of the week as people write them: "mon,wed,fri", "mon-fri", "weekends", "daily"."""

from __future__ import annotations

import re

from core.goals.terms import ALL_WEEK
from language.lexicon import Lexicon
from language.meanings import Meaning

_GROUPS = {
    Meaning.DAILY: ALL_WEEK,
    Meaning.DAY: ALL_WEEK,
    Meaning.WORKDAYS: frozenset(range(5)),
    Meaning.WEEKEND: frozenset({5, 6}),
}
_PARTS = re.compile(r"[,/+&]")
_RANGE = re.compile(r"[-–—]")


def weekdays(word: str, lexicon: Lexicon) -> frozenset[int] | None:
    """The weekdays that a word names, or None."""
    parts = [part for part in _PARTS.split(word.casefold().strip(",;.")) if part]
    named = [_named(part, lexicon) for part in parts]
    return frozenset().union(*filter(None, named)) if named and all(named) else None


def _named(part: str, lexicon: Lexicon) -> frozenset[int] | None:
    """The weekdays of one part: a group, a single day, or a range."""
    if group := _GROUPS.get(lexicon.words.get(part, Meaning.A)):
        return group
    ends = [weekday for end in _RANGE.split(part) if (weekday := lexicon.weekday(end)) is not None]
    if len(ends) != len(_RANGE.split(part)) or len(ends) > 2:
        return None
    return between(ends[0], ends[-1])


def between(first: int, last: int) -> frozenset[int]:
    """The weekdays of a range, over Sunday if need be."""
    return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
