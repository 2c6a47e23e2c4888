"""Every level has its own name for things that depend on the level."""

from __future__ import annotations

from datetime import date

import pytest

from bot.common.terms import goals_of_level, heading_of, in_period, name_of, skip_label, streak_words
from core.goals.model import Level
from core.goals.periods import Period, period_of
from language import i18n

W = i18n.words("en")
NOVEMBER_29 = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Level.DAILY, ("today", "Sun 29 Nov", "Daily goals", "2 days", "⏭ Skip")),
        (Level.WEEKLY, ("this week", "week of Mon 23 Nov", "Weekly goals", "2 weeks", "⏭ Skip week")),
        (Level.MONTHLY, ("this month", "November", "Monthly goals", "2 months", "⏭ Skip month")),
        (Level.QUARTERLY, ("this quarter", "Q4", "Quarterly goals", "2 quarters", "⏭ Skip quarter")),
        (Level.YEARLY, ("this year", "2026", "Yearly goals", "2 years", "⏭ Skip year")),
    ],
)
def test_every_level_has_its_own_words(level: Level, said: tuple[str, ...]) -> None:
    period = period_of(level, NOVEMBER_29)
    assert said == (
        in_period(level, period, NOVEMBER_29, W),
        name_of(level, period, W),
        goals_of_level(level, W),
        streak_words(2, level, W),
        skip_label(level, W),
    )


def test_a_range_goes_by_its_end_and_a_year_by_its_number() -> None:
    year = period_of(Level.YEARLY, NOVEMBER_29)
    assert heading_of(Level.YEARLY, year, W) == "2026"
    assert heading_of(Level.QUARTERLY, period_of(Level.QUARTERLY, NOVEMBER_29), W) == "Q4 2026"
    until = Period(date(2026, 11, 1), date(2026, 12, 31))
    assert in_period(Level.RANGE, until, NOVEMBER_29, W) == "now"
    assert name_of(Level.RANGE, until, W) == "until Thu 31 Dec"


@pytest.mark.parametrize(
    ("period", "now", "name"),
    [
        (period_of(Level.QUARTERLY, NOVEMBER_29), "this quarter", "Q4"),
        (period_of(Level.YEARLY, NOVEMBER_29), "this year", "2026"),
        (Period(date(2026, 11, 1), date(2026, 12, 31)), "now", "until Thu 31 Dec"),
    ],
)
def test_a_vision_without_an_end_goes_by_its_quarter_or_year(period: Period, now: str, name: str) -> None:
    assert (in_period(Level.VISION, period, NOVEMBER_29, W), name_of(Level.VISION, period, W)) == (now, name)
