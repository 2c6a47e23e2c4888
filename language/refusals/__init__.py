"""The catalogue of refusals: a sentence for every code of `core.errors`, the same for every front.

Sentences and their values are plain text; a front escapes the result for its own medium. Numbers are written in the
reader's locale. Dates are ISO (`{on}`: 2026-11-23) or in the locale: `{on:short}` without the year, `{on:long}` with
it. The sentence for a value that is None has the key `code:value`.
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
"""Units and words as they appear in a sentence. The outline's own words, such as sum and average, are not
translated."""


def refusal(error: GoaltreeError, w: Words) -> str:
    """The error's sentence, as plain text. Each fault of an invalid plan gets a sentence of its own, with its place."""
    if isinstance(error, InvalidPlan):
        *before, last = (placed(fault, w) for fault in error.faults)
        return "; ".join([*(said.removesuffix(".") for said in before), last])
    return worded(error.code, error.values, w)


def placed(fault: Fault, w: Words) -> str:
    """A fault's sentence behind its place, as plain text."""
    said = worded(fault.code, fault.values, w)
    return f"{fault.place}: {said}" if fault.place else said


def worded(code: str, values: Mapping[str, Any], w: Words, sentences: Sentences = SENTENCES) -> str:
    """The sentence of a code with its values."""
    sentence = sentences[key_of(code, values, sentences)]
    template = w.t(sentence) if isinstance(sentence, str) else w.plural(*sentence, int(values["count"]))
    said = _Values(w).vformat(template, (), values)
    return f"{said} {w.t(outline.QUOTES_HELP)}" if code in outline.WITH_QUOTES_HELP else said


def key_of(code: str, values: Mapping[str, object], sentences: Sentences = SENTENCES) -> str:
    """The catalogue's key: `code:value` if the named value is None and has a sentence of its own, else the code."""
    missing = (f"{code}:{name}" for name, value in values.items() if value is None)
    return next((key for key in missing if key in sentences), code)


class _Values(Formatter):
    """Formats the values of a sentence for people."""

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
