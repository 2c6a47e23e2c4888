"""The days on which a goal is to be done."""

from __future__ import annotations

import pytest

from core.goals.terms import DaySchedule
from tests.core.planning.outline.outlines import node


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ("mon wed fri", {0, 2, 4}),
        ("Monday, tue", {0, 1}),
        ("weekdays", set(range(5))),
        ("weekends", {5, 6}),
        ("fri-mon", {4, 5, 6, 0}),
    ],
)
def test_weekdays_are_named_singly_in_ranges_or_in_groups(days: str, numbers: set[int]) -> None:
    assert node(f"D: Stretch [{days}]").schedule.weekdays == numbers


@pytest.mark.parametrize(
    ("said", "schedule"),
    [
        ("every 2 days", DaySchedule(every=2)),
        ("every other day", DaySchedule(every=2)),
        ("every 3rd day", DaySchedule(every=3)),
        ("1st", DaySchedule(month_days=frozenset({1}))),
        ("1st, 15th and the last day", DaySchedule(month_days=frozenset({1, 15, 31}))),
        ("last day", DaySchedule(month_days=frozenset({31}))),
    ],
)
def test_days_that_are_no_weekdays(said: str, schedule: DaySchedule) -> None:
    assert node(f"D: Plants [{said}]").schedule == schedule
