"""The catalogue of refusals: a sentence for every code of `core.errors`, for each front alike.

Sentences are plain text, and so are the values put into them: a front escapes the whole for its own medium. Numbers are
written as the reader's locale writes them; dates as documents and outlines do (`{on}`: 2026-11-23), or as the locale
does (`{on:short}` without the year, `{on:long}` with it). Where a value may be None, `code:value` is the sentence for
that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from string import Formatter
from typing import Any

from core.errors import Fault, GoaltreeError, InvalidPlan
from language.i18n import Words, mark
from language.refusals import actions, api, document, generate, importing, outline, parsing, plan
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    **actions.SENTENCES,
    **api.SENTENCES,
    **plan.SENTENCES,
    **generate.SENTENCES,
    **outline.SENTENCES,
    **document.SENTENCES,
    **importing.SENTENCES,
    **parsing.SENTENCES,
}

LEVELS = (mark("quarterly"), mark("monthly"), mark("weekly"), mark("daily"))
"""As they are put into a sentence. Words of the outline's own, such as sum and average, stay as they are written."""


def refusal(error: GoaltreeError, w: Words) -> str:
    """The sentence of an error, as plain text. Every fault of an invalid plan has its own, with its place."""
    if isinstance(error, InvalidPlan):
        *before, last = (placed(fault, w) for fault in error.faults)
        return "; ".join([*(said.removesuffix(".") for said in before), last])
    return worded(error.code, error.values, w)


def placed(fault: Fault, w: Words) -> str:
    """The sentence of a fault behind its place, as plain text."""
    said = worded(fault.code, fault.values, w)
    return f"{fault.place}: {said}" if fault.place else said


def worded(code: str, values: Mapping[str, Any], w: Words, sentences: Sentences = SENTENCES) -> str:
    """The sentence of a code with its values."""
    sentence = sentences[key_of(code, values, sentences)]
    template = w.t(sentence) if isinstance(sentence, str) else w.plural(*sentence, int(values["count"]))
    said = _Values(w).vformat(template, (), values)
    return f"{said} {w.t(outline.QUOTES_HELP)}" if code in outline.WITH_QUOTES_HELP else said


def key_of(code: str, values: Mapping[str, object], sentences: Sentences = SENTENCES) -> str:
    """The code, or `code:value` where there is a sentence of its own for the value being None."""
    missing = (f"{code}:{name}" for name, value in values.items() if value is None)
    return next((key for key in missing if key in sentences), code)


class _Values(Formatter):
    """Puts values into a sentence as people read them."""

    def __init__(self, w: Words) -> None:
        self._w = w

    def format_field(self, value: Any, format_spec: str) -> str:
        w = self._w
        match value:
            case Enum():
                return w.t(str(value.value))
            case date() if format_spec:
                return w.date(value, year=format_spec == "long")
            case int() | Decimal():
                return w.number(value)
            case list():
                return w.listed([f"'{word}'" for word in value], choice=True)
        return str(value)
