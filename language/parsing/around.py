"""Lines with unknown words before a goal's name: the bot asks what they mean, and offers the likely readings."""

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
    """The likely readings of such a line, and why it is not logged: it is a question, a denial, postponed, or not
    understood."""
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
    """The amount and day behind the name, else those before it."""
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
