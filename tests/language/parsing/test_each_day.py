"""One goal on several days in one line."""

from __future__ import annotations

from datetime import date

import pytest

from language.parsing.log_text import read_line
from tests.language.parsing.hearing import EVENING, GOALS, heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("gym sat and sun", ["Gym: add 21 Nov", "Gym: add 22 Nov"]),
        ("gym sat, sun, today", ["Gym: add 21 Nov", "Gym: add 22 Nov", "Gym: add"]),
        ("gym yesterday and the day before", ["Gym: add 22 Nov", "Gym: add 21 Nov"]),
        ("no gym sat and sun", ["Gym: set 0 21 Nov", "Gym: set 0 22 Nov"]),
        ("skip gym sat and sun", ["Gym: skip 21 Nov", "Gym: skip 22 Nov"]),
        ("gym sat sun mon", ["Gym: add 21 Nov", "Gym: add 22 Nov", "Gym: add"]),
    ],
)
def test_each_day_of_a_goal_is_listed(text: str, becomes: list[str]) -> None:
    assert heard(text) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run skip 4 nov to 17 nov", "Run: skip 04 Nov..17 Nov"),
        ("run skip 4-17 nov", "Run: skip 04 Nov..17 Nov"),
        ("skip run from 4 to 17 nov", "Run: skip 04 Nov..17 Nov"),
        ("skip gym monday to wednesday", "Gym: skip 16 Nov..18 Nov"),
        ("no smoking mon-fri", "No smoking: add 16 Nov..20 Nov"),
        ("run 5 4 nov to 17 nov", "refused: several_days"),
    ],
)
def test_a_span_of_days_is_a_single_log(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gym the last 3 days", date(2026, 11, 21)),
        ("gym for the past two days", date(2026, 11, 22)),
        ("gym since saturday", date(2026, 11, 21)),
        ("no gym since saturday", date(2026, 11, 21)),
    ],
)
def test_days_up_to_today_are_several(text: str, first: date) -> None:
    said = read_line(text, GOALS, EVENING).said
    assert (said.on, said.through, said.note) == (first, date(2026, 11, 23), None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("gym skip 4 mar to 8 mar", date(2026, 3, 4), date(2026, 3, 8)),
        ("gym skip 4 march - 8 march", date(2026, 3, 4), date(2026, 3, 8)),
        ("run skip 10 to 12 march", date(2026, 3, 10), date(2026, 3, 12)),
        ("run skip 10 until 12 nov", date(2026, 11, 10), date(2026, 11, 12)),
        ("run 10 to 12 march", date(2026, 3, 10), date(2026, 3, 12)),
    ],
)
def test_several_days_in_a_month_whose_name_is_a_word_too(text: str, first: date, last: date) -> None:
    said = read_line(text, GOALS, EVENING).said
    assert (said.on, said.through, said.value, said.note) == (first, last, None, None)
