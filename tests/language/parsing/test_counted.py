"""Goals named only by the unit of an amount."""

from __future__ import annotations

import pytest

from language.parsing.line import KnownGoal
from tests.language.parsing.hearing import EVENING, heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("20 pages", "Read: add 20"),
        ("did twenty pages yesterday", "Read: add 20 22 Nov"),
        ("€5", "Save: add 5"),
        ("20 min", "Meditate/Study: add 20"),
        ("2 l", "Water: add 2"),
        ("500 ml", "Water: add 0.5"),
    ],
)
def test_a_unit_alone_names_its_goals(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("8000 steps", "Steps: add 8000"),
        ("8k steps", "Steps: add 8000"),
        ("10 thousand steps", "Steps: add 10000"),
        ("water 2 more glasses", "Water: add 2"),
        ("water 1 more", "Water: add 1"),
    ],
)
def test_a_unit_may_have_the_goals_name(text: str, becomes: str) -> None:
    goals = [KnownGoal(1, "Steps", number=True), KnownGoal(2, "Water", number=True, unit="glasses")]
    assert heard(text, EVENING, goals) == [becomes]
