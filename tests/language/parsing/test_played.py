"""What people said who kept goals for weeks: in whole sentences, in other units, of several days. It is the evening of
Monday 2026-11-23."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from language.parsing.line import KnownGoal
from tests.language.parsing.test_found import CONTEXT, GOALS, heard

EVENING = replace(CONTEXT, clock=time(21))
MORE = [
    *GOALS,
    KnownGoal(20, "Beer", number=True),
    KnownGoal(21, "Walk", number=True, unit="steps"),
    KnownGoal(22, "No smoking"),
    KnownGoal(23, "Weight", number=True, unit="kg"),
    KnownGoal(24, "Spanish lesson"),
    KnownGoal(25, "Flashcards", number=True, unit="cards"),
]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        # Sentences as they are dictated.
        ("i ran five k and then read twenty pages and went to the gym", ["Run: add 5", "Read: add 20", "Gym: add"]),
        ("went to the gym then meditated for ten minutes then had a spanish lesson",
         ["Gym: add", "Meditate: add 10", "Spanish lesson: add"]),
        ("so today i ran like 6 kilometers and drank two liters of water", ["Run: add 6", "Water: add 2"]),
        ("last night i also did 10 more flashcards", ["Flashcards: add 10 22 Nov"]),
        ("ran 5. read 10 pages. gym!", ["Run: add 5", "Read: add 10", "Gym: add"]),
        ("two beers, 2k steps", ["Beer: add 2", "Walk: add 2000"]),
        ("run a 5k", ["Run: add 5"]),
        ("meditate 1h 30", ["Meditate: add 90"]),
        ("sleep 7 h 45", ["Sleep: add 7.75"]),
        ("read twenty five pages", ["Read: add 25"]),
        ("read twenty-five", ["Read: add 25"]),
        ("read a hundred and five pages", ["Read: add 105"]),
        ("drank two hundred ml of water", ["Water: add 0.2"]),
        ("twenty cards and gym", ["Flashcards: add 20", "Gym: add"]),
        ("20 pages and gym", ["Read: add 20", "Gym: add"]),
        ("one hundred and five cards and gym", ["Flashcards: add 105", "Gym: add"]),
        ("walk 10 thousand", ["Walk: add 10000"]),
        ("hi, run 5", ["Run: add 5"]),
        ("ok gym", ["Gym: add"]),
        ("yesterday's run 5", ["Run: add 5 22 Nov"]),
        ("yesterdays gym", ["Gym: add 22 Nov"]),
        ("the day before yesterday gym", ["Gym: add 21 Nov"]),
        ("a week ago run 5", ["Run: add 5 16 Nov"]),
        # Signs and denials part a line.
        ("gym ✅ run ❌", ["Gym: add", "Run: set 0"]),
        ("gym ✔️ read 12p", ["Gym: add", "Read: add 12"]),
        ("no gym but ran 3", ["Gym: set 0", "Run: add 3"]),
        ("no run no gym no read", ["Run: set 0", "Gym: set 0", "Read: set 0"]),
        ("gym done run not", ["Gym: add", "Run: set 0"]),
        ("beer none", ["Beer: set 0"]),
        ("remove gym", ["Gym: set 0"]),
        ("no smoking today :)", ["No smoking: add (:))"]),
        # Numbers.
        ("slept 7 and a half hours", ["Sleep: add 7.5"]),
        ("run 5 and a half", ["Run: add 5.5"]),
        ("half an hour of study", ["Study: add 30"]),
        ("a quarter of an hour of study", ["Study: add 15"]),
        ("study three quarters of an hour", ["Study: add 45"]),
        ("an hour and a half of study", ["Study: add 90"]),
        ("study 2 hours and a quarter", ["Study: add 135"]),
        ("an hour of study", ["Study: add 60"]),
        ("a litre of water", ["Water: add 1"]),
        ("a dozen pages of read", ["Read: add 12"]),
        ("drank half a litre", ["Water: add 0.5"]),
        ("drank a litre and a half", ["Water: add 1.5"]),
        ("drank a litre", ["Water: add 1"]),
        ("ran 3 miles", ["Run: add 4.83"]),
        ("weight 187.5 lbs", ["Weight: add 85.05"]),
        ("💧1.5l", ["Water: add 1.5"]),
        ("read thirty pages", ["Read: add 30"]),
        ("save 2,5k €", ["Save: add 2500"]),
        ("save 1.000.000 €", ["Save: add 1000000"]),
        ("run 5.125 km", ["Run: add 5.125"]),
        # Days.
        ("no smoking mon-fri", ["No smoking: add 16 Nov..20 Nov"]),
        ("gym on new year's eve", ["Gym: add 31 Dec"]),
        ("run 3 nov 22", ["Run: add 3 22 Nov"]),
        ("fri run 5, thu gym, wed read 10", ["Run: add 5 20 Nov", "Gym: add 19 Nov", "Read: add 10 18 Nov"]),
        ("yesterday run 5 and gym and today read 10", ["Run: add 5 22 Nov", "Gym: add 22 Nov", "Read: add 10"]),
        ("run 22 nov 3", ["Run: add 3 22 Nov"]),
    ],
)  # fmt: skip
def test_what_people_say_is_understood(text: str, becomes: list[str]) -> None:
    assert heard(text, EVENING, MORE) == becomes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("walk 10.200", "thousands"),
        ("save 1.200 €", "thousands"),
        ("run 5 8th", "another_day"),
        ("gym 8th", "another_day"),
        ("gym all week", "several_days_meant"),
        ("read 5 every day this week", "several_days_meant"),
        ("run 2 last year", "several_days_meant"),
        ("run 3 times", "another_amount"),
        ("sleep 7h 5", "another_amount"),
        ("sleep 7h 45 felt good", "another_amount"),
        ("read seven thirty", "another_amount"),
        ("run 5 and 3 squats", "another_amount"),
        ("gym + sauna 15 min", "another_amount"),
        ("run 5 felt one hundred percent", "another_amount"),
        ("gym 💪💪💪 5km 🏃", "another_amount"),
        ("gym 5 km", "another_amount"),
        ("brush 500 ml", "another_amount"),
        ("beer 500 ml", "another_amount"),
        ("slept 7 7:30", "another_amount"),
        ("run 5 5-6", "another_amount"),
        ("run 5 on the 9th felt great", "like_a_day"),
        ("brush after work 22.11.", "like_a_day"),
        ("run 5 at home last week", "several_days_meant"),
        ("hurt my knee, no running for 2 weeks", "denied"),
        ("i think the gym is closed", "denied"),
        ("ill run 5 tomorrow", "still_ahead"),
        ("want to run 5", "not_sure"),
        ("12km long run with Tom", "not_sure"),
        ("should i run 5?", "a_question"),
        ("forgot yesterday: ran 2k easy 3k hard", "another_amount"),
    ],
)
def test_what_may_be_more_is_asked(text: str, why: str) -> None:
    assert heard(text, EVENING, MORE) == [f"asked: {why}"]


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    assert heard("run 5 nov 6", EVENING, MORE) == ["refused: two_numbers"]


@pytest.mark.parametrize(
    "text", ["gym 45 min", "gym for 45 min", "run 5 best this year", "run 5 better than last week"]
)
def test_a_note_stays_a_note(text: str) -> None:
    [said] = heard(text, EVENING, MORE)
    assert said.endswith(")")


ABSTAINING = [KnownGoal(1, "Smoke free"), KnownGoal(2, "No sugar"), KnownGoal(3, "Quit alcohol"), KnownGoal(4, "Gym"),
              KnownGoal(5, "Steps", number=True), KnownGoal(6, "Water", number=True, unit="glasses")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        # Of a goal not to do something, what is done says the opposite, and a denial that it was kept.
        ("smoked today", ["asked: denied"]),
        ("no smoking today", ["asked: denied"]),
        ("i didnt smoke today", ["asked: denied"]),
        ("had sugar", ["asked: denied"]),
        ("sugar", ["asked: denied"]),
        ("no alcohol", ["asked: denied"]),
        ("smoke free", ["Smoke free: add"]),
        ("smoke-free yesterday", ["Smoke free: add 22 Nov"]),
        ("no sugar today", ["No sugar: add"]),
        ("ate no sugar", ["No sugar: add"]),
        ("quit alcohol ✅", ["Quit alcohol: add"]),
        ("smoke free skip", ["Smoke free: skip"]),
        ("no gym", ["Gym: set 0"]),
        # What is counted may be called as the goal is.
        ("8000 steps", ["Steps: add 8000"]),
        ("8k steps", ["Steps: add 8000"]),
        ("10 thousand steps", ["Steps: add 10000"]),
        ("water 2 more glasses", ["Water: add 2"]),
        ("water 1 more", ["Water: add 1"]),
        ("water twice", ["Water: add 2"]),
        ("gym twice", ["asked: another_amount"]),
        ("gym 2 times", ["asked: another_amount"]),
        ("gym 3x this week", ["asked: another_amount"]),
        ("gym once", ["Gym: add (once)"]),
        ("water twice yesterday", ["Water: add 2 22 Nov"]),
        ("water twice 3 glasses", ["asked: another_amount"]),
    ],
)
def test_what_a_title_says_is_not_turned_round(text: str, becomes: list[str]) -> None:
    assert heard(text, EVENING, ABSTAINING) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("jogged 3 km", ["Jog: add 3"]),
        ("i jogged 3", ["Jog: add 3"]),
        ("jog 3", ["Jog: add 3"]),
        ("jogging stretches", ["Jogging stretches: add"]),
        ("3 km jog and jogging stretches", ["Jog: add 3", "Jogging stretches: add"]),
    ],
)
def test_a_form_names_the_whole_title_first(text: str, becomes: list[str]) -> None:
    goals = [KnownGoal(1, "Jogging stretches"), KnownGoal(2, "Jog", number=True, unit="km")]
    assert heard(text, EVENING, goals) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("push ups 30", ["Push-ups: add 30"]),
        ("Push-Ups: 30", ["Push-ups: add 30"]),
        ("30 push ups", ["Push-ups: add 30"]),
        ("no push ups", ["Push-ups: set 0"]),
        ("push ups thirty pull ups ten sit-ups forty", ["Push-ups: add 30", "Pull-ups: add 10", "Sit ups: add 40"]),
        ("push ups 30, pull-ups 10 and sit ups 40", ["Push-ups: add 30", "Pull-ups: add 10", "Sit ups: add 40"]),
        ("push notifications off", ["Push notifications off: add"]),
        ("check in", ["Check-in: add"]),
    ],
)
def test_a_title_with_a_hyphen_is_said_without_it(text: str, becomes: list[str]) -> None:
    goals = [
        *(KnownGoal(at, title, number=True) for at, title in enumerate(("Push-ups", "Pull-ups", "Sit ups"), 1)),
        KnownGoal(4, "Push notifications off"), KnownGoal(5, "Check-in"),
    ]  # fmt: skip
    assert heard(text, EVENING, goals) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("wrote 1,200 words", ["Write: add 1200"]),
        ("write a thousand words", ["Write: add 1000"]),
        ("write 500 words gym", ["Write: add 500", "Gym: add"]),
        ("gym words 20", ["Gym: add", "Words: add 20"]),
        ("write 20 words 30", ["asked: another_amount"]),
    ],
)
def test_a_unit_is_not_the_goal_of_its_name(text: str, becomes: list[str]) -> None:
    goals = [
        KnownGoal(1, "Words", number=True, unit="words"),
        KnownGoal(2, "Write", number=True, unit="words"),
        KnownGoal(3, "Gym"),
    ]
    assert heard(text, EVENING, goals) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("ran", ["Run the race/Long run: add"]),
        ("ran 5k", ["Run the race/Long run: add 5"]),
        ("ran the race", ["Run the race: add"]),
        ("run the race 5k", ["asked: another_amount"]),
        ("gym 5k", ["asked: another_amount"]),
        ("gym 45 min", ["Gym: add (45 min)"]),
        ("meditated 10", ["Meditation: add 10"]),
    ],
)
def test_a_form_that_several_goals_have_is_asked_about(text: str, becomes: list[str]) -> None:
    goals = [
        KnownGoal(1, "Run the race"),
        KnownGoal(2, "Long run", number=True, unit="km"),
        KnownGoal(3, "Gym"),
        KnownGoal(4, "Meditation", number=True, unit="min"),
    ]
    assert heard(text, EVENING, goals) == becomes
