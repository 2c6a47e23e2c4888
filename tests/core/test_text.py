"""Cleaning of text from outside."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planning.document import parse_document
from core.text import all_cleaned, cleaned, undirected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bob", "Bob"),
        ("\u202eboB", "boB"),
        ("a\x00b\x1b[31m\x85", "ab[31m"),
        ("one\ntwo\tthree\r\n", "one\ntwo\tthree\r\n"),
        ("half \ud83d", "half "),
        ("whole 😀 👨‍👩‍👧 é דנה", "whole 😀 👨‍👩‍👧 é דנה"),
        ("\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u202d", ""),
    ],
)
def test_invisible_characters_are_left_out(text: str, left: str) -> None:
    assert cleaned(text) == left


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_cleaned_text_can_be_stored_and_turns_nothing(text: str) -> None:
    left = cleaned(text)
    left.encode()
    assert cleaned(left) == undirected(left) == left
    assert not {unicodedata.bidirectional(char) for char in left} & {"RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI"}


def test_every_text_of_an_update_is_cleaned() -> None:
    update = {"message": {"text": "\u202ea", "from": {"first_name": "\ud83d"}, "list": ["\x00b", 1, None]}}
    assert all_cleaned(update) == {"message": {"text": "a", "from": {"first_name": ""}, "list": ["b", 1, None]}}


def test_titles_of_a_document_turn_nothing() -> None:
    document = {"format": "goaltree/1", "visions": [{"kind": "vision", "key": "a", "title": "\u202eFit"}]}
    [vision] = parse_document(json.dumps(document)).visions
    assert vision.title == "Fit"
