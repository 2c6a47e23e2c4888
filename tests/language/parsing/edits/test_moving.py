"""The destination of a goal, in words."""

from __future__ import annotations

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.edits.moving import SaidPlace, read_place, split_at_place

ENGLISH = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("below Body", SaidPlace("Body")),
        ("Under Body and mind", SaidPlace("Body and mind")),
        ("to Body", SaidPlace("Body")),
        ("Body", SaidPlace("Body")),
        ("up", SaidPlace(steps=-1)),
        ("Down.", SaidPlace(steps=1)),
        ("", SaidPlace()),
    ],
)
def test_a_place(said: str, place: SaidPlace) -> None:
    assert read_place(said, ENGLISH) == place


def test_a_place_behind_a_line() -> None:
    assert split_at_place("Look under the bed below Tidy home", ENGLISH) == ("Look under the bed", "Tidy home")
    assert split_at_place("Stretch", ENGLISH) == ("Stretch", "")
