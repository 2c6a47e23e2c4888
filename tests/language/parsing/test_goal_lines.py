"""Goals as people type them in the guided plan."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from core.errors import InvalidPlan
from core.planning.outline import print_line
from language.lexicon import lexicon
from language.parsing.goal_lines import aims, daily, goals, node, weekly
from language.parsing.hearing import Hearing

TODAY = date(2026, 11, 23)
HEARING = Hearing(TODAY, lexicon(Locale("en")))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("run 5 km", ["D: Run = 5 km"]),
        ("Gym 3 times a week", ["W: Gym = 3 times"]),
        ("Meditate for 10 minutes [mon]", ["D: Meditate = 10 min [mon]"]),
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
        ("swim 2 km twice a week", ["W: Swim = 4 km"]),
        ("run 20 km a week on mon and thu", ["D: Run = 10 km [mon thu]"]),
        ("less than 2 beers a week", ["W: Beers <= 1"]),
        ("at most 2 coffees", ["D: Coffees <= 2"]),
        ("pay rent on the 1st", ["D: Pay rent [1st]"]),
        ("water the plants every 3 days", ["D: Water the plants [every 3 days]"]),
        ("stretch on mon and wed", ["D: Stretch [mon wed]"]),
        ("write 500 words a day and read 20 pages", ["D: Write = 500 words", "D: Read = 20 pages"]),
        ("less than 2 beers a week, pay rent on the 1st", ["W: Beers <= 1", "D: Pay rent [1st]"]),
        ("run 5 km, every day", ["D: Run = 5 km"]),
        ("stretch mon, wed, fri", ["D: Stretch [mon wed fri]"]),
        ("read for half an hour", ["D: Read = 30 min"]),
        ("study 1h30", ["D: Study = 90 min"]),
        ("be up at 6h30", ["D: be up at 6h30"]),
        ("10,000 steps a day", ["D: Steps = 10000 steps"]),
        ("vocabulary: 20 words", ["D: Vocabulary = 20 words"]),
        ("30 minutes a day", ["D: Fit = 30 min"]),
        ("Practice until Easter 20 min", ["D: Practice until Easter 20 min"]),
        ("save 500 euros by 30 June 2027", ["T: Save = 500 € (until 2027-06-30)"]),
        ("T: Weight = 86 -> 78 kg", ["T: Weight = 86 -> 78 kg"]),
        ("Steps 10k", ["D: Steps = 10000"]),
    ],
)
def test_goals_in_plain_words(text: str, lines: list[str]) -> None:
    assert [f"{goal.letter}: {goal.line}" for goal in goals(text, HEARING, whole="Fit")] == lines


def test_weekdays_come_back_with_the_days() -> None:
    goal = goals("Stretch [mon wed fri]", HEARING)[0]
    assert weekly(goal).line == "Stretch"
    assert daily(weekly(goal)) == goal


def test_goals_as_they_are_typed() -> None:
    result = goals("1. Run = 5 km [mon wed fri]\n\n- w: Gym = 3 times", HEARING)
    assert [(goal.letter, goal.line) for goal in result] == [("D", "Run = 5 km [mon wed fri]"), ("W", "Gym = 3 times")]
    with pytest.raises(InvalidPlan):
        goals("D:", HEARING)


def test_a_weeks_amount_on_some_days_is_the_sum_of_theirs() -> None:
    (run,) = goals("run 20 km a week on mon and thu", HEARING)
    assert print_line(node(run, HEARING)) == "W: Run 20 km a week = 20 km sum"


@pytest.mark.parametrize("text", ["lose 5 kg", "weigh 80 kg", "gain 3 kg by June"])
def test_a_change_needs_the_value_of_today(text: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        goals(text, HEARING)
    assert [fault.code for fault in refused.value.faults] == ["value_now_unknown"]


def test_aims_as_they_are_typed() -> None:
    run = node(goals("Run = 5 km", HEARING)[0], HEARING)
    assert [
        (level.value, int(number)) for level, number in aims("200/month and 50 km per week", run, HEARING) or ()
    ] == [("weekly", 50), ("monthly", 200)]
    for text in ("0", "nan", "many", "5 miles", "50 a year", ""):
        assert not aims(text, run, HEARING)
