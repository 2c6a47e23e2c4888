from __future__ import annotations

from decimal import Decimal

from core.goals.reading import summarise, to_make_up
from tests.core.plain import Grown, day, goal, grow, number, series

ON = "2026-11-19"


def test_the_leaves_of_a_day_are_those_that_count_then() -> None:
    tree = grow(
        goal("every"),
        goal("monday", weekdays=["mon"]),
        goal("ended", ends_on="2026-11-18"),
        goal("skipped"),
        goal("weekly", "weekly"),
        goal("parent", "weekly", goal("below")),
        logged=[("skipped", ON, "skip")],
    )
    assert [standing.node.key for standing in tree.reading(ON).leaves_today()] == ["every", "weekly", "below"]


def test_a_summary_over_several_trees() -> None:
    health = grow(
        goal("week", "weekly", goal("a"), goal("b", weekdays=["mon"])),
        goal("gone", ends_on="2026-11-01"),
        goal("month", "monthly", target=3),
        {"key": "pg", "title": "pg", "kind": "power_goal"},
        goal("quarter", "quarterly"),
        logged=[
            *series("a", "2026-11-16", "xxxx"),
            *series("b", "2026-11-16", "x"),
            *series("gone", "2026-10-26", "xxxxxxx"),
            *series("month", "2026-11-02", "xxx"),
            ("quarter", "2026-11-02", 1),
        ],
    )
    other = grow(goal("c"), number("n", "weekly", target=4), logged=[("n", "2026-11-16", 1)])
    summary = summarise([health.reading(ON), other.reading(ON)], day(ON))
    assert (summary.daily.completed, summary.daily.total, summary.daily.rate) == (1, 2, 50)  # b is off, gone is over
    # The week: (4/7 + 1) / 2 = 78.57…, on track; n: 1/4, behind its 3/7.
    assert (summary.weekly.progress, summary.weekly.well, summary.weekly.total) == (51, 1, 2)
    assert (summary.monthly.progress, summary.monthly.well) == (100, 1)
    assert (summary.quarterly.progress, summary.quarterly.well, summary.quarterly.total) == (50, 0, 1)
    # a 4, b 1, month 1, pg 0, quarter 1, c 0, n 0; gone does not count any more.
    assert (summary.streaks.best, summary.streaks.total, summary.streaks.average) == (4, 7, Decimal(1))


def test_a_day_without_trees_is_all_zero() -> None:
    summary = summarise([], day(ON))
    assert (summary.daily.total, summary.daily.rate, summary.weekly.progress, summary.streaks.best) == (0, 0, 0, 0)


def missing(tree: Grown, key: str, on: str = ON) -> Decimal | None:
    return to_make_up(tree.tree, tree.standing(key, on), day(on))


def test_the_gap_to_the_pace_is_rounded_up_like_the_target() -> None:
    run = number("run", "weekly", unit="km", target=10)
    tree = grow(goal("w", "weekly", run, strategy="sum", target=10, unit="km"), logged=[("run", "2026-11-16", 1)])
    # Three of seven days have ended: 30/7 are due, one is there.
    assert missing(tree, "w") == missing(tree, "run") == 4
    assert missing(tree, "w", "2026-11-16") is None
    assert missing(tree, "v") is None


def test_days_and_goals_that_are_missing_are_whole_ones() -> None:
    tree = grow(goal("w", "weekly", goal("g", "weekly", target=5), goal("h"), strategy="count", target=2))
    assert [missing(tree, "g"), missing(tree, "w")] == [3, 1]


def test_there_is_nothing_to_make_up_for_a_number_that_does_not_add_up() -> None:
    assert missing(grow(number("n", "weekly", aggregate="last")), "n") is None


def test_later_entries_are_not_seen_on_an_earlier_day() -> None:
    tree = grow(goal("g", "weekly", target=2), logged=series("g", "2026-11-16", "xx"))
    assert (tree.standing("g", "2026-11-16").percent, tree.standing("g", "2026-11-17").percent) == (50, 100)
    assert tree.streak("g", "2026-11-16") == (0, 0)
