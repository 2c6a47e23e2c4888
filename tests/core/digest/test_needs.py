"""The amount still needed to reach a target."""

from __future__ import annotations

from decimal import Decimal

from tests.core.digests import SUNDAY, need, running, weekly
from tests.core.plain import day, goal, grow, number


def test_the_daily_need_is_rounded_up_to_cents() -> None:
    report = weekly("2026-11-20", running(("run", "2026-11-16", 20)))
    # 30 of 50 km are left on Friday, Saturday and Sunday; 180 of 200 until the 30th; 580 of 600 until 31 December.
    week, month, quarter = (need(report, key) for key in ("week", "month", "quarter"))
    assert (week.remaining, week.days, week.per_day, week.whole) == (Decimal(30), 3, Decimal(10), False)
    assert (month.remaining, month.days, month.per_day) == (Decimal(180), 11, Decimal("16.37"))
    assert (quarter.remaining, quarter.days, quarter.per_day) == (Decimal(580), 42, Decimal("13.81"))
    assert [item.node.key for item in report.needs] == ["quarter", "month", "week"]


def test_today_counts_only_while_something_below_is_open() -> None:
    report = weekly("2026-11-20", running(("run", "2026-11-20", 20)))
    assert (need(report, "week").days, need(report, "week").per_day) == (2, Decimal(15))
    skipped = weekly("2026-11-20", running(("run", "2026-11-20", "skip")))
    assert need(skipped, "week").days == 2
    last = weekly(SUNDAY, running(("run", SUNDAY, 5)))
    assert (need(last, "week").remaining, need(last, "week").days, need(last, "week").per_day) == (Decimal(45), 0, None)
    assert (need(last, "month").days, need(last, "month").per_day) == (8, Decimal("24.38"))


def test_a_number_that_is_only_tracked_leaves_no_day_once_it_is_skipped() -> None:
    run = number("run", unit="km", target=None)
    for words, days in ((), 3), ([("run", "2026-11-20", "skip")], 2):
        tree = grow(goal("week", "weekly", run, strategy="sum", target=50, unit="km"), logged=words)
        assert need(weekly("2026-11-20", tree), "week").days == days


def test_only_days_count_on_which_something_can_be_logged() -> None:
    run = number("run", unit="km", weekdays=["mon", "wed", "sat"], ends_on="2026-11-29")
    shown = number("walk", unit="km", weight=0)
    tree = grow(goal("month", "monthly", run, shown, strategy="sum", target=50, unit="km"))
    # From Thursday, 19 November: Saturday 21, Monday 23, Wednesday 25 and Saturday 28.
    assert (need(weekly("2026-11-19", tree), "month").days) == 4


def test_a_target_that_is_reached_needs_nothing() -> None:
    report = weekly("2026-11-20", running(("run", "2026-11-20", 55)))
    assert (need(report, "week").reached, need(report, "week").remaining, need(report, "week").per_day) == (
        True,
        Decimal(0),
        None,
    )


def test_after_the_period_what_is_needed_counts_from_the_day_on_which_it_is_read() -> None:
    logged = [("run", "2026-11-17", 20), ("run", "2026-11-23", 10)]
    report = weekly(SUNDAY, running(*logged), on="2026-11-24")
    # 30 km in this month by now; seven days are left from Tuesday, the 24th.
    assert (need(report, "month").remaining, need(report, "month").days) == (Decimal(170), 7)
    assert (need(report, "week").remaining, need(report, "week").days) == (Decimal(40), 6)


def test_days_and_goals_are_counted_in_wholes_and_means_need_nothing() -> None:
    tree = grow(
        goal("w", "weekly", target=3),
        goal("c", "monthly", goal("x"), goal("y"), strategy="count", target=2),
        number("weight", "weekly", aggregate="last", target=80),
        goal("mean", "monthly", goal("z")),
        logged=[("w", "2026-11-17", 1)],
    )
    report = weekly("2026-11-20", tree)
    assert [(item.node.key, item.remaining, item.days, item.whole) for item in report.needs] == [
        ("w", Decimal(2), 3, True),
        ("c", Decimal(2), 11, True),
    ]


def test_a_goal_that_ends_before_its_period_is_needed_by_then() -> None:
    tree = grow(number("n", "monthly", target=20, unit="km", ends_on="2026-11-24"), logged=[("n", "2026-11-17", 10)])
    report = need(weekly(SUNDAY, tree), "n")
    # Of the month's 30 days 24 are left to it: 16 km.
    assert (report.last, report.days, report.per_day) == (day("2026-11-24"), 3, Decimal(2))
    last = need(weekly("2026-11-24", tree), "n")
    assert (last.last, last.days, last.per_day) == (day("2026-11-24"), 1, Decimal(6))


def test_a_skipped_or_finished_goal_needs_nothing() -> None:
    skipped = grow(number("n", "weekly"), logged=[("n", "2026-11-17", "skip")])
    assert weekly("2026-11-20", skipped).needs == ()
    over = grow(number("n", "monthly", ends_on="2026-11-19"))
    assert weekly("2026-11-20", over).needs == ()
