"""Finds the goal that a few words mean: names match by prefix and then fuzzily, and are never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

from core.likeness import likeness
from core.records import record

CUTOFF = 75
"""The least fuzzy score (0 to 100) of a misspelt name."""
LIKE_ENOUGH = 60
"""The least score of words with the same first letter; below it they merely share letters."""
_OTHER_BEGINNING = 5
"""The deduction for words with different first letters."""
CLEARLY = 8
"""The lead over all others that makes the best fuzzy match the meant one."""
SHORTEST = 3
"""The fewest letters for fuzzy matching; shorter names resemble everything."""

_HYPHEN = re.compile(r"(?<=\w)[-‐–](?=[^\W\d])")
"""Within a word: "push ups" are Push-ups."""
_LONGEST = 200
_MOST_WORDS = 20
"""In a title or a message: more are only compared as a whole title, so that a hostile tree slows nobody down."""
_MOST_WORDS_ALIKE = 6
_NEAREST = 3

_Classes: TypeAlias = Sequence[Callable[[str, str], bool]]


@record
class Match:
    """The ids of the meant candidates (`exact`; if there are several, ask), and of those most like the name."""

    exact: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()

    @property
    def sure(self) -> int | None:
        """The meant candidate, if there is no doubt."""
        return self.exact[0] if len(self.exact) == 1 else None


class Titles(tuple[tuple[int, str], ...]):
    """Candidates, given as (id, title), for repeated matching of names."""

    @cached_property
    def plain(self) -> list[tuple[int, str]]:
        """The titles in the form in which they are compared."""
        return [(node_id, spoken(title)) for node_id, title in self]

    @cached_property
    def all_plain(self) -> str:
        """All titles in one text, to rule out words that are in none."""
        return "\n".join(title for _, title in self.plain)


def match(query: str, candidates: Sequence[tuple[int, str]]) -> Match:
    """The candidates, given as (id, title), that the query names.

    The first rule with a result decides: the whole title; its beginning; the beginning of a word in it; likeness, if
    one is clearly the best. Case, accents and repeated spaces are ignored.
    """
    name = spoken(query[:_LONGEST])
    if not name:
        return Match()
    exact = _first_class(name, [(node_id, spoken(title)) for node_id, title in candidates], _CLASSES)
    return _exact(exact) if exact else _alike(name, candidates)[1]


def longest_name_prefix(
    words: Sequence[str], candidates: Sequence[tuple[int, str]], *, alike_too: bool = True
) -> tuple[int, Match]:
    """(how many of the first words name a goal, the match). In `morning run 5 yesterday` it is two words.

    The most words win; likeness counts only if nothing else matches. If fewer words are the whole title of another goal
    (`run club` with `Run` and `Run club at nine`), both are meant. A number is part of a name only in a whole title: in
    `run 5` it is the value, even if there is a goal `Run 50 km`. Zero words if nothing is named; the match then has the
    goals nearest to the words before the first number. Without `alike_too` likeness, the slow part, is not used.
    """
    first = spoken(words[0]) if words else ""
    known = candidates if isinstance(candidates, Titles) else Titles(candidates)
    # A title that contains a name contains its first word, which rules out most titles at once.
    if not alike_too and first not in known.all_plain:
        return 0, Match()
    titles = [one for one in known.plain if first in one[1]]
    before_number = _before_number(words)
    count, ids = _named(words, titles, before_number)
    if ids or not alike_too:
        return count, _exact(ids)
    count, alike = _most_alike(words[: min(_most_words(words, candidates), before_number)], candidates)
    if count:
        return count, alike
    return 0, _alike(spoken(" ".join(words[: min(max(before_number, 1), _MOST_WORDS)])[:_LONGEST]), candidates)[1]


def _named(words: Sequence[str], titles: Sequence[tuple[int, str]], before_number: int) -> tuple[int, tuple[int, ...]]:
    """(how many words name something, the match), without likeness."""
    most = _most_words(words, titles)
    whole_count, whole = _longest(words[:most], titles, _CLASSES[:1])
    count, begun = _longest(words[: min(most, before_number, _MOST_WORDS)], titles, _CLASSES)
    if whole and whole_count >= count:
        return whole_count, whole
    return (count, tuple(dict.fromkeys((*begun, *whole)))) if begun else (0, ())


def _most_words(words: Sequence[str], titles: Sequence[tuple[int, str]]) -> int:
    """How many of the words may be part of a title."""
    return min(len(words), max((title.count(" ") + 1 for _, title in titles), default=0))


def _most_alike(words: Sequence[str], candidates: Sequence[tuple[int, str]]) -> tuple[int, Match]:
    """(how many of the first words are most like a title, the match); zero if none are."""
    best: tuple[float, int, Match] = (0.0, 0, Match())
    for count in range(min(len(words), _MOST_WORDS_ALIKE), 0, -1):
        score, alike = _alike(spoken(" ".join(words[:count])), candidates)
        if alike.exact and score > best[0]:
            best = (score, count, alike)
    return best[1:]


def _longest(words: Sequence[str], titles: Sequence[tuple[int, str]], classes: _Classes) -> tuple[int, tuple[int, ...]]:
    for count in range(len(words), 0, -1):
        meant = _first_class(spoken(" ".join(words[:count])), titles, classes)
        if meant:
            return count, meant
    return 0, ()


def _first_class(name: str, titles: Sequence[tuple[int, str]], classes: _Classes) -> tuple[int, ...]:
    """The candidates of the first class of match that has any."""
    for same in classes:
        matching = tuple(node_id for node_id, title in titles if name and same(name, title))
        if matching:
            return matching
    return ()


def _exact(ids: tuple[int, ...]) -> Match:
    return Match(ids, ids[:_NEAREST])


def _before_number(words: Sequence[str]) -> int:
    """How many words stand before the first number."""
    return next((at for at, word in enumerate(words) if _is_value(word)), len(words))


def _is_value(word: str) -> bool:
    return word.lstrip("=+-")[:1].isdigit() or word.startswith("=")


@lru_cache(maxsize=4096)
def spoken(text: str) -> str:
    """A name or a title as it is compared: without case, accents and hyphens between words."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(_HYPHEN.sub(" ", bare.casefold()).split())


