"""Amounts with fractions in words."""

from __future__ import annotations

import pytest

from tests.language.parsing.hearing import heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("slept 7 and a half hours", "Sleep: add 7.5"),
        ("run 5 and a half", "Run: add 5.5"),
        ("half an hour of study", "Study: add 30"),
        ("a quarter of an hour of study", "Study: add 15"),
        ("study three quarters of an hour", "Study: add 45"),
        ("an hour and a half of study", "Study: add 90"),
        ("study 2 hours and a quarter", "Study: add 135"),
        ("drank half a litre", "Water: add 0.5"),
        ("drank a litre and a half", "Water: add 1.5"),
        ("1/2 h of study", "Study: add 30"),
        ("meditate ½ h", "Meditate: add 30"),
        ("work on the thesis 3/4 h", "Work on the thesis: add 0.75"),
    ],
)
def test_parts_of_one_are_added_up(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]
