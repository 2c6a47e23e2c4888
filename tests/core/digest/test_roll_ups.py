"""Roll-ups in a digest, and visions with an end, which reach further back than the entries that are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.goals.periods import Period
from tests.core.digests import SUNDAY, line, monthly, need, quarterly, rolled, running, strip, weekly
from tests.core.plain import day, goal, grow, number, series

# Roll-ups


def test_goals_that_moved_are_told_with_their_gains() -> None:
    report = weekly(SUNDAY, running(("run", "2026-10-20", 60), ("run", "2026-11-10", 20), ("run", "2026-11-17", 30)))
    assert [item.node.key for item in report.roll_ups] == ["v", "quarter", "month", "week"]
    month = rolled(report, "month")
    assert (month.value, month.target, month.gained, month.percent, month.points) == (
        Decimal(50),
        Decimal(200),
        Decimal(30),
        25,
        15,
    )
    week = rolled(report, "week")  # a week begins at zero
    assert (week.gained, week.percent, week.points) == (Decimal(30), 60, 60)
    vision = rolled(report, "v")
    assert (vision.percent, vision.points) == (18, 5)


def test_goals_that_did_not_move_are_left_out() -> None:
    idle = goal("idle", "monthly", goal("b"))
    tree = grow(goal("busy", "monthly", goal("a")), idle, logged=[("a", "2026-11-17", 1), ("b", "2026-11-10", 1)])
    assert [item.node.key for item in weekly(SUNDAY, tree).roll_ups] == ["v", "busy"]


def test_in_a_week_across_the_months_end_a_sum_takes_its_own_days_and_a_mean_the_whole_week() -> None:
    # Monday, 28 September to Sunday, 4 October; its Thursday is in October.
    tree = grow(
        goal("sum", "monthly", number("n", unit="km"), strategy="sum", target=100, unit="km"),
        goal("mean", "monthly", goal("w", "weekly", target=7)),
        logged=[("n", "2026-09-29", 10), ("n", "2026-10-02", 20), *series("w", "2026-09-28", "xxxxxxx")],
    )
    report = weekly("2026-10-04", tree)
    assert (rolled(report, "sum").value, rolled(report, "sum").gained) == (Decimal(20), Decimal(20))
    # One of the five weeks that belong to October (Thursdays 1, 8, 15, 22, 29).
    assert (rolled(report, "mean").percent, rolled(report, "mean").points) == (20, 20)


def test_a_range_that_ends_within_a_later_month_is_seen_from_its_first_day() -> None:
    trip = goal("trip", "range", kind="target", starts_on="2026-11-01", ends_on="2026-12-10")
    tree = grow(
        goal("month", "monthly", goal("week", "weekly", trip, goal("daily"))),
        logged=[("trip", "2026-11-17", 1), ("daily", "2026-12-22", 1)],
    )
    vision = rolled(weekly(SUNDAY, tree), "v")
    assert vision.progress_before == 0
    assert vision.progress > 0


def test_a_week_across_the_years_end_belongs_to_the_old_year_by_its_thursday() -> None:
    tree = grow(
        goal("q", "quarterly", goal("w", "weekly", goal("g"))),
        logged=series("g", "2026-12-28", "xxxxxxx"),
        starts="2026-12-21",
    )
    report = weekly("2027-01-03", tree)
    assert line(report, "weekly").percent == 100
    # On 3 January the quarter is the new one, and the week is not in it.
    assert line(report, "quarterly").percent == 0
    # Weeks of the 21st and the 28th; of the second 4/7 had been logged by 31 December.
    assert line(quarterly("2026-12-31", tree), "quarterly").percent == 28
    assert line(quarterly("2026-12-31", tree, on="2027-01-02"), "quarterly").percent == 42
    late = quarterly("2026-12-31", tree, on="2027-01-04")
    assert (line(late, "weekly").percent, line(late, "quarterly").percent, late.seen) == (50, 50, day("2026-12-31"))
    assert rolled(late, "q").percent == 50
    assert late.closing is not None
    assert [item.percent for item in late.closing.missed] == [50]
    # A week later it is the same.
    assert quarterly("2026-12-31", tree, on="2027-01-11").lines == late.lines


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    tree = grow(goal("m", "monthly", goal("g")), starts="2028-01-01", logged=series("g", "2028-02-01", "x" * 29))
    report = monthly("2028-02-29", tree)
    assert strip(report, "g") == "x" * 29
    assert (line(report, "monthly").percent, line(report, "monthly").pace) == (100, Fraction(28, 29))
    # 29 February 2028 is a Tuesday.
    assert weekly("2028-03-05", tree).period == Period(date(2028, 2, 28), date(2028, 3, 5))
    assert strip(weekly("2028-03-05", tree), "g") == "xx----o"


def test_a_quarter_holds_the_whole_of_the_week_across_its_beginning() -> None:
    # Monday, 30 March to Sunday, 5 April: its Thursday is in the second quarter, as those of twelve other weeks.
    tree = grow(goal("q", "quarterly", goal("w", "weekly", goal("g"))), logged=series("g", "2026-03-30", "xxxxxxx"))
    quarter = line(weekly("2026-04-19", tree), "quarterly")
    assert (quarter.progress, quarter.previous) == (10**12 // 13, 0)


# Visions with an end reach further back than the entries that are read


@pytest.mark.parametrize("strategy", ["average", "min", "max", "count"])
def test_a_vision_with_an_end_holds_what_was_long_ago(strategy: str) -> None:
    target = 4 if strategy == "count" else None
    logged = [*series("a", "2026-02-02", "xxxxx"), ("a", "2026-11-17", 1), ("a", "2026-11-24", 1)]
    tree = grow(
        goal("a", "monthly", target=1), goal("b"), logged=logged, ends="2026-12-31", strategy=strategy, target=target
    )
    report = weekly(SUNDAY, tree, on="2026-11-25")
    truth = grow(
        goal("a", "monthly", target=1),
        goal("b"),
        logged=logged[:-1],
        ends="2026-12-31",
        strategy=strategy,
        target=target,
    )
    now, before = truth.standing("v", "2026-11-22"), truth.standing("v", "2026-11-15")
    if now.progress == before.progress:
        assert [item for item in report.roll_ups if item.node.key == "v"] == []
    else:
        vision = rolled(report, "v")
        assert (vision.progress, vision.progress_before) == (now.progress, before.progress)
        assert (vision.value, vision.value_before) == (now.value, before.value)


def test_a_vision_with_an_end_holds_what_branches_without_news_did_long_ago() -> None:
    months = goal("months", "monthly", goal("g"))
    logged = [*series("g", "2026-02-01", "x" * 28), *series("day", "2026-11-16", "x")]
    tree = grow(months, goal("day"), logged=logged, ends="2026-12-31")
    vision = rolled(weekly(SUNDAY, tree), "v")
    # One of twelve months, and then one of 365 days as well.
    assert vision.progress_before == tree.standing("v", "2026-11-15").progress == 10**12 // 24
    assert vision.progress == tree.standing("v", SUNDAY).progress == (10**12 // 12 + 10**12 // 365) // 2


def test_a_vision_that_sums_to_its_end_is_seen_without_what_came_later() -> None:
    logged = [("n", "2026-02-03", 30), ("n", "2026-11-10", 10), ("n", "2026-11-17", 20), ("n", "2026-11-24", 40)]
    tree = grow(number("n", unit="km"), logged=logged, ends="2026-12-31", strategy="sum", target=100, unit="km")
    report = weekly(SUNDAY, tree, on="2026-11-24")
    vision = rolled(report, "v")
    assert (vision.value, vision.value_before, vision.percent) == (Decimal(60), Decimal(40), 60)
    # Needs are as of the day on which the digest is read: 100 km are reached.
    assert need(report, "v").reached
