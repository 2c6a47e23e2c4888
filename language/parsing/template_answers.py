"""Answers to a template's questions: what, how much, and until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from language.parsing.aims.ends import cut_span
from language.parsing.aims.numbers import AimAmount, cut_amount
from language.parsing.aims.text import Sentence
from language.parsing.errors import NoSuchDay
from language.parsing.hearing import Hearing
from language.parsing.until import until
from language.templates import Answers, Template

LONGEST_WHAT = 60
_BLANKS = re.compile(r"\s+")


def answers_of(template: Template, said: Sequence[str], hearing: Hearing) -> Answers | None:
    """The answers to the first questions; None if the last one is not understood."""
    answers = Answers(amount=None if template.amount is None else Decimal(template.amount), unit=template.unit)
    for asked, text in zip(template.asks, said, strict=False):
        changed = _answered(answers, asked, text, hearing)
        if changed is None:
            return None
        answers = changed
    return answers


def _answered(answers: Answers, asked: str, text: str, hearing: Hearing) -> Answers | None:
    if asked == "what":
        what = _BLANKS.sub(" ", text).strip(" .!")
        return replace(answers, what=what) if 0 < len(what) <= LONGEST_WHAT else None
    if asked == "until":
        last = _last_day(text, hearing)
        return None if last is None or last < hearing.today else replace(answers, until=last)
    amount = _amount(text, hearing)
    if amount is None or amount.value <= 0:
        return None
    unit = amount.unit or answers.unit
    return (
        replace(answers, now=amount.value, unit=unit)
        if asked == "now"
        else replace(answers, amount=amount.value, unit=unit)
    )


def _amount(text: str, hearing: Hearing) -> AimAmount | None:
    is_below_zero = text.strip().startswith(("-", "−"))
    return None if is_below_zero else cut_amount(Sentence(text, hearing))


def _last_day(text: str, hearing: Hearing) -> date | None:
    """A date, alone or with one word before it: "in 4 months", "by 30 June"."""
    try:
        span = cut_span(Sentence(text, hearing))
        return span.ends_on if span else until(text, hearing.today, hearing.lexicon)
    except NoSuchDay:
        return None
