"""Leftover words that may be another day, or several."""

from __future__ import annotations

import pytest

from tests.language.parsing.hearing import heard


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("gym every monday", "another_day"),
        ("gym sore from yesterday", "another_day"),
        ("run 5 yesterday and today", "another_day"),
        ("gym yesteray", "like_a_day"),
        ("gym a few days ago", "like_a_day"),
        ("run 5 8th", "another_day"),
        ("gym 8th", "another_day"),
        ("gym all week", "several_days_meant"),
        ("read 5 every day this week", "several_days_meant"),
        ("run 2 last year", "several_days_meant"),
        ("run 5 on the 9th felt great", "like_a_day"),
        ("brush after work 22.11.", "like_a_day"),
        ("run 5 at home last week", "several_days_meant"),
        ("gym sat and wed", "another_day"),
        ("run 5 sat and sun", "another_day"),
        ("run 5 yesterday and the day before", "another_day"),
        ("gym two days in a row", "several_days_meant"),
        ("run 5 the last 3 days", "several_days_meant"),
        ("gym weekdays", "several_days_meant"),
        ("run 5 on the weekend", "several_days_meant"),
        ("run 5 in october", "several_days_meant"),
        ("gym the week before last", "several_days_meant"),
    ],
)
def test_words_that_may_be_another_day_are_asked_about(text: str, why: str) -> None:
    assert heard(text) == [f"asked: {why}"]
