"""Several aims in one sentence, and sentences that only look like several."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.aims import apart
from language.parsing.hearing import Hearing

TODAY = date(2026, 11, 23)
EN = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Run a marathon in april and read 24 books", ["Run a marathon in april", "read 24 books"]),
        ("5000 steps daily and 30 min of piano", ["5000 steps daily", "30 min of piano"]),
        ("no sugar and no alcohol", ["no sugar", "no alcohol"]),
        ("gym 3 times a week, 8 hours of sleep", ["gym 3 times a week", "8 hours of sleep"]),
        ("save 500 a month and invest 200", ["save 500 a month", "invest 200"]),
    ],
)
def test_several_aims(text: str, parts: list[str]) -> None:
    assert apart(text, Hearing(TODAY, EN)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "run 5 km, 3 times a week",
        "run 5 km on mon and thu",
        "write a book of 80,000 words by June, 5 days a week",
        "practice 2 and a half hours of piano",
        "run between 5 and 10 km",
        "in june and july 20 km a week",
        "rent on the 1st and 15th",
        "walk 30 min in the morning and 20 min in the evening",
        "20 pages a day and 5% more each week",
        "at least 5 fruits and vegetables a day",
        "lose 5 kg by june and keep it",
        "Read, Write",
        '"Up and down" 5 times a week and 3 km',
    ],
)
def test_one_aim(text: str) -> None:
    assert apart(text, Hearing(TODAY, EN)) == [text]


def test_names_alone_are_goals_in_a_list() -> None:
    assert apart("Read, Write", Hearing(TODAY, EN), listed=True) == ["Read", "Write"]
