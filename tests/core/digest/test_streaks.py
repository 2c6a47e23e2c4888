"""Streaks, and the strip of days."""

from __future__ import annotations

from datetime import date

from core.digest.model import Digest, LeafStreak
from core.goals.model import Level
from tests.core.digests import SUNDAY, digest, strip, weekly
from tests.core.plain import goal, grow, number, series


def streak(result: Digest, key: str) -> LeafStreak:
    return next(item for item in result.streaks if item.leaf.key == key)


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
    report = weekly(SUNDAY, tree)
    assert [item.leaf.key for item in report.streaks] == ["long", "new", "first", "short", "broken"]
    assert streak(report, "new") == LeafStreak(tree.node("new"), 5, 5, 4)
    assert streak(report, "long") == LeafStreak(tree.node("long"), 12, 20, 20)
    # Seven in a row from the 13th to the 19th: three of them were the longest on the 15th. Broken since.
    assert streak(report, "broken") == LeafStreak(tree.node("broken"), 0, 7, 3)
    assert [item.leaf.key for item in report.records] == ["new", "broken"]


def test_a_streak_is_seen_without_what_came_after_the_period() -> None:
    tree = grow(goal("g"), logged=[*series("g", "2026-06-01", "xxx"), *series("g", "2026-11-21", "xxxx")])
    report = weekly(SUNDAY, tree, on="2026-11-24")
    assert streak(report, "g") == LeafStreak(tree.node("g"), 2, 3, 3)
    missed = grow(goal("g"), logged=series("g", "2026-11-16", "xxxxxx"))
    assert streak(weekly(SUNDAY, missed), "g").current == 6  # Sunday is still open
    assert weekly(SUNDAY, missed, on="2026-11-23").records == ()
    assert weekly(SUNDAY, missed, on="2026-11-23").streaks == ()


# The strip


def test_a_leaf_of_a_longer_period_is_marked_on_the_days_it_was_logged() -> None:
    logged = [("n", "2026-11-16", 2), ("n", "2026-11-18", 5), ("n", "2026-11-18", -5), ("n", "2026-11-19", "skip")]
    tree = grow(number("n", "weekly"), goal("m", "monthly", starts_on="2026-11-18"), logged=logged)
    report = weekly("2026-11-21", tree)
    assert (strip(report, "n"), strip(report, "m")) == ("x..s.oo", ".....oo")


def test_unscheduled_days_are_off_even_with_entries() -> None:
    tree = grow(goal("g", weekdays=["tue", "thu"]), logged=series("g", "2026-11-16", "xx"))
    assert strip(weekly(SUNDAY, tree), "g") == ".x.-..."


def test_a_strip_has_the_leaves_in_the_order_of_the_trees() -> None:
    one, other = grow(goal("p", "weekly", goal("b"), goal("a"))), grow(goal("c"))
    assert [item.leaf.key for item in weekly(SUNDAY, one, other).strips] == ["b", "a", "c"]


def test_a_week_may_start_on_another_day() -> None:
    tree = grow(goal("g"), logged=series("g", "2026-11-21", "xx"), week_start="saturday")
    report = digest(Level.WEEKLY, "2026-11-24", tree, week_start=5)
    assert (report.period.start, strip(report, "g")) == (date(2026, 11, 21), "xx-oooo")
