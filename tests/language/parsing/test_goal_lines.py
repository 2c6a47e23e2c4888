"""Goals as people type them in the guided plan."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from core.errors import InvalidPlan
from language.lexicon import lexicon
from language.parsing.goal_lines import aims, daily, goals, node, weekly

TODAY = date(2026, 11, 23)
EN = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("run 5 km", ["D: Run = 5 km"]),
        ("Gym 3 times a week", ["W: Gym = 3 times"]),
        ("Meditate for 10 minutes [mon]", ["D: Meditate = 10 minutes [mon]"]),
        ("Push-ups 50", ["D: Push-ups = 50"]),
        ("Wake up at 6", ["D: Wake up at 6"]),
        ("meet Maria once a week, water plants every day", ["W: Meet Maria", "D: Water plants"]),
        ("call Mum twice a week", ["W: Call Mum = 2 times"]),
        ("clean up monthly", ["M: Clean up"]),
        ("Read, Write", ["D: Read", "D: Write"]),
        ("Run 5.5 km, read 20 pages", ["D: Run = 5.5 km", "D: Read = 20 pages"]),
        ("Stretch [mon, wed]", ["D: Stretch [mon, wed]"]),
        ("Read 20 pages each", ["D: Read = 20 pages each"]),
        ("add gym 3x a week", ["W: Gym = 3 times"]),
        ("run 5k", ["D: Run = 5 km"]),
        ("meditate every day 10 min", ["D: Meditate = 10 min"]),
        ("Steps 10k", ["D: Steps = 10 k"]),
    ],
)
def test_goals_in_plain_words(text: str, lines: list[str]) -> None:
    assert [f"{goal.letter}: {goal.line}" for goal in goals(text, TODAY, EN)] == lines


def test_weekdays_come_back_with_the_days() -> None:
    goal = goals("Stretch [mon wed fri]", TODAY, EN)[0]
    assert weekly(goal).line == "Stretch"
    assert daily(weekly(goal)) == goal


def test_goals_as_they_are_typed() -> None:
    found = goals("1. Run = 5 km [mon wed fri]\n\n- w: Gym = 3 times", TODAY, EN)
    assert [(goal.letter, goal.line) for goal in found] == [("D", "Run = 5 km [mon wed fri]"), ("W", "Gym = 3 times")]
    with pytest.raises(InvalidPlan):
        goals("D:", TODAY, EN)


def test_aims_as_they_are_typed() -> None:
    run = node(goals("Run = 5 km", TODAY, EN)[0], TODAY)
    assert [(level.value, int(number)) for level, number in aims("200/month and 50 km per week", run, EN) or ()] == [
        ("weekly", 50),
        ("monthly", 200),
    ]
    for text in ("0", "nan", "many", "5 miles", "50 a year", ""):
        assert not aims(text, run, EN)
