"""The period of a digest, and each level beside its pace and the period before."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.digest.when import period_for
from core.goals.model import Level
from core.goals.periods import Period
from tests.core.digests import SUNDAY, line, monthly, running, strip, weekly
from tests.core.plain import day, goal, grow, number

# Which period


@pytest.mark.parametrize(
    ("level", "on", "expected"),
    [
        (Level.WEEKLY, "2026-11-16", "2026-11-09"),  # Monday
        (Level.WEEKLY, "2026-11-18", "2026-11-09"),
        (Level.WEEKLY, "2026-11-19", "2026-11-16"),
        (Level.WEEKLY, "2026-11-22", "2026-11-16"),
        (Level.MONTHLY, "2026-11-07", "2026-10-01"),
        (Level.MONTHLY, "2026-11-08", "2026-11-01"),
        (Level.QUARTERLY, "2027-01-07", "2026-10-01"),
        (Level.QUARTERLY, "2027-01-08", "2027-01-01"),
        (Level.QUARTERLY, "2026-12-31", "2026-10-01"),
    ],
)
def test_at_the_beginning_of_a_period_a_digest_is_about_the_one_before(level: Level, on: str, expected: str) -> None:
    assert period_for(level, day(on)).start == day(expected)


def test_a_week_that_starts_on_sunday_is_still_about_the_one_before_on_tuesday() -> None:
    assert period_for(Level.WEEKLY, day("2026-11-24"), 6) == Period(date(2026, 11, 15), date(2026, 11, 21))
    assert period_for(Level.WEEKLY, day("2026-11-25"), 6) == Period(date(2026, 11, 22), date(2026, 11, 28))


# Nothing to report


def test_someone_without_goals_has_an_empty_digest() -> None:
    assert weekly(SUNDAY).is_empty
    assert weekly(SUNDAY, grow()).is_empty
    assert weekly(SUNDAY, grow(goal("over", ends_on="2026-11-15"))).is_empty
    assert weekly(SUNDAY, grow(goal("later", starts_on="2026-11-23"))).is_empty


def test_goals_without_entries_are_mentioned_all_the_same() -> None:
    report = weekly(SUNDAY, grow(goal("a"), goal("b", weekdays=["mon"])))
    assert not report.is_empty
    assert (line(report, "daily").progress, line(report, "daily").previous, line(report, "daily").nodes) == (0, 0, 2)
    assert (report.roll_ups, report.best, report.weakest, report.streaks, report.needs) == ((), None, None, (), ())
    assert (strip(report, "a"), strip(report, "b")) == ("------o", "-......")


def test_goals_that_have_ended_or_come_yet_are_said_to() -> None:
    over = weekly(SUNDAY, grow(goal("a", ends_on="2026-11-09"), goal("b", ends_on="2026-11-15")))
    assert (over.is_empty, over.ended_on, over.begins_on) == (True, day("2026-11-15"), None)
    later = weekly(SUNDAY, grow(goal("a", starts_on="2026-11-25"), goal("b", starts_on="2026-12-01")))
    assert (later.is_empty, later.ended_on, later.begins_on) == (True, None, day("2026-11-25"))
    assert (weekly(SUNDAY).ended_on, weekly(SUNDAY, grow()).begins_on) == (None, None)
    assert weekly(SUNDAY, grow(goal("a"), goal("b", ends_on="2026-11-09"))).ended_on is None


# Each level beside its pace and the previous period


def test_each_level_stands_beside_its_pace_and_the_week_before() -> None:
    tree = running(
        ("run", "2026-10-20", 60),
        ("run", "2026-11-10", 20),  # the week before
        *[("run", f"2026-11-{at}", 5) for at in range(16, 20)],  # Monday to Thursday
    )
    report = weekly(SUNDAY, tree)
    assert [item.level.value for item in report.lines] == ["daily", "weekly", "monthly", "quarterly"]
    daily = line(report, "daily")  # four of seven days; the week before one of seven
    assert (daily.percent, daily.pace, daily.previous_percent) == (57, Fraction(6, 7), 14)
    week = line(report, "weekly")  # 20 of 50 km, and 20 before
    assert (week.percent, week.pace_percent, week.previous_percent) == (40, 85, 40)
    month = line(report, "monthly")  # 40 of 200 km on 22 November, 60 on 22 October
    assert (month.percent, month.pace, month.previous_percent) == (20, Fraction(21, 30), 30)
    quarter = line(report, "quarterly")  # 100 of 600 km; 31 + 21 of 92 days have ended. There was none before
    assert (quarter.percent, quarter.pace, quarter.previous_percent) == (16, Fraction(52, 92), None)


def test_each_level_is_compared_with_the_same_point_of_its_own_period_before() -> None:
    logged = [
        *[("run", on, 60) for on in ("2026-08-20", "2026-08-25", "2026-10-18", "2026-10-19", "2026-10-31")],
        *[("run", on, 10) for on in ("2026-11-11", "2026-11-12", "2026-11-18")],
    ]
    week = goal("week", "weekly", number("run", unit="km"), strategy="sum", target=50, unit="km")
    month = goal("month", "monthly", week, strategy="sum", target=200, unit="km")
    tree = grow(goal("quarter", "quarterly", month, strategy="sum", target=600, unit="km"), logged=logged)
    report = weekly("2026-11-18", tree)  # a Wednesday, the 18th of its month and the 49th day of its quarter
    then = {
        item.level.value: (item.previous_percent, item.earlier.seen, item.earlier.is_whole) for item in report.lines
    }
    assert then["weekly"] == (20, day("2026-11-11"), False)
    assert then["monthly"] == (30, day("2026-10-18"), False)
    assert then["quarterly"] == (0, day("2026-08-18"), False)
    whole = {item.level.value: (item.previous_percent, item.earlier.is_whole) for item in weekly(SUNDAY, tree).lines}
    assert whole == {"daily": (28, True), "weekly": (40, True), "monthly": (60, False), "quarterly": (10, False)}
    # At its own end, the whole of the one before, though that has a day more.
    november = line(weekly("2026-11-30", tree, on="2026-11-30"), "monthly")
    assert (november.previous_percent, november.earlier.seen) == (90, day("2026-10-31"))
    # 31 March has no day beside it in February.
    assert line(monthly("2026-03-30", tree), "monthly").earlier.seen == day("2026-02-28")


def test_in_the_first_days_of_a_month_it_is_compared_with_those_of_the_month_before() -> None:
    tree = running(("run", "2026-10-01", 20), ("run", "2026-10-30", 100), ("run", "2026-11-01", 30))
    month = line(weekly("2026-11-01", tree), "monthly")
    assert (month.percent, month.previous_percent) == (15, 10)
