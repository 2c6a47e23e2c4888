"""Ends of a vision as people type them, seen from Monday 2026-11-23."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.aims import read_end
from language.parsing.errors import NoSuchDay
from language.parsing.hearing import Hearing
from language.parsing.until import in_months, until

TODAY = date(2026, 11, 23)
EN = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-04-30", date(2027, 4, 30)),
        ("30.4.2027", date(2027, 4, 30)),
        ("until 30 April 2027", date(2027, 4, 30)),
        ("April 30th, 2027", date(2027, 4, 30)),
        ("april", date(2027, 4, 30)),
        ("end of 2027", date(2027, 12, 31)),
        ("in 6 months", date(2027, 5, 23)),
        ("a year", date(2027, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("by Christmas", date(2026, 12, 25)),
        ("Christmas Eve 2027", date(2027, 12, 24)),
        ("new year’s eve", date(2026, 12, 31)),
        ("easter", None),
        ("whenever", None),
        ("999999999999 days", None),
    ],
)
def test_ends_as_they_are_typed(text: str, expected: date | None) -> None:
    assert until(text, TODAY, EN) == expected


@pytest.mark.parametrize("text", ["2027-02-30", "2028-13-01", "31 April 2027"])
def test_ends_that_no_calendar_has(text: str) -> None:
    with pytest.raises(NoSuchDay):
        until(text, TODAY, EN)


@pytest.mark.parametrize("text", ["maybe", "decade", "market", "sunday 5"])
def test_a_word_that_begins_like_a_month_is_none(text: str) -> None:
    assert until(text, TODAY, EN) is None


def test_a_month_on_is_the_same_day_or_the_last() -> None:
    assert in_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert in_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert in_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert in_months(date(2026, 12, 15), 12) == date(2027, 12, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in June", date(2027, 6, 30)),
        ("next june please", date(2027, 6, 30)),
        ("maybe June 2027", date(2027, 6, 30)),
        ("half a year", date(2027, 5, 23)),
        ("in half a year", date(2027, 5, 23)),
        ("6 months from now", date(2027, 5, 23)),
        ("next year", date(2027, 12, 31)),
        ("end of next year", date(2027, 12, 31)),
        ("the end of the month", date(2026, 11, 30)),
        ("by the end of the week", date(2026, 11, 29)),
        ("Q1", date(2027, 3, 31)),
        ("Friday", date(2026, 11, 27)),
        ("the 5th", date(2026, 12, 5)),
        ("the 31st", date(2026, 12, 31)),
        ("30.4.", date(2027, 4, 30)),
        ("4/30", date(2027, 4, 30)),
        ("31/12/2027", date(2027, 12, 31)),
        ("5/6", None),
        ("for 3 months", date(2027, 2, 22)),
        ("summer", None),
        ("30 minutes a day", None),
        ("how am I doing", None),
        ("", None),
    ],
)
def test_answers_to_until_when(text: str, expected: date | None) -> None:
    assert read_end(text, Hearing(TODAY, EN)) == expected
