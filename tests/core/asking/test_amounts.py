"""The question of a check-in about a leaf, and the amounts that it offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.asking.amounts import day_target, is_open, looked_back_to, offers, usual_amounts
from core.goals.model import Aggregate, Entry, Kind, Level, Measure, Node, Status
from core.goals.periods import Period
from core.goals.progress import ratio
from core.goals.reading import Standing
from core.goals.terms import Terms

MONDAY = date(2026, 11, 23)


def standing(
    value: str, target: str | None = "5", level: Level = Level.DAILY, aggregate: Aggregate | None = None
) -> Standing:
    """A number leaf with a value."""
    terms = (Terms(target=Decimal(target) if target else None),)
    node = Node(1, None, "run", Kind.KPI, level, "Run", measure=Measure.NUMBER, aggregate=aggregate, terms=terms)
    progress = ratio(Decimal(value), Decimal(target or 1))
    period = Period(MONDAY, MONDAY)
    return Standing(node, period, Decimal(value), progress, Status.ON_TRACK, Decimal(target) if target else None, None)


def logged(*values: tuple[int, str | None]) -> list[Entry]:
    """Entries, by how many days ago."""
    return [
        Entry(at, 1, MONDAY - timedelta(days), None if value is None else Decimal(value), value is None)
        for at, (days, value) in enumerate(values)
    ]


def numbers(result: Sequence[Decimal]) -> list[str]:
    return [f"{value:f}" for value in result]


@pytest.mark.parametrize(
    ("level", "value", "day", "still_open"),
    [
        (Level.DAILY, "0", 0, True),
        (Level.DAILY, "2", 1, True),
        (Level.DAILY, "5", 1, False),
        (Level.WEEKLY, "2", 0, True),
        (Level.WEEKLY, "2", 1, False),
        (Level.MONTHLY, "5", 0, False),
    ],
)
def test_a_day_is_open_until_done_and_a_longer_period_is_asked_for_once_a_day(
    level: Level, value: str, day: int, still_open: bool
) -> None:
    assert is_open(standing(value, level=level), skipped=False, day=logged(*[(0, "1")] * day)) is still_open


def test_a_skipped_goal_is_not_open() -> None:
    assert not is_open(standing("0"), skipped=True, day=logged((0, None)))


def test_the_amounts_of_most_days_come_first_and_of_as_many_the_latest() -> None:
    entries = logged(
        (9, "3"), (8, "8"), (7, "8"), (6, "4"), (5, "4"), (4, "6"), (4, "6"), (4, "6"), (3, None), (2, "0")
    )
    assert numbers(usual_amounts(entries)) == ["4", "8", "6", "3"]


def test_without_a_habit_the_target_and_its_half_are_offered() -> None:
    assert numbers(offers([], MONDAY, Decimal(5))) == ["5", "2.5"]
    assert numbers(offers([], MONDAY, Decimal("0.01"))) == ["0.01", "0.005"]
    assert offers([], MONDAY, None) == ()


def test_a_week_is_completed_by_what_it_lacks() -> None:
    week = standing("30", "40", Level.WEEKLY)
    assert day_target(week, Decimal(0)) == 10
    assert day_target(week, Decimal(4)) == 14
    assert day_target(standing("30", "40", Level.WEEKLY, Aggregate.MAX), Decimal(0)) == 40
    assert day_target(standing("30", None), Decimal(0)) is None


def test_no_offer_makes_the_day_less_and_there_are_three_at_most() -> None:
    habits = logged((9, "6"), (8, "6"), (7, "7"), (6, "7"), (5, "7"), (4, "-1"), (4, "0"))
    assert numbers(offers(habits, MONDAY, Decimal(5))) == ["7", "6", "5"]
    assert numbers(offers(habits, MONDAY, Decimal(5), Decimal(2))) == ["5", "9", "8"]
    assert numbers(offers(habits, MONDAY, Decimal(5), Decimal(9))) == ["16", "15", "14"]


def test_looking_back_does_not_fall_off_the_calendar() -> None:
    assert looked_back_to(date.min + timedelta(days=3)) == date.min
    assert looked_back_to(MONDAY) == date(2026, 9, 24)


def test_the_days_own_entries_are_no_habit_yet() -> None:
    assert numbers(offers(logged((3, "4"), (0, "30"), (0, "30")), MONDAY, Decimal(5))) == ["4", "5", "2.5"]


def test_the_target_is_always_offered() -> None:
    often = logged((1, "5"), (2, "5"), (3, "3"), (4, "25"), (5, "8"))
    assert numbers(offers(often, MONDAY, Decimal(20))) == ["5", "8", "20"]
    assert numbers(offers(often, MONDAY, None)) == ["5", "8", "25"]
    assert numbers(offers(often, MONDAY, Decimal(5))) == ["5", "8", "25"]
