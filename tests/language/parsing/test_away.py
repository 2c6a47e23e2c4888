"""The end of an absence, in words."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.away import last_day
from language.parsing.errors import NoSuchDay

WEDNESDAY = date(2026, 11, 25)
ENGLISH = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("3 days", date(2026, 11, 27)),
        ("for 3 days", date(2026, 11, 27)),
        ("three days", date(2026, 11, 27)),
        ("a week", date(2026, 12, 1)),
        ("2 weeks", date(2026, 12, 8)),
        ("1d", WEDNESDAY),
        ("today", WEDNESDAY),
        ("tomorrow", date(2026, 11, 26)),
        ("until friday", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("until tuesday", date(2026, 12, 1)),
        ("wednesday", WEDNESDAY),
        ("until 12 dec", date(2026, 12, 12)),
        ("till 2026-12-01", date(2026, 12, 1)),
        ("yesterday", date(2026, 11, 24)),
        ("sometime", None),
        ("0 days", None),
        ("", None),
    ],
)
def test_until_when(said: str, last: date | None) -> None:
    assert last_day(said, WEDNESDAY, ENGLISH) == last


def test_a_day_that_is_in_no_calendar() -> None:
    with pytest.raises(NoSuchDay):
        last_day("until 31 feb", WEDNESDAY, ENGLISH)
