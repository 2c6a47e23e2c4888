"""Corrections of the last log that name no goal: "no, 3", "sorry 4 not 5", "i meant yesterday"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.errors import GoaltreeError
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.amounts import amount_at, begins_amount
from language.parsing.line import Context, KnownGoal
from language.tokens import Token, tokens

_OPENS = (Meaning.CORRECTS, Meaning.REGRET, Meaning.WRONG)
_SAYS_NOTHING = (
    Meaning.A, Meaning.AND, Meaning.AT, Meaning.DID, Meaning.DONE, Meaning.FOR, Meaning.IS, Meaning.IT, Meaning.ONLY,
    Meaning.OK, Meaning.ON, Meaning.SO, Meaning.THE,
)  # fmt: skip
_MOST_WORDS = 12
_LONGEST = 4
"""The most words of a phrase that opens a correction."""


@record
class Instead:
    """The corrected amount, the corrected day, or both."""

    value: Decimal | None = None
    on: date | None = None

    def clashes(self, more: Instead) -> bool:
        """Whether both have an amount, or both a day."""
        amounts, days = (self.value, more.value), (self.on, more.on)
        return None not in amounts or None not in days

    def joined(self, more: Instead) -> Instead:
        """The two combined; their parts must not clash."""
        return Instead(more.value if self.value is None else self.value, self.on or more.on)


def may_correct(text: str, lexicon: Lexicon) -> bool:
    """Whether words may be a correction of any kind."""
    heard = _words(text)
    if len(heard) > _MOST_WORDS:
        return False
    return text.startswith("*") or any(
        _opening(heard, at, lexicon) or lexicon.means(heard[at].word, Meaning.NO, Meaning.NOT)
        for at in range(len(heard))
    )


def read_instead(text: str, goal: KnownGoal, context: Context) -> Instead | None:
    """The correction of a goal's last log; None if the words say anything else, two amounts, or two days."""
    heard = _words(text)
    instead, is_correction, at = Instead(), text.startswith("*"), 0
    try:
        while at < len(heard):
            words, read = _next(heard, at, goal, context)
            if not words or instead.clashes(read):
                return None
            is_correction = is_correction or _is_marked(heard, at, context.lexicon)
            instead = instead.joined(read)
            at += words
    except GoaltreeError:
        return None
    return instead if is_correction and instead != Instead() else None


def _words(text: str) -> list[Token]:
    return tokens(text.removeprefix("*").replace(",", " "))


def _next(heard: Sequence[Token], at: int, goal: KnownGoal, context: Context) -> tuple[int, Instead]:
    """(the number of words of the next part, its meaning); (0, …) if nothing is understood."""
    lexicon = context.lexicon
    if words := _opening(heard, at, lexicon):
        return words, Instead()
    if lexicon.means(heard[at].word, Meaning.NO, Meaning.NOT):
        denied = _said(heard, at + 1, goal, context)[0] if lexicon.means(heard[at].word, Meaning.NOT) else 0
        return 1 + denied, Instead()
    words, read = _said(heard, at, goal, context)
    if words:
        return words, read
    return int(lexicon.means(heard[at].word, *_SAYS_NOTHING)), Instead()


def _said(heard: Sequence[Token], at: int, goal: KnownGoal, context: Context) -> tuple[int, Instead]:
    """The day or amount at this position."""
    if at >= len(heard):
        return 0, Instead()
    if dated := context.calendar.date_at(heard, at):
        return dated.words, Instead(on=dated.on)
    if goal.number and begins_amount(heard, at, context.lexicon):
        amount = amount_at(heard, at, (goal,), context)
        return amount.words, Instead(value=amount.value)
    return 0, Instead()


def _opening(heard: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """The number of words that say that something was wrong."""
    for words in range(min(_LONGEST, len(heard) - at), 0, -1):
        if lexicon.means(" ".join(token.word for token in heard[at : at + words]), *_OPENS):
            return words
    return 0


def _is_marked(heard: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    return bool(_opening(heard, at, lexicon)) or lexicon.means(heard[at].word, Meaning.NO, Meaning.NOT)
