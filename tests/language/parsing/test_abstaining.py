"""Goals not to do something: doing it breaks them, and a denial means that the goal was kept."""

from __future__ import annotations

import pytest

from language.parsing.line import KnownGoal
from tests.language.parsing.hearing import EVENING, heard

ABSTAINING = [KnownGoal(1, "Smoke free"), KnownGoal(2, "No sugar"), KnownGoal(3, "Quit alcohol"), KnownGoal(4, "Gym")]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("smoked today", ["asked: denied"]),
        ("no smoking today", ["asked: denied"]),
        ("i didnt smoke today", ["asked: denied"]),
        ("had sugar", ["asked: denied"]),
        ("sugar", ["asked: denied"]),
        ("no alcohol", ["asked: denied"]),
        ("smoke free", ["Smoke free: add"]),
        ("smoke-free yesterday", ["Smoke free: add 22 Nov"]),
        ("no sugar today", ["No sugar: add"]),
        ("ate no sugar", ["No sugar: add"]),
        ("quit alcohol ✅", ["Quit alcohol: add"]),
        ("smoke free skip", ["Smoke free: skip"]),
        ("no gym", ["Gym: set 0"]),
    ],
)
def test_the_meaning_of_a_title_is_not_reversed(text: str, becomes: list[str]) -> None:
    assert heard(text, EVENING, ABSTAINING) == becomes
