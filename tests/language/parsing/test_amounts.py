"""Amounts beside a goal: numbers, and units of their own or of the same kind."""

from __future__ import annotations

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.line import Context
from tests.language.parsing.hearing import MONDAY, heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("ran 5k", "Run: add 5"),
        ("studied 30", "Study: add 30"),
        ("slept 8", "Sleep: add 8"),
        ("meditated 20 min", "Meditate: add 20"),
        ("5 km run", "Run: add 5"),
        ("steps 10k", "Steps: add 10000"),
        ("run 12 345", "refused: two_numbers"),
        ("run ~4", "Run: add 4"),
        ("run ≈ 4.5 km", "Run: add 4.5"),
        ("run about 4", "Run: add 4"),
        ("about 4 km run", "Run: add 4"),
        ("run for 5 km", "Run: add 5"),
        ("run 5 7/10", "refused: doubtful_day"),
        ("zero meat", "Meat: add 0"),
        ("run a 5k", "Run: add 5"),
        ("💧1.5l", "Water: add 1.5"),
        ("save 2,5k €", "Save: add 2500"),
        ("save 1.000.000 €", "Save: add 1000000"),
        ("run 5.125 km", "Run: add 5.125"),
        ("run about 5", "Run: add 5"),
        ("worked on thesis 2h", "Work on the thesis: add 2"),
        ("steps 7/10", "Steps: add 7"),
    ],
)
def test_a_number_is_heard(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("meditate 1h", "Meditate: add 60"),
        ("meditate 1h30", "Meditate: add 90"),
        ("meditate 1 h 30 min", "Meditate: add 90"),
        ("meditate an hour", "Meditate: add 60"),
        ("sleep 7:30", "Sleep: add 7.5"),
        ("sleep 450 min", "Sleep: add 7.5"),
        ("water 500 ml", "Water: add 0.5"),
        ("water 500ml", "Water: add 0.5"),
        ("run 800 m", "Run: add 0.8"),
        ("meat 0.2 kg", "Meat: add 200"),
        ("save €5", "Save: add 5"),
        ("save 5 euros", "Save: add 5"),
        ("meditate 1:30", "refused: unclear_time"),
        ("run 30 min", "refused: other_unit"),
        ("save $5", "refused: other_unit"),
        ("meditate 1h 30", "Meditate: add 90"),
        ("sleep 7 h 45", "Sleep: add 7.75"),
        ("an hour of study", "Study: add 60"),
        ("a litre of water", "Water: add 1"),
        ("drank a litre", "Water: add 1"),
        ("ran 3 miles", "Run: add 4.83"),
        ("weight 187.5 lbs", "Weight: add 85.05"),
    ],
)
def test_a_unit_is_that_of_the_goal_or_becomes_it(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(("text", "becomes"), [("run 12 345", "Run: add 12345"), ("run 1 500,5", "Run: add 1500.5")])
def test_thousands_are_parted_as_the_locale_does(text: str, becomes: str) -> None:
    french = Context(MONDAY, lexicon(Locale("fr")), decimal_comma=True, spaced_thousands=True)
    assert heard(text, french) == [becomes]


@pytest.mark.parametrize(("text", "why"), [("walk 10.200", "thousands"), ("save 1.200 €", "thousands")])
def test_a_point_that_may_part_thousands_is_asked_about(text: str, why: str) -> None:
    assert heard(text) == [f"asked: {why}"]


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    assert heard("run 5 nov 6") == ["refused: two_numbers"]
