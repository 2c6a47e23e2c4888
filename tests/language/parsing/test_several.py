"""Several goals in one line."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal
from language.parsing.log_text import read_line
from language.parsing.several import doubt_days, split_goals

GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Read", number=True, unit="pages"),
    KnownGoal(4, "Salt and pepper"),
    KnownGoal(5, "Monday review"),
]
CONTEXT = Context(date(2026, 11, 23), lexicon(Locale("en")))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("run 3.5km & read 20 pages", ["run 3.5km", "read 20 pages"]),
        ("run 5, read 10, gym", ["run 5", "read 10", "gym"]),
        ("run 5 and gym", ["run 5", "gym"]),
        ("run 5, read 10 and gym skip", ["run 5", "read 10", "gym skip"]),
        ("run 5; gym", ["run 5", "gym"]),
        ("gym + run 5 yesterday felt great", ["gym", "run 5 yesterday felt great"]),
        ("run 5 yesterday, and gym", ["run 5 yesterday", "gym"]),
        ("salt and pepper and gym", ["salt and pepper", "gym"]),
    ],
)
def test_each_goal_is_a_log(line: str, parts: list[str]) -> None:
    assert split_goals(line, GOALS, CONTEXT) == parts


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("run 5 and gym yesterday", ["which_day", None]),
        ("yesterday run 5 and gym", [None, None]),
        ("run 5 yesterday and gym", [None, None]),
        ("run 5 and gym today", [None, None]),
        ("run 5 today and gym yesterday", [None, None]),
    ],
)
def test_a_day_behind_a_list_may_be_that_of_all(line: str, asked: list[str | None]) -> None:
    read = [read_line(part, GOALS, CONTEXT) for part in split_goals(line, GOALS, CONTEXT)]
    assert [one and one.doubt and one.doubt.why.code for one in doubt_days(read, CONTEXT)] == asked


@pytest.mark.parametrize(
    "line",
    [
        "run 5",
        "salt and pepper",
        "run 5, felt great",
        "run 5, gym was closed",
        "run 5 easy, gym",
        "run 5, monday",
        "run 5 and 10",
        "hello, gym",
        "run 5, gym 30 feb",
        "run 5" + ", gym" * 11,
    ],
)
def test_a_note_stays_whole(line: str) -> None:
    assert split_goals(line, GOALS, CONTEXT) == [line]
