"""The end of a quarter or a year in a digest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.digest.model import LevelLine
from core.digest.when import Earlier
from core.goals.model import Level, Status
from core.goals.periods import Period
from core.goals.progress import ONE
from tests.core.digests import SUNDAY, digest, monthly, quarterly, weekly
from tests.core.plain import Grown, day, goal, grow, number


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
    report = quarterly("2026-12-31", closing_tree()).closing
    assert report is not None
    # A goal within a sum is part of the sum; a power goal below a mean stands by itself.
    assert [(item.node.key, item.percent, item.value) for item in report.achieved] == [
        ("km", 100, Decimal(100)),
        ("group", 100, Decimal(100)),
        ("power", 100, Decimal(1)),
    ]
    assert [(item.node.key, item.percent, item.value, item.target) for item in report.missed] == [
        ("book", 66, Decimal(200), Decimal(300)),
        ("over", 0, Decimal(0), None),
    ]
    lines = {item.node.key: (item.can_carry_over, item.can_let_go) for item in (*report.achieved, *report.missed)}
    assert lines == {
        "km": (False, True),
        "group": (True, False),
        "power": (True, False),
        "book": (True, False),
        "over": (False, False),
    }


def test_any_goal_that_ends_with_the_quarter_can_be_carried_over() -> None:
    """Even a recurring goal that was let go: people change their minds."""
    ended = number("swim", "quarterly", ends_on="2026-12-31")
    for tree, can_be in ((grow(ended), True), (grow(ended, ends="2026-12-31"), False)):
        report = quarterly("2026-12-31", tree).closing
        assert report is not None
        assert [(item.can_carry_over, item.can_let_go) for item in report.missed] == [(can_be, False)]


def test_a_rolled_up_amount_stands_beside_its_own_pace() -> None:
    total = goal("km", "monthly", number("run", unit="km"), strategy="sum", target=30, unit="km")
    _, month = weekly(SUNDAY, grow(total, logged=[("run", "2026-11-20", 20)])).roll_ups
    assert (month.node.key, month.percent, month.pace, month.status) == ("km", 66, Fraction(21, 30), Status.AT_RISK)


def test_a_closing_days_later_is_without_what_was_logged_since() -> None:
    tree = grow(number("n", "quarterly", target=10), logged=[("n", "2026-12-31", 9), ("n", "2027-01-02", 9)])
    report = quarterly("2026-12-31", tree, on="2027-01-03")
    assert report.closing is not None
    assert [(item.value, item.achieved, item.can_let_go) for item in report.closing.missed] == [
        (Decimal(9), False, True)
    ]


def test_nothing_can_be_carried_over_beyond_the_end_of_its_vision() -> None:
    power = {"key": "p", "title": "p", "kind": "power_goal", "starts_on": "2026-10-01", "ends_on": "2026-12-31"}
    report = quarterly("2026-12-31", grow(power, ends="2026-12-31")).closing
    assert report is not None
    assert [item.can_carry_over for item in report.missed] == [False]


def test_a_years_digest_closes_the_year_and_its_last_quarter() -> None:
    laps = {"key": "laps", "title": "laps", "kind": "kpi", "level": "yearly", "measure": "number", "target": 12}
    book = number("book", "quarterly", target=300, ends_on="2026-12-31")
    tree = grow(laps, book, logged=[("laps", "2026-05-05", 12)], starts="2026-01-01")
    report = digest(Level.YEARLY, "2026-12-31", tree)
    assert report.closing is not None
    assert [(item.node.key, item.period.start) for item in report.closing.achieved] == [("laps", date(2026, 1, 1))]
    assert [(item.node.key, item.period.start) for item in report.closing.missed] == [("book", date(2026, 10, 1))]
    assert [one.level for one in report.lines] == [Level.QUARTERLY, Level.YEARLY]


def test_only_digests_of_quarters_and_years_close_anything() -> None:
    assert weekly(SUNDAY, closing_tree()).closing is None
    assert monthly("2026-12-31", closing_tree()).closing is None


@pytest.mark.parametrize(
    ("hundredths", "pace", "status"),
    [
        (9800, Fraction(9899, 10000), Status.ON_TRACK),  # 98% beside 98% is on pace
        (9799, Fraction(9899, 10000), Status.AT_RISK),
        (6000, Fraction(9899, 10000), Status.BEHIND),
    ],
)
def test_status_goes_by_what_is_shown(hundredths: int, pace: Fraction, status: Status) -> None:
    before = Earlier(Period(day("2026-11-16"), day("2026-11-22")), day("2026-11-22"))
    level = LevelLine(Level.WEEKLY, 1, ONE * hundredths // 10000, pace, None, before)
    assert level.status is status
