"""The best and the weakest branch."""

from __future__ import annotations

from decimal import Decimal

from core.goals.progress import percent
from tests.core.digests import SUNDAY, weekly
from tests.core.plain import goal, grow, number, series


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
    report = weekly(SUNDAY, tree)
    assert report.best is not None
    assert report.weakest is not None
    # health (7/7 + 3/7) / 2 = 5/7; work (2/7 + 9 x 3/7 + 0) / 11 = 29/77. The mean of both is 42/77 = 3.82/7.
    assert (report.best.node.key, percent(report.best.rate), report.best.leaf.key) == ("health", 71, "run")
    assert (report.weakest.node.key, percent(report.weakest.rate)) == ("work", 37)
    # By weight: read 9/11 x 0.82/7 = 0.67/7 below the mean, rest 1/11 x 3.82/7 = 0.35/7, write 1/11 x 1.82/7.
    assert (report.weakest.leaf.key, report.weakest.done, report.weakest.periods) == ("read", 3, 7)


def test_a_goal_reached_or_on_pace_needs_no_care() -> None:
    far = goal("far", "quarterly", number("run", unit="km"), strategy="sum", target=100, unit="km")
    logged = [("run", "2026-10-05", 100), *series("a", "2026-11-16", "xxxxxx")]
    report = weekly(SUNDAY, grow(far, goal("a"), logged=logged))
    assert report.best is not None
    assert (report.best.node.key, report.best.done, report.best.periods, report.weakest) == ("a", 6, 7, None)
    well = weekly(SUNDAY, grow(goal("a"), goal("b"), logged=series("a", "2026-11-16", "xxxxxxx") + logged[1:]))
    assert well.weakest is not None  # b: nothing was done
    almost = [*series("a", "2026-11-16", "xxxxxxx"), *series("b", "2026-11-16", "xxxxxx")]
    assert weekly(SUNDAY, grow(goal("a"), goal("b"), logged=almost)).weakest is None
    assert weekly("2026-11-16", grow(goal("a"), goal("b"), logged=[("a", "2026-11-16", 1)])).weakest is None


def test_a_single_parent_at_the_top_is_compared_by_what_is_below_it() -> None:
    tree = grow(goal("all", "monthly", goal("a"), goal("b", "weekly", goal("c"))), logged=[("c", "2026-11-17", 1)])
    report = weekly(SUNDAY, tree)
    assert report.best is not None
    assert report.weakest is not None
    assert [report.best.node.key, report.best.leaf.key, report.weakest.node.key] == ["b", "c", "a"]


def test_a_single_leaf_or_equal_branches_are_not_compared() -> None:
    alone = weekly(SUNDAY, grow(goal("a"), logged=series("a", "2026-11-16", "xxx")))
    assert (alone.best, alone.weakest) == (None, None)
    alike = weekly(SUNDAY, grow(goal("a"), goal("b"), logged=[("a", "2026-11-16", 1), ("b", "2026-11-18", 1)]))
    assert (alike.best, alike.weakest) == (None, None)


def test_a_branch_in_which_nothing_was_asked_is_not_compared() -> None:
    resting = goal("resting", "weekly", goal("was", ends_on="2026-11-10"))
    tree = grow(resting, goal("a"), goal("b"), logged=[("a", "2026-11-17", 1)])
    report = weekly(SUNDAY, tree)
    assert report.weakest is not None
    assert report.weakest.node.key == "b"


def test_a_goal_of_a_longer_period_is_compared_by_what_it_gained() -> None:
    # Seven of November's 30 days: 7/30 of 30 are its share.
    month = number("month", "monthly", target=30)
    logged = [("month", "2026-11-03", 10), ("month", "2026-11-20", 3.5), *series("a", "2026-11-16", "x")]
    report = weekly(SUNDAY, grow(month, goal("a"), logged=logged))
    assert report.best is not None
    assert (report.best.node.key, percent(report.best.rate)) == ("month", 50)
    # Its figures agree with those shown elsewhere: 13.5 of 30.
    assert (report.best.periods, report.best.value, report.best.target, report.best.percent) == (
        0,
        Decimal("13.5"),
        Decimal(30),
        45,
    )
    done = weekly(SUNDAY, grow(month, goal("a"), logged=[("month", "2026-11-03", 30)])).best
    assert done is not None
    assert percent(done.rate) == 100
