"""Days off in words."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from language.lexicon import lexicon
from language.parsing.edits.pausing import SaidDaysOff, read_days_off
from language.parsing.errors import NoSuchDay
from language.parsing.hearing import Hearing

WEDNESDAY = date(2026, 11, 25)
ENGLISH = lexicon(Locale("en"))
HEARING = Hearing(WEDNESDAY, ENGLISH)


def read(said: str) -> list[tuple[str, str]]:
    """The readings of a text, as months and days."""
    result = read_days_off(said, HEARING)
    return [(f"{off.first:%d %b}", f"{off.last:%d %b}" if off.last else "") for off in result]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2 weeks", ("25 Nov", "08 Dec")),
        ("two weeks", ("25 Nov", "08 Dec")),
        ("for 3 days", ("25 Nov", "27 Nov")),
        ("3d", ("25 Nov", "27 Nov")),
        ("next 3 days", ("25 Nov", "27 Nov")),
        ("until 12 Jan", ("25 Nov", "12 Jan")),
        ("till friday", ("25 Nov", "27 Nov")),
        ("until tomorrow", ("25 Nov", "26 Nov")),
        ("today", ("25 Nov", "25 Nov")),
        ("tomorrow", ("26 Nov", "26 Nov")),
        ("this week", ("25 Nov", "29 Nov")),
        ("next week", ("30 Nov", "06 Dec")),
        ("next month", ("01 Dec", "31 Dec")),
        ("January", ("01 Jan", "31 Jan")),
        ("20 Dec - 3 Jan", ("20 Dec", "03 Jan")),
        ("20-27 Dec", ("20 Dec", "27 Dec")),
        ("20–27 December 2026", ("20 Dec", "27 Dec")),
        ("from 20 Dec until 3 Jan", ("20 Dec", "03 Jan")),
        ("from tomorrow for 3 days", ("26 Nov", "28 Nov")),
        ("tomorrow until friday", ("26 Nov", "27 Nov")),
        ("2026-12-20 to 2027-01-03", ("20 Dec", "03 Jan")),
        ("from 5 Jan to 1 Jan", ("05 Jan", "01 Jan")),  # a slip, which is refused as such
        ("from 20 Dec", ("20 Dec", "")),
        ("until I am back", ("25 Nov", "25 Nov")),  # a year, the longest allowed
    ],
)
def test_the_days_that_are_off(said: str, days: tuple[str, str]) -> None:
    assert read(said) == [days]


@pytest.mark.parametrize("said", ["friday", "27 Nov", "2026-11-27"])
def test_a_single_day_may_be_the_only_one_or_the_last(said: str) -> None:
    assert read(said) == [("27 Nov", "27 Nov"), ("25 Nov", "27 Nov")]


@pytest.mark.parametrize("said", ["", "a bit", "0 days", "from yonder until friday", "5 widgets"])
def test_words_that_name_no_days(said: str) -> None:
    assert read(said) == []


def test_an_open_pause_is_as_long_as_one_may_be() -> None:
    assert read_days_off("forever", HEARING) == (SaidDaysOff(WEDNESDAY, date(2027, 11, 25)),)


def test_a_day_that_is_not_in_the_calendar() -> None:
    with pytest.raises(NoSuchDay):
        read("until 31 feb")
