"""Words that join one thing done to the next: "and", "plus", "+"."""

from __future__ import annotations

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import Token, tokens

_SIGNS = ("+", "/", "|", "•", "·", ",", ";")
_WORDS_OF_A_NAME = 2


def joins(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word joins what follows to what precedes."""
    return token.text in _SIGNS or lexicon.means(token.word, Meaning.AND)


def may_name_another(note: str, lexicon: Lexicon) -> bool:
    """Whether a note may name something else that was done: "and sauna". A longer one is only a comment."""
    heard = tokens(note)
    return 1 < len(heard) <= _WORDS_OF_A_NAME + 1 and joins(heard[0], lexicon)
