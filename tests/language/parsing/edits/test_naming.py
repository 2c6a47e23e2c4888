"""The goal that words begin with."""

from __future__ import annotations

import pytest

from language.parsing.edits.naming import read_name, read_whole_name
from language.parsing.line import KnownGoal

GOALS = [
    KnownGoal(1, "Body", leaf=False),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Run"),
    KnownGoal(4, "Run club"),
    KnownGoal(5, "Read 20 pages"),
    KnownGoal(7, "20 km a week", leaf=False),
    KnownGoal(6, "Old gym", ended=True),
]


@pytest.mark.parametrize(
    ("said", "names", "rest"),
    [
        ("gym Weights", ["Gym"], "Weights"),
        ("gym: Weights", ["Gym"], "Weights"),
        ("run 8 from 1 Jan", ["Run"], "8 from 1 Jan"),
        ("run club Club", ["Run club"], "Club"),
        ("read 20", ["Read 20 pages"], "20"),
        ("r 8", ["Run", "Run club", "Read 20 pages"], "8"),
        ("old Gym again", ["Old gym"], "again"),
        ("20 km 30", ["20 km a week"], "30"),
        ("20 km", ["20 km a week"], ""),
        ("boddy", ["Body"], ""),
    ],
)
def test_the_longest_name_is_meant(said: str, names: list[str], rest: str) -> None:
    result = read_name(said, GOALS)
    assert [goal.title for goal in result.goals] == names
    assert result.rest == rest


def test_a_resemblance_to_a_name_is_offered() -> None:
    result = read_name("gim Weights", GOALS)
    assert (result.sure, [goal.title for goal in result.nearest], result.rest) == (None, ["Gym", "Old gym"], "Weights")


def test_ended_goals_come_last_or_first() -> None:
    namesakes = [KnownGoal(1, "Gym", ended=True), KnownGoal(2, "Gym")]
    assert [read_name("gym", namesakes, ended_first=first).sure for first in (False, True)] == namesakes[::-1]


def test_a_whole_text_is_a_name_or_none() -> None:
    assert read_whole_name("gym", GOALS).sure == GOALS[1]
    result = read_whole_name("gym weights", GOALS)
    assert (result.goals, result.name) == ((), "gym weights")
