"""The names of an aim's goals, in the words of its owner."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from core.goals.model import Level
from core.planning.generate import Aim
from language.aims import named, titles
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.aims import understood
from language.parsing.hearing import Hearing

EN = words("en")
EN_WORDS = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("unit", "name"), [("€", "Save"), ("kg", "Weight"), ("km", "Distance"), ("min", "Time"), ("l", "Drink"), ("%", "X")]
)
def test_a_unit_that_does_not_say_what_is_done_gets_a_name(unit: str, name: str) -> None:
    assert named(Aim("x", "", Decimal(5), unit), EN).goal == name
    assert named(Aim("x", "Run", Decimal(5), unit), EN).goal == "Run"


def test_the_goals_between_are_called_by_what_is_done() -> None:
    aim = Aim("Write a book", "Write", Decimal(80_000), "words", ends_on=date(2027, 6, 30), done=Decimal(20_000))
    result = titles(aim, EN)
    assert result.whole == "60,000 words more"
    assert result.parts[Level.WEEKLY] == "Write each week"
    assert titles(Aim("x", "Read", Decimal(24), "books", Level.YEARLY), EN).whole == "24 books a year"
    assert titles(Aim("x", "Gym", Decimal(3), None, Level.WEEKLY, counts_ticks=True), EN).whole == "3 times a week"
    assert titles(Aim("x", "Inbox", Decimal(5)), EN).whole == "5 in all"


@pytest.mark.parametrize(
    ("said", "changes", "title"),
    [
        ("run 1000 km in 2027", ["1200 km"], "Run 1200 km"),
        ("run 1000 km in 2027", ["1200"], "Run 1200 km"),
        ("save €500", ["€600"], "Save €600"),
        ("spanish 20", ["50€", "60 eur"], "Spanish 60"),
        ("read 24 books in 2027", ["36 books"], "Read 36 books"),
    ],
)
def test_another_number_takes_the_place_of_the_old_one_in_the_title(said: str, changes: list[str], title: str) -> None:
    heard = understood(said, changes, Hearing(date(2026, 11, 25), EN_WORDS))
    assert heard.aim.title == title
