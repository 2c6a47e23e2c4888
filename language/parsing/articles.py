"""Titles said without their articles: "walk dog", "walked my dog" for "Walk the dog"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.line import KnownGoal, known
from language.tokens import Token, tokens

_ARTICLES = (Meaning.THE, Meaning.A, Meaning.MY)
BareTitles: TypeAlias = Mapping[str, Mapping[tuple[str, ...], Sequence[str]]]
"""First word → titles as words without articles → the titles as written."""
_SHORTEST = 2
"""The fewest words of a title without its articles; a single word is already matched as the title's beginning."""


def without_articles(
    heard: Sequence[Token], goals: Sequence[KnownGoal], lexicon: Lexicon
) -> tuple[int, tuple[KnownGoal, ...]]:
    """(the number of leading words that are a whole title without its articles, the goals with that title or only the
    leaves among them); (0, ()) if there is none."""
    bare = _bare_titles(known(goals).all_titles, lexicon)
    counts = _begun(heard, bare, lexicon)
    most = max(counts.values(), default=0)
    if not most:
        return 0, ()
    meant = {title for words, count in counts.items() if count == most for title in bare[words[0]][words]}
    named = tuple(goal for goal in goals if goal.title in meant)
    leaves = tuple(goal for goal in known(goals).ranks[0].goals if goal.title in meant)
    return most, leaves or named


def _begun(heard: Sequence[Token], bare: BareTitles, lexicon: Lexicon) -> Mapping[tuple[str, ...], int]:
    """Titles without articles that begin with the first word or a form of it → how many words match; 0 if the rest does
    not."""
    first = heard[0].word
    begun = {title for word in (first, *lexicon.stems(first)) for title in bare.get(word, ())}
    return {title: _said(title[1:], heard, lexicon) for title in begun}


def _said(rest: Sequence[str], heard: Sequence[Token], lexicon: Lexicon) -> int:
    """The number of words that match a title's remaining words behind its first one; 0 if they do not."""
    at = 1
    for word in rest:
        while at < len(heard) and lexicon.means(heard[at].word, *_ARTICLES):
            at += 1
        if at == len(heard) or heard[at].word != word:
            return 0
        at += 1
    return at


@lru_cache(maxsize=64)
def _bare_titles(titles: tuple[str, ...], lexicon: Lexicon) -> BareTitles:
    """The titles that have an article behind their first word, by that word."""
    by_first_word: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for title in titles:
        words = [token.word for token in tokens(title)]
        bare = tuple(word for word in words if not lexicon.means(word, *_ARTICLES))
        if _SHORTEST <= len(bare) < len(words):
            by_first_word.setdefault(bare[0], {}).setdefault(bare, []).append(title)
    return by_first_word
