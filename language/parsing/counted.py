"""Goals that are named only by the unit of an amount: "20 pages", "did 20 pages"."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import GoaltreeError
from language.lexicon import Lexicon
from language.parsing.amounts import AMOUNT, amount_at, begins_amount
from language.parsing.line import Context, KnownGoal
from language.parsing.measures import THOUSAND, same_unit
from language.parsing.names import PART, Name, open_leaves, says_nothing
from language.parsing.spelled import number_in_words
from language.tokens import Token


def goals_of_unit(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name | None:
    """The goals counted in the unit of the amount at the beginning: "20 pages", "did 20 pages". Goals in a convertible
    unit count only if there are no others."""
    at = _amount_at_first(heard, context.lexicon)
    if at is None:
        return None
    meant = tuple(goal for goal in open_leaves(goals) if _counts(heard, at, goal, context))
    unit = _unit_at(heard, at, context.lexicon)
    own = tuple(goal for goal in meant if same_unit(unit, goal.unit or "", context.lexicon))
    chosen = own or (meant if len(meant) == 1 else ())
    return Name(amount_at(heard, at, chosen[:1], context).words, chosen, PART, start=at) if chosen else None


def _amount_at_first(heard: Sequence[Token], lexicon: Lexicon) -> int | None:
    """The position of the amount at the beginning, behind words that say nothing; None if there is none."""
    for at, token in enumerate(heard):
        if begins_amount(heard, at, lexicon):
            return at
        if not says_nothing(token, lexicon):
            return None
    return None


def _unit_at(heard: Sequence[Token], at: int, lexicon: Lexicon) -> str:
    """The unit of an amount: part of its word, or the next word."""
    written = AMOUNT.fullmatch(heard[at].word)
    if written and written["unit"] not in ("", THOUSAND):
        return written["unit"]
    place = at + (number_in_words(heard, at, lexicon)[1] or 1)
    return heard[place].word if place < len(heard) else ""


def _counts(heard: Sequence[Token], at: int, goal: KnownGoal, context: Context) -> bool:
    """Whether a goal is counted in the unit of the amount at this position."""
    if not goal.number or not goal.unit:
        return False
    try:
        return amount_at(heard, at, (goal,), context).measured
    except GoaltreeError:
        return False
