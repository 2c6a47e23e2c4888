"""Whole numbers in several words: "two hundred and fifty", "twenty-five", "10 thousand", "a hundred"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.fractions import part_before
from language.tokens import Token

_HUNDRED, _THOUSAND = 100, 1000


def number_in_words(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """The number in several words from `at` on, whole or a fraction of a unit ("half an" hour), and the number of
    words; (0, 0) if there is none."""
    part, used = part_before(heard, at, lexicon)
    return (part, used) if used else spelled(heard, at, lexicon)


def spelled(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """The whole number in several words from `at` on, and the number of words; (0, 0) if there is none, or a single
    word of the lexicon."""
    total, part, place, last = 0, 0, at, 0
    while place < len(heard):
        behind = place + (last >= _HUNDRED and lexicon.means(heard[place].word, Meaning.AND))
        value = _value(heard, behind, lexicon, is_first=place == at)
        if value is None or not _fits(value, part, last, is_first=place == at, is_joined=behind > place):
            break
        total, part = _went_on(total, part, value)
        place, last = behind + 1, value
    is_compound = place - at > 1 or (place > at and "-" in heard[at].word)
    return (Decimal(total + part), place - at) if is_compound and last else (Decimal(0), 0)


def _went_on(total: int, part: int, value: int) -> tuple[int, int]:
    """(the thousands so far, what follows them), extended by one word."""
    if value >= _THOUSAND:
        return total + (part or 1) * value, 0
    return total, (part or 1) * value if value == _HUNDRED else part + value


def _value(heard: Sequence[Token], at: int, lexicon: Lexicon, *, is_first: bool) -> int | None:
    """The value of a word; digits and "a" count only before "hundred" and the like."""
    if at >= len(heard):
        return None
    word = heard[at].word
    if word in lexicon.numbers:
        return lexicon.numbers[word]
    tens, _, ones = word.partition("-")
    if ones and lexicon.numbers.get(tens, 0) >= 20 and 0 < lexicon.numbers.get(ones, 0) < 10:
        return lexicon.numbers[tens] + lexicon.numbers[ones]
    scales = at + 1 < len(heard) and lexicon.numbers.get(heard[at + 1].word, 0) >= _HUNDRED
    return lexicon.count(word) if is_first and scales else None


def _fits(value: int, part: int, last: int, *, is_first: bool, is_joined: bool) -> bool:
    """Whether a number can continue with a word: "hundred" behind 1 to 19, "five" behind "twenty" or "hundred"."""
    if is_first:
        return True
    if value >= _HUNDRED:
        return part > 0 and last < value and not is_joined and (value > _HUNDRED or part < _HUNDRED)
    if last >= _HUNDRED:
        return value > 0
    return 20 <= last < _HUNDRED and last % 10 == 0 and 0 < value < 10
