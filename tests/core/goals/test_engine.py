"""Parents from their children: hand-computed trees."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from core.goals.model import Entry
from core.goals.progress import Cell
from tests.core.plain import day, goal, grow, number, series

GYM = goal("gym", weekdays=["mon", "wed", "fri"])
READ = number("read", target=20, weight=3)
LOGGED = [("gym", "2026-11-16", 1), ("gym", "2026-11-18", 1), ("read", "2026-11-16", 20), ("read", "2026-11-17", 10)]


@pytest.mark.parametrize(
    ("strategy", "value", "shown"),
    [
        ("average", "32.738095", 32),  # (2/3 + 3 × 1.5/7) / 4
        ("min", "21.428571", 21),
        ("max", "66.666666", 66),
        ("count", "0", 0),
    ],
)
def test_a_week_from_two_children(strategy: str, value: str, shown: int) -> None:
    tree = grow(goal("w", "weekly", GYM, READ, strategy=strategy), logged=LOGGED)
    assert abs(tree.value("w", "2026-11-19") - Fraction(value)) <= Fraction(1, 10**6)
    assert tree.percent("w", "2026-11-19") == shown


def test_three_of_seven_days_stand_at_three_sevenths_and_a_new_day_throws_nothing_back() -> None:
    tree = grow(goal("w", "weekly", goal("g")), logged=series("g", "2026-11-16", "xxx"))
    assert [tree.percent("w", f"2026-11-{d}") for d in range(16, 23)] == [42] * 7


def test_children_of_weight_0_are_shown_and_counted_nowhere() -> None:
    logged = [("a", "2026-11-16", 1), ("z", "2026-11-16", 1)]
    for strategy, shown in (("average", 14), ("min", 14), ("max", 14), ("count", 0)):
        tree = grow(goal("w", "weekly", goal("a"), goal("z", weight=0), strategy=strategy), logged=logged)
        assert tree.percent("w", "2026-11-16") == shown
        assert tree.percent("z", "2026-11-16") == 100
    tree = grow(goal("w", "weekly", goal("a"), goal("z", weight=0), strategy="sum", target=2), logged=logged)
    assert tree.value("w", "2026-11-16") == 1


def test_a_branch_of_weight_0_brings_nothing_to_any_sum_above() -> None:
    km: Any = {"unit": "km", "strategy": "sum"}
    leaf = number("run", unit="km")
    tree = grow(
        goal(
            "q",
            "quarterly",
            goal("m", "monthly", leaf, **km, target=20, weight=0),
            number("o", unit="km"),
            **km,
            target=40,
        ),
        logged=[("run", "2026-11-16", 10), ("o", "2026-11-16", 4)],
    )
    assert [tree.value("m", "2026-11-16"), tree.value("q", "2026-11-16")] == [10, 4]


def test_a_count_without_a_target_is_measured_against_the_children_that_have_a_rate() -> None:
    ended = goal("c", ends_on="2026-11-01")
    tree = grow(
        goal("w", "weekly", goal("a", "weekly"), goal("b", "weekly"), ended, strategy="count"),
        logged=[("a", "2026-11-17", 1)],
    )
    assert [tree.value("w", "2026-11-17"), tree.percent("w", "2026-11-17")] == [1, 50]


def test_a_count_against_its_target() -> None:
    children = [goal(key, "weekly") for key in "abc"]
    logged = [("a", "2026-11-17", 1), ("b", "2026-11-17", 1)]
    tree = grow(goal("w", "weekly", *children, strategy="count", target=2), logged=logged)
    assert [tree.value("w", "2026-11-17"), tree.percent("w", "2026-11-17")] == [2, 100]


def test_a_skipped_day_leaves_the_denominator() -> None:
    tree = grow(goal("w", "weekly", goal("g")), logged=series("g", "2026-11-16", "xxxs"))
    assert tree.percent("w", "2026-11-19") == 50


def test_a_child_whose_periods_are_all_skipped_has_no_rate() -> None:
    logged = [*series("g", "2026-11-16", "sssssss"), ("h", "2026-11-16", 1)]
    tree = grow(goal("w", "weekly", goal("g"), goal("h", "weekly")), logged=logged)
    assert tree.percent("w", "2026-11-19") == 100


def test_a_parent_whose_children_have_no_rate_stands_at_zero() -> None:
    tree = grow(goal("w", "weekly", goal("g"), strategy="min"), logged=series("g", "2026-11-16", "sssssss"))
    assert (tree.percent("w", "2026-11-19"), tree.status("w", "2026-11-19")) == (0, "behind")


def test_a_rate_counts_only_days_inside_the_active_range() -> None:
    tree = grow(goal("w", "weekly", goal("g", starts_on="2026-11-19")), logged=series("g", "2026-11-16", "xxxx"))
    assert tree.percent("w", "2026-11-19") == 25


def test_sunday_1_november_counts_in_the_sum_of_november_and_in_the_average_of_october() -> None:
    run = number("run", unit="km", target=5)
    week = goal("w", "weekly", run, strategy="sum", target=50, unit="km")
    logged = [("run", "2026-11-01", 25)]
    summed = grow(goal("m", "monthly", week, strategy="sum", target=100, unit="km"), logged=logged)
    assert [summed.value("m", "2026-10-15"), summed.value("m", "2026-11-15")] == [0, 25]
    # Five weeks have their Thursday in October 2026, of which one stands at a half.
    averaged = grow(goal("m", "monthly", week), logged=logged)
    assert (averaged.percent("m", "2026-10-15"), averaged.percent("m", "2026-11-15")) == (10, 0)


def test_a_week_across_the_years_end_belongs_to_the_year_of_its_thursday() -> None:
    week = goal("w", "weekly", goal("g"))
    logged = [("g", "2027-01-03", 1)]  # the week of 28 December has its Thursday on the 31st
    tree = grow(goal("q", "quarterly", week), logged=logged)
    assert tree.cache.cells[tree.node("q").id].keys() == {day("2026-10-01")}
    sums = grow(goal("q", "quarterly", number("g"), strategy="sum", target=5), logged=[("g", "2027-01-03", 1)])
    assert sums.cache.cells[sums.node("q").id].keys() == {day("2027-01-01")}


def test_the_leap_day_counts_in_its_week_month_and_quarter() -> None:
    tree = grow(goal("q", "quarterly", goal("m", "monthly", goal("g"))), logged=[("g", "2028-02-29", 1)])
    [cell] = tree.cache.cells[tree.node("m").id].values()
    assert cell.progress == 10**12 // 29
    assert tree.percent("q", "2028-03-31") == 1


def test_a_vision_without_an_end_has_quarters_and_with_one_a_single_period() -> None:
    child = number("n", "quarterly", target=10)
    open_end = grow(child, logged=[("n", "2026-02-01", 5), ("n", "2026-05-01", 10)])
    assert [open_end.percent("v", f"2026-{m}-15") for m in ("02", "05", "08")] == [50, 100, 0]
    closed = grow(child, logged=[("n", "2026-02-01", 5), ("n", "2026-05-01", 10)], ends="2026-12-31")
    assert closed.percent("v", "2026-02-15") == 37  # (50 + 100 + 0 + 0) / 4
    assert closed.standing("v", "2026-08-15").period.end == day("2026-12-31")


def test_a_week_in_which_the_vision_begins_belongs_to_it_by_the_days_that_are_left() -> None:
    weekly = goal("w", "weekly")
    tree = grow(weekly, logged=[("w", "2026-11-06", 1)], starts="2026-11-06", ends="2026-11-22")
    assert tree.percent("w", "2026-11-06") == 100
    assert tree.percent("v", "2026-11-06") == 33  # though Thursday was the 5th: one of three weeks


def test_a_sum_takes_what_was_logged_on_skipped_and_unscheduled_days_too() -> None:
    run = number("run", unit="km", weekdays=["mon"])
    logged = [("run", "2026-11-16", 3), ("run", "2026-11-16", "skip"), ("run", "2026-11-17", 4)]
    tree = grow(goal("w", "weekly", run, strategy="sum", target=10, unit="km"), logged=logged)
    assert tree.value("w", "2026-11-18") == 7


def test_a_sum_over_checks_counts_days() -> None:
    logged = [*series("a", "2026-11-16", "xx-x"), *series("b", "2026-11-16", "x"), ("b", "2026-11-16", 1)]
    tree = grow(goal("w", "weekly", goal("a"), goal("b"), strategy="sum", target=8), logged=logged)
    assert [tree.value("w", "2026-11-19"), tree.percent("w", "2026-11-19")] == [4, 50]


def test_a_sum_of_tenths_is_exact() -> None:
    tree = grow(
        goal("w", "weekly", number("n", target=1), strategy="sum", target=0.3),
        logged=[("n", "2026-11-16", 0.1), ("n", "2026-11-17", 0.1), ("n", "2026-11-18", 0.1)],
    )
    assert tree.percent("w", "2026-11-18") == 100


def test_children_of_the_same_level_and_left_out_levels() -> None:
    tree = grow(
        goal("q", "quarterly", goal("part", "quarterly", goal("g")), goal("other", "quarterly")),
        logged=[("other", "2026-11-16", 1)],
    )
    assert tree.percent("q", "2026-11-16") == 50


def test_entries_of_unknown_nodes_are_left_alone() -> None:
    tree = grow(goal("g"))
    tree.entries.append(Entry(1, 999, day("2026-11-16"), Decimal(1)))
    assert all(not cells for cells in tree.cache.cells.values())
    assert tree.cache.cell(999, day("2026-11-16")) is None
    assert Cell().progress == 0


def test_a_vision_that_says_no_start_has_always_been_there() -> None:
    for week_start in ("monday", "sunday"):
        week = goal("m", "monthly", goal("w", "weekly", goal("g")))
        tree = grow(week, logged=[("g", "2026-11-17", 1)], starts=None, week_start=week_start)
        assert tree.percent("w", "2026-11-17") == 14
