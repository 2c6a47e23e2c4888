"""Leftover words: a note, unless they may be more."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from language.parsing.line import KnownGoal
from tests.language.parsing.hearing import EVENING, heard

MORNING = replace(EVENING, clock=time(7, 30))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run 5 like every monday", "Run: add 5 (like every monday)"),
        ("run 5 better than yesterday", "Run: add 5 (better than yesterday)"),
        ("gym - felt great", "Gym: add (felt great)"),
        ("no smoking today :)", "No smoking: add (:))"),
        ("run 5 for charity", "Run: add 5 (for charity)"),
        ("gym and sauna", "Gym: add (and sauna)"),
        ("gym with 5 friends", "Gym: add (with 5 friends)"),
        ("run 5 in 30 min", "Run: add 5 (in 30 min)"),
        ("run 5 felt great", "Run: add 5 (felt great)"),
        ("gym 💪", "Gym: add (💪)"),
        ("gym for 45 min", "Gym: add (for 45 min)"),
        ("gym on the second lap", "Gym: add (on the second lap)"),
        ("gym the day before the race", "Gym: add (the day before the race)"),
        ("run 5 better than the day before", "Run: add 5 (better than the day before)"),
        ("gym first time in 3 days", "Gym: add (first time in 3 days)"),
        ("gym 10 sets", "Gym: add (10 sets)"),
        ("run 5 nice weekend run", "Run: add 5 (nice weekend run)"),
        ("run 5... slow", "Run: add 5 (slow)"),
        ("gym half an hour", "Gym: add (half an hour)"),
        ("gym 45 min", "Gym: add (45 min)"),
        ("run 5 best this year", "Run: add 5 (best this year)"),
        ("run 5 better than last week", "Run: add 5 (better than last week)"),
    ],
)
def test_words_that_say_nothing_else_are_a_note(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(
    "text",
    [
        "gym and swim 2",
        "gym & cycling 20 km",
        "run easy 5 km",
        "run 5 5k race",
        "sleep 7h 5",
        "sleep 7h 45 felt good",
        "read seven thirty",
        "run 5 and 3 squats",
        "gym + sauna 15 min",
        "run 5 felt one hundred percent",
        "gym 💪💪💪 5km 🏃",
        "gym 5 km",
        "brush 500 ml",
        "beer 500 ml",
        "slept 7 7:30",
        "run 5 5-6",
        "forgot yesterday: ran 2k easy 3k hard",
        "run 4 not 5",
        "called two customers",
    ],
)
def test_another_amount_is_asked_about(text: str) -> None:
    assert heard(text) == ["asked: another_amount"]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run 3 times", "asked: another_amount"),
        ("meditated twice", "asked: another_amount"),
        ("run 5 twice", "asked: another_amount"),
        ("run 5 2x", "asked: another_amount"),
        ("read 10 two times", "asked: another_amount"),
        ("push-ups twice", "Push-ups: add 2"),
    ],
)
def test_how_often_is_no_amount_of_minutes_or_kilometres(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("water twice", ["Water: add 2"]),
        ("gym twice", ["asked: another_amount"]),
        ("gym 2 times", ["asked: another_amount"]),
        ("gym 3x this week", ["asked: another_amount"]),
        ("gym once", ["Gym: add (once)"]),
        ("water twice yesterday", ["Water: add 2 22 Nov"]),
        ("water twice 3 glasses", ["asked: another_amount"]),
    ],
)
def test_how_often_is_an_amount_of_what_is_counted_alone(text: str, becomes: list[str]) -> None:
    goals = [KnownGoal(1, "Gym"), KnownGoal(2, "Water", number=True, unit="glasses")]
    assert heard(text, EVENING, goals) == becomes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("gym after the run", "another_goal"),
        ("neither gym nor run", "another_goal"),
        ("gym was closed", "denied"),
        ("gym skipped legs", "denied"),
        ("gym no legs", "denied"),
        ("hurt my knee, no running for 2 weeks", "denied"),
        ("i think the gym is closed", "denied"),
        ("gym half", "denied"),
        ("brush for Timmy", "for_another"),
        ("brush for my son", "for_another"),
        ("gym?", "a_question"),
        ("did you go to the gym?", "a_question"),
        ("should i run 5?", "a_question"),
        ("want to run 5", "not_sure"),
        ("12km long run with Tom", "not_sure"),
    ],
)
def test_another_goal_a_denial_and_a_question_are_no_note(text: str, why: str) -> None:
    assert heard(text) == [f"asked: {why}"]


@pytest.mark.parametrize(
    "text",
    [
        "run 5 next week",
        "gym later",
        "gym maybe tonight",
        "gym tonight",
        "run 5 tonite",
        "run 5 this evening",
        "gym this afternoon",
        "ill run 5 tomorrow",
        "have to gym",
        "i have to run 5",
        "about to brush",
    ],
)
def test_words_about_the_future_are_asked_about(text: str) -> None:
    assert heard(text, MORNING) == ["asked: still_ahead"]


@pytest.mark.parametrize("text", ["gym tonight", "gym this evening", "gym this afternoon"])
def test_a_part_of_the_day_that_has_begun_is_no_plan(text: str) -> None:
    assert heard(text)[0].startswith("Gym: add")
    assert heard(text, replace(EVENING, clock=time(1)))[0].startswith("Gym: add")
