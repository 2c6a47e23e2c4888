from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core.goals.model import Status
from core.goals.progress import ONE, Cell, blank, percent, ratio
from core.goals.status import status_of
from tests.core.plain import day, goal, grow, number

DAYS = [("n", "2026-11-17", 4), ("n", "2026-11-16", 10), ("n", "2026-11-18", 1), ("n", "2026-11-18", 3)]


@pytest.mark.parametrize(
    ("how", "value", "shown"),
    [
        ("sum", "18", 90),
        ("last", "3", 15),  # by date, then in the order of logging
        ("max", "10", 50),
        ("min", "1", 5),
        ("average", "4.5", 22),
        ("count", "4", 20),
    ],
)
def test_a_number_is_aggregated_over_its_period(how: str, value: str, shown: int) -> None:
    tree = grow(number("n", "weekly", target=20, aggregate=how), logged=DAYS)
    assert tree.value("n", "2026-11-19") == Decimal(value)
    assert tree.percent("n", "2026-11-19") == shown


def test_no_entry_is_unknown_and_no_zero() -> None:
    tree = grow(number("n", "weekly", aggregate="min"), logged=[("n", "2026-11-16", 7)])
    assert tree.value("n", "2026-11-16") == 7
    tree = grow(number("n", "weekly", aggregate="min"), logged=[("n", "2026-11-16", 7), ("n", "2026-11-17", 0)])
    assert tree.value("n", "2026-11-16") == 0


def test_a_check_counts_a_day_once_and_its_last_tick_decides() -> None:
    logged = [("g", "2026-11-16", 1), ("g", "2026-11-16", 1), ("g", "2026-11-17", 1), ("g", "2026-11-17", 0)]
    logged += [("g", "2026-11-18", 0), ("g", "2026-11-18", 1)]
    tree = grow(goal("g", "weekly", target=3), logged=logged)
    assert tree.value("g", "2026-11-20") == 2
    assert tree.percent("g", "2026-11-20") == 66


def test_below_zero_and_above_the_target_progress_stays_between_0_and_1() -> None:
    tree = grow(number("n"), logged=[("n", "2026-11-16", -3), ("n", "2026-11-17", 500)])
    assert (tree.percent("n", "2026-11-16"), tree.percent("n", "2026-11-17")) == (0, 100)
    assert tree.value("n", "2026-11-17") == 500


@pytest.mark.parametrize(
    ("value", "target", "shown"),
    [
        ("999999999.999999", "1000000000", 99),
        ("0.999999", "1", 99),
        ("1", "1", 100),
        ("2", "3", 66),
        ("29", "100", 29),
        ("0.07", "0.1", 70),
        ("57", "100", 57),
        ("1", "3", 33),
        ("0", "7", 0),
    ],
)
def test_percent_is_rounded_down_and_100_means_reached(value: str, target: str, shown: int) -> None:
    assert percent(ratio(Decimal(value), Decimal(target))) == shown


def test_a_hair_below_the_target_is_never_100() -> None:
    assert percent(ONE - 1) == 99
    assert percent(ONE) == 100


def test_a_mean_is_compared_exactly_though_it_has_no_last_decimal() -> None:
    thirds = [("n", "2026-11-16", 5), ("n", "2026-11-17", 5), ("n", "2026-11-18", 4.999999)]
    tree = grow(number("n", "weekly", aggregate="average"), logged=thirds)
    assert tree.percent("n", "2026-11-18") == 99
    # Three of seven on Thursday, when three days of seven have ended: exactly on pace.
    sevenths = [("n", "2026-11-16", value) for value in (1, 1, 1, 0, 0, 0, 0)]
    tree = grow(number("n", "weekly", target=1, aggregate="average"), logged=sevenths)
    assert tree.status("n", "2026-11-19") == "on_track"


@pytest.mark.parametrize(
    ("value", "on", "status"),
    [
        (0, "2026-11-16", "on_track"),  # on the first day nothing is due yet
        (0, "2026-11-17", "behind"),
        (10, "2026-11-17", "on_track"),  # exactly on pace: one day of seven
        (9.999999, "2026-11-17", "at_risk"),
        (30, "2026-11-19", "on_track"),
        (21, "2026-11-19", "at_risk"),  # exactly 0.7 of the pace
        (20.999999, "2026-11-19", "behind"),
        (60, "2026-11-22", "on_track"),
        (59.999999, "2026-11-22", "at_risk"),
        (42, "2026-11-22", "at_risk"),
        (69.999999, "2026-11-22", "on_track"),
        (70, "2026-11-16", "done"),
    ],
)
def test_status_against_the_pace_of_a_week(value: float, on: str, status: str) -> None:
    tree = grow(number("n", "weekly", target=70), logged=[("n", "2026-11-16", value)] if value else [])
    assert tree.status("n", on) == status


@pytest.mark.parametrize(
    ("first", "days"), [("2026-02-01", 28), ("2028-02-01", 29), ("2026-11-01", 30), ("2026-12-01", 31)]
)
def test_exactly_on_pace_is_on_track_in_months_of_every_length(first: str, days: int) -> None:
    node = number("n", "monthly", target=days)
    for ended in range(1, days):
        on = f"{first[:8]}{ended + 1:02}"
        assert grow(node, logged=[("n", first, ended)]).status("n", on) == "on_track"
        assert grow(node, logged=[("n", first, ended - 0.000001)]).status("n", on) != "on_track"


