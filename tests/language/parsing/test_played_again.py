"""What people said in another round of playing: days in words, lists of days, titles without their articles. It is the
evening of Monday 2026-11-23."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from language.parsing.line import KnownGoal
from language.parsing.log_text import read_line
from tests.language.parsing.test_found import CONTEXT, GOALS, heard

EVENING = replace(CONTEXT, clock=time(21))
MORE = [
    *GOALS,
    KnownGoal(30, "Walk the dog"),
    KnownGoal(31, "Work on the thesis", number=True, unit="h"),
    KnownGoal(32, "Rent"),
    KnownGoal(33, "Push-ups", number=True),
    KnownGoal(34, "Call a customer"),
]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        # A day of the month as it is spoken.
        ("rent on the first", ["Rent: add 01 Nov"]),
        ("paid rent on the twenty-first", ["Rent: add 21 Nov"]),
        ("gym on the second lap", ["Gym: add (on the second lap)"]),
        # Several days of one goal are each told.
        ("gym sat and sun", ["Gym: add 21 Nov", "Gym: add 22 Nov"]),
        ("gym sat, sun, today", ["Gym: add 21 Nov", "Gym: add 22 Nov", "Gym: add"]),
        ("gym yesterday and the day before", ["Gym: add 22 Nov", "Gym: add 21 Nov"]),
        ("no gym sat and sun", ["Gym: set 0 21 Nov", "Gym: set 0 22 Nov"]),
        ("skip gym sat and sun", ["Gym: skip 21 Nov", "Gym: skip 22 Nov"]),
        ("gym sat and wed", ["asked: another_day"]),
        ("run 5 sat and sun", ["asked: another_day"]),
        ("run 5 yesterday and the day before", ["asked: another_day"]),
        ("gym the day before the race", ["Gym: add (the day before the race)"]),
        ("run 5 better than the day before", ["Run: add 5 (better than the day before)"]),
        ("gym two days in a row", ["asked: several_days_meant"]),
        ("run 5 the last 3 days", ["asked: several_days_meant"]),
        ("gym first time in 3 days", ["Gym: add (first time in 3 days)"]),
        # How often is no amount of minutes.
        ("meditated twice", ["asked: another_amount"]),
        ("run 5 twice", ["asked: another_amount"]),
        ("run 5 2x", ["asked: another_amount"]),
        ("read 10 two times", ["asked: another_amount"]),
        ("run 4 not 5", ["asked: another_amount"]),
        ("push-ups twice", ["Push-ups: add 2"]),
        # Several of what the title has one of are no note.
        ("called two customers", ["asked: another_amount"]),
        ("walked 2 dogs", ["asked: another_amount"]),
        ("gym 10 sets", ["Gym: add (10 sets)"]),
        # What is still to be done.
        ("have to gym", ["asked: still_ahead"]),
        ("i have to run 5", ["asked: still_ahead"]),
        ("about to brush", ["asked: still_ahead"]),
        ("run about 5", ["Run: add 5"]),
        ("had to brush", ["Brush: add"]),
        # The day before yesterday, in other languages' other words.
        ("run 5 avant'ieri", ["Run: add 5 21 Nov"]),
        ("run 5 antes de ontem", ["Run: add 5 21 Nov"]),
        ("run 5 avant hier", ["Run: add 5 21 Nov"]),
        # Times of many days.
        ("gym weekdays", ["asked: several_days_meant"]),
        ("run 5 on the weekend", ["asked: several_days_meant"]),
        ("run 5 nice weekend run", ["Run: add 5 (nice weekend run)"]),
        ("gym sat sun mon", ["Gym: add 21 Nov", "Gym: add 22 Nov", "Gym: add"]),
        ("run 5 in october", ["asked: several_days_meant"]),
        ("gym the week before last", ["asked: several_days_meant"]),
        ("run 5... slow", ["Run: add 5 (slow)"]),
        # A name and its number in one word.
        ("run3", ["Run: add 3"]),
        ("ran3.5k yesterday", ["Run: add 3.5 22 Nov"]),
        ("run3, read20", ["Run: add 3", "Read: add 20"]),
        ("gym week3", ["Gym: add (week3)"]),
        # Articles are left out, or others said.
        ("walk dog", ["Walk the dog: add"]),
        ("walked my dog yesterday", ["Walk the dog: add 22 Nov"]),
        ("walked dog and read 20 pages", ["Walk the dog: add", "Read: add 20"]),
        ("worked on thesis 2h", ["Work on the thesis: add 2"]),
        ("gym and dog walk", ["asked: another_goal"]),
        # Parts of one in figures.
        ("1/2 h of study", ["Study: add 30"]),
        ("meditate ½ h", ["Meditate: add 30"]),
        ("work on the thesis 3/4 h", ["Work on the thesis: add 0.75"]),
        ("gym half", ["asked: denied"]),
        ("gym half an hour", ["Gym: add (half an hour)"]),
        ("neither gym nor run", ["asked: another_goal"]),
    ],
)
def test_what_was_said_is_heard(text: str, becomes: list[str]) -> None:
    assert heard(text, EVENING, MORE) == becomes


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gym the last 3 days", date(2026, 11, 21)),
        ("gym for the past two days", date(2026, 11, 22)),
        ("gym since saturday", date(2026, 11, 21)),
        ("no gym since saturday", date(2026, 11, 21)),
    ],
)
def test_days_up_to_today_are_several(text: str, first: date) -> None:
    said = read_line(text, MORE, EVENING).said
    assert (said.on, said.through, said.note) == (first, date(2026, 11, 23), None)


def test_goals_that_only_articles_tell_apart_are_asked_about() -> None:
    twins = [KnownGoal(1, "Walk the dog"), KnownGoal(2, "Walk a dog")]
    assert read_line("walk dog", twins, EVENING).goals == tuple(twins)
