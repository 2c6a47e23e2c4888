"""The first day of a change, in words."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.edits.since import since
from language.parsing.errors import NoSuchDay
from language.parsing.hearing import Hearing

WEDNESDAY = date(2026, 11, 25)
ENGLISH = lexicon(Locale("en"))
HEARING = Hearing(WEDNESDAY, ENGLISH)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("today", WEDNESDAY),
        ("Tomorrow", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 24)),
        ("monday", date(2026, 11, 30)),
        ("on friday", date(2026, 11, 27)),
        ("wednesday", WEDNESDAY),
        ("next wednesday", date(2026, 12, 2)),
        ("this week", date(2026, 11, 23)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("next quarter", date(2027, 1, 1)),
        ("next year", date(2027, 1, 1)),
        ("1 Jan", date(2027, 1, 1)),
        ("Jan 1st", date(2027, 1, 1)),
        ("the 1st of January", date(2027, 1, 1)),
        ("1 Jan 2028", date(2028, 1, 1)),
        ("January", date(2027, 1, 1)),
        ("January 2028", date(2028, 1, 1)),
        ("2027", date(2027, 1, 1)),
        ("2027-02-03", date(2027, 2, 3)),
        ("3.2.2027", date(2027, 2, 3)),
        ("3.2.", date(2027, 2, 3)),
        ("in 2 weeks", date(2026, 12, 9)),
        ("15 Nov", date(2026, 11, 15)),  # ten days ago rather than in a year
        ("20.11.", date(2026, 11, 20)),
        ("sometime", None),
        ("", None),
    ],
)
def test_the_first_day(said: str, first: date | None) -> None:
    assert since(said, HEARING) == first


def test_a_week_starts_where_it_starts_for_the_person() -> None:
    assert since("next week", Hearing(WEDNESDAY, ENGLISH, week_start=6)) == date(2026, 11, 29)


@pytest.mark.parametrize("said", ["31 feb", "2027-13-01", "31.2."])
def test_a_day_that_is_not_in_the_calendar(said: str) -> None:
    with pytest.raises(NoSuchDay):
        since(said, HEARING)
