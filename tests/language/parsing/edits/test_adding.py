"""A new goal, and its parent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from core.errors import InvalidPlan
from core.goals.model import Level
from language.lexicon import lexicon
from language.parsing.edits.adding import read_addition, read_goal_line
from language.parsing.hearing import Hearing
from language.parsing.line import KnownGoal

WEDNESDAY = date(2026, 11, 25)
ENGLISH = lexicon(Locale("en"))
GOALS = [KnownGoal(1, "Body", leaf=False), KnownGoal(2, "Gym"), KnownGoal(3, "Push-ups: 30", leaf=False)]


@pytest.mark.parametrize(
    ("said", "above", "line"),
    [
        ("Body: Stretch", "Body", "Stretch"),
        ("body:  D: Stretch = 10 min [mon]", "Body", "D: Stretch = 10 min [mon]"),
        ("Stretch below Body", "Body", "Stretch"),
        ("Body:", "Body", ""),
        ("body", "Body", ""),
        ("D: Stretch", None, "D: Stretch"),
        ("Stretch", None, "Stretch"),
    ],
)
def test_below_which_goal_a_line_stands(said: str, above: str | None, line: str) -> None:
    result = read_addition(said, GOALS, ENGLISH)
    sure = result.above.sure if result.above else None
    assert (sure.title if sure else None, result.line) == (above, line)


def test_a_name_that_is_not_there_is_not_taken_for_a_line() -> None:
    result = read_addition("Mind: Stretch", GOALS, ENGLISH)
    assert result.above is not None
    assert (result.above.sure, result.line) == (None, "Stretch")


@pytest.mark.parametrize(
    ("line", "title", "level", "target"),
    [
        ("Stretch", "Stretch", Level.DAILY, None),
        ("D: Stretch = 10 min [mon]", "Stretch", Level.DAILY, Decimal(10)),
        ("swim 2 km a week", "Swim", Level.WEEKLY, Decimal(2)),
        ("Gym 3x a week", "Gym", Level.WEEKLY, Decimal(3)),
        ("Breathe every 2 days", "Breathe", Level.DAILY, None),
        ("Coffee at most 2 cups", "Coffee", Level.DAILY, Decimal(2)),
        ("W: Gym = 3 times", "Gym", Level.WEEKLY, Decimal(3)),
        ("T: Book = 80000 words (until 2027-06-30)", "Book", Level.RANGE, Decimal(80000)),
    ],
)
def test_a_line_is_one_of_an_outline_or_plain_words(line: str, title: str, level: Level, target: Decimal) -> None:
    result = read_goal_line(line, Hearing(WEDNESDAY, ENGLISH))
    assert (result.title, result.level, result.target) == (title, level, target)


@pytest.mark.parametrize("line", ["D: Coffee <= -1", "D: X [32nd]", "= 5", "D: Run = fast"])
def test_a_fault_of_a_line_has_no_place(line: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        read_goal_line(line, Hearing(WEDNESDAY, ENGLISH))
    assert [fault.place for fault in refused.value.faults] == [""] * len(refused.value.faults)
