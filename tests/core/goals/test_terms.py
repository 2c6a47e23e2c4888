"""Schedules, and terms from a date on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from core.goals.terms import DaySchedule, Terms, changed_from, segments, simplified, terms_on

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (DaySchedule(frozenset({0, 4})), [2, 6, 9, 13, 16, 20, 23, 27]),
        (DaySchedule(every=7), [4, 11, 18, 25]),
        (DaySchedule(month_days=frozenset({1, 31})), [1, 28]),  # a day that a month does not have is its last
        (DaySchedule(month_days=frozenset({29, 30})), [28]),
    ],
)
def test_the_days_of_a_schedule(schedule: DaySchedule, days: list[int]) -> None:
    start = date(2026, 1, 7)
    result = [day for day in range(1, 29) if schedule.holds(date(2026, 2, day), start)]
    assert result == days


def test_the_last_day_of_a_leap_february() -> None:
    last = DaySchedule(month_days=frozenset({31}))
    assert last.holds(date(2028, 2, 29), FIRST)
    assert not last.holds(date(2028, 2, 28), FIRST)


def test_counting_days_by_arithmetic_is_counting_them_one_by_one() -> None:
    random = Random(7)
    for _ in range(400):
        schedule = random.choice(
            [
                DaySchedule(frozenset(random.sample(range(7), random.randint(1, 7)))),
                DaySchedule(every=random.randint(1, 9)),
                DaySchedule(month_days=frozenset(random.sample(range(1, 32), random.randint(1, 4)))),
            ]
        )
        first = date(2023, 1, 1) + timedelta(days=random.randint(0, 1200))
        last = first + timedelta(days=random.randint(0, 900))
        start = date(2024, 2, 3) + timedelta(days=random.randint(-300, 300))
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        assert schedule.count(first, last, start) == sum(schedule.holds(day, start) for day in days)


THREE = (
    Terms(target=Decimal(5)),
    Terms(date(2026, 2, 1), Decimal(8)),
    Terms(date(2026, 3, 1), Decimal(8), active=False),
)


@pytest.mark.parametrize(
    ("on", "index"),
    [(date.min, 0), (date(2026, 1, 31), 0), (date(2026, 2, 1), 1), (date(2026, 2, 28), 1), (date(2026, 3, 1), 2)],
)
def test_terms_hold_from_their_day_on(on: date, index: int) -> None:
    assert terms_on(THREE, on) is THREE[index]


def test_a_change_leaves_what_was_before_it() -> None:
    changed = changed_from(THREE, date(2026, 2, 10), weight=Decimal(2))
    assert [terms.since for terms in changed] == [date.min, date(2026, 2, 1), date(2026, 2, 10), date(2026, 3, 1)]
    assert [terms.weight for terms in changed] == [1, 1, 2, 2]
    assert changed[-1].active is False


def test_a_change_from_the_beginning_leaves_nothing() -> None:
    assert changed_from(THREE[:1], date.min, target=Decimal(6)) == (Terms(target=Decimal(6)),)


def test_terms_that_change_nothing_are_left_out() -> None:
    again = (*THREE[:2], Terms(date(2026, 2, 20), Decimal(8)))
    assert simplified(again) == THREE[:2]


def test_the_parts_of_a_range_under_the_same_terms() -> None:
    result = list(segments(THREE, date(2026, 1, 30), date(2026, 2, 3)))
    assert result == [(THREE[0], date(2026, 1, 30), date(2026, 1, 31)), (THREE[1], date(2026, 2, 1), date(2026, 2, 3))]
