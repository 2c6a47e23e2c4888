"""Corrections of the last log."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from language.parsing.instead import Instead, may_correct, read_instead
from language.parsing.line import KnownGoal
from tests.language.parsing.hearing import EVENING

RUN, GYM = KnownGoal(1, "Run", number=True, unit="km"), KnownGoal(2, "Gym")
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("no, 3", Instead(Decimal(3))),
        ("sorry 4 not 5", Instead(Decimal(4))),
        ("not 5 km but 4.5 km", Instead(Decimal("4.5"))),
        ("no, 0", Instead(Decimal(0))),
        ("i meant yesterday", Instead(on=SUNDAY)),
        ("that was yesterday not today", Instead(on=SUNDAY)),
        ("actually it was 4 km yesterday", Instead(Decimal(4), SUNDAY)),
        ("4", None),
        ("yesterday", None),
        ("no", None),
        ("no, 3 of us", None),
        ("actually 3 or 4", None),
        ("sorry, monday or sunday", None),
        ("no, 30 feb", None),
    ],
)
def test_one_amount_and_one_day_are_read(text: str, means: Instead | None) -> None:
    assert read_instead(text, RUN, EVENING) == means


def test_a_tick_is_corrected_to_another_day_and_to_no_number() -> None:
    assert read_instead("no, 3", GYM, EVENING) is None
    assert read_instead("oops, yesterday", GYM, EVENING) == Instead(on=SUNDAY)


@pytest.mark.parametrize(("text", "may"), [("*6", True), ("make it 6", True), ("run 6", False), ("6", False)])
def test_openings_of_a_correction(text: str, may: bool) -> None:
    assert may_correct(text, EVENING.lexicon) is may
