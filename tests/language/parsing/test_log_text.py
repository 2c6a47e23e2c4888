"""The meaning of a line, seen from Monday 2026-11-23."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from core.actions.logged import How
from core.errors import InvalidValue
from language.lexicon import lexicon
from language.parsing.amounts import read_amount
from language.parsing.errors import DoubtfulDay, NoSuchDay, Unclear
from language.parsing.line import Context, KnownGoal, SaidLine
from language.parsing.log_text import read_line, split_lines

ENGLISH = lexicon(Locale("en"))
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
RUN = KnownGoal(1, "Run", number=True, unit="km")
GYM = KnownGoal(2, "Gym")
READ_20 = KnownGoal(3, "Read 20 pages")
READ = KnownGoal(4, "Read", number=True, unit="pages")
REVIEW = KnownGoal(5, "Monday review")
FITNESS = KnownGoal(6, "Fitness", leaf=False)
WATER = KnownGoal(7, "Water", number=True, unit="glasses of water")
MARATHON = KnownGoal(8, "Run a marathon", leaf=False)
GUITAR = KnownGoal(9, "Guitar", ended=True)
GOALS = [RUN, GYM, READ_20, READ, REVIEW, FITNESS, WATER, MARATHON, GUITAR]


def read(text: str, *, decimal_comma: bool = False) -> SaidLine:
    return read_line(text, GOALS, Context(MONDAY, ENGLISH, decimal_comma=decimal_comma))


@pytest.mark.parametrize(
    ("text", "goal", "on", "how", "value", "note"),
    [
        ("run 5 yesterday felt great", RUN, SUNDAY, How.ADD, "5", "felt great"),
        ("gym", GYM, MONDAY, How.ADD, None, None),
        ("GYM skip", GYM, MONDAY, How.SKIP, None, None),
        ("gym skip yesterday knee hurts", GYM, SUNDAY, How.SKIP, None, "knee hurts"),
        ("run =7", RUN, MONDAY, How.SET, "7", None),
        ("run = 7 km", RUN, MONDAY, How.SET, "7", None),
        ("run +3", RUN, MONDAY, How.ADD, "3", None),
        ("run 5 km", RUN, MONDAY, How.ADD, "5", None),
        ("run 5km", RUN, MONDAY, How.ADD, "5", None),
        ("run 5,5", RUN, MONDAY, How.ADD, "5.5", None),
        ("Run: 5", RUN, MONDAY, How.ADD, "5", None),
        ("run 5, felt great", RUN, MONDAY, How.ADD, "5", "felt great"),
        ("run yesterday 5", RUN, SUNDAY, How.ADD, "5", None),
        ("run 3 days ago 5", RUN, date(2026, 11, 20), How.ADD, "5", None),
        ("run 5 20 Nov", RUN, date(2026, 11, 20), How.ADD, "5", None),
        ("run 5 felt great on monday", RUN, MONDAY, How.ADD, "5", "felt great"),
        ("gym 10 sets in the sun", GYM, MONDAY, How.ADD, None, "10 sets in the sun"),
        ("gym 0", GYM, MONDAY, How.SET, "0", None),
        ("gym undone", GYM, MONDAY, How.SET, "0", None),
        ("gym not done yesterday", GYM, SUNDAY, How.SET, "0", None),
        ("gym done yesterday", GYM, SUNDAY, How.ADD, None, None),
        ("water 3 glasses of water", WATER, MONDAY, How.ADD, "3", None),
        ("read 20 pages", READ_20, MONDAY, How.ADD, None, None),
        ("read 20 pages yesterday", READ_20, SUNDAY, How.ADD, None, None),
        ("read 20", READ, MONDAY, How.ADD, "20", None),
        ("monday review", REVIEW, MONDAY, How.ADD, None, None),
        ("monday review sunday", REVIEW, SUNDAY, How.ADD, None, None),
        ("fitness", FITNESS, MONDAY, How.ADD, None, None),
        ("run a marathon", MARATHON, MONDAY, How.ADD, None, None),
        ("guitar yesterday", GUITAR, SUNDAY, How.ADD, None, None),
    ],
)
def test_a_line_is_understood(
    text: str, goal: KnownGoal, on: date, how: How, value: str | None, note: str | None
) -> None:
    line = read(text)
    assert line.goals == (goal,)
    expected = Decimal(value) if value else None
    assert (line.said.on, line.said.how, line.said.value, line.said.note) == (on, how, expected, note)


@pytest.mark.parametrize("text", ["run nan", "run 1e400", "run 5x", "run 5 = 7 =", "run =abc", "run ="])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    if text == "run 5 = 7 =":
        assert read(text).said.note == "= 7 ="
        return
    with pytest.raises(InvalidValue):
        read(text)


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    with pytest.raises(NoSuchDay):
        read("gym 2026-02-30")


def test_a_name_that_several_goals_begin_with_is_not_guessed() -> None:
    assert set(read("re").goals) == {READ, READ_20}


def test_an_unknown_name_brings_the_nearest_and_what_was_said() -> None:
    line = read("blubber 5 yesterday")
    assert line.goals == ()
    assert line.name == "blubber"
    assert (line.said.on, line.said.value) == (SUNDAY, Decimal(5))


def test_faults_behind_an_unknown_name_matter_less() -> None:
    assert read("see you at 5pm").goals == ()
    assert read("until 30 feb").goals == ()


def test_the_comma_of_the_locale_decides_about_thousands() -> None:
    assert read("run 1,000").said.value == 1000
    assert read("run 1,000", decimal_comma=True).said.value == 1


@pytest.mark.parametrize(("text", "talk"), [("mon was long", True), ("gym was hard", False), ("gy yesterday", False)])
def test_talk_is_told_from_logs(text: str, talk: bool) -> None:
    assert read(text).sounds_like_talk is talk


def test_lines_that_say_nothing_are_left_out() -> None:
    assert split_lines("run 5\n\n  gym \n") == ["run 5", "gym"]


@pytest.mark.parametrize(("text", "value"), [("5", "5"), ("5,5 km", "5.5"), ("= 7", "7"), ("3km", "3")])
def test_an_amount_may_carry_its_unit(text: str, value: str) -> None:
    assert read_amount(text, RUN, Context(MONDAY, ENGLISH)) == Decimal(value)


@pytest.mark.parametrize("text", ["many", "5 apples", "nan", "1e400", ""])
def test_an_amount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        read_amount(text, RUN, Context(MONDAY, ENGLISH))


@pytest.mark.parametrize(
    ("text", "on", "value", "note"),
    [
        ("run 3 Nov 22", SUNDAY, "3", None),
        ("run 3 22 Nov", SUNDAY, "3", None),
        ("run 22 Nov 5 km", SUNDAY, "5", None),
        ("run 5 22.11.2026", SUNDAY, "5", None),
        ("run 5 22.11.", SUNDAY, "5", None),
        ("run 5 22/11/2026", SUNDAY, "5", None),
        ("run 5 2026/11/22", SUNDAY, "5", None),
        ("run 4 may be sore", MONDAY, "4", "may be sore"),
        ("run 4 march with friends", MONDAY, "4", "march with friends"),
        ("run 4 sat on the bench", MONDAY, "4", "sat on the bench"),
        ("run 4 sun was shining", MONDAY, "4", "sun was shining"),
        ("run 4 sun", SUNDAY, "4", None),
        ("run 4 sunday felt good", SUNDAY, "4", "felt good"),
        ("run 4 next friday", date(2026, 11, 27), "4", None),
        ("run 4 in 2 days", date(2026, 11, 25), "4", None),
        ("run 5 kilometers", MONDAY, "5", None),
        ("run 5 felt like 8/10", MONDAY, "5", "felt like 8/10"),
        ("gym not", MONDAY, "0", None),
        ("run 5 yesterday.", SUNDAY, "5", None),
        ("run 5 yesterday! 🎉", SUNDAY, "5", "🎉"),
        ("run 5 (yesterday)", SUNDAY, "5", None),
        ("run 5 sunday👍", SUNDAY, "5", None),
        ("run 5 twelve days ago", date(2026, 11, 11), "5", None),
        ("run 5 today, better than most sundays", MONDAY, "5", "better than most sundays"),
        ("run 5 felt sore later that day", MONDAY, "5", "felt sore later that day"),
        ("gym no yesterday", SUNDAY, "0", None),
    ],
)
def test_days_and_values_are_told_apart(text: str, on: date, value: str, note: str | None) -> None:
    said = read(text).said
    assert (said.on, said.value, said.note) == (on, Decimal(value), note)


@pytest.mark.parametrize(
    "text", ["run 30 min", "run 5 kg", "run 30min", "run 3 5 km", "read 1 500", "run 5 skip", "run 5 km skip"]
)
def test_ambiguous_words_are_not_guessed(text: str) -> None:
    with pytest.raises(Unclear):
        read(text)


@pytest.mark.parametrize("text", ["run 5 05/11/2026", "run 5 11/22", "run 5 1/2/3"])
def test_a_day_that_may_be_read_in_two_ways_is_not_guessed(text: str) -> None:
    with pytest.raises(DoubtfulDay):
        read(text)
