"""Digests computed by hand. November 2026: the 1st is a Sunday, weeks begin on the 2nd, 9th, 16th, 23rd and 30th."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.digest import Digest, Earlier, LeafStreak, LevelLine, Need, RollUp, period_for
from core.goals.model import Level, Status
from core.goals.periods import Period
from core.goals.progress import ONE, percent
from tests.core.digests import digest, line, monthly, quarterly, strip, weekly
from tests.core.plain import Grown, Json, day, goal, grow, number, series

SUNDAY = "2026-11-22"


def running(*logged: tuple[str, str, object], ends: str | None = None) -> Grown:
    """600 km a quarter, 200 km a month, 50 km a week."""
    run = number("run", unit="km", target=5)
    week = goal("week", "weekly", run, strategy="sum", target=50, unit="km")
    month = goal("month", "monthly", week, strategy="sum", target=200, unit="km")
    quarter = goal("quarter", "quarterly", month, strategy="sum", target=600, unit="km")
    return grow(quarter, logged=logged, starts="2026-10-01", ends=ends)


def rolled(found: Digest, key: str) -> RollUp:
    return next(item for item in found.roll_ups if item.node.key == key)


def need(found: Digest, key: str) -> Need:
    return next(item for item in found.needs if item.node.key == key)


def streak(found: Digest, key: str) -> LeafStreak:
    return next(item for item in found.streaks if item.leaf.key == key)


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


# Nothing to tell


def test_someone_without_goals_has_an_empty_digest() -> None:
    assert weekly(SUNDAY).is_empty
    assert weekly(SUNDAY, grow()).is_empty
    assert weekly(SUNDAY, grow(goal("over", ends_on="2026-11-15"))).is_empty
    assert weekly(SUNDAY, grow(goal("later", starts_on="2026-11-23"))).is_empty


def test_goals_that_were_never_logged_are_told_of_all_the_same() -> None:
    found = weekly(SUNDAY, grow(goal("a"), goal("b", weekdays=["mon"])))
    assert not found.is_empty
    assert (line(found, "daily").progress, line(found, "daily").previous, line(found, "daily").nodes) == (0, 0, 2)
    assert (found.roll_ups, found.best, found.weakest, found.streaks, found.needs) == ((), None, None, (), ())
    assert (strip(found, "a"), strip(found, "b")) == ("------o", "-......")


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
    found = weekly(SUNDAY, tree)
    assert [item.level.value for item in found.lines] == ["daily", "weekly", "monthly", "quarterly"]
    daily = line(found, "daily")  # four of seven days; the week before one of seven
    assert (daily.percent, daily.pace, daily.previous_percent) == (57, Fraction(6, 7), 14)
    week = line(found, "weekly")  # 20 of 50 km, and 20 before
    assert (week.percent, week.pace_percent, week.previous_percent) == (40, 85, 40)
    month = line(found, "monthly")  # 40 of 200 km on 22 November, 60 on 22 October
    assert (month.percent, month.pace, month.previous_percent) == (20, Fraction(21, 30), 30)
    quarter = line(found, "quarterly")  # 100 of 600 km; 31 + 21 of 92 days have ended. There was none before
    assert (quarter.percent, quarter.pace, quarter.previous_percent) == (16, Fraction(52, 92), None)


def test_each_level_is_compared_with_the_same_point_of_its_own_period_before() -> None:
    logged = [
        *[("run", on, 60) for on in ("2026-08-20", "2026-08-25", "2026-10-18", "2026-10-19", "2026-10-31")],
        *[("run", on, 10) for on in ("2026-11-11", "2026-11-12", "2026-11-18")],
    ]
    week = goal("week", "weekly", number("run", unit="km"), strategy="sum", target=50, unit="km")
    month = goal("month", "monthly", week, strategy="sum", target=200, unit="km")
    tree = grow(goal("quarter", "quarterly", month, strategy="sum", target=600, unit="km"), logged=logged)
    found = weekly("2026-11-18", tree)  # a Wednesday, the 18th of its month and the 49th day of its quarter
    then = {item.level.value: (item.previous_percent, item.earlier.seen, item.earlier.is_whole) for item in found.lines}
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


# What was reached


def reached(found: Digest) -> list[tuple[str, date]]:
    return [(item.node.key, item.period.start) for item in found.reached]


def test_what_was_reached_within_the_period_is_told_also_in_a_month_that_ended_on_the_way() -> None:
    logged = [("run", "2026-10-20", 150), ("run", "2026-10-30", 50), ("run", "2026-11-01", 5)]
    found = weekly("2026-11-01", running(*logged))
    assert reached(found) == [("month", day("2026-10-01")), ("week", day("2026-10-26"))]
    assert [item.is_current for item in found.reached] == [False, True]
    assert reached(weekly("2026-11-08", running(*logged))) == []
    assert reached(weekly("2026-10-25", running(*logged))) == [("week", day("2026-10-19"))]


def test_a_vision_with_an_end_is_reached_once() -> None:
    tree = grow(number("n", unit="km"), logged=[("n", "2026-11-17", 20)], starts="2026-11-17", ends="2026-12-31",
                strategy="sum", target=20, unit="km")  # fmt: skip
    assert reached(weekly(SUNDAY, tree)) == [("v", day("2026-11-17"))]
    assert reached(weekly("2026-11-29", tree)) == []


@pytest.mark.parametrize(("others", "is_reached"), [([], False), ([goal("read", weekdays=["sun"])], True)])
def test_what_was_given_up_does_not_reach_the_goal_above(others: list[Json], is_reached: bool) -> None:
    gym = goal("gym", ends_on="2026-11-03")
    done = [("gym", f"2026-11-0{on}", True) for on in (1, 2, 3)]
    done += [("read", f"2026-11-{on:02}", True) for on in (1, 8, 15, 22, 29) if others]
    tree = grow(goal("month", "monthly", gym, *others), logged=done, starts="2026-11-01")
    assert (("month", day("2026-11-01")) in reached(monthly("2026-11-30", tree))) == is_reached


def test_what_is_done_once_reaches_the_goal_above() -> None:
    race = goal("race", "weekly", kind="weekly_target", starts_on="2026-11-02", ends_on="2026-11-08")
    tree = grow(goal("month", "monthly", race), logged=[("race", "2026-11-05", True)], starts="2026-11-01")
    assert ("month", day("2026-11-01")) in reached(weekly("2026-11-08", tree))


def test_after_the_end_of_a_period_all_of_its_days_have_ended_and_later_entries_are_not_in_it() -> None:
    logged = [("run", "2026-11-16", 25), ("run", "2026-11-23", 40)]
    found = weekly(SUNDAY, running(*logged), on="2026-11-24")
    assert found.is_over
    assert found.seen == day(SUNDAY)
    assert (line(found, "weekly").percent, line(found, "weekly").pace) == (50, Fraction(1))
    assert (line(found, "monthly").percent, line(found, "monthly").pace) == (12, Fraction(22, 30))
    assert strip(found, "run") == "x------"


def test_in_the_middle_of_a_week_it_is_the_week_so_far() -> None:
    found = weekly("2026-11-18", running(("run", "2026-11-16", 5), ("run", "2026-11-18", 2), ("run", "2026-11-20", 5)))
    assert strip(found, "run") == "x-poooo"
    assert line(found, "weekly").pace == Fraction(2, 7)
    assert line(found, "weekly").percent == 14
    # (1 + 2/5) of 7 days
    assert line(found, "daily").percent == 20


def test_what_was_not_active_in_the_previous_period_has_no_figure_there() -> None:
    found = weekly(SUNDAY, grow(goal("g"), starts="2026-11-18", logged=series("g", "2026-11-18", "xxx")))
    daily = line(found, "daily")
    # Five days from Wednesday on, three of them done, four of them over.
    assert (daily.percent, daily.pace, daily.previous) == (60, Fraction(4, 5), None)
    assert strip(found, "g") == "..xxx-o"


def test_a_monthly_digest_rates_days_and_weeks_over_the_month() -> None:
    tree = grow(
        goal("w", "weekly", target=2),
        goal("d", weekdays=["mon"]),
        logged=[*series("w", "2026-11-03", "xx"), *series("w", "2026-11-10", "x"), ("d", "2026-11-09", 1)],
    )
    found = monthly("2026-11-30", tree)
    # Weeks belong by their Thursday: those of the 2nd, 9th, 16th and 23rd. 1 + 1/2 of four. Five Mondays.
    assert line(found, "weekly").percent == 37
    assert line(found, "daily").percent == 20


def test_skipped_periods_count_nowhere() -> None:
    found = weekly(SUNDAY, grow(goal("g"), logged=series("g", "2026-11-16", "xxs.ssx")))
    assert line(found, "daily").percent == 75
    assert strip(found, "g") == "xxs-ssx"
    skipped = grow(goal("w", "weekly"), goal("g"), logged=[("w", "2026-11-17", "skip")])
    assert [item.level.value for item in weekly(SUNDAY, skipped).lines] == ["daily"]


def test_a_level_is_the_mean_over_several_visions() -> None:
    one = grow(goal("a", "weekly", target=2), logged=series("a", "2026-11-16", "xx"))
    other = grow(goal("b", "weekly", target=4), logged=series("b", "2026-11-16", "x"))
    assert line(weekly(SUNDAY, one, other), "weekly").progress == 625 * 10**9


# What rolled up where


def test_what_moved_is_told_with_what_it_gained() -> None:
    found = weekly(SUNDAY, running(("run", "2026-10-20", 60), ("run", "2026-11-10", 20), ("run", "2026-11-17", 30)))
    assert [item.node.key for item in found.roll_ups] == ["v", "quarter", "month", "week"]
    month = rolled(found, "month")
    assert (month.value, month.target, month.gained, month.percent, month.points) == (
        Decimal(50),
        Decimal(200),
        Decimal(30),
        25,
        15,
    )
    week = rolled(found, "week")  # a week begins at nothing
    assert (week.gained, week.percent, week.points) == (Decimal(30), 60, 60)
    vision = rolled(found, "v")
    assert (vision.percent, vision.points) == (18, 5)


def test_what_did_not_move_is_left_out() -> None:
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
    found = weekly("2026-10-04", tree)
    assert (rolled(found, "sum").value, rolled(found, "sum").gained) == (Decimal(20), Decimal(20))
    # One of the five weeks that belong to October (Thursdays 1, 8, 15, 22, 29).
    assert (rolled(found, "mean").percent, rolled(found, "mean").points) == (20, 20)


def test_a_week_across_the_years_end_belongs_to_the_old_year_by_its_thursday() -> None:
    tree = grow(
        goal("q", "quarterly", goal("w", "weekly", goal("g"))),
        logged=series("g", "2026-12-28", "xxxxxxx"),
        starts="2026-12-21",
    )
    found = weekly("2027-01-03", tree)
    assert line(found, "weekly").percent == 100
    # On 3 January the quarter is the new one, and the week is not in it.
    assert line(found, "quarterly").percent == 0
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
    found = monthly("2028-02-29", tree)
    assert strip(found, "g") == "x" * 29
    assert (line(found, "monthly").percent, line(found, "monthly").pace) == (100, Fraction(28, 29))
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
    found = weekly(SUNDAY, tree, on="2026-11-25")
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
        assert [item for item in found.roll_ups if item.node.key == "v"] == []
    else:
        vision = rolled(found, "v")
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
    found = weekly(SUNDAY, tree, on="2026-11-24")
    vision = rolled(found, "v")
    assert (vision.value, vision.value_before, vision.percent) == (Decimal(60), Decimal(40), 60)
    # What is needed is as of the day on which it is read: 100 km are reached.
    assert need(found, "v").reached


# Branches


def test_the_best_and_the_weakest_branch_are_explained_by_a_leaf() -> None:
    tree = grow(
        goal("health", "quarterly", goal("run"), goal("sleep")),
        goal("work", "quarterly", goal("write"), goal("read", weight=9), goal("rest")),
        goal("shown", "quarterly", goal("nothing"), weight=0),
        logged=[
            *series("run", "2026-11-16", "xxxxxxx"),
            *series("sleep", "2026-11-16", "xxx"),
            *series("write", "2026-11-16", "xx"),
            *series("read", "2026-11-16", "xxx"),
        ],
    )
    found = weekly(SUNDAY, tree)
    assert found.best is not None
    assert found.weakest is not None
    # health (7/7 + 3/7) / 2 = 5/7; work (2/7 + 9 x 3/7 + 0) / 11 = 29/77. The mean of both is 42/77 = 3.82/7.
    assert (found.best.node.key, percent(found.best.rate), found.best.leaf.key) == ("health", 71, "run")
    assert (found.weakest.node.key, percent(found.weakest.rate)) == ("work", 37)
    # By weight: read 9/11 x 0.82/7 = 0.67/7 below the mean, rest 1/11 x 3.82/7 = 0.35/7, write 1/11 x 1.82/7.
    assert (found.weakest.leaf.key, found.weakest.done, found.weakest.periods) == ("read", 3, 7)


def test_what_is_reached_or_has_kept_up_needs_no_care() -> None:
    far = goal("far", "quarterly", number("run", unit="km"), strategy="sum", target=100, unit="km")
    logged = [("run", "2026-10-05", 100), *series("a", "2026-11-16", "xxxxxx")]
    found = weekly(SUNDAY, grow(far, goal("a"), logged=logged))
    assert found.best is not None
    assert (found.best.node.key, found.best.done, found.best.periods, found.weakest) == ("a", 6, 7, None)
    well = weekly(SUNDAY, grow(goal("a"), goal("b"), logged=series("a", "2026-11-16", "xxxxxxx") + logged[1:]))
    assert well.weakest is not None  # b: nothing was done
    almost = [*series("a", "2026-11-16", "xxxxxxx"), *series("b", "2026-11-16", "xxxxxx")]
    assert weekly(SUNDAY, grow(goal("a"), goal("b"), logged=almost)).weakest is None
    assert weekly("2026-11-16", grow(goal("a"), goal("b"), logged=[("a", "2026-11-16", 1)])).weakest is None


def test_a_single_parent_at_the_top_is_compared_by_what_is_below_it() -> None:
    tree = grow(goal("all", "monthly", goal("a"), goal("b", "weekly", goal("c"))), logged=[("c", "2026-11-17", 1)])
    found = weekly(SUNDAY, tree)
    assert found.best is not None
    assert found.weakest is not None
    assert [found.best.node.key, found.best.leaf.key, found.weakest.node.key] == ["b", "c", "a"]


def test_a_single_leaf_or_equal_branches_are_not_compared() -> None:
    alone = weekly(SUNDAY, grow(goal("a"), logged=series("a", "2026-11-16", "xxx")))
    assert (alone.best, alone.weakest) == (None, None)
    alike = weekly(SUNDAY, grow(goal("a"), goal("b"), logged=[("a", "2026-11-16", 1), ("b", "2026-11-18", 1)]))
    assert (alike.best, alike.weakest) == (None, None)


def test_a_branch_in_which_nothing_was_asked_is_not_compared() -> None:
    resting = goal("resting", "weekly", goal("was", ends_on="2026-11-10"))
    tree = grow(resting, goal("a"), goal("b"), logged=[("a", "2026-11-17", 1)])
    found = weekly(SUNDAY, tree)
    assert found.weakest is not None
    assert found.weakest.node.key == "b"


def test_a_goal_of_a_longer_period_is_compared_by_what_it_gained() -> None:
    # Seven of November's 30 days: 7/30 of 30 are its share.
    month = number("month", "monthly", target=30)
    logged = [("month", "2026-11-03", 10), ("month", "2026-11-20", 3.5), *series("a", "2026-11-16", "x")]
    found = weekly(SUNDAY, grow(month, goal("a"), logged=logged))
    assert found.best is not None
    assert (found.best.node.key, percent(found.best.rate)) == ("month", 50)
    # What is told of it is found elsewhere too: 13.5 of 30.
    assert (found.best.periods, found.best.value, found.best.target, found.best.percent) == (
        0,
        Decimal("13.5"),
        Decimal(30),
        45,
    )
    done = weekly(SUNDAY, grow(month, goal("a"), logged=[("month", "2026-11-03", 30)])).best
    assert done is not None
    assert percent(done.rate) == 100


# Streaks


def test_streaks_stand_by_length_and_a_surpassed_best_is_a_record() -> None:
    tree = grow(
        goal("new"),
        goal("long"),
        goal("short"),
        goal("broken"),
        goal("first"),
        logged=[
            *series("new", "2026-08-03", "xxxx"),
            *series("new", "2026-11-17", "xxxxx"),
            *series("long", "2026-10-01", "x" * 20),
            *series("long", "2026-11-10", "x" * 12),
            *series("short", "2026-11-20", "x.x"),
            *series("broken", "2026-11-10", "xx.xxxxxxx"),
            *series("first", "2026-11-20", "xx"),
        ],
    )
    found = weekly(SUNDAY, tree)
    assert [item.leaf.key for item in found.streaks] == ["long", "new", "first", "short", "broken"]
    assert streak(found, "new") == LeafStreak(tree.node("new"), 5, 5, 4)
    assert streak(found, "long") == LeafStreak(tree.node("long"), 12, 20, 20)
    # Seven in a row from the 13th to the 19th: three of them were the longest on the 15th. Broken since.
    assert streak(found, "broken") == LeafStreak(tree.node("broken"), 0, 7, 3)
    assert [item.leaf.key for item in found.records] == ["new", "broken"]


def test_a_streak_is_seen_without_what_came_after_the_period() -> None:
    tree = grow(goal("g"), logged=[*series("g", "2026-06-01", "xxx"), *series("g", "2026-11-21", "xxxx")])
    found = weekly(SUNDAY, tree, on="2026-11-24")
    assert streak(found, "g") == LeafStreak(tree.node("g"), 2, 3, 3)
    missed = grow(goal("g"), logged=series("g", "2026-11-16", "xxxxxx"))
    assert streak(weekly(SUNDAY, missed), "g").current == 6  # Sunday is still open
    assert weekly(SUNDAY, missed, on="2026-11-23").records == ()
    assert weekly(SUNDAY, missed, on="2026-11-23").streaks == ()


# Needs


def test_what_a_day_reaches_the_target_is_rounded_up_to_cents() -> None:
    found = weekly("2026-11-20", running(("run", "2026-11-16", 20)))
    # 30 of 50 km are left on Friday, Saturday and Sunday; 180 of 200 until the 30th; 580 of 600 until 31 December.
    week, month, quarter = (need(found, key) for key in ("week", "month", "quarter"))
    assert (week.remaining, week.days, week.per_day, week.whole) == (Decimal(30), 3, Decimal(10), False)
    assert (month.remaining, month.days, month.per_day) == (Decimal(180), 11, Decimal("16.37"))
    assert (quarter.remaining, quarter.days, quarter.per_day) == (Decimal(580), 42, Decimal("13.81"))
    assert [item.node.key for item in found.needs] == ["quarter", "month", "week"]


def test_today_counts_only_while_something_below_is_open() -> None:
    found = weekly("2026-11-20", running(("run", "2026-11-20", 20)))
    assert (need(found, "week").days, need(found, "week").per_day) == (2, Decimal(15))
    skipped = weekly("2026-11-20", running(("run", "2026-11-20", "skip")))
    assert need(skipped, "week").days == 2
    last = weekly(SUNDAY, running(("run", SUNDAY, 5)))
    assert (need(last, "week").remaining, need(last, "week").days, need(last, "week").per_day) == (Decimal(45), 0, None)
    assert (need(last, "month").days, need(last, "month").per_day) == (8, Decimal("24.38"))


def test_only_days_count_on_which_something_can_be_logged() -> None:
    run = number("run", unit="km", weekdays=["mon", "wed", "sat"], ends_on="2026-11-29")
    shown = number("walk", unit="km", weight=0)
    tree = grow(goal("month", "monthly", run, shown, strategy="sum", target=50, unit="km"))
    # From Thursday, 19 November: Saturday 21, Monday 23, Wednesday 25 and Saturday 28.
    assert (need(weekly("2026-11-19", tree), "month").days) == 4


def test_a_target_that_is_reached_needs_nothing() -> None:
    found = weekly("2026-11-20", running(("run", "2026-11-20", 55)))
    assert (need(found, "week").reached, need(found, "week").remaining, need(found, "week").per_day) == (
        True,
        Decimal(0),
        None,
    )


def test_after_the_period_what_is_needed_counts_from_the_day_on_which_it_is_read() -> None:
    logged = [("run", "2026-11-17", 20), ("run", "2026-11-23", 10)]
    found = weekly(SUNDAY, running(*logged), on="2026-11-24")
    # 30 km in this month by now; seven days are left from Tuesday, the 24th.
    assert (need(found, "month").remaining, need(found, "month").days) == (Decimal(170), 7)
    assert (need(found, "week").remaining, need(found, "week").days) == (Decimal(40), 6)


def test_days_and_goals_are_counted_in_wholes_and_means_need_nothing() -> None:
    tree = grow(
        goal("w", "weekly", target=3),
        goal("c", "monthly", goal("x"), goal("y"), strategy="count", target=2),
        number("weight", "weekly", aggregate="last", target=80),
        goal("mean", "monthly", goal("z")),
        logged=[("w", "2026-11-17", 1)],
    )
    found = weekly("2026-11-20", tree)
    assert [(item.node.key, item.remaining, item.days, item.whole) for item in found.needs] == [
        ("w", Decimal(2), 3, True),
        ("c", Decimal(2), 11, True),
    ]


def test_what_ends_before_its_period_is_needed_by_then() -> None:
    tree = grow(number("n", "monthly", target=20, unit="km", ends_on="2026-11-24"), logged=[("n", "2026-11-17", 10)])
    found = need(weekly(SUNDAY, tree), "n")
    # Of the month's 30 days 24 are left to it: 16 km.
    assert (found.last, found.days, found.per_day) == (day("2026-11-24"), 3, Decimal(2))
    last = need(weekly("2026-11-24", tree), "n")
    assert (last.last, last.days, last.per_day) == (day("2026-11-24"), 1, Decimal(6))


def test_what_is_skipped_or_over_needs_nothing() -> None:
    skipped = grow(number("n", "weekly"), logged=[("n", "2026-11-17", "skip")])
    assert weekly("2026-11-20", skipped).needs == ()
    over = grow(number("n", "monthly", ends_on="2026-11-19"))
    assert weekly("2026-11-20", over).needs == ()


# The strip


def test_a_leaf_of_a_longer_period_is_marked_on_the_days_it_was_logged() -> None:
    logged = [("n", "2026-11-16", 2), ("n", "2026-11-18", 5), ("n", "2026-11-18", -5), ("n", "2026-11-19", "skip")]
    tree = grow(number("n", "weekly"), goal("m", "monthly", starts_on="2026-11-18"), logged=logged)
    found = weekly("2026-11-21", tree)
    assert (strip(found, "n"), strip(found, "m")) == ("x..s.oo", ".....oo")


def test_days_that_are_not_scheduled_are_off_whatever_was_done_on_them() -> None:
    tree = grow(goal("g", weekdays=["tue", "thu"]), logged=series("g", "2026-11-16", "xx"))
    assert strip(weekly(SUNDAY, tree), "g") == ".x.-..."


def test_a_strip_has_the_leaves_in_the_order_of_the_trees() -> None:
    one, other = grow(goal("p", "weekly", goal("b"), goal("a"))), grow(goal("c"))
    assert [item.leaf.key for item in weekly(SUNDAY, one, other).strips] == ["b", "a", "c"]


def test_a_week_may_start_on_another_day() -> None:
    tree = grow(goal("g"), logged=series("g", "2026-11-21", "xx"), week_start="saturday")
    found = digest(Level.WEEKLY, "2026-11-24", tree, week_start=5)
    assert (found.period.start, strip(found, "g")) == (date(2026, 11, 21), "xx-oooo")


# Closing a quarter


def closing_tree() -> Grown:
    dated = {"starts_on": "2026-10-01", "ends_on": "2026-12-31"}
    book = {"key": "book", "title": "book", "kind": "quarterly_target", **dated, "measure": "number", "target": 300}
    part = goal("part", "quarterly", number("swim", unit="km"), strategy="sum", target=50, unit="km")
    total = goal("km", "quarterly", part, number("bike", unit="km"), strategy="sum", target=100, unit="km")
    power = {"key": "power", "title": "power", "kind": "power_goal", **dated, "measure": "check"}
    group = {"key": "group", "title": "group", "kind": "quarterly_target", **dated, "children": [power]}
    over = {"key": "over", "title": "over", "kind": "power_goal", "ends_on": "2026-11-30"}
    past = {"key": "past", "title": "past", "kind": "power_goal", "ends_on": "2026-09-30"}
    logged = [("book", "2026-10-05", 200), ("bike", "2026-12-30", 100), ("power", "2026-12-31", 1)]
    return grow(book, total, group, over, past, goal("d"), logged=logged, starts="2026-01-01")


def test_a_quarter_is_closed_with_what_was_achieved_and_missed() -> None:
    found = quarterly("2026-12-31", closing_tree()).closing
    assert found is not None
    # What is part of a sum is in the sum; a power goal below a mean stands for itself.
    assert [(item.node.key, item.percent, item.value) for item in found.achieved] == [
        ("km", 100, Decimal(100)),
        ("group", 100, Decimal(100)),
        ("power", 100, Decimal(1)),
    ]
    assert [(item.node.key, item.percent, item.value, item.target) for item in found.missed] == [
        ("book", 66, Decimal(200), Decimal(300)),
        ("over", 0, Decimal(0), None),
    ]
    lines = {item.node.key: (item.can_carry_over, item.can_let_go) for item in (*found.achieved, *found.missed)}
    assert lines == {
        "km": (False, True),
        "group": (True, False),
        "power": (True, False),
        "book": (True, False),
        "over": (False, False),
    }


def test_what_ends_with_the_quarter_can_be_carried_over_whatever_it_is() -> None:
    """A recurring goal that was let go as well: minds may change."""
    ended = number("swim", "quarterly", ends_on="2026-12-31")
    for tree, can_be in ((grow(ended), True), (grow(ended, ends="2026-12-31"), False)):
        found = quarterly("2026-12-31", tree).closing
        assert found is not None
        assert [(item.can_carry_over, item.can_let_go) for item in found.missed] == [(can_be, False)]


def test_what_rolled_up_stands_beside_its_own_pace() -> None:
    total = goal("km", "monthly", number("run", unit="km"), strategy="sum", target=30, unit="km")
    _, month = weekly(SUNDAY, grow(total, logged=[("run", "2026-11-20", 20)])).roll_ups
    assert (month.node.key, month.percent, month.pace, month.status) == ("km", 66, Fraction(21, 30), Status.AT_RISK)


def test_a_closing_days_later_is_without_what_was_logged_since() -> None:
    tree = grow(number("n", "quarterly", target=10), logged=[("n", "2026-12-31", 9), ("n", "2027-01-02", 9)])
    found = quarterly("2026-12-31", tree, on="2027-01-03")
    assert found.closing is not None
    assert [(item.value, item.achieved, item.can_let_go) for item in found.closing.missed] == [
        (Decimal(9), False, True)
    ]


def test_nothing_can_be_carried_over_beyond_the_end_of_its_vision() -> None:
    power = {"key": "p", "title": "p", "kind": "power_goal", "starts_on": "2026-10-01", "ends_on": "2026-12-31"}
    found = quarterly("2026-12-31", grow(power, ends="2026-12-31")).closing
    assert found is not None
    assert [item.can_carry_over for item in found.missed] == [False]


def test_a_years_digest_closes_the_year_and_its_last_quarter() -> None:
    laps = {"key": "laps", "title": "laps", "kind": "kpi", "level": "yearly", "measure": "number", "target": 12}
    book = number("book", "quarterly", target=300, ends_on="2026-12-31")
    tree = grow(laps, book, logged=[("laps", "2026-05-05", 12)], starts="2026-01-01")
    found = digest(Level.YEARLY, "2026-12-31", tree)
    assert found.closing is not None
    assert [(item.node.key, item.period.start) for item in found.closing.achieved] == [("laps", date(2026, 1, 1))]
    assert [(item.node.key, item.period.start) for item in found.closing.missed] == [("book", date(2026, 10, 1))]
    assert [one.level for one in found.lines] == [Level.QUARTERLY, Level.YEARLY]


def test_only_digests_of_quarters_and_years_close_anything() -> None:
    assert weekly(SUNDAY, closing_tree()).closing is None
    assert monthly("2026-12-31", closing_tree()).closing is None


@pytest.mark.parametrize(
    ("hundredths", "pace", "status"),
    [
        (9800, Fraction(9899, 10000), Status.ON_TRACK),  # who reads 98% beside 98% is on pace
        (9799, Fraction(9899, 10000), Status.AT_RISK),
        (6000, Fraction(9899, 10000), Status.BEHIND),
    ],
)
def test_status_goes_by_what_is_shown(hundredths: int, pace: Fraction, status: Status) -> None:
    before = Earlier(Period(day("2026-11-16"), day("2026-11-22")), day("2026-11-22"))
    level = LevelLine(Level.WEEKLY, 1, ONE * hundredths // 10000, pace, None, before)
    assert level.status is status
