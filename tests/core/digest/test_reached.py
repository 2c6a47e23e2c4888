"""Goals reached within a period."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.digest.model import Digest
from tests.core.digests import SUNDAY, line, monthly, running, strip, weekly
from tests.core.plain import Json, day, goal, grow, number, series


def reached(result: Digest) -> list[tuple[str, date]]:
    return [(item.node.key, item.period.start) for item in result.reached]


def test_a_goal_reached_within_the_period_is_told_even_if_its_month_ended_on_the_way() -> None:
    logged = [("run", "2026-10-20", 150), ("run", "2026-10-30", 50), ("run", "2026-11-01", 5)]
    report = weekly("2026-11-01", running(*logged))
    assert reached(report) == [("month", day("2026-10-01")), ("week", day("2026-10-26"))]
    assert [item.is_current for item in report.reached] == [False, True]
    assert reached(weekly("2026-11-08", running(*logged))) == []
    assert reached(weekly("2026-10-25", running(*logged))) == [("week", day("2026-10-19"))]


def test_a_vision_with_an_end_is_reached_once() -> None:
    tree = grow(number("n", unit="km"), logged=[("n", "2026-11-17", 20)], starts="2026-11-17", ends="2026-12-31",
                strategy="sum", target=20, unit="km")  # fmt: skip
    assert reached(weekly(SUNDAY, tree)) == [("v", day("2026-11-17"))]
    assert reached(weekly("2026-11-29", tree)) == []


@pytest.mark.parametrize(("others", "is_reached"), [([], False), ([goal("read", weekdays=["sun"])], True)])
def test_an_abandoned_goal_does_not_reach_the_one_above(others: list[Json], is_reached: bool) -> None:
    gym = goal("gym", ends_on="2026-11-03")
    done = [("gym", f"2026-11-0{on}", True) for on in (1, 2, 3)]
    done += [("read", f"2026-11-{on:02}", True) for on in (1, 8, 15, 22, 29) if others]
    tree = grow(goal("month", "monthly", gym, *others), logged=done, starts="2026-11-01")
    assert (("month", day("2026-11-01")) in reached(monthly("2026-11-30", tree))) == is_reached


def test_a_one_off_goal_reaches_the_one_above() -> None:
    race = goal("race", "weekly", kind="weekly_target", starts_on="2026-11-02", ends_on="2026-11-08")
    tree = grow(goal("month", "monthly", race), logged=[("race", "2026-11-05", True)], starts="2026-11-01")
    assert ("month", day("2026-11-01")) in reached(weekly("2026-11-08", tree))


def test_after_the_end_of_a_period_all_of_its_days_have_ended_and_later_entries_are_not_in_it() -> None:
    logged = [("run", "2026-11-16", 25), ("run", "2026-11-23", 40)]
    report = weekly(SUNDAY, running(*logged), on="2026-11-24")
    assert report.is_over
    assert report.seen == day(SUNDAY)
    assert (line(report, "weekly").percent, line(report, "weekly").pace) == (50, Fraction(1))
    assert (line(report, "monthly").percent, line(report, "monthly").pace) == (12, Fraction(22, 30))
    assert strip(report, "run") == "x------"


def test_in_the_middle_of_a_week_it_is_the_week_so_far() -> None:
    report = weekly("2026-11-18", running(("run", "2026-11-16", 5), ("run", "2026-11-18", 2), ("run", "2026-11-20", 5)))
    assert strip(report, "run") == "x-poooo"
    assert line(report, "weekly").pace == Fraction(2, 7)
    assert line(report, "weekly").percent == 14
    # (1 + 2/5) of 7 days
    assert line(report, "daily").percent == 20


def test_a_goal_inactive_in_the_previous_period_has_no_figure_there() -> None:
    report = weekly(SUNDAY, grow(goal("g"), starts="2026-11-18", logged=series("g", "2026-11-18", "xxx")))
    daily = line(report, "daily")
    # Five days from Wednesday on, three of them done, four of them over.
    assert (daily.percent, daily.pace, daily.previous) == (60, Fraction(4, 5), None)
    assert strip(report, "g") == "..xxx-o"


def test_a_monthly_digest_rates_days_and_weeks_over_the_month() -> None:
    tree = grow(
        goal("w", "weekly", target=2),
        goal("d", weekdays=["mon"]),
        logged=[*series("w", "2026-11-03", "xx"), *series("w", "2026-11-10", "x"), ("d", "2026-11-09", 1)],
    )
    report = monthly("2026-11-30", tree)
    # Weeks belong by their Thursday: those of the 2nd, 9th, 16th and 23rd. 1 + 1/2 of four. Five Mondays.
    assert line(report, "weekly").percent == 37
    assert line(report, "daily").percent == 20


def test_skipped_periods_count_nowhere() -> None:
    report = weekly(SUNDAY, grow(goal("g"), logged=series("g", "2026-11-16", "xxs.ssx")))
    assert line(report, "daily").percent == 75
    assert strip(report, "g") == "xxs-ssx"
    skipped = grow(goal("w", "weekly"), goal("g"), logged=[("w", "2026-11-17", "skip")])
    assert [item.level.value for item in weekly(SUNDAY, skipped).lines] == ["daily"]


def test_a_level_is_the_mean_over_several_visions() -> None:
    one = grow(goal("a", "weekly", target=2), logged=series("a", "2026-11-16", "xx"))
    other = grow(goal("b", "weekly", target=4), logged=series("b", "2026-11-16", "x"))
    assert line(weekly(SUNDAY, one, other), "weekly").progress == 625 * 10**9
