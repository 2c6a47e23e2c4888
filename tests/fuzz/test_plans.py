"""Arbitrary outlines and documents: each is understood, or all of its faults are named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from hypothesis import given

from core.errors import Fault, InvalidPlan
from core.planning.document import parse_document
from core.planning.outline import parse_outline
from tests.fuzz.documents import documents
from tests.fuzz.texts import outlines, words
from tests.laws.plans import law

T = TypeVar("T")
TODAY = date(2026, 11, 25)


def understood(parse: Callable[[], T]) -> tuple[T | None, tuple[Fault, ...]]:
    """(the meaning, None) or (None, the faults); any other exception is an error."""
    try:
        return parse(), ()
    except InvalidPlan as refused:
        return None, refused.faults


@law(100)
@given(text=outlines())
def test_an_outline_is_understood_or_its_faults_are_named(text: str) -> None:
    visions, faults = understood(lambda: parse_outline(text, TODAY))
    assert all(fault.place.startswith("line ") for fault in faults)
    assert bool(faults) != bool(visions)
    assert all(node.title.strip() for vision in visions or () for node in vision.walk())


@law(100)
@given(text=words())
def test_any_words_are_an_outline_or_none(text: str) -> None:
    visions, faults = understood(lambda: parse_outline(text, TODAY))
    assert bool(faults) != bool(visions)


@law(100)
@given(raw=documents())
def test_a_document_is_understood_or_its_faults_are_named(raw: bytes) -> None:
    document, faults = understood(lambda: parse_document(raw))
    assert (document is None) == bool(faults)
    assert len(faults) <= 21
    assert json.dumps([str(fault) for fault in faults])
    assert all(
        node.key and node.title.strip() for vision in (document.visions if document else ()) for node in vision.walk()
    )
