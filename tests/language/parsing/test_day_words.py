"""Days in words, beside what was done on them."""

from __future__ import annotations

import pytest

from tests.language.parsing.hearing import heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("yesterday gym", "Gym: add 22 Nov"),
        ("gym the day before yesterday", "Gym: add 21 Nov"),
        ("run 5 four days ago", "Run: add 5 19 Nov"),
        ("run 5 on the 9th", "Run: add 5 09 Nov"),
        ("run 5 on the 9th of november", "Run: add 5 09 Nov"),
        ("run 5 last night", "Run: add 5 22 Nov"),
        ("gym yesterday.", "Gym: add 22 Nov"),
        ("gym yesterday!", "Gym: add 22 Nov"),
        ("gym (yesterday)", "Gym: add 22 Nov"),
        ("gym yesterday🎉", "Gym: add 22 Nov"),
        ("run 5 2026-11-22.", "Run: add 5 22 Nov"),
        ("run 5 on Sunday.", "Run: add 5 22 Nov"),
        ("meditate 1h30 yesterday)", "Meditate: add 90 22 Nov"),
        ("gym Sunday 15 November", "Gym: add 15 Nov"),
        ("run 5 Mon 16.11.2026", "Run: add 5 16 Nov"),
        ("run 5 monday, 16 november", "Run: add 5 16 Nov"),
        ("run 5 2026-11-16 monday", "Run: add 5 16 Nov"),
        ("run 5 on the 31st", "Run: add 5 31 Oct"),
        ("gym tmrw", "Gym: add 24 Nov"),
        ("gym 2moro", "Gym: add 24 Nov"),
        ("gym yest", "Gym: add 22 Nov"),
        ("yesterday's run 5", "Run: add 5 22 Nov"),
        ("yesterdays gym", "Gym: add 22 Nov"),
        ("the day before yesterday gym", "Gym: add 21 Nov"),
        ("a week ago run 5", "Run: add 5 16 Nov"),
        ("gym on new year's eve", "Gym: add 31 Dec"),
        ("run 3 nov 22", "Run: add 3 22 Nov"),
        ("run 22 nov 3", "Run: add 3 22 Nov"),
        ("rent on the first", "Rent: add 01 Nov"),
        ("paid rent on the twenty-first", "Rent: add 21 Nov"),
        ("run 5 monday 17 november", "refused: doubtful_day"),
        ("gym tdy", "Gym: add"),
        ("run 5 this morning", "Run: add 5"),
    ],
)
def test_a_day_is_heard(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]