def test_the_mean_of_thirds_is_on_pace_within_the_tolerance() -> None:
    # 1/3 + 1/3 + 0 over 3, against 2 of 9 days: rounding down at every level must not cost the status.
    children = [number(key, "quarterly", target=3) for key in ("a", "b", "c")]
    tree = grow(
        goal("m", "quarterly", *children, starts_on="2026-10-01", ends_on="2026-10-09"),
        logged=[("a", "2026-10-01", 1), ("b", "2026-10-01", 1)],
    )
    assert tree.status("m", "2026-10-03") == "on_track"
    assert tree.status("m", "2026-10-04") == "behind"  # 2/9 is less than 0.7 of 3/9


def test_pace_counts_only_the_days_in_which_a_node_is_active() -> None:
    node = number("n", "weekly", target=70, starts_on="2026-11-19", ends_on="2026-11-22")
    # Four of the week's seven days: 40 are expected, and a quarter of that after the first.
    assert grow(node, logged=[("n", "2026-11-19", 10)]).status("n", "2026-11-20") == "on_track"
    assert grow(node, logged=[("n", "2026-11-19", 9.9)]).status("n", "2026-11-20") == "at_risk"


def test_a_node_is_inactive_outside_its_dates_and_off_where_it_is_not_asked() -> None:
    node = goal("g", starts_on="2026-11-10", ends_on="2026-11-20", weekdays=["mon", "tue"])
    tree = grow(node, logged=[("g", "2026-11-17", "skip"), ("g", "2026-11-09", 1)])
    assert tree.status("g", "2026-11-09") == "inactive"
    assert tree.status("g", "2026-11-10") == "on_track"
    assert tree.status("g", "2026-11-11") == "off"
    assert tree.status("g", "2026-11-17") == "off"
    assert tree.status("g", "2026-11-21") == "inactive"


def test_a_node_is_off_on_a_day_off_though_its_week_is_half_open() -> None:
    node = number("n", "weekly", target=70)
    tree = grow(node, logged=[("n", "2026-11-16", 70)], pauses=[("2026-11-18", "2026-11-19")])
    assert tree.status("n", "2026-11-17") == "done"
    assert tree.status("n", "2026-11-18") == "off"
    assert tree.status("n", "2026-11-20") == "done"


def test_a_parent_is_off_where_nothing_below_belongs_to_its_period() -> None:
    begun_late = grow(goal("w", "weekly", target=3), starts="2026-12-30", logged=[("w", "2026-12-30", 1)])
    assert begun_late.status("v", "2026-12-31") == "off"  # the week belongs to the next quarter
    assert begun_late.status("v", "2027-01-01") == "on_track"
    home = grow(goal("home", "weekly", goal("rent", month_days=[1])), logged=[("rent", "2026-12-01", 1)])
    assert home.status("home", "2026-12-02") == "done"
    assert home.status("home", "2026-12-09") == "off"
    tracked = grow(number("mood", target=None), logged=[("mood", "2026-11-17", 7)])
    assert tracked.status("v", "2026-11-18") == "off"
    assert grow(goal("q", "quarterly", goal("w", "weekly"))).status("q", "2026-11-18") == "behind"


def test_inactive_says_more_than_done() -> None:
    node = number("n", "weekly", starts_on="2026-11-16", ends_on="2026-11-18")
    assert grow(node, logged=[("n", "2026-11-17", 5)]).status("n", "2026-11-19") == "inactive"


def test_a_missing_cell_is_zero() -> None:
    tree = grow(number("n", "weekly"))
    [leaf] = tree.tree.leaves()
    cell = blank(tree.tree, leaf, tree.tree.period_of(leaf, day("2026-11-16")))
    assert cell == Cell()
    assert status_of(tree.tree, leaf, cell, day("2026-11-16")) is Status.ON_TRACK
    assert status_of(tree.tree, leaf, cell, day("2026-11-18")) is Status.BEHIND


def test_a_target_counts_from_its_date_on_and_past_periods_keep_theirs() -> None:
    history = [{"from": None, "target": 5}, {"from": "2026-11-18", "target": 10}]
    tree = grow(number("n", targets=history) | {"target": 10}, logged=[("n", f"2026-11-{d}", 5) for d in (17, 18, 19)])
    assert [tree.percent("n", f"2026-11-{d}") for d in (17, 18, 19)] == [100, 50, 50]
    week = grow(number("n", "weekly", targets=history) | {"target": 10}, logged=[("n", "2026-11-16", 5)])
    assert week.percent("n", "2026-11-16") == 50  # the target in force on the week's last day
    before = grow(number("n", "weekly", targets=history) | {"target": 10}, logged=[("n", "2026-11-15", 5)])
    assert before.percent("n", "2026-11-15") == 100


def test_one_part_is_far_below_a_percent() -> None:
    assert Fraction(1, ONE) < Fraction(1, 10**9)
