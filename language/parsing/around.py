"""A line that names a goal behind words that are not understood: it is asked about, with what it may say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from core.actions.logged import How
from core.errors import GoaltreeError
from language.parsing.amounts import amount_at, begins_amount
from language.parsing.errors import Unclear
from language.parsing.leftover import CLOSING, LOOKED_THROUGH, is_denial, put_off
from language.parsing.line import Context, Doubt, KnownGoal, SaidOfGoal
from language.parsing.names import Name
from language.parsing.rest import Rest
from language.tokens import Token


def about_words_around(
    line: str, heard: Sequence[Token], name: Name, goals: Sequence[KnownGoal], context: Context
) -> Doubt:
    """What a line may say in which words that are not understood stand before a goal, and why it is not logged: it is a
    question, a denial, put off, or not understood."""
    said, lexicon = _said_around(heard, name, context), context.lexicon
    if line.rstrip(CLOSING).endswith("?"):
        return Doubt(Unclear("a_question", line), (said,))
    rest = Rest(heard[:LOOKED_THROUGH], said, name.goals, goals, context)
    if said.on > context.today:
        return Doubt(Unclear("still_ahead", line), (said,))
    if ahead := put_off(replace(rest, said=replace(said, value=None))):
        return Doubt(ahead.why, (said,))
    if any(is_denial(token, lexicon) for token in heard):
        return Doubt(Unclear("denied", line), (replace(said, how=How.SKIP, value=None), said))
    return Doubt(Unclear("not_sure", line), (said,))


def _said_around(heard: Sequence[Token], name: Name, context: Context) -> SaidOfGoal:
    """The amount and the day that stand behind a name, else before it; all words are the note of what has neither."""
    said = SaidOfGoal(context.usual_day)
    for words in (heard[name.end :], heard[: name.start]):
        for at in range(len(words)):
            try:
                dated = None if said.dated else context.calendar.date_at(words, at)
            except GoaltreeError:
                continue
            if dated:
                said = replace(said, on=dated.on, dated=True, plain=False)
            elif said.value is None and name.goals[0].number and begins_amount(words, at, context.lexicon):
                with suppress(GoaltreeError):
                    amount = amount_at(words, at, name.goals, context)
                    said = replace(said, how=amount.how, value=amount.value, plain=False)
    return said
