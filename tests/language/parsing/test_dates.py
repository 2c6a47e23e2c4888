"""Dates in words, seen from Monday 2026-11-23."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.dates import Calendar
from language.parsing.day_words import Dated
from language.parsing.errors import NoSuchDay
from language.tokens import tokens

MONDAY = date(2026, 11, 23)


def date_at(text: str, today: date = MONDAY, *, language: str = "en", brief: bool = True) -> Dated | None:
    return Calendar(today, lexicon(Locale(language))).date_at(tokens(text), brief=brief)


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("today", date(2026, 11, 23), 1),
        ("Yesterday evening", date(2026, 11, 22), 2),
        ("tomorrow", date(2026, 11, 24), 1),
        ("monday", date(2026, 11, 23), 1),
        ("last monday", date(2026, 11, 16), 2),
        ("tuesday", date(2026, 11, 17), 1),
        ("sun", date(2026, 11, 22), 1),
        ("on Sat,", date(2026, 11, 21), 2),
        ("2026-11-20", date(2026, 11, 20), 1),
        ("20 Nov", date(2026, 11, 20), 2),
        ("Nov 20", date(2026, 11, 20), 2),
        ("20th november 2025", date(2025, 11, 20), 3),
        ("3 days ago", date(2026, 11, 20), 3),
        ("a week ago", date(2026, 11, 16), 3),
        ("two days ago", date(2026, 11, 21), 3),
        ("30 Nov", date(2026, 11, 30), 2),
        ("20 January", date(2026, 1, 20), 2),
        ("20 April", date(2026, 4, 20), 2),
    ],
)
def test_words_say_a_date(text: str, expected: date, words: int) -> None:
    result = date_at(text)
    assert result is not None
    assert (result.on, result.words) == (expected, words)


@pytest.mark.parametrize(
    "text", ["5", "5 km", "soon", "last", "on", "on time", "3 days", "days ago", "20", "", "mars 4"]
)
def test_other_words_say_none(text: str) -> None:
    assert date_at(text) is None


def test_a_day_without_a_year_is_the_last_one() -> None:
    result = date_at("30 dec", date(2026, 1, 2))
    assert result is not None
    assert result.on == date(2025, 12, 30)


def test_a_short_weekday_may_be_left_to_the_note() -> None:
    assert date_at("sun", brief=False) is None
    assert date_at("sunday", brief=False) is not None


@pytest.mark.parametrize("text", ["30 feb", "2026-02-30", "31 november 2026", "2026-13-01"])
def test_a_day_that_is_not_in_the_calendar_is_named(text: str) -> None:
    with pytest.raises(NoSuchDay, match=text.split()[0]):
        date_at(text)
