"""Refusals of parsers are one sentence each."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from core.errors import GoaltreeError
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal
from language.parsing.log_text import read_line
from language.parsing.remind import read
from language.refusals import refusal

EN = lexicon(Locale("en"))
GOALS = [KnownGoal(1, "Run", number=True, unit="km"), KnownGoal(2, "Gym")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("gym 2026-02-30", "There is no such day: “2026-02-30”. Write it like 2026-11-20 or 20 Nov."),
        ("gym 5/11/2026", "I cannot tell which day “5/11/2026” is: write it like 2026-11-20 or 20 Nov."),
        ("run 30 min", "Run is counted in km, not in “min”. Nothing was logged."),
        ("run 30min", "Run is counted in km, not in “min”. Nothing was logged."),
        ("run 5 skip", "“5 skip” is a number and a skip: write one of them. Nothing was logged."),
        (
            "run 5 monday to friday",
            "“5 monday to friday” names several days: log the number of each by itself. Nothing was logged.",
        ),
        ("run 3 5 km", "I cannot tell which number is meant in “3 5”: write one. Nothing was logged."),
    ],
)
def test_a_log_that_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(GoaltreeError) as refused:
        read_line(text, GOALS, Context(date(2026, 11, 23), EN))
    assert refusal(refused.value, words("en")) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("25:00", "There is no time 25:00: hours go from 0:00 to 23:59."),
        ("7 8", "One time for each reminder, please."),
        ("every 2 hours", "I can ask every day or on some weekdays, each week the same."),
        ("word " * 21, "That is too long for me."),
    ],
)
def test_a_reminder_that_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(GoaltreeError) as refused:
        read(text, [], EN)
    assert refusal(refused.value, words("en")) == sentence
