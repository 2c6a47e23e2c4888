"""The window of a period, and the number of periods in it: computed, and counted one by one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from core.goals.days import (
    Days,
    Spans,
    belongs_on,
    common,
    count_days,
    count_periods,
    merged,
    middle,
    starts_within,
    without,
)
from core.goals.model import Level
from core.goals.periods import Period, period_of
from core.goals.terms import DaySchedule, Terms

LEVELS = [Level.DAILY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY]
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
LONG = Period(date(2026, 1, 1), date(2027, 12, 31))


def always(lasts: Period) -> Days:
    return Days(lasts, (lasts,), (lasts,), lasts.start)


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    november = starts_within(Level.WEEKLY, NOVEMBER, always(LONG), 0)
    assert november == Period(date(2026, 11, 2), date(2026, 11, 23))
    october = starts_within(Level.WEEKLY, Period(date(2026, 10, 1), date(2026, 10, 31)), always(LONG), 0)
    assert october == Period(date(2026, 9, 28), date(2026, 10, 26))


def test_iso_weeks_belong_to_the_year_that_iso_gives_them() -> None:
    ever = always(Period(date(2019, 1, 1), date(2035, 1, 1)))
    for year in range(2020, 2032):
        starts = starts_within(Level.WEEKLY, Period(date(year, 1, 1), date(year, 12, 31)), ever, 0)
        assert starts is not None
        assert starts.start.isocalendar()[:2] == (year, 1)
        assert (starts.end + timedelta(days=7)).isocalendar()[:2] == (year + 1, 1)


@pytest.mark.parametrize(
    ("lasts", "expected"),
    [
        (Period(date(2026, 10, 30), date(2027, 1, 1)), date(2026, 10, 31)),  # Friday to Sunday are left: the Saturday
        (Period(date(2026, 1, 1), date(2026, 10, 27)), date(2026, 10, 26)),  # Monday and Tuesday: the earlier
        (Period(date(2026, 11, 1), date(2027, 1, 1)), date(2026, 11, 1)),
    ],
)
def test_a_cut_period_belongs_to_where_its_rest_lies(lasts: Period, expected: date) -> None:
    assert middle(always(lasts), Period(date(2026, 10, 26), date(2026, 11, 1))) == expected


def test_the_middle_of_days_with_a_gap() -> None:
    active = (Period(date(2026, 11, 2), date(2026, 11, 3)), Period(date(2026, 11, 13), date(2026, 11, 30)))
    assert middle(Days(NOVEMBER, active, active, NOVEMBER.start), NOVEMBER) == date(2026, 11, 20)
    assert middle(Days(NOVEMBER, active, active, NOVEMBER.start), Period(date(2026, 11, 4), date(2026, 11, 8))) is None


def test_a_range_belongs_to_its_deadline() -> None:
    assert belongs_on(Level.RANGE, always(LONG), LONG) == LONG.end


def _random_spans(random: Random, first: date) -> Spans:
    days = [first + timedelta(days=random.randint(0, 500)) for _ in range(random.randint(1, 4))]
    return merged(Period(day, day + timedelta(days=random.choice([0, 3, 20, 90, 400]))) for day in days)


def _brute(spans: Spans) -> set[date]:
    return {span.start + timedelta(days=ahead) for span in spans for ahead in range(span.days)}


def test_spans_are_sets_of_days() -> None:
    random = Random(3)
    for _ in range(200):
        one, other = _random_spans(random, date(2026, 1, 1)), _random_spans(random, date(2026, 3, 1))
        assert _brute(common(one, other)) == _brute(one) & _brute(other)
        assert _brute(without(one, other)) == _brute(one) - _brute(other)
        assert count_days(one, NOVEMBER) == sum(day in NOVEMBER for day in _brute(one))


def test_counting_periods_by_arithmetic_is_counting_them_one_by_one() -> None:
    random = Random(5)
    for _ in range(400):
        level, week_start = random.choice(LEVELS), random.choice([0, 3, 6])
        active = _random_spans(random, date(2026, 1, 1))
        lasts = Period(active[0].start, active[-1].end)
        open_days = without(active, _random_spans(random, date(2026, 2, 1)))
        days = Days(lasts, active, open_days, lasts.start - timedelta(days=random.choice([0, 0, 1, 8])))
        start = date(2026, 1, 1) + timedelta(days=random.randint(0, 300))
        window = Period(start, start + timedelta(days=random.choice([0, 6, 29, 90, 365, 500])))
        schedule = DaySchedule(every=random.choice([1, 2, 5])) if level is Level.DAILY else DaySchedule()
        terms = (
            Terms(target=None, schedule=schedule),
            Terms(date(2026, 4, 3), Decimal(1), schedule=schedule),
            Terms(date(2026, 9, 3), None, schedule=schedule),
        )
        for tracked in (False, True):
            assert count_periods(level, window, days, terms, week_start, tracked) == sum(
                _counts(days, terms, period, tracked) for period in _within(level, window, days, week_start)
            )


def _within(level: Level, window: Period, days: Days, week_start: int) -> list[Period]:
    result = {
        period_of(level, window.start + timedelta(days=ahead), week_start) for ahead in range(-1, window.days + 1)
    }
    return [period for period in result if (on := middle(days, period)) is not None and on in window]


def _counts(days: Days, terms: tuple[Terms, ...], period: Period, tracked: bool) -> bool:
    target = [item.target for item in terms if item.since <= period.end][-1]
    is_scheduled = period.start != period.end or terms[0].schedule.holds(period.start, days.origin)
    return count_days(days.open, period) > 0 and is_scheduled and not (tracked and target is None)


def test_every_period_belongs_to_exactly_one_window() -> None:
    random = Random(11)
    for week_start in range(7):
        active = _random_spans(random, date(2026, 1, 1))
        days = Days(Period(active[0].start, active[-1].end), active, active, active[0].start)
        windows = [period_of(Level.MONTHLY, date(2026 + at // 12, at % 12 + 1, 1)) for at in range(48)]
        total = sum(count_periods(Level.WEEKLY, window, days, (Terms(),), week_start, False) for window in windows)
        assert total == len({period_of(Level.WEEKLY, day, week_start) for day in _brute(active)})
