"""Several goals in one line."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal
from language.parsing.log_text import read_line
from language.parsing.several import doubt_days, split_goals
from tests.language.parsing.hearing import heard

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


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run 3.5km & read 20 pages", ["Run: add 3.5", "Read: add 20"]),
        ("run 5, read 10, gym", ["Run: add 5", "Read: add 10", "Gym: add"]),
        ("run 5 and gym", ["Run: add 5", "Gym: add"]),
        ("run 5 gym", ["Run: add 5", "Gym: add"]),
        ("run 5 km read 20 pages gym", ["Run: add 5", "Read: add 20", "Gym: add"]),
        ("5 km run and 20 pages read", ["Run: add 5", "Read: add 20"]),
        ("ran 5k and read 20 pages", ["Run: add 5", "Read: add 20"]),
        ("run 5 then gym", ["Run: add 5", "Gym: add"]),
        ("run 5 / gym", ["Run: add 5", "Gym: add"]),
        ("yesterday: run 5, gym", ["Run: add 5 22 Nov", "Gym: add 22 Nov"]),
        ("ran 3k this morning and did 20 pages", ["Run: add 3", "Read: add 20"]),
        ("gym, run 5, 20 pages", ["Gym: add", "Run: add 5", "Read: add 20"]),
        ("i ran five k and then read twenty pages and went to the gym", ["Run: add 5", "Read: add 20", "Gym: add"]),
        (
            "went to the gym then meditated for ten minutes then had a spanish lesson",
            ["Gym: add", "Meditate: add 10", "Spanish lesson: add"],
        ),
        ("so today i ran like 6 kilometers and drank two liters of water", ["Run: add 6", "Water: add 2"]),
        ("ran 5. read 10 pages. gym!", ["Run: add 5", "Read: add 10", "Gym: add"]),
        ("two beers, 2k steps", ["Beer: add 2", "Walk: add 2000"]),
        ("twenty cards and gym", ["Flashcards: add 20", "Gym: add"]),
        ("20 pages and gym", ["Read: add 20", "Gym: add"]),
        ("one hundred and five cards and gym", ["Flashcards: add 105", "Gym: add"]),
        ("gym ✅ run ❌", ["Gym: add", "Run: set 0"]),
        ("gym ✔️ read 12p", ["Gym: add", "Read: add 12"]),
        ("no gym but ran 3", ["Gym: set 0", "Run: add 3"]),
        ("no run no gym no read", ["Run: set 0", "Gym: set 0", "Read: set 0"]),
        ("gym done run not", ["Gym: add", "Run: set 0"]),
        ("fri run 5, thu gym, wed read 10", ["Run: add 5 20 Nov", "Gym: add 19 Nov", "Read: add 10 18 Nov"]),
        ("yesterday run 5 and gym and today read 10", ["Run: add 5 22 Nov", "Gym: add 22 Nov", "Read: add 10"]),
        ("run3, read20", ["Run: add 3", "Read: add 20"]),
    ],
)
def test_the_meaning_of_each_goal_in_a_line(text: str, becomes: list[str]) -> None:
    assert heard(text) == becomes
