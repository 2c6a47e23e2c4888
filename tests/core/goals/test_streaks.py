from __future__ import annotations

from typing import Any

import pytest

from tests.core.plain import goal, grow, number, series

MONDAY = "2026-11-02"


def daily(marks: str, on: str, **said: Any) -> tuple[int, int]:
    """(current, best) of a daily check from Monday, 2 November on, as seen on a day."""
    return grow(goal("g", **said), logged=series("g", MONDAY, marks), starts=MONDAY).streak("g", on)


@pytest.mark.parametrize(
    ("marks", "on", "expected"),
    [
        ("", "2026-11-02", (0, 0)),
        ("x", "2026-11-02", (1, 1)),
        ("x", "2026-11-03", (1, 1)),  # today is open and breaks nothing
        ("x", "2026-11-04", (0, 1)),
        ("xxx", "2026-11-04", (3, 3)),
        ("xxx-", "2026-11-05", (3, 3)),  # said not to be done, but the day is not over
        ("xxx-", "2026-11-06", (0, 3)),
        ("xxx.xx", "2026-11-07", (2, 3)),
        ("xxsxx", "2026-11-06", (4, 4)),  # a skipped day neither breaks nor lengthens
        ("xxss", "2026-11-06", (2, 2)),
        ("xxss", "2026-11-07", (0, 2)),
        ("s", "2026-11-03", (0, 0)),
        ("sx", "2026-11-03", (1, 1)),
        ("xx.s", "2026-11-05", (0, 2)),  # a skip behind a gap mends nothing
        ("xx.sx", "2026-11-06", (1, 2)),
        ("xxxs.x", "2026-11-07", (1, 3)),
    ],
)
def test_a_daily_series(marks: str, on: str, expected: tuple[int, int]) -> None:
    assert daily(marks, on) == expected


def test_a_day_filled_in_later_joins_two_runs_and_a_skip_between_them() -> None:
    logged = [*series("g", MONDAY, "xx.sxx"), ("g", "2026-11-04", 1)]
    assert grow(goal("g"), logged=logged, starts=MONDAY).streak("g", "2026-11-07") == (5, 5)


def test_a_day_taken_back_later_breaks_the_run() -> None:
    logged = [*series("g", MONDAY, "xxxxx"), ("g", "2026-11-04", 0)]
    assert grow(goal("g"), logged=logged, starts=MONDAY).streak("g", "2026-11-06") == (2, 2)


@pytest.mark.parametrize(
    ("marks", "on", "expected"),
    [
        ("x.x.x..x", "2026-11-09", (4, 4)),  # Monday, Wednesday, Friday, Monday
        ("x.x.x", "2026-11-08", (3, 3)),  # the weekend asks for nothing
        ("x.x.x", "2026-11-09", (3, 3)),
        ("x.x.x", "2026-11-10", (0, 3)),
        ("xxx.xxx", "2026-11-08", (3, 3)),  # done on other days as well: they lengthen nothing
        ("x...x", "2026-11-06", (1, 1)),
        ("x.s.x", "2026-11-06", (2, 2)),
    ],
)
def test_only_scheduled_weekdays_count(marks: str, on: str, expected: tuple[int, int]) -> None:
    assert daily(marks, on, weekdays=["mon", "wed", "fri"]) == expected


def test_weeks_of_a_weekly_leaf() -> None:
    logged = [("g", on, 1) for on in ("2026-11-02", "2026-11-05", "2026-11-09", "2026-11-15", "2026-11-17")]
    tree = grow(goal("g", "weekly", target=2), logged=logged, starts=MONDAY)
    assert tree.streak("g", "2026-11-05") == (1, 1)
    assert tree.streak("g", "2026-11-14") == (1, 1)
    assert tree.streak("g", "2026-11-22") == (2, 2)  # the third week is open until Sunday
    assert tree.streak("g", "2026-11-23") == (0, 2)


def test_a_skipped_week_of_a_weekly_leaf() -> None:
    logged = [("g", "2026-11-03", 1), ("g", "2026-11-12", "skip"), ("g", "2026-11-16", 1)]
    tree = grow(goal("g", "weekly"), logged=logged, starts=MONDAY)
    assert tree.streak("g", "2026-11-16") == (2, 2)


def test_the_latest_word_on_a_week_decides_whether_it_is_skipped() -> None:
    skipped_first = [("g", "2026-11-03", "skip"), ("g", "2026-11-05", 1)]
    skipped_last = [("g", "2026-11-05", "skip"), ("g", "2026-11-03", 1)]  # logged last, but of an earlier day
    assert grow(goal("g", "weekly"), logged=skipped_first, starts=MONDAY).streak("g", "2026-11-08") == (1, 1)
    assert grow(goal("g", "weekly"), logged=skipped_last, starts=MONDAY).streak("g", "2026-11-08") == (0, 0)


def test_months_of_different_lengths_follow_each_other() -> None:
    logged = [("g", on, 1) for on in ("2027-12-31", "2028-01-01", "2028-02-29", "2028-03-31")]
    tree = grow(goal("g", "monthly"), logged=logged, starts="2027-12-15")
    assert tree.streak("g", "2028-04-30") == (4, 4)
    assert tree.streak("g", "2028-05-01") == (0, 4)


def test_a_streak_outlives_the_end_of_its_goal() -> None:
    tree = grow(goal("g", ends_on="2026-11-04"), logged=series("g", MONDAY, "xxx"), starts=MONDAY)
    assert tree.streak("g", "2027-03-01") == (3, 3)


def test_a_last_day_that_was_missed_breaks_the_streak_for_good() -> None:
    tree = grow(goal("g", ends_on="2026-11-05"), logged=series("g", MONDAY, "xxx"), starts=MONDAY)
    assert tree.streak("g", "2026-11-05") == (3, 3)
    assert tree.streak("g", "2026-11-06") == (0, 3)
    assert tree.streak("g", "2027-03-01") == (0, 3)


def test_a_number_below_its_target_is_a_missed_day() -> None:
    logged = [("n", "2026-11-02", 5), ("n", "2026-11-03", 4.999999), ("n", "2026-11-04", 2), ("n", "2026-11-04", 3)]
    assert grow(number("n"), logged=logged, starts=MONDAY).streak("n", "2026-11-04") == (1, 1)


def test_entries_before_the_start_count_for_nothing() -> None:
    tree = grow(goal("g", starts_on="2026-11-04"), logged=series("g", MONDAY, "xxxx"), starts=MONDAY)
    assert tree.streak("g", "2026-11-05") == (2, 2)


@pytest.mark.parametrize(
    ("values", "on", "expected"),
    [
        ((2, 3, 3), "2026-11-06", (0, 2)),  # the first of the days off breaks it, whatever today's comes to
        ((5, 3, 5), "2026-11-06", (1, 3)),
        ((5, 5, 3), "2026-11-06", (4, 4)),  # the last is today, which is open and breaks nothing
        ((5, 5, 3), "2026-11-07", (0, 4)),
        ((), "2026-11-09", (2, 2)),
    ],
)
def test_days_off_with_entries_are_done_or_missed(values: tuple[int, ...], on: str, expected: tuple[int, int]) -> None:
    logged = [("n", f"2026-11-{at:02}", value) for at, value in enumerate((5, 5, *values), start=2)]
    assert (
        grow(number("n"), logged=logged, starts=MONDAY, pauses=[("2026-11-04", "2026-11-20")]).streak("n", on)
        == expected
    )
