"""Targets: numbers, ticks, limits, changes from one value to another, and goals without a target."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.goals.model import Aggregate, Kind, Level, Measure, Strategy
from core.planning.outline import parse_outline
from tests.core.planning.outline.outlines import TODAY, faults, node


def test_a_leaf_with_a_target_measures_a_number_and_one_without_is_a_check() -> None:
    run, gym = node("D: Run = 5.5 km"), node("D: Gym")
    assert (run.measure, run.target, run.unit) == (Measure.NUMBER, Decimal("5.5"), "km")
    assert (gym.measure, gym.target) == (None, None)


def test_times_on_a_weekly_leaf_are_ticks_and_on_a_daily_one_a_number() -> None:
    gym, pushups = node("W: Gym = 3 times"), node("D: Push-ups = 30 times")
    assert (gym.measure, gym.target, gym.unit) == (Measure.CHECK, Decimal(3), None)
    assert (pushups.measure, pushups.target, pushups.unit) == (Measure.NUMBER, Decimal(30), "times")


def test_min_right_after_the_number_is_minutes() -> None:
    assert (node("D: Sit = 10 min").unit, node("D: Sit = 10 min").aggregate) == ("min", None)


def test_a_parents_target_in_a_unit_is_a_sum_if_all_below_adds_up_in_it() -> None:
    (vision,) = parse_outline("V = 100 km\n  W: Week = 20 km\n    D: Run = 5 km\n    D: Tick", TODAY)
    assert (vision.strategy, vision.children[0].strategy) == (Strategy.SUM, Strategy.SUM)
    assert faults("V\n  W: Week = 20 km\n    D: Swim = 500 m") == [("line 2, column 3", "strategy_missing")]


@pytest.mark.parametrize("said", ["<= 2 cups", "≤ 2 cups", "<=2 cups", "at most 2 cups", "At most 2 cups"])
def test_a_limit(said: str) -> None:
    result = node(f"D: Coffee {said}")
    assert (result.title, result.is_limit, result.target, result.unit) == ("Coffee", True, Decimal(2), "cups")


def test_a_way_from_one_value_to_another() -> None:
    result = node("T: Weight = 86 -> 78 kg (until 2027-03-31)")
    assert (result.kind, result.level, result.baseline, result.target, result.unit) == (
        Kind.TARGET, Level.RANGE, Decimal(86), Decimal(78), "kg",
    )  # fmt: skip


def test_a_goal_without_a_target() -> None:
    result = node("D: Steps = track steps last")
    assert (result.measure, result.target, result.unit, result.aggregate) == (
        Measure.NUMBER, None, "steps", Aggregate.LAST,
    )  # fmt: skip
