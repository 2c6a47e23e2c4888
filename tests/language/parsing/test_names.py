"""Words that name a goal."""

from __future__ import annotations

import pytest

from language.parsing.line import KnownGoal
from tests.language.parsing.hearing import EVENING, GOALS, heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("did gym", "Gym: add"),
        ("went to the gym", "Gym: add"),
        ("✅ gym", "Gym: add"),
        ("- run 5", "Run: add 5"),
        ("gym!", "Gym: add"),
        ("ok gym", "Gym: add"),
        ("had to brush", "Brush: add"),
        ("hi, run 5", "Run: add 5"),
        ("log run 5", "Run: add 5"),
        ("logged gym yesterday", "Gym: add 22 Nov"),
        ("jogged yesterday", "Jog: add 22 Nov"),
        ("I ran 5 km yesterday", "Run: add 5 22 Nov"),
        ("20 pages read yesterday", "Read: add 20 22 Nov"),
        ("ran around 4 km yesterday", "Run: add 4 22 Nov"),
        ("last night i also did 10 more flashcards", "Flashcards: add 10 22 Nov"),
        ("run3", "Run: add 3"),
        ("ran3.5k yesterday", "Run: add 3.5 22 Nov"),
        ("gym week3", "Gym: add (week3)"),
    ],
)
def test_a_name_is_heard_behind_words_that_say_nothing_and_in_other_forms(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


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


@pytest.mark.parametrize(
    ("text", "title", "becomes"),
    [
        ("did gym", "Dog", ["Gym: add"]),
        ("did gym", "Do the dishes", ["Gym: add"]),
        ("did 20 pages", "Walk the dog", ["Read: add 20"]),
        ("went to the gym", "Golf", ["Gym: add"]),
        ("had gym", "Have fun", ["Gym: add"]),
        ("did the dishes", "Do the dishes", ["Do the dishes: add"]),
        ("got up", "Get up", ["Get up: add"]),
        ("did it", "Do", ["Do: add (it)"]),
    ],
)
def test_a_word_that_only_tells_of_doing_names_no_goal_that_begins_like_it(
    text: str, title: str, becomes: list[str]
) -> None:
    assert heard(text, EVENING, [*GOALS, KnownGoal(40, title)]) == becomes