def _whole(name: str, title: str) -> bool:
    return title == name


def _beginning(name: str, title: str) -> bool:
    return title.startswith(name)


def _word(name: str, title: str) -> bool:
    return name in title and re.search(rf"(?<!\w){re.escape(name)}", title) is not None


_CLASSES: _Classes = (_whole, _beginning, _word)


def _alike(name: str, candidates: Sequence[tuple[int, str]]) -> tuple[float, Match]:
    """(the best score, the candidates like the name)."""
    scored = sorted(((_score(name, spoken(title)), -at) for at, (_, title) in enumerate(candidates)), reverse=True)
    nearest = tuple(candidates[-at][0] for _, at in scored if _is_near(name, spoken(candidates[-at][1])))[:_NEAREST]
    if not scored or scored[0][0] < CUTOFF or len(name) < SHORTEST:
        return 0.0, Match((), nearest)
    best = scored[0][0]
    return best, Match(
        tuple(candidates[-at][0] for score, at in scored if score >= max(CUTOFF, best - CLEARLY)), nearest
    )


def _is_near(name: str, title: str) -> bool:
    """Whether a word of the name is like a word of the title, more than by shared letters."""
    return any(
        _like(one, other) >= (CUTOFF if one[0] != other[0] else LIKE_ENOUGH)
        for one in name.split()[:_MOST_WORDS_ALIKE]
        for other in title.split()[:_MOST_WORDS]
        if min(len(one), len(other)) >= SHORTEST
    )


def _score(name: str, title: str) -> float:
    """How alike the name is to the title or to one of its words."""
    return max(_like(name, other) for other in (title, *title.split()[:_MOST_WORDS]))


def _like(name: str, other: str) -> float:
    """The likeness of two words; zero if their first letters differ, which hardly anybody mistypes: "good" is not
    "Mood"."""
    return likeness(name, other) - (_OTHER_BEGINNING if name[:1] != other[:1] else 0)
